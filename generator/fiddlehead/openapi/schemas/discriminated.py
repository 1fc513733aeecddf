"""Converts unions with a discriminator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ...source.json_pointer import unescape
from ..document.context import virtual
from ..document.extensions import is_wanted
from ..document.references import place as location
from . import objects, undeclared_properties
from .combine import non_nullable
from .constants import constant
from .conversion import Conversion
from .discriminator_mapping import check_property, reference_of
from .discriminators import discriminator_of
from .grouped_variants import variants_of
from .queries import Part, union_siblings


def discriminated(
    schemas: Conversion, node: Node, listed: list[Node], place: NameContext, id: str
) -> ir.Union | None:
    """A union with a discriminator; None, and a warning, if it does not apply to all variants."""
    context = schemas.context
    discriminator = discriminator_of(context, node)
    assert discriminator is not None, "a union with a discriminator"
    property = context.string(discriminator, "propertyName")
    if not property:
        return None  # reported with the keywords of the schema
    collected = _mapped_variants(schemas, discriminator, property, place)
    inferred = discriminator is not (node.mapping or {}).get("discriminator")
    for index, variant_node in enumerate(listed):
        if not is_wanted(context, variant_node):
            continue
        if _target(schemas, variant_node) & collected.mapped:
            continue
        if collected.mapped and context.settings.layout == "fern":
            context.warning(
                "discriminator",
                "this variant is not in the mapping: it is left out, as in Fern's packages",
                variant_node.span,
                "add it to the mapping",
            )
            continue
        if not _add_unmapped(schemas, variant_node, index, property, collected, place, inferred):
            context.warning(
                "discriminator",
                f"this variant has no value for '{property}': variants are selected by their properties",
                variant_node.span,
                "add it to the mapping, or define the property with a constant",
            )
            return None
    if context.settings.layout != "fern":
        _add_listed(schemas, property, collected)
    in_all = property in schemas.schema_queries.required(node)
    return ir.Union(
        variants=(
            *(
                replace(variant, tag_optional=variant.tag_optional and not in_all)
                for variant in collected.variants.values()
            ),
            *default_variant(schemas, discriminator, place),
        ),
        discriminator=_discriminator(schemas, discriminator, property, listed),
        fields=_common_fields(schemas, node, property, list(collected.schemas.values()), place),
        **schemas.common(node, id),
    )


def default_variant(
    schemas: Conversion, discriminator: Node, place: NameContext
) -> Iterator[ir.Variant]:
    """The variant for values without a discriminator value, or with an unknown one (OpenAPI 3.2,
    section 4.25)."""
    target = discriminator.get("defaultMapping")
    reference = reference_of(schemas, target) if target is not None else None
    if target is None or reference is None:
        return
    final = schemas.context.references.final(reference)
    if final is None or not is_wanted(schemas.context, final):
        return
    type_ = non_nullable(schemas.convert(reference, place.add("Default", "Variant")))
    queries = schemas.schema_queries
    if queries.is_object(final) and not queries.hierarchies.is_base(final):
        yield ir.Variant(type_, untagged=True, is_default=True, span=target.span)
    else:
        schemas.context.warning(
            "not-expressible",
            "'defaultMapping' is left out, because it is not one object: values with an unknown discriminator value are kept as unknown variants",
            target.span,
        )


@dataclass
class _Collected:
    """The variants of a union while they are read."""

    variants: dict[tuple[str, str | None], ir.Variant] = field(
        default_factory=dict[tuple[str, str | None], ir.Variant]
    )
    """By discriminator value, with a name if one variant of the description becomes several."""
    schemas: dict[str, Node] = field(default_factory=dict[str, Node])
    """The schema for each discriminator value."""
    mapped: set[object] = field(default_factory=set[object])
    """The targets of the references in the mapping."""


def _mapped_variants(
    schemas: Conversion, discriminator: Node, property: str, place: NameContext
) -> _Collected:
    """The variants of a mapping."""
    context = schemas.context
    collected = _Collected()
    for tag, target in context.entries(discriminator, "mapping"):
        reference = reference_of(schemas, target)
        if reference is None:
            continue
        type_ = schemas.convert(reference, place.add(tag, "Variant"))
        collected.mapped |= _target(schemas, reference)
        final = context.references.final(reference)
        if final is None or not is_wanted(context, final):
            continue
        check_property(schemas, final, property, target)
        for variant in variants_of(schemas, final, property, tag, type_, target, place):
            collected.variants[tag, variant.name] = variant
        collected.schemas[tag] = final
    return collected


def _target(schemas: Conversion, reference: Node) -> set[object]:
    """What a reference refers to, however it is written; empty if it is no reference."""
    final = schemas.context.references.final(reference)
    return set() if final is None or final is reference else {location(final)}


def _add_listed(schemas: Conversion, property: str, collected: _Collected) -> None:
    """Values that are not in the mapping, but in the enum of the property of one variant only."""
    owners: dict[str, dict[object, tuple[str, Node]]] = {}
    for tag, final in collected.schemas.items():
        for value in _own_values(schemas, final, property):
            owners.setdefault(str(value.value), {}).setdefault(location(final), (tag, value))
    for text, variants in owners.items():
        if text in collected.schemas or len(variants) > 1:
            continue
        ((tag, value),) = variants.values()
        for (known, name), variant in list(collected.variants.items()):
            if known == tag:
                collected.variants[text, name] = replace(variant, tag=text, span=value.span)


def _own_values(schemas: Conversion, final: Node, property: str) -> list[Node]:
    """The values of the property that a variant itself lists. An enum that variants share usually
    has the values of all."""
    if not schemas.schema_queries.is_object(final):
        return []
    declared = schemas.schema_queries.properties(final).get(property)
    if declared is None or not declared.owner.pointer.startswith(final.pointer):
        return []
    listed = (declared.node.mapping or {}).get("enum")
    return [value for value in listed.elements() if value.string] if listed is not None else []


def _common_fields(
    schemas: Conversion, node: Node, property: str, variants: list[Node], place: NameContext
) -> tuple[ir.Field, ...]:
    """The common properties next to the variants, and names in `required` that nothing defines,
    without the discriminator."""
    own = virtual(node, union_siblings(node))
    queries = schemas.schema_queries
    properties = queries.properties(own) if "properties" in (own.mapping or {}) else {}
    fields = [
        objects.field(schemas, name, prop, place)
        for name, prop in properties.items()
        if name != property
    ]
    required = (own.mapping or {}).get("required")
    if required is None or required.list is None or schemas.context.settings.layout == "fern":
        return tuple(fields)
    defined = {property, *properties, *(name for x in variants for name in queries.properties(x))}
    rest = [name for name in required.list if name.string not in defined]
    listed = Node(rest, required.span, required.file, required.pointer, {})
    missing = virtual(node, {"required": listed})
    return (*fields, *undeclared_properties.fields(schemas, missing, [Part(missing)]))


_EVENT = frozenset({"event", "data", "id", "retry"})
"""The fields of a server-sent event (HTML standard, section 9.2.6)."""


def _discriminator(
    schemas: Conversion, node: Node, property: str, variants: list[Node]
) -> ir.Discriminator:
    context = schemas.context
    where = context.string(node, "x-fern-discriminator-context")
    if where not in (None, "data", "protocol"):
        context.warning(
            "bad-extension",
            "'x-fern-discriminator-context' must be 'data' or 'protocol'",
            (node.get("x-fern-discriminator-context") or node).span,
        )
    if where is None and property == "event" and variants:
        finals = [schemas.schema_queries.final(variant) for variant in variants]
        if all(
            node is not None and set(schemas.schema_queries.properties(node)) <= _EVENT
            for node in finals
        ):
            where = "protocol"
    return ir.Discriminator(
        property,
        rename=context.string(node, "x-fern-property-name"),
        context="protocol" if where == "protocol" else "data",
        span=node.span,
    )


def _add_unmapped(
    schemas: Conversion,
    node: Node,
    index: int,
    property: str,
    collected: _Collected,
    place: NameContext,
    inferred: bool,
) -> bool:
    """A variant that is not in the mapping: its discriminator value is its constant, or else its
    name, if its enum allows it. If the discriminator is inferred, Fern names an inline variant after the value.
    """
    final = schemas.schema_queries.final(node)
    if final is None:
        return True
    tag: object = None
    if schemas.schema_queries.is_object(final):
        declared = schemas.schema_queries.properties(final).get(property)
        tag = constant(declared.node) if declared is not None else None
    if not isinstance(tag, str) and "$ref" in (node.mapping or {}):
        # OpenAPI 3.1, section 4.8.25: the name of the component is the implicit value.
        name = unescape(final.pointer.rsplit("/", 1)[-1])
        listed = [value.value for value in _own_values(schemas, final, property)]
        tag = name if name in listed or not listed else listed[0]
    if not isinstance(tag, str):
        return False
    collected.schemas.setdefault(tag, final)
    where = place.add(tag, "Variant") if inferred else place.variant(index)
    type_ = schemas.convert(node, where)
    for schema in variants_of(schemas, final, property, tag, type_, node, place):
        collected.variants.setdefault((tag, schema.name), schema)
    return True
