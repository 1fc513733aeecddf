"""Converts arrays: lists, and tuples, whose items have types by position."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from . import scalars
from .combine import union_of
from .conversion import Conversion

_MAX_POSITIONS = 50
"""The maximum number of items of a tuple."""


def array(schemas: Conversion, node: Node, place: NameContext) -> ir.Type:
    """The type of an array; a tuple if its schemas by position describe all items."""
    value = node.mapping or {}
    limits = scalars.constraints(schemas.context, node) or ir.Constraints()
    constraints = None if limits == ir.Constraints() else limits
    items = value.get("items")
    keyword, prefix, rest = _by_position(schemas, node)
    if not prefix:
        item: ir.Type = ir.Unknown(span=node.span)
        closed = keyword == "prefixItems" and items is not None and items.value is False
        if items is not None and items.value is not None and not closed:
            item = schemas.convert(items, place.item())
        return ir.ListOf(item, constraints=constraints, span=node.span)
    types = [schemas.convert(node, place.add(f"Item{index}")) for index, node in enumerate(prefix)]
    closed = rest is not None and rest.value is False
    other = None if rest is None or closed else schemas.convert(rest, place.item())
    count = _count(limits, len(types), has_others=other is not None)
    if count is None:
        schemas.context.warning(
            "not-expressible",
            f"'{keyword}' without a fixed number of items is read as a list whose items have any"
            " of these types",
            node.key_span(keyword),
        )
        members = [*types, *([other] if other is not None else [])]
        return ir.ListOf(union_of(members, node.span), constraints=constraints, span=node.span)
    is_exact = limits.min_items == count and (closed or limits.max_items == count)
    if not is_exact:
        schemas.context.warning(
            "not-expressible",
            f"'{keyword}' is read as a tuple of {len(types)}, but the schema also allows other"
            " numbers of items",
            node.key_span(keyword),
            f"add 'minItems: {count}' and 'maxItems: {count}'",
        )
    unknown = ir.Unknown(span=node.span)
    types += [other or unknown] * (count - len(types))
    return ir.ListOf(
        unknown,
        constraints=ir.Constraints(min_items=count, max_items=count),
        positions=tuple(types[:count]),
        span=node.span,
    )


def _by_position(schemas: Conversion, node: Node) -> tuple[str, list[Node], Node | None]:
    """The keyword with schemas by position, these schemas, and the one of all other items."""
    value = node.mapping or {}
    items = value.get("items")
    if "prefixItems" in value:
        prefix = schemas.context.elements(node, "prefixItems")
        # Fern's packages have no type for the items of a tuple.
        is_fern = schemas.context.settings.layout == "fern"
        return "prefixItems", [] if is_fern else prefix, items
    # JSON Schema before 2020-12 has the same with a list in 'items'.
    prefix = (items.list or []) if items is not None else []
    return "items", prefix, value.get("additionalItems")


def _count(limits: ir.Constraints, described: int, *, has_others: bool) -> int | None:
    """The number of items of a tuple; None if the array may have different numbers of them."""
    least, most = limits.min_items, limits.max_items
    if least is not None and least == most and 0 < least <= _MAX_POSITIONS:
        return least
    is_tuple = not has_others and {least, most} <= {None, described}
    return described if is_tuple and described <= _MAX_POSITIONS else None
