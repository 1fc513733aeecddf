"""A visitor for all values of the IR: their parts, and their references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import is_
from typing import Any, TypeVar, cast, get_args

from .. import ir
from ..frozen import replace
from .lookup import Declares

T = TypeVar("T")

PARTS: dict[type, tuple[str, ...]] = {
    ir.ListOf: ("item", "positions"),
    ir.MapOf: ("key", "value"),
    ir.Nullable: ("item",),
    ir.UnionOf: ("members",),
    ir.Field: ("type",),
    ir.Model: ("extends", "fields", "extra"),
    ir.Variant: ("type",),
    ir.Union: ("extends", "fields", "variants"),
    ir.Alias: ("type",),
    ir.Parameter: ("type",),
    ir.Body: ("type", "fields", "extra"),
    ir.Header: ("type",),
    ir.Result: ("type", "headers"),
    ir.ErrorResponse: ("type", "headers"),
    ir.Endpoint: ("parameters", "body", "result", "errors"),
    ir.Resource: ("endpoints", "channels", "children"),
    ir.Error: ("type",),
    ir.Webhook: ("payload", "headers"),
    ir.Message: ("type",),
    ir.Channel: ("parameters", "messages"),
    ir.Variable: ("type",),
    ir.Api: (
        "declarations",
        "root",
        "errors",
        "headers",
        "query",
        "idempotency_headers",
        "variables",
        "webhooks",
        "response_headers",
    ),
}
"""The attributes of each class that can contain types, in the order of a walk."""

_TYPES: tuple[type, ...] = get_args(ir.Type)
_LEAVES = frozenset(_TYPES) - PARTS.keys()
"""Types that are made of nothing else."""
_FIXED = _LEAVES - {ir.Ref, ir.Unknown} | {type(None)}
"""The types of values that are never changed."""
_WITHOUT_REFERENCES = _FIXED | {ir.Unknown}


def parts(value: object) -> Iterator[object]:
    """The direct parts of a value that can contain types."""
    for name in PARTS.get(type(value), ()):
        part: object = getattr(value, name)
        if part is None or part == ():
            continue
        if type(part) in PARTS or isinstance(part, ir.Ref):
            yield part
        elif isinstance(part, tuple):
            yield from cast("tuple[object, ...]", part)
        elif isinstance(part, Mapping):
            yield from cast("Mapping[str, object]", part).values()
        else:
            yield part


def types(value: object) -> Iterator[ir.Type]:
    """The types in a declaration, an endpoint or another value, outermost only: a list is returned,
    but not the type of its items."""
    for part in parts(value):
        if isinstance(part, _TYPES):
            yield cast("ir.Type", part)
        else:
            yield from types(part)


def references(value: object) -> list[ir.Ref]:
    """Every reference to a declaration inside a value, in order, with duplicates."""
    # This is called for every type of every field, so it does without `parts`.
    kind: type = type(value)
    if kind is ir.Ref:
        return [cast("ir.Ref", value)]
    if kind in _LEAVES:
        return []
    result: list[ir.Ref] = []
    waiting: list[object] = [value]
    while waiting:
        current = waiting.pop()
        kind = type(current)
        if kind is ir.Ref:
            result.append(cast("ir.Ref", current))
            continue
        start = len(waiting)
        for name in PARTS.get(kind, ()):
            part: object = getattr(current, name)
            kind = type(part)
            if kind is ir.Ref or kind in PARTS:
                waiting.append(part)
            elif kind is tuple:
                waiting += cast("tuple[object, ...]", part)
            elif part is not None and kind not in _LEAVES and isinstance(part, Mapping):
                waiting += cast("Mapping[str, object]", part).values()
        if len(waiting) > start + 1:  # In depth-first order.
            waiting[start:] = waiting[start:][::-1]
    return result


def reachable(api: Declares, values: Iterable[object]) -> set[str]:
    """The ids of all declarations that values refer to, directly or indirectly."""
    waiting = [reference.id for value in values for reference in references(value)]
    result: set[str] = set()
    while waiting:
        id_ = waiting.pop()
        declaration = api.declarations.get(id_)
        if declaration is not None and id_ not in result:
            result.add(id_)
            waiting += [reference.id for reference in references(declaration)]
    return result


def rewritten(value: T, change: Callable[[ir.Ref], ir.Ref]) -> T:
    """A value with its references changed. Parts without changed references keep their identity."""
    return cast("T", _with_references(value, change))


def _with_references(value: object, change: Callable[[ir.Ref], ir.Ref]) -> object:
    # As `_rewritten`, without a call for each part that is no reference.
    kind = type(value)
    if kind is ir.Ref:
        return change(cast("ir.Ref", value))
    names = PARTS.get(kind)
    if names is not None:
        changes: dict[str, object] = {}
        for name in names:
            old = getattr(value, name)
            if type(old) not in _WITHOUT_REFERENCES:
                new = _with_references(old, change)
                if new is not old:
                    changes[name] = new
        # Any, because the type of the key does not express that `PARTS` has only dataclasses.
        return replace(cast("Any", value), **changes) if changes else value
    if kind is tuple:
        members = cast("tuple[object, ...]", value)
        changed = [_with_references(member, change) for member in members]
        return members if all(map(is_, changed, members)) else tuple(changed)
    if kind not in _WITHOUT_REFERENCES and isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        renamed = {name: _with_references(entry, change) for name, entry in entries.items()}
        return entries if all(renamed[name] is entries[name] for name in entries) else renamed
    return value


def transformed(value: T, change: Callable[[object], object]) -> T:
    """A value with `change` applied to all its parts, innermost first. Unchanged parts keep their
    identity."""
    return cast("T", _rewritten(value, change))


def _rewritten(value: object, change: Callable[[object], object]) -> object:
    kind = type(value)
    if kind is ir.Ref or kind is ir.Unknown:
        return change(value)
    if kind in _FIXED:
        return value
    names = PARTS.get(kind)
    if names is not None:
        changes: dict[str, object] = {}
        for name in names:
            old = getattr(value, name)
            if type(old) in _FIXED:
                continue
            new = _rewritten(old, change)
            if new is not old:
                changes[name] = new
        # Any, because the type of the key does not express that `PARTS` has only dataclasses.
        return change(replace(cast("Any", value), **changes) if changes else value)
    if isinstance(value, tuple):
        members = cast("tuple[object, ...]", value)
        changed = [_rewritten(member, change) for member in members]
        return members if all(map(is_, changed, members)) else tuple(changed)
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        renamed = {name: _rewritten(entry, change) for name, entry in entries.items()}
        return entries if all(renamed[name] is entries[name] for name in entries) else renamed
    return value


def with_endpoints(
    resource: ir.Resource, change: Callable[[ir.Endpoint], ir.Endpoint]
) -> ir.Resource:
    """A resource with each endpoint changed, including those of its children. Unchanged resources
    keep their identity."""
    endpoints = tuple(map(change, resource.endpoints))
    children = tuple(with_endpoints(child, change) for child in resource.children)
    same = all(map(is_, (*endpoints, *children), (*resource.endpoints, *resource.children)))
    return resource if same else replace(resource, endpoints=endpoints, children=children)
