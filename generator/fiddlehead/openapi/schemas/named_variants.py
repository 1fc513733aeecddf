"""Unions whose discriminator has no mapping: its values are the names of the components."""

from __future__ import annotations

from collections import Counter

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ...source.json_pointer import unescape
from .constants import texts
from .conversion import Conversion
from .discriminated import default_variant
from .discriminators import unmapped_property


def by_names(
    schemas: Conversion, node: Node, listed: list[Node], union: ir.Union, place: NameContext
) -> ir.Union:
    """A union whose discriminator has no mapping: its values are the names of the components.

    Fern ignores such a discriminator, so the variants stay as they are. Many servers send other
    values than the names, so another value selects the variant by its properties.
    """
    property = unmapped_property(schemas.context, node)
    if property is None or len(listed) != len(union.variants):
        return union
    finals: list[Node] = []
    for variant_node in listed:
        final = schemas.schema_queries.final(variant_node)
        if final is None or not schemas.schema_queries.is_object(final):
            return union
        finals.append(final)
    variants: dict[str, ir.Variant] = {}
    tags_of_variants = _tags(schemas, listed, finals, property)
    for tags, variant in zip(tags_of_variants, union.variants, strict=True):
        if not tags or not variants.keys().isdisjoint(tags):
            return union
        variants.update(dict.fromkeys(tags, variant))
    discriminator = (node.mapping or {})["discriminator"]
    default = {variant.type: variant for variant in default_variant(schemas, discriminator, place)}
    return replace(
        union,
        variants=(
            *(
                replace(variant, tag=tag, is_default=default.pop(variant.type, None) is not None)
                for tag, variant in variants.items()
            ),
            *default.values(),
        ),
        discriminator=ir.Discriminator(property, inline=False, span=node.key_span("discriminator")),
    )


def _tags(
    schemas: Conversion, variants: list[Node], finals: list[Node], property: str
) -> list[list[str]]:
    """The discriminator values of each variant: its constant or the values of its enum that no other
    variant has, or else the name of the component."""
    queries = schemas.schema_queries
    listed: list[list[str]] = []
    for final in finals:
        declared = queries.properties(final).get(property)
        values = queries.final(declared.node) if declared is not None else None
        listed.append(texts(values) if values is not None else [])
    counts = Counter(tag for tags in listed for tag in {*tags})
    names = [
        [unescape(final.pointer.rsplit("/", 1)[-1])] if "$ref" in (variant.mapping or {}) else []
        for variant, final in zip(variants, finals, strict=True)
    ]
    return [
        [tag for tag in tags if counts[tag] == 1] or name
        for tags, name in zip(listed, names, strict=True)
    ]
