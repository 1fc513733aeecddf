"""Converts unions with a discriminator."""

from __future__ import annotations

from collections import Counter
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
from .constants import constant, texts
from .conversion import Conversion
from .discriminator_mapping import check_property, reference_of
from .discriminators import discriminator_of, is_discriminated, unmapped_property
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
        context.warning(
            "missing-key",
            "a discriminator requires 'propertyName'",
            discriminator.span,
            "set 'propertyName' to the property that distinguishes the variants",
        )
        return None
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
        for variant in _flattened(schemas, final, property, tag, type_, target, place):
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


def _flattened(
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
    for schema in _flattened(schemas, final, property, tag, type_, node, place):
        collected.variants.setdefault((tag, schema.name), schema)
    return True


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
