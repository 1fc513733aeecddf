"""Converts schemas of JSON objects: models and maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_values import frozen
from ...frozen import replace
from ...source import Node
from ..document.extensions import availability
from . import scalars, undeclared_properties
from .combine import union_of
from .conversion import Conversion
from .fern_schemas import fern_type
from .nulls import only_variant
from .plain_scalars import PLAIN
from .queries import Part, Property


def plain(schemas: Conversion, node: Node, place: NameContext, id: str) -> ir.Type | ir.Declaration:
    """An object without `allOf`: a model if it has properties or required names, otherwise a map."""
    value = node.mapping or {}
    inner = place.inside(id)
    if "properties" not in value:
        closed = value.get("additionalProperties") or value.get("unevaluatedProperties")
        if (
            closed is not None
            and closed.value is False
            and "patternProperties" not in value
            and schemas.context.settings.layout != "fern"
        ):
            return schemas.model(node, id, ())
        is_model = undeclared_properties.has_only_names(schemas, node)
        fields_ = undeclared_properties.fields(schemas, node, [Part(node)])
        return schemas.model(node, id, fields_) if is_model else map_of(schemas, node, place)
    left_out = excluded(schemas, node)
    fields = [
        field(schemas, name, prop, inner)
        for name, prop in schemas.schema_queries.properties(node).items()
        if name not in left_out
    ]
    fields += undeclared_properties.fields(schemas, node, [Part(node)])
    return schemas.model(node, id, fields, extra=extra(schemas, node, inner))


def map_of(schemas: Conversion, node: Node, place: NameContext) -> ir.Type:
    """An object with arbitrary keys."""
    value = node.mapping or {}
    key: ir.Type = ir.Primitive("string", span=node.span)
    name_schema = value.get("propertyNames")
    fern = schemas.context.settings.layout == "fern"  # There, every key is text.
    if name_schema is not None and name_schema.mapping is not None and not fern:
        key_type = schemas.convert(name_schema, place.add("Key"))
        if isinstance(key_type, ir.Ref) or (
            isinstance(key_type, ir.Primitive) and key_type.kind not in ("boolean", "bytes")
        ):
            key = key_type
        elif isinstance(key_type, ir.Unknown):
            # Every key is text, even if its schema has another type.
            key = ir.Primitive(
                "string", scalars.constraints(schemas.context, name_schema), span=name_schema.span
            )
    value_type = extra(schemas, node, place) or ir.Unknown(span=node.span)
    return ir.MapOf(key, value_type, span=node.span)


def extra(schemas: Conversion, node: Node, place: NameContext) -> ir.Type | None:
    """The type of undeclared properties, if the schema defines one."""
    value = node.mapping or {}
    result: list[ir.Type] = []
    patterns = (
        schemas.context.mapping(node, "patternProperties") if "patternProperties" in value else None
    )
    for _, child in patterns.items() if patterns is not None else ():
        result.append(schemas.convert(child, place.value()))
    for key in ("additionalProperties", "unevaluatedProperties"):
        rest = value.get(key)
        if rest is None or rest.value is None or rest.value is False:
            continue
        if rest.value is True or rest.mapping == {}:
            result.append(ir.Unknown(span=rest.span))
        else:
            result.append(schemas.convert(rest, place.value()))
        break
    return union_of(result, node.span) if result else None


def excluded(schemas: Conversion, node: Node) -> frozenset[str]:
    """The discriminator properties that unions remove from a component; see `usage`."""
    return schemas.usage.excluded(schemas.key(node))


def with_tags(schemas: Conversion, node: Node, fields: Iterable[ir.Field]) -> tuple[ir.Field, ...]:
    """The fields of a component, with the constants that unions without classes of their own map it
    to; see `usage`."""
    tags = schemas.usage.constants.get(schemas.key(node))
    if not tags:
        return tuple(fields)
    return tuple(
        (
            replace(field, type=ir.Literal(tags[field.name], span=field.span), required=True)
            if field.name in tags
            else field
        )
        for field in fields
    )


def field(schemas: Conversion, name: str, property: Property, place: NameContext) -> ir.Field:
    """A property as a field; the settings decide how null affects `required`."""
    context, importer, node = schemas.context, schemas.context.importer, property.node
    type_ = schemas.scalar(node) or schemas.convert(node, place.property(name))
    required = property.required
    value = node.mapping or {}
    if "x-fern-type" in value and value["x-fern-type"].string is not None:
        required = required and not fern_type(schemas, value["x-fern-type"])[1]
    if isinstance(type_, ir.Nullable):
        if not importer.respect_nullable_schemas:
            required = False
        if "$ref" in value and importer.wrap_references_to_nullable_in_optional:
            required = False
    elif (
        importer.coerce_optional_schemas_to_nullable
        and not required
        and not isinstance(type_, ir.Unknown)
    ):
        type_ = ir.Nullable(type_, span=type_.span)
    if value.keys() <= PLAIN:
        # A schema with only these keys has no default, no other name and no availability.
        doc = context.doc(node) if "description" in value else None
        return ir.Field(name, type_, required, doc=doc, example=_example(value), span=node.span)
    scalars.check_default(context, node, type_)
    # Some descriptions describe the schema beside null, not the property.
    described = node if "description" in value else only_variant(node) or node
    return ir.Field(
        name,
        type_,
        required,
        doc=context.doc(described) if value else None,
        rename=context.string(node, "x-fern-property-name") if value else None,
        default=scalars.default(context, node),
        access=_access(schemas, node),
        availability=availability(context, node),
        example=_example(value),
        span=node.span,
    )


def _access(schemas: Conversion, node: Node) -> Literal["read-only", "write-only"] | None:
    value = node.mapping or {}
    if "$ref" in value and schemas.context.settings.layout == "fern":
        # Fern's importer also uses the value of the schema that a property references.
        final = schemas.context.references.final(node)
        if final is not None and final is not node:
            return _access(schemas, final)
    if "readOnly" in value and schemas.context.boolean(node, "readOnly"):
        return "read-only"
    if "writeOnly" in value and schemas.context.boolean(node, "writeOnly"):
        return "write-only"
    return None


def _example(value: Mapping[str, Node]) -> ir.Default | None:
    if "example" in value:
        return ir.Default(frozen(value["example"]))
    listed = value.get("examples")
    if listed is not None and listed.list:
        return ir.Default(frozen(listed.list[0]))
    return None
