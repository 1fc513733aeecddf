"""Finds events of a stream whose data is text instead of JSON."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ..context import Context

_DEPTH = 5
"""The maximum depth of nested unions that are searched."""

_NO_TEXT = frozenset(
    {"integer", "long", "uint", "uint64", "bigint", "float", "double", "boolean", "bytes"}
)


def expression(context: Context, type_: ir.Type, discriminator: str | None) -> str | None:
    """The argument `text_events` of a call: the names of events, or True for all; None for none."""
    if discriminator is None:
        return "True" if is_text(context.api, type_) else None
    union = queries.resolved(context.api, type_)
    names: list[str] = []
    for variant in union.variants if isinstance(union, ir.Union) else ():
        model = queries.model_of(context.api, variant.type) if variant.type is not None else None
        fields = queries.fields(context.api, model) if model is not None else []
        data = next((field.type for field in fields if field.name == "data"), None)
        if variant.tag is not None and data is not None and is_text(context.api, data):
            names.append(variant.tag)
    listed = ", ".join(literal(name) for name in names)
    return (f"({listed},)" if len(names) == 1 else f"({listed})") if names else None


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
