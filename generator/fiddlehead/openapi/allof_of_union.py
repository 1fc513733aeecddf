"""An object and a union at once: what is common goes to every variant."""

from __future__ import annotations

from dataclasses import replace

from .. import ir
from ..name_context import NameContext
from ..source import Node
from . import composition, variants
from .context import virtual
from .conversion import Conversion
from .discriminated import discriminated
from .discriminators import discriminator_of, is_discriminated
from .extensions import is_wanted
from .schema_queries import Part, beside_union


def distribute(
    schemas: Conversion, node: Node, split: Part, common: list[Part], place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """An object and a union of objects at once: a union, each variant with what is common.

    With a tag, the common properties belong to the union (Fern's base properties); without one,
    each variant is a model of its own that inherits from both.
    """
    context, shapes = schemas.context, schemas.shapes
    target = split.node
    found = shapes.variants(target)
    inner = place.inside(id)
    beside = beside_union(target)
    if "properties" in beside:
        beside.pop("allOf", None)
        common = [*common, Part(virtual(target, beside))]
    if found is None:
        return ir.Unknown(span=node.span)
    objects = all(shapes.is_object(part.node) for part in common)
    if objects and (is_discriminated(context, node) or is_discriminated(context, target)):
        discriminator = discriminator_of(context, node) or discriminator_of(context, target)
        assert discriminator is not None
        joined = virtual(
            node,
            {
                found[0]: (target.mapping or {})[found[0]],
                "discriminator": discriminator,
            },
        )
        made = discriminated(schemas, joined, found[1], inner, id)
        if made is not None:
            base = composition.model(schemas, virtual(node, beside_union(node)), common, place, id)
            tag = made.discriminator.property if made.discriminator is not None else None
            fields = tuple(each for each in base.fields if each.name != tag)
            return replace(made, fields=fields, extends=base.extends, **schemas.common(node, id))
    listed = [each for each in found[1] if is_wanted(context, each)]
    words = variants.variant_words(schemas, listed)
    members: list[ir.Variant] = []
    for index, each in enumerate(listed):
        final = shapes.final(each)
        if final is None:
            continue
        where = (
            inner.variant(index)
            if words[index] is None
            else inner.add(words[index] or "", "Variant")
        )
        if "$ref" in (each.mapping or {}):
            name = final.pointer.rsplit("/", 1)[-1]
            where = inner.add(name, "Variant")
        if not shapes.is_object(final) and not shapes.is_union(final):
            type_ = schemas.convert(each, where)
        else:
            references = [
                part.reference if part.reference is not None else part.node
                for part in [*common, Part(each)]
            ]
            both = Node(references, each.span, each.file, each.pointer, {})
            kept = {
                key: child
                for key, child in (each.mapping or {}).items()
                if key in ("title", "description", "x-fern-type-name")
                and "$ref" not in (each.mapping or {})
            }
            joined = virtual(each, {**kept, "allOf": both})
            joined.pointer = f"{each.pointer}/allOf"
            type_ = schemas.convert(joined, where)
        if not any(variants.same(type_, other.type) for other in members):
            members.append(variants.variant(schemas, each, type_))
    if len(members) == 1 and members[0].type is not None:
        return members[0].type
    return ir.Union(variants=tuple(members), **schemas.common(node, id))
