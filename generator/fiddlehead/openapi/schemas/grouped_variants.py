"""The variants for one value of a discriminator, which a nested union groups."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.references import place as location
from .combine import non_nullable
from .conversion import Conversion
from .discriminators import is_discriminated


def _tagged(
    schemas: Conversion, final: Node, property: str, tag: str, type_: ir.Type, target: Node
) -> ir.Variant:
    inline = schemas.schema_queries.is_object(final)
    optional = inline and not _is_required(schemas, final, property)
    return ir.Variant(
        non_nullable(type_), tag, untagged=not inline, tag_optional=optional, span=target.span
    )


def _is_required(schemas: Conversion, final: Node, property: str) -> bool:
    declared = schemas.schema_queries.properties(final).get(property)
    return declared is not None and declared.required


def variants_of(
    schemas: Conversion,
    final: Node,
    property: str,
    tag: str,
    type_: ir.Type,
    target: Node,
    place: NameContext,
) -> list[ir.Variant]:
    """A variant; or, if it is a union of objects without the discriminator value, one for each of
    them, because a nested union is only a grouping."""
    members = _objects(schemas, final, set())
    declared = [property in schemas.schema_queries.properties(node) for _, node in members or ()]
    if not members or all(declared):
        return [_tagged(schemas, final, property, tag, type_, target)]
    result: list[ir.Variant] = []
    for index, (node, member) in enumerate(members):
        name = member.pointer.rsplit("/", 1)[-1]
        if name.isdecimal():
            name = f"{tag}_{name}"
        inner = schemas.convert(node, place.add(tag, "Variant").variant(index))
        optional = not _is_required(schemas, member, property)
        result.append(
            ir.Variant(non_nullable(inner), tag, name=name, tag_optional=optional, span=node.span)
        )
    return result


def _objects(
    schemas: Conversion, node: Node, within: set[object]
) -> list[tuple[Node, Node]] | None:
    """The objects of a union without a discriminator, each with and without its reference; None if
    it is not such a union."""
    variants = schemas.schema_queries.variants(node)
    if variants is None or is_discriminated(schemas.context, node) or location(node) in within:
        return None
    result: list[tuple[Node, Node]] = []
    for variant in variants[1]:
        final = schemas.schema_queries.final(variant)
        if final is None:
            return None
        if schemas.schema_queries.is_object(final):
            result.append((variant, final))
            continue
        inner = _objects(schemas, final, {*within, location(node)})
        if inner is None:
            return None
        result += inner
    return result
