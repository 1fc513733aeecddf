"""Converts unions with a discriminator."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from .. import ir
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_reader import LEFT_OUT
from ..frontend_kit.node_values import kind
from ..source import Node
from ..source.json_pointer import escape, unescape
from . import objects
from .combine import non_nullable
from .constants import constant
from .context import virtual
from .conversion import Conversion
from .discriminators import discriminator_of, is_discriminated, unmapped_property
from .extensions import is_wanted
from .references import place as location
from .schema_queries import union_siblings


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
    if "defaultMapping" in (discriminator.mapping or {}):
        # OpenAPI 3.2, section 4.25: for values without a discriminator value, or with an unknown
        # one.
        context.warning(
            "not-expressible",
            "'defaultMapping' is left out: values with an unknown discriminator value are kept as unknown variants",
            discriminator.key_span("defaultMapping"),
        )
    variants, mapped = _mapped_variants(schemas, discriminator, property, place)
    inferred = discriminator is not (node.mapping or {}).get("discriminator")
    for index, variant_node in enumerate(listed):
        if not is_wanted(context, variant_node):
            continue
        reference = variant_node.get("$ref")
        if reference is not None and reference.string in mapped:
            continue
        if not _add_unmapped(schemas, variant_node, index, property, variants, place, inferred):
            context.warning(
                "discriminator",
                f"this variant has no value for '{property}': variants are selected by their properties",
                variant_node.span,
                "add it to the mapping, or define the property with a constant",
            )
            return None
    return ir.Union(
        variants=tuple(variants.values()),
        discriminator=_discriminator(schemas, discriminator, property, listed),
        fields=_common_fields(schemas, node, property, place),
        **schemas.common(node, id),
    )


_Variants: TypeAlias = dict[tuple[str, str | None], ir.Variant]
"""Variants by discriminator value, with a name if one variant of the description becomes several.
"""


def _mapped_variants(
    schemas: Conversion, discriminator: Node, property: str, place: NameContext
) -> tuple[_Variants, set[str]]:
    """The variants of a mapping, and the references in it."""
    context = schemas.context
    variants: _Variants = {}
    mapped: set[str] = set()
    for tag, target in context.entries(discriminator, "mapping"):
        reference = _mapped(schemas, target)
        if reference is None:
            continue
        type_ = schemas.convert(reference, place.add(tag, "Variant"))
        mapped.add(str((reference.get("$ref") or reference).value))
        final = context.references.final(reference)
        if final is None or not is_wanted(context, final):
            continue
        _check_tag(schemas, final, property, target)
        for variant_ in _flattened(schemas, final, property, tag, type_, target, place):
            variants[tag, variant_.name] = variant_
    return variants, mapped


def _common_fields(
    schemas: Conversion, node: Node, property: str, place: NameContext
) -> tuple[ir.Field, ...]:
    """The common properties next to the variants, without the discriminator."""
    if "properties" not in (node.mapping or {}):
        return ()
    properties = schemas.schema_queries.properties(virtual(node, union_siblings(node)))
    return tuple(
        objects.field(schemas, name, prop, place)
        for name, prop in properties.items()
        if name != property
    )


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


def _mapped(schemas: Conversion, target: Node) -> Node | None:
    """The reference for an entry of a mapping: a URI, or the name of a component (OpenAPI 3.1,
    section 4.8.25)."""
    context = schemas.context
    if target.string is None:
        context.warning(
            "wrong-type",
            f"expected the name of a schema, found {kind(target)}{LEFT_OUT}",
            target.span,
        )
        return None
    text = target.string
    components = context.root.get("components")
    known = components.get("schemas") if components is not None else None
    if known is not None and known.get(text) is not None:
        text = f"#/components/schemas/{escape(text)}"
    if text.startswith("#/") and not _exists(context.root, text):
        context.warning(
            "unresolved-reference",
            f"the mapping refers to '{text}', which does not exist: the variant is left out",
            target.span,
        )
        return None
    written = Node(text, target.span, target.file, target.pointer, {})
    return Node({"$ref": written}, target.span, target.file, target.pointer, {"$ref": target.span})


def _exists(root: Node, reference: str) -> bool:
    node: Node | None = root
    for token in reference[2:].split("/"):
        key = unescape(token)
        if node is not None and node.list is not None and key.isdecimal():
            node = node.list[int(key)] if int(key) < len(node.list) else None
        else:
            node = node.get(key) if node is not None else None
    return node is not None


def _tagged(schemas: Conversion, final: Node, tag: str, type_: ir.Type, target: Node) -> ir.Variant:
    inline = schemas.schema_queries.is_object(final)
    return ir.Variant(non_nullable(type_), tag, untagged=not inline, span=target.span)


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
        return [_tagged(schemas, final, tag, type_, target)]
    result: list[ir.Variant] = []
    for index, (node, member) in enumerate(members):
        name = member.pointer.rsplit("/", 1)[-1]
        if name.isdecimal():
            name = f"{tag}_{name}"
        inner = schemas.convert(node, place.add(tag, "Variant").variant(index))
        result.append(ir.Variant(non_nullable(inner), tag, name=name, span=node.span))
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


def _check_tag(schemas: Conversion, final: Node, property: str, target: Node) -> None:
    if schemas.schema_queries.is_union(final) or not schemas.schema_queries.is_object(final):
        return
    if property not in schemas.schema_queries.properties(final):
        schemas.context.diagnostics.warning(
            "discriminator",
            f"'{target.value}' has no property '{property}', which the discriminator requires",
            target.span,
            hint="the property is read anyway",
            related=[("the schema is defined here", final.span)],
        )


def _add_unmapped(
    schemas: Conversion,
    node: Node,
    index: int,
    property: str,
    variants: _Variants,
    place: NameContext,
    inferred: bool,
) -> bool:
    """A variant that is not in the mapping: its discriminator value is its constant, or else its
    name. If the discriminator is inferred, Fern names an inline variant after the value."""
    final = schemas.schema_queries.final(node)
    if final is None:
        return True
    tag: object = None
    if schemas.schema_queries.is_object(final):
        declared = schemas.schema_queries.properties(final).get(property)
        tag = constant(declared.node) if declared is not None else None
    if not isinstance(tag, str) and "$ref" in (node.mapping or {}):
        # OpenAPI 3.1, section 4.8.25: the name of the component is the implicit value.
        tag = unescape(final.pointer.rsplit("/", 1)[-1])
    if not isinstance(tag, str):
        return False
    where = place.add(tag, "Variant") if inferred else place.variant(index)
    type_ = schemas.convert(node, where)
    for schema in _flattened(schemas, final, property, tag, type_, node, place):
        variants.setdefault((tag, schema.name), schema)
    return True


def by_names(schemas: Conversion, node: Node, listed: list[Node], union: ir.Union) -> ir.Union:
    """A union whose discriminator has no mapping: its values are the names of the components.

    Fern ignores such a discriminator, so the variants stay as they are. Many servers send other
    values than the names, so another value selects the variant by its properties.
    """
    property = unmapped_property(schemas.context, node)
    if property is None or len(listed) != len(union.variants):
        return union
    variants: dict[str, ir.Variant] = {}
    for variant_node, variant in zip(listed, union.variants, strict=True):
        final = schemas.schema_queries.final(variant_node)
        if final is None or "$ref" not in (variant_node.mapping or {}):
            return union
        if not schemas.schema_queries.is_object(final):
            return union
        variants.setdefault(_tag(schemas, final, property), variant)
    if len(variants) < len(listed):
        return union
    return replace(
        union,
        variants=tuple(replace(variant, tag=tag) for tag, variant in variants.items()),
        discriminator=ir.Discriminator(property, inline=False, span=node.key_span("discriminator")),
    )


def _tag(schemas: Conversion, final: Node, property: str) -> str:
    """The discriminator value of a component: its constant, or else its name."""
    declared = schemas.schema_queries.properties(final).get(property)
    tag = constant(declared.node) if declared is not None else None
    return tag if isinstance(tag, str) else unescape(final.pointer.rsplit("/", 1)[-1])
