"""Converts a schema with a discriminator whose subclasses inherit from it through `allOf`: a union.

The subclasses copy its properties (`SchemaQueries.model` does not use it as a base class).
"""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ...source.json_pointer import unescape
from ..document.context import virtual
from ..document.references import place as location
from . import composition, objects
from .combine import non_nullable
from .conversion import Conversion
from .discriminated import default_variant, discriminated
from .discriminators import mapped_reference
from .hierarchies import Subclass, base_property, has_mapping


def union(schemas: Conversion, node: Node, place: NameContext, id: str) -> ir.Type | ir.Declaration:
    """The union of the subclasses of a schema.

    With a mapping, it has a class for each discriminator value, of the mapping or implicit. Without
    one, it has the subclasses as they are, and the schema itself for all other values.
    """
    if has_mapping(node):
        return _mapped(schemas, node, place, id)
    subclasses = schemas.schema_queries.hierarchies.unmapped(node)
    own = ir.Variant(_itself(schemas, node, place), _name(node), span=node.span)
    variants = [own, *(_variant(schemas, subclass, place) for subclass in subclasses)]
    discriminator = (node.mapping or {})["discriminator"]
    default = own.type if _defaults_to_itself(schemas, node) else None
    if default is None:
        default = next((x.type for x in default_variant(schemas, discriminator, place)), None)
    return ir.Union(
        variants=tuple(replace(x, is_default=x.type == default) for x in variants),
        discriminator=ir.Discriminator(base_property(node) or "", inline=False, span=node.span),
        **schemas.common(node, id),
    )


def _mapped(
    schemas: Conversion, node: Node, place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    mapping, own = _mapping(schemas, node)
    discriminator = (node.mapping or {})["discriminator"]
    entries = {**(discriminator.mapping or {}), "mapping": mapping}
    if _defaults_to_itself(schemas, node):
        del entries["defaultMapping"]
    inherited = ("properties", "required", "allOf")
    keywords = {key: x for key, x in (node.mapping or {}).items() if key not in inherited}
    keywords["discriminator"] = virtual(discriminator, entries)
    union = schemas.schema_queries.variants(node)
    listed = union[1] if union is not None else []
    result = None
    if mapping.value:
        result = discriminated(schemas, virtual(node, keywords), listed, place, id)
    if result is None:
        return _object(schemas, _without(node, "discriminator"), place, id)
    if own:
        type_ = _itself(schemas, node, place)
        declared = schemas.schema_queries.properties(node).get(base_property(node) or "")
        optional = declared is None or not declared.required
        variants = (
            ir.Variant(type_, tag, tag_optional=optional, span=target.span)
            for tag, target in own.items()
        )
        result = replace(result, variants=(*result.variants, *variants))
    if _defaults_to_itself(schemas, node):
        type_ = _itself(schemas, node, place)
        default = ir.Variant(type_, untagged=True, is_default=True, span=discriminator.span)
        result = replace(result, variants=(*result.variants, default))
    return result


def _defaults_to_itself(schemas: Conversion, node: Node) -> bool:
    """Whether the schema itself is for values with an unknown discriminator value."""
    target = (node.mapping or {})["discriminator"].get("defaultMapping")
    return target is not None and _is_itself(schemas, node, target)


def _mapping(schemas: Conversion, node: Node) -> tuple[Node, dict[str, Node]]:
    """The mapping with all subclasses, and the part of it for the schema itself."""
    discriminator = (node.mapping or {})["discriminator"]
    result: dict[str, Node] = {}
    own: dict[str, Node] = {}
    for tag, target in schemas.context.entries(discriminator, "mapping"):
        (own if _is_itself(schemas, node, target) else result)[tag] = target
    for subclass in schemas.schema_queries.hierarchies.unmapped(node):
        result.setdefault(subclass.tag, subclass.reference)
    return virtual(discriminator, result), own


def _is_itself(schemas: Conversion, node: Node, target: Node) -> bool:
    context = schemas.context
    if node.file != context.root.file:
        reference = mapped_reference(context, target)
        final = context.references.final(reference) if reference is not None else None
        return final is not None and location(final) == location(node)
    name = (target.string or "").removeprefix("#/components/schemas/")
    return node.pointer == f"/components/schemas/{name}"


def _variant(schemas: Conversion, subclass: Subclass, place: NameContext) -> ir.Variant:
    written = subclass.reference
    reference = virtual(written, {"$ref": written})
    type_ = schemas.convert(reference, place.add(subclass.tag, "Variant"))
    return ir.Variant(non_nullable(type_), subclass.tag, span=subclass.node.span)


def _itself(schemas: Conversion, node: Node, place: NameContext) -> ir.Type:
    """The class of the schema itself."""
    plain = _without(node, "discriminator")
    property = base_property(node)
    if has_mapping(node) and "properties" in (plain.mapping or {}):
        # The variant has it.
        properties = (plain.mapping or {})["properties"]
        entries = {**(plain.mapping or {}), "properties": _without(properties, property or "")}
        required = entries.get("required")
        if required is not None and required.list is not None:
            rest = [node for node in required.list if node.value != property]
            entries["required"] = Node(rest, required.span, required.file, required.pointer, {})
        plain = virtual(plain, entries)
    return non_nullable(schemas.convert(plain, place.add("Base", "Variant")))


def _without(node: Node, key: str) -> Node:
    return virtual(
        node, {name: child for name, child in (node.mapping or {}).items() if name != key}
    )


def _name(node: Node) -> str:
    return unescape(node.pointer.rsplit("/", 1)[-1])


def _object(
    schemas: Conversion, node: Node, place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    if "allOf" in (node.mapping or {}):
        return composition.model(schemas, node, schemas.schema_queries.parts(node), place, id)
    return objects.plain(schemas, node, place, id)
