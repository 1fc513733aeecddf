"""Events of a stream that are described with their fields, and those whose data is text."""

from __future__ import annotations

from collections.abc import Iterator

from ... import ir, queries
from ...literals import literal
from ..context import Context

_DEPTH = 5
"""The maximum depth of nested unions that are searched."""

_FIELDS = frozenset({"comment", "data", "event", "id", "retry"})
"""The fields of an event (HTML standard, section 9.2.6)."""

_NO_TEXT = frozenset(
    {"integer", "long", "uint", "uint64", "bigint", "float", "double", "boolean", "bytes"}
)


def discriminator(context: Context, type_: ir.Type) -> str | None:
    """The property of the items that contains the `event:` line; None if the items are the data."""
    union = queries.resolved(context.api, type_)
    declared = union.discriminator if isinstance(union, ir.Union) else None
    if declared is not None and declared.inline:
        return declared.property if declared.context == "protocol" else None
    names = [fields.keys() for _, fields in _events(context.api, type_)]
    is_described = all("event" in name and name <= _FIELDS for name in names)
    has_data = any("data" in name for name in names)
    return "event" if is_described and has_data else None


def text_events(context: Context, type_: ir.Type, discriminator: str | None) -> str | None:
    """The argument `text_events` of a call: the names of events, or True for all; None for none."""
    if discriminator is None:
        return "True" if is_text(context.api, type_) else None
    names: list[str] = []
    others = 0
    for tag, fields in _events(context.api, type_):
        data = fields.get("data")
        if data is None or not is_text(context.api, data):
            others += 1
            continue
        names += [tag] if tag is not None else _texts(context.api, fields.get(discriminator))
    if not names and not others:
        return "True"
    listed = ", ".join(literal(name) for name in names)
    return (f"({listed},)" if len(names) == 1 else f"({listed})") if names else None


def _events(
    api: ir.Api, type_: ir.Type, tag: str | None = None, depth: int = 0
) -> Iterator[tuple[str | None, dict[str, ir.Type]]]:
    """The tags and fields of the objects of a type; an object without fields for any other type."""
    resolved = queries.resolved(api, type_)
    if isinstance(resolved, ir.Union) and depth < _DEPTH:
        for variant in resolved.variants:
            inner = variant.type if variant.type is not None else ir.Unknown()
            yield from _events(api, inner, variant.tag, depth + 1)
        return
    fields = queries.fields(api, resolved) if isinstance(resolved, ir.Model) else []
    yield tag, {field.name: field.type for field in fields}


def _texts(api: ir.Api, type_: ir.Type | None) -> list[str]:
    """The strings that a constant or an enum allows."""
    resolved = queries.resolved_non_null(api, type_) if type_ is not None else None
    if isinstance(resolved, ir.Enum):
        return [value.value for value in resolved.values if isinstance(value.value, str)]
    if isinstance(resolved, ir.Literal) and isinstance(resolved.value, str):
        return [resolved.value]
    return []


def is_text(api: ir.Api, type_: ir.Type, depth: int = 0) -> bool:
    """Whether a value of a type is always a string or null."""
    resolved = queries.resolved_non_null(api, type_)
    members: list[ir.Type] = []
    match resolved:
        case ir.Primitive():
            return resolved.kind not in _NO_TEXT
        case ir.Literal():
            return isinstance(resolved.value, str)
        case ir.Enum():
            return all(isinstance(value.value, str) for value in resolved.values)
        case ir.UnionOf():
            members = [*resolved.members]
        case ir.Union() if resolved.discriminator is None:
            members = [variant.type for variant in resolved.variants if variant.type is not None]
        case _:
            pass
    return depth < _DEPTH and bool(members) and all(is_text(api, m, depth + 1) for m in members)
