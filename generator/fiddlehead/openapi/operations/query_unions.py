"""The types of query parameters in layout `fern`, as Fern's importer converts them.

Source: the importer's `buildQueryParameter`.
"""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.context import Context, virtual
from ..schemas.converter import SchemaConverter
from ..schemas.discriminators import is_discriminated
from ..schemas.nulls import without_null


def query_type(
    context: Context, schemas: SchemaConverter, schema: Node, place: NameContext, required: bool
) -> ir.Type:
    """The type of the schema of a query parameter; its inline types are named after `place`."""
    value = schema.mapping
    if context.settings.layout != "fern" or value is None:
        return schemas.convert(schema, place)
    if not value:
        return ir.Primitive("string", span=schema.span)
    items = value.get("items")
    if _type(schema) == "array" and (items is None or items.mapping == {}):
        text = Node("string", schema.span, schema.file, schema.pointer, {})
        return schemas.convert(
            virtual(schema, {**value, "items": virtual(schema, {"type": text})}), place
        )
    type_ = _list_by_name(schemas, schema, place)
    if type_ is not None:
        return type_
    if required:
        return schemas.convert(schema, place)
    if "$ref" in value or {"allOf", "const", "enum", "properties", "x-fern-type"} & value.keys():
        return schemas.convert(schema, place)
    keyword_variants = schemas.schema_queries.variants(schema)
    if (
        keyword_variants is None
        or without_null(context, schema)[1]
        or is_discriminated(context, schema)
    ):
        return schemas.convert(schema, place)
    keyword, variants = keyword_variants
    if len(variants) < 2:
        return schemas.convert(schema, place)
    texts = _texts(context, variants) if context.importer.coerce_enums_to_literals else []
    if texts:
        return _enum(context, schemas, schema, keyword, variants, texts, place)
    several = _list_of_other(variants)
    if several is not None:
        return schemas.convert(several, place)
    if not context.importer.object_query_parameters:
        return schemas.convert(variants[0], place)
    # Fern declares it in the root package, independent of the group of the method.
    return schemas.convert(schema, NameContext(place.words, (), place.owner, place.long))


def is_only_list(context: Context, required: bool) -> bool:
    """Whether a list that may be null does not accept a single value instead of a list."""
    fern = context.settings.layout == "fern"
    return fern and not required and context.importer.respect_nullable_schemas


def _list_by_name(schemas: SchemaConverter, schema: Node, place: NameContext) -> ir.Type | None:
    """The list to which a reference leads."""
    if schema.get("$ref") is None:
        return None
    final = schemas.schema_queries.final(schema)
    if final is None or _type(final) != "array":
        return None
    type_ = schemas.convert(schema, place)
    if not isinstance(type_, ir.Ref):
        return None
    declared = schemas.declaration(type_.id)
    return declared.type if isinstance(declared, ir.Alias) else type_


def _enum(
    context: Context,
    schemas: SchemaConverter,
    schema: Node,
    keyword: str,
    variants: list[Node],
    texts: list[Node],
    place: NameContext,
) -> ir.Type:
    """The enum of the strings of a union. Other variants are ignored, except any string with
    `respect-forward-compatible-enums`."""
    first = texts[0]
    listed = Node(texts, first.span, first.file, first.pointer, {})
    keywords = {key: node for key, node in schema.items() if key not in (keyword, "title")}
    text = Node("string", schema.span, schema.file, schema.pointer, {})
    enum = virtual(schema, {**keywords, "type": text, "enum": listed})
    enum_type = schemas.convert(enum, place)
    if not context.importer.respect_forward_compatible_enums:
        return enum_type
    strings = [variant for variant in variants if _is_any_text(variant)]
    if not strings or not isinstance(enum_type, ir.Ref):
        return enum_type
    id = f"{enum_type.id} or string"
    entry = schemas.registry.open(
        id,
        [ir.Name((*place.words, "OrString"))],
        place.package,
        schema.span,
        component=False,
        owner=place.owner,
    )
    if entry is not None:
        text_or_value = (ir.Primitive("string", span=strings[0].span), enum_type)
        entry.declaration = ir.Union(
            variants=tuple(ir.Variant(type_, span=type_.span) for type_ in text_or_value),
            **schemas.common(schema, id),
        )
    return ir.Ref(id, span=schema.span)


def _texts(context: Context, variants: list[Node]) -> list[Node]:
    """The values of the inline variants that are string enums."""
    result: dict[str, Node] = {}
    for variant in variants:
        value = variant.mapping or {}
        if "const" in value:
            values = [value["const"]]
        elif "enum" in value and _type(variant) == "string":
            values = context.elements(variant, "enum")
        else:
            continue
        for one in values:
            if isinstance(one.value, str):
                result.setdefault(one.value, one)
    return list(result.values())


def _is_any_text(node: Node) -> bool:
    value = node.mapping or {}
    return _type(node) == "string" and not {"enum", "const", "format"} & value.keys()


def _list_of_other(variants: list[Node]) -> Node | None:
    """The list, if a union has a scalar and a list of it, which are sent in the same way."""
    if len(variants) != 2:
        return None
    for one, other in (variants, variants[::-1]):
        items = (one.mapping or {}).get("items")
        if _type(one) != "array" or items is None or not _is_scalar(other):
            continue
        if _is_scalar(items) and _type(items) == _type(other):
            return one
    return None


def _is_scalar(node: Node) -> bool:
    value = node.mapping or {}
    return _type(node) in ("string", "integer", "number", "boolean") and "enum" not in value


def _type(node: Node) -> object:
    written = (node.mapping or {}).get("type")
    return written.value if written is not None else None
