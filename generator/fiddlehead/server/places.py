"""Values at paths of properties."""

from __future__ import annotations

from .. import ir


def at(value: object, path: ir.Words) -> object:
    """The value at a path; None where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def put(value: object, path: ir.Words, new: object) -> None:
    """Sets the value at a path; what is missing on the way is made."""
    for key in path[:-1]:
        if not isinstance(value, dict):
            return
        inner = value.get(key)
        if not isinstance(inner, dict):
            inner = value[key] = {}
        value = inner
    if isinstance(value, dict) and path:
        value[path[-1]] = new
