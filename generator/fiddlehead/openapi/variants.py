"""The variants of a union: when two are one, and what names them."""

from __future__ import annotations

from .. import ir
from ..source import Node
from .conversion import Conversion
from .schema_queries import constant


def same(one: ir.Type, two: ir.Type | None) -> bool:
    """Whether two members are one in Python: constraints and formats do not set them apart."""
    if isinstance(one, ir.Primitive) and isinstance(two, ir.Primitive):
        return one.kind == two.kind
    return one == two


def variant(schemas: Conversion, node: Node, type_: ir.Type, tag: str | None = None) -> ir.Variant:
    value = node.mapping or {}
    doc = schemas.context.doc(node) if value else None
    return ir.Variant(type_, tag, doc=doc, span=node.span)


def variant_words(schemas: Conversion, variants: list[Node]) -> list[str | None]:
    """A word for each inline object that has a constant of its own, such as its type."""
    found: list[dict[str, str]] = []
    for each in variants:
        constants: dict[str, str] = {}
        value = each.mapping or {}
        holder = value.get("properties") if "$ref" not in value else None
        for name, child in holder.items() if holder is not None else ():
            only = constant(child)
            if isinstance(only, str) and only.strip():
                constants[name] = only
        found.append(constants)
    words: list[str | None] = []
    for index, constants in enumerate(found):
        others = [other for place, other in enumerate(found) if place != index]
        unique = [
            only
            for only in constants.values()
            if all(only not in other.values() for other in others)
        ]
        words.append(unique[0] if unique else None)
    return words
