"""Converts `allOf` of a union and an object: the common properties are added to every variant."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ..document.context import virtual
from ..document.extensions import is_wanted
from . import composition, variants
from .conversion import Conversion
from .discriminated import discriminated
from .discriminators import discriminator_of, is_discriminated
from .queries import Part, union_siblings


def distribute(
    schemas: Conversion, node: Node, split: Part, common: list[Part], place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """Convert `allOf` of a union of objects and further objects to a union in which each variant
    has the common properties.

    With a discriminator, the common properties belong to the union (Fern's base properties);
    without one, each variant is a separate model that inherits from both.
    """
    context, schema_queries = schemas.context, schemas.schema_queries
    target = split.node
    keyword_variants = schema_queries.variants(target)
    inner = place.inside(id)
    siblings = union_siblings(target)
    if "properties" in siblings:
        siblings.pop("allOf", None)
        common = [*common, Part(virtual(target, siblings))]
    if keyword_variants is None:
        return ir.Unknown(span=node.span)
    objects = all(schema_queries.is_object(part.node) for part in common)
    if objects and (is_discriminated(context, node) or is_discriminated(context, target)):
        result = _with_tag(schemas, node, target, keyword_variants, common, place, id)
        if result is not None:
            return result
    listed = [node for node in keyword_variants[1] if is_wanted(context, node)]
    words = variants.variant_words(schemas, listed)
    members: list[ir.Variant] = []
    for index, branch in enumerate(listed):
        final = schema_queries.final(branch)
        if final is None:
            continue
        where = (
            inner.variant(index)
            if words[index] is None
            else inner.add(words[index] or "", "Variant")
        )
        if "$ref" in (branch.mapping or {}):
            name = final.pointer.rsplit("/", 1)[-1]
            where = inner.add(name, "Variant")
        if not schema_queries.is_object(final) and not schema_queries.is_union(final):
            type_ = schemas.convert(branch, where)
        else:
            type_ = schemas.convert(_joined(branch, common), where)
        if not any(variants.same(type_, other.type) for other in members):
            members.append(variants.variant(schemas, branch, type_))
    if len(members) == 1 and members[0].type is not None:
        return members[0].type
    return ir.Union(variants=tuple(members), **schemas.common(node, id))


def _with_tag(
    schemas: Conversion,
    node: Node,
    target: Node,
    tagged: tuple[str, list[Node]],
    common: list[Part],
    place: NameContext,
    id: str,
) -> ir.Union | None:
    """The union with a discriminator and the common properties; `tagged` has the keyword and the
    variants of the union `target`."""
    context = schemas.context
    keyword, listed = tagged
    discriminator = discriminator_of(context, node) or discriminator_of(context, target)
    assert discriminator is not None
    union = virtual(
        node, {keyword: (target.mapping or {})[keyword], "discriminator": discriminator}
    )
    result = discriminated(schemas, union, listed, place.inside(id), id)
    if result is None:
        return None
    base = composition.model(schemas, virtual(node, union_siblings(node)), common, place, id)
    tag = result.discriminator.property if result.discriminator is not None else None
    fields = tuple(field for field in base.fields if field.name != tag)
    return replace(result, fields=fields, extends=base.extends, **schemas.common(node, id))


def _joined(variant: Node, common: list[Part]) -> Node:
    """An `allOf` of the common properties and a variant."""
    parts = [
        part.reference if part.reference is not None else part.node
        for part in [*common, Part(variant)]
    ]
    entries = variant.mapping or {}
    annotations = {
        key: child
        for key, child in entries.items()
        if key in ("title", "description", "x-fern-type-name") and "$ref" not in entries
    }
    combined = Node(parts, variant.span, variant.file, variant.pointer, {})
    joined = virtual(variant, {**annotations, "allOf": combined})
    joined.pointer = f"{variant.pointer}/allOf"
    return joined
