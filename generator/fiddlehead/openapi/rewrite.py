"""References inside IR values: collected, rewritten, and left out of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from .. import ir

T = TypeVar("T")

_PROSE = frozenset({"doc", "example", "examples", "availability", "span", "assertions"})
"""Attributes in which two things may differ that are one: what only people read."""

_SETTLED = _PROSE | {"id", "name", "package", "owner"}
"""The same of a declaration, whose name and package are what the comparison is to settle."""


_HOLDERS: dict[type, tuple[str, ...]] = {
    ir.ListOf: ("item",),
    ir.MapOf: ("key", "value"),
    ir.Nullable: ("item",),
    ir.UnionOf: ("members",),
    ir.Field: ("type",),
    ir.Model: ("fields", "extends", "extra"),
    ir.Variant: ("type",),
    ir.Union: ("variants", "fields", "extends"),
    ir.Alias: ("type",),
    ir.Parameter: ("type",),
    ir.Body: ("type", "fields", "extra"),
    ir.Header: ("type",),
    ir.Result: ("type", "headers"),
    ir.ErrorResponse: ("type",),
    ir.Endpoint: ("parameters", "body", "result", "errors"),
    ir.Error: ("type",),
    ir.Webhook: ("payload", "headers"),
    ir.Variable: ("type",),
}
"""Where references can be inside each kind of value."""


def shape(value: object, ids: list[str]) -> object:
    """A value without its prose and places, as nested tuples that can be compared and hashed.

    What its references lead to is no part of it: the ids of those are added to `ids`, in order.
    """
    if isinstance(value, ir.Ref):
        ids.append(value.id)
        return "Ref"
    if isinstance(value, tuple):
        return tuple(shape(each, ids) for each in cast("tuple[object, ...]", value))
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return tuple((name, shape(each, ids)) for name, each in entries.items())
    if value is None or isinstance(value, (str, bool, int, float)):
        # True and 1 are equal in Python and not in JSON.
        return (type(value).__name__, value)
    # What is left are dataclasses of the IR.
    ignored = _SETTLED if isinstance(value, (ir.Model, ir.Enum, ir.Union, ir.Alias)) else _PROSE
    return (
        type(value).__name__,
        *(
            shape(getattr(value, each.name), ids)
            for each in fields(cast("Any", value))
            if each.name not in ignored
        ),
    )


class Renamer:
    """Rewrites the ids of references inside IR values."""

    def __init__(self, final: Mapping[str, str]) -> None:
        self._final = final

    def __call__(self, value: T) -> T:
        return cast("T", self._rewrite(value))

    def _rewrite(self, value: object) -> object:
        if isinstance(value, ir.Ref):
            return ir.Ref(self._final.get(value.id, value.id), span=value.span)
        if isinstance(value, tuple):
            members = cast("tuple[object, ...]", value)
            changed = [self._rewrite(each) for each in members]
            same = all(new is old for new, old in zip(changed, members, strict=True))
            return members if same else tuple(changed)
        changes: dict[str, object] = {}
        for name in _HOLDERS.get(type(value), ()):
            old = getattr(value, name)
            new = self._rewrite(old)
            if new is not old:
                changes[name] = new
        # `_HOLDERS` has dataclasses only, which the type of a key cannot say.
        return replace(cast("Any", value), **changes) if changes else value


def references(value: object) -> list[str]:
    """The ids of all declarations that an IR value refers to, in order."""
    found: list[str] = []
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ir.Ref):
            found.append(each.id)
        elif isinstance(each, tuple):
            waiting += reversed(cast("tuple[object, ...]", each))
        else:
            waiting += [getattr(each, name) for name in reversed(_HOLDERS.get(type(each), ()))]
    return found
