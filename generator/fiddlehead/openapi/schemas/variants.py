"""The variants of a union: which are equal, and their names."""

from __future__ import annotations

from ... import ir
from ...source import Node
from .constants import constant
from .conversion import Conversion


def same(one: ir.Type, two: ir.Type | None) -> bool:
    """Whether two members have the same Python type: constraints and formats are ignored."""
    if isinstance(one, ir.Primitive) and isinstance(two, ir.Primitive):
        return one.kind == two.kind
    return one == two


def variant(schemas: Conversion, node: Node, type_: ir.Type, tag: str | None = None) -> ir.Variant:
    value = node.mapping or {}
    doc = schemas.context.doc(node) if value else None
    return ir.Variant(type_, tag, doc=doc, span=node.span)


def variant_words(schemas: Conversion, variants: list[Node]) -> list[str | None]:
    """A word for each inline object with a constant, such as its type; in layout `fern`, for each
    one with a property of its own."""
    if schemas.context.settings.layout == "fern":
        return _own_properties(variants)
    words_by_variant: list[dict[str, str]] = []
    for node in variants:
        constants: dict[str, str] = {}
        value = node.mapping or {}
        holder = value.get("properties") if "$ref" not in value else None
        for name, child in holder.items() if holder is not None else ():
            only = constant(child)
            if isinstance(only, str) and only.strip():
                constants[name] = only
        words_by_variant.append(constants)
    words: list[str | None] = []
    for index, constants in enumerate(words_by_variant):
        others = [other for place, other in enumerate(words_by_variant) if place != index]
        unique = [
            only
            for only in constants.values()
            if all(only not in other.values() for other in others)
        ]
        words.append(unique[0] if unique else None)
    return words


def _own_properties(variants: list[Node]) -> list[str | None]:
    """Fern's name for a variant: the alphabetically first of the properties that no other inline
    variant has. Variants are processed in order, and a property that two of them had can be used
    again by a third."""
    own: dict[int, list[str]] = {}
    for index, node in enumerate(variants):
        value = node.mapping or {}
        holder = value.get("properties") if "$ref" not in value else None
        names = [name for name, _ in holder.items()] if holder is not None else []
        if not names:
            continue
        taken = {name for others in own.values() for name in others}
        for place, others in own.items():
            own[place] = [name for name in others if name not in names]
        own[index] = [name for name in names if name not in taken]
    return [min(own[index]) if own.get(index) else None for index in range(len(variants))]
