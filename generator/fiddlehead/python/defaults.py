"""Defaults of the description as defaults in Python, where a literal can say them."""

from __future__ import annotations

from .. import ir, queries
from ..typing_ import literal
from .context import Context, unwrapped

_TEXTS = frozenset(["string", "uuid", "base64", "bigint"])
_WHOLE = frozenset(["integer", "long", "uint", "uint64"])


def constant(context: Context, type_: ir.Type, default: ir.Default | None) -> str | None:
    """The literal of a default that its type takes; None for any other.

    A date is an object in Python, and a member of an enum class has a name: no literal is either.
    """
    value = default.value if default is not None else None
    found = queries.resolved(context.api, unwrapped(type_))
    if isinstance(value, float) and value.is_integer() and _is_whole(found):
        value = int(value)
    if not isinstance(value, str | int | float) or not _takes(context, found, value):
        return None
    return literal(value)


def _takes(context: Context, found: ir.Type | ir.Declaration, value: str | int | float) -> bool:
    if isinstance(found, ir.Literal):
        return type(found.value) is type(value) and found.value == value
    if isinstance(found, ir.Enum):
        plain = context.settings.python.pydantic.enum_type == "literals"
        return plain and any(
            type(each.value) is type(value) and each.value == value for each in found.values
        )
    if isinstance(found, ir.UnionOf):
        return any(
            _takes(context, queries.resolved(context.api, each), value) for each in found.members
        )
    if not isinstance(found, ir.Primitive):
        return False
    if isinstance(value, bool):
        return found.kind == "boolean"
    if isinstance(value, str):
        return found.kind in _TEXTS
    return found.kind in ("float", "double") or (_is_whole(found) and isinstance(value, int))


def _is_whole(found: ir.Type | ir.Declaration) -> bool:
    return isinstance(found, ir.Primitive) and found.kind in _WHOLE
