"""Reads and writes values at paths of properties."""

from __future__ import annotations

from typing import TypeGuard

from .. import ir


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether a value is a JSON list."""
    return isinstance(value, list)


def at(value: object, path: ir.Words) -> object:
    """The value at a path, or None."""
    for key in path:
        value = value.get(key) if is_object(value) else None
    return value


def put(value: object, path: ir.Words, new: object) -> None:
    """Set the value at a path; missing objects are created."""
    for key in path[:-1]:
        if not is_object(value):
            return
        inner = value.get(key)
        if not is_object(inner):
            inner = value[key] = {}
        value = inner
    if is_object(value) and path:
        value[path[-1]] = new
