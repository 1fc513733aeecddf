"""Converts unions: `oneOf`, `anyOf` and lists of types."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.context import Context, virtual
from ..document.extensions import is_wanted
from . import allof_of_union, scalars
from .constants import constant, is_literal
from .conversion import Conversion
from .discriminated import discriminated
from .discriminators import is_discriminated
from .named_variants import by_names
from .nulls import without_null
from .queries import Part, union_siblings
from .variants import same, variant, variant_words


def union(
    schemas: Conversion,
    node: Node,
    keyword_variants: tuple[str, list[Node]],
    place: NameContext,
    id: str,
) -> ir.Type | ir.Declaration:
    """A schema with `oneOf` or `anyOf`, with or without a discriminator."""
    context = schemas.context
    if is_discriminated(context, node):
        result = discriminated(schemas, node, keyword_variants[1], place.inside(id), id)
        if result is not None:
            return result
    variants = [node for node in keyword_variants[1] if is_wanted(context, node)]
    if len(variants) < len(keyword_variants[1]) and not variants:
        return ir.Unknown(span=node.span)
    if len(variants) == 1 and not context.importer.preserve_single_schema_oneof:
        siblings = union_siblings(node)
        if not schemas.schema_queries.constrains_value(siblings):
            return _inside(schemas, node, variants[0], place, id)
    constants = _constants(schemas, node, keyword_variants[0], variants, id)
    if constants is not None:
        return constants
    siblings = union_siblings(node)
    if schemas.schema_queries.hierarchies.lists_subclasses(node):
        siblings = {}  # the variants inherit them
    elif "properties" in siblings or "allOf" in siblings or _requires_more(schemas, node, variants):
        own = Part(virtual(node, siblings))
        if schemas.schema_queries.is_object(own.node):
            inner = virtual(node, {keyword_variants[0]: (node.mapping or {})[keyword_variants[0]]})
            return allof_of_union.distribute(schemas, node, Part(inner), [own], place, id)
    variants = [_typed(siblings, node) for node in variants]
    joined = undiscriminated(schemas, node, variants, place.inside(id), id)
    return (
        by_names(schemas, node, variants, joined, place) if isinstance(joined, ir.Union) else joined
    )


def _requires_more(schemas: Conversion, node: Node, variants: list[Node]) -> bool:
    """Whether `required` next to a union of objects has a name that no variant defines."""
    queries = schemas.schema_queries
    if schemas.context.settings.layout == "fern" or not queries.required(node):
        return False
    finals = [queries.final(node) for node in variants]
    objects = [node for node in finals if node is not None and queries.is_object(node)]
    if len(objects) < len(variants):
        return False
    defined = {name for schema in objects for name in queries.properties(schema)}
    return not queries.required(node) <= defined


def _typed(siblings: dict[str, Node], variant: Node) -> Node:
    """A variant with the type next to the union, which applies to all its variants."""
    value = variant.mapping
    if "type" not in siblings or value is None:
        return variant
    if {"type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const", "properties"} & value.keys():
        return variant
    return virtual(variant, {"type": siblings["type"], **value})


def _inside(
    schemas: Conversion, node: Node, variant: Node, place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """A union with one variant is that variant."""
    if variant.mapping is None or "$ref" in variant.mapping:
        return schemas.convert(variant, place)
    inner, nullable = without_null(schemas.context, variant)
    if nullable:
        return schemas.convert(variant, place)
    annotations = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("description", "title", "x-fern-type-name", "example", "default")
    }
    return schemas.shape(virtual(inner, {**(inner.mapping or {}), **annotations}), place, id)


def _constants(
    schemas: Conversion, node: Node, keyword: str, variants: list[Node], id: str
) -> ir.Declaration | None:
    """An enum, if every variant is a constant: OpenAPI 3.1 documents enum values in this way.

    A component may be a constant, too. In Fern, it stays a type of its own, numbers are not enum
    values, and constants and the enums of an `anyOf` are combined only if they are literals.
    """
    fern = schemas.context.settings.layout == "fern"
    joined = not fern or keyword == "oneOf" or schemas.context.importer.coerce_enums_to_literals
    result: dict[str | int, ir.EnumValue] = {}
    for written in variants:
        variant_node = written if fern else _constant_component(schemas, written)
        value = variant_node.mapping
        if value is None or "$ref" in value or not ("const" in value or joined):
            return None
        if fern and "const" in value and not is_literal(schemas.context):
            return None
        choices = (
            [value["const"]] if "const" in value else schemas.context.elements(variant_node, "enum")
        )
        doc = schemas.context.doc(variant_node)
        for choice in choices:
            if isinstance(choice.value, bool) or not isinstance(choice.value, (str, int)):
                return None
            if fern and not isinstance(choice.value, str):
                return None
            own = doc if len(choices) == 1 else None
            result[choice.value] = ir.EnumValue(choice.value, None, own, span=variant_node.span)
        if not choices:
            return None
    if len(result) < 2:
        return None
    return ir.Enum(
        values=tuple(result.values()),
        default=scalars.default(schemas.context, node),
        **schemas.common(node, id),
    )


def _constant_component(schemas: Conversion, node: Node) -> Node:
    """The target of a reference to a constant; other schemas unchanged."""
    if "$ref" not in (node.mapping or {}):
        return node
    final = schemas.schema_queries.final(node)
    return node if final is None or constant(final) is None else final


def undiscriminated(
    schemas: Conversion, node: Node, variants: list[Node], place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """A union without a discriminator; equal members are combined, and a single member is not a
    union."""
    names = variant_words(schemas, variants)
    members: list[ir.Variant] = []
    for index, variant_node in enumerate(variants):
        where = (
            place.variant(index)
            if names[index] is None
            else place.add(names[index] or "", "Variant")
        )
        for type_ in _literals(schemas.context, variant_node) or [
            schemas.convert(variant_node, where)
        ]:
            if not any(same(type_, other.type) for other in members):
                members.append(variant(schemas, variant_node, type_))
    known = [member for member in members if not isinstance(member.type, ir.Unknown)]
    if len(known) < len(members):
        # Any value is valid, so only variants with a class are useful.
        known = [
            candidate
            for candidate in known
            if isinstance(candidate.type, (ir.Ref, ir.ListOf, ir.MapOf))
        ]
        if not known:
            return ir.Unknown(span=node.span)
        members = [*known, ir.Variant(ir.Unknown(span=node.span), span=node.span)]
    if len(members) == 1 and members[0].type is not None:
        return members[0].type
    if not members:
        return ir.Unknown(span=node.span)
    return ir.Union(variants=tuple(members), **schemas.common(node, id))


def _literals(context: Context, node: Node) -> list[ir.Type]:
    """The values of an inline variant that is a string enum, if Fern converts enums to literals:
    each value is a separate variant."""
    value = node.mapping or {}
    if context.settings.layout != "fern" or not context.importer.coerce_enums_to_literals:
        return []
    type_ = value.get("type")
    if "enum" not in value or "x-fern-enum" in value or type_ is None or type_.value != "string":
        return []
    values = context.elements(node, "enum")
    if not all(isinstance(value.value, str) for value in values):
        return []
    return [ir.Literal(str(value.value), span=value.span) for value in values]


def of_types(
    schemas: Conversion, node: Node, types: list[str], place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """`type: [string, integer]`: each type uses the keys of the schema that apply to it."""
    value = {
        key: child for key, child in (node.mapping or {}).items() if key not in ("type", "title")
    }
    holder = (node.mapping or {})["type"]
    variants = [
        virtual(node, {**value, "type": Node(type_, holder.span, holder.file, holder.pointer, {})})
        for type_ in types
    ]
    inner = place.inside(id)
    return undiscriminated(schemas, node, variants, inner, id)
