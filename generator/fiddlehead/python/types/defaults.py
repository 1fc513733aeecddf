"""Defaults of the description as Python literals."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ...queries.value_matching import ValueMatcher, is_whole
from ..context import Context

_TEXTS = frozenset(["string", "uuid", "base64", "bigint"])


def constant(context: Context, type_: ir.Type, default: ir.Default | None) -> str | None:
    """The literal of a default that is valid for its type; None for any other.

    Dates and members of enum classes are not literals.
    """
    value = default.value if default is not None else None
    resolved = queries.resolved_non_null(context.api, type_)
    if isinstance(value, float) and value.is_integer() and is_whole(resolved):
        value = int(value)
    if not isinstance(value, str | int | float) or not _is_literal(context, resolved, value):
        return None
    return literal(value)


def _is_literal(
    context: Context, resolved: ir.Type | ir.Declaration, value: str | int | float
) -> bool:
    """Whether a value is valid for a type and is a literal in Python."""
    match resolved:
        case ir.UnionOf():
            members = (queries.resolved(context.api, member) for member in resolved.members)
            return any(_is_literal(context, member, value) for member in members)
        case ir.Union() if resolved.discriminator is None and not context.fern:
            variants = (variant.type for variant in resolved.variants if variant.type is not None)
            members = (queries.resolved(context.api, variant) for variant in variants)
            return any(_is_literal(context, member, value) for member in members)
        case ir.Enum():
            written = context.settings.python.pydantic.enum_type == "literals"
        case ir.Primitive():
            written = not isinstance(value, str) or resolved.kind in _TEXTS
        case ir.Literal():
            written = type(resolved.value) is type(value)
        case _:
            return False
    return written and ValueMatcher(context.api).fits_resolved(value, resolved)
