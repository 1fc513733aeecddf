"""Converts schemas by their type: objects, lists, scalars, enums and constants."""

from __future__ import annotations

import difflib

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_reader import LEFT_OUT
from ...frontend_kit.node_values import kind
from ...source import Node
from ..document.context import virtual
from ..document.keys import check_keywords
from . import arrays, objects, scalars, unions
from .constants import is_literal
from .conversion import Conversion

_SCALARS = ("string", "integer", "number", "boolean")
_TYPES = (*_SCALARS, "object", "array", "null")
_READ = (*_TYPES, "any", "float", "file")
"""The types that are read: also those of older versions, and common mistakes."""

_OBJECT_KEYWORDS = frozenset(
    ("properties", "additionalProperties", "patternProperties", "unevaluatedProperties")
)
"""Keywords that make a schema without a type an object."""

_UNSUPPORTED_KEYWORDS = (
    "if",
    "then",
    "else",
    "not",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedItems",
    "contains",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
)
"""Keywords of JSON Schema whose assertions cannot be expressed as a type."""


def by_type(
    schemas: Conversion, node: Node, place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    types = _types(schemas, node)
    if len(types) > 1:
        return unions.of_types(schemas, node, types, place, id)
    if not types:
        return ir.Unknown(span=node.span)
    type_ = types[0]
    if type_ == "object":
        return objects.plain(schemas, node, place, id)
    if type_ == "array":
        return arrays.array(schemas, node, place)
    if type_ == "null":
        return ir.Literal(None, span=node.span)
    if type_ == "boolean" and schemas.context.boolean(node, "x-fern-boolean-literal") is not None:
        flag = schemas.context.boolean(node, "x-fern-boolean-literal")
        return ir.Literal(bool(flag), span=node.span)
    if type_ == "string" and schemas.context.string(node, "format") == "json-string":
        return ir.Unknown(span=node.span)
    return scalars.primitive(schemas.context, node, type_)


def _types(schemas: Conversion, node: Node) -> list[str]:
    """The types in `type`, or those that other keys imply."""
    value = node.mapping or {}
    written = value.get("type")
    if written is not None and written.value is not None:
        result: list[str] = []
        for type_name in written.list if written.list is not None else [written]:
            if type_name.value in _TYPES:
                assert isinstance(type_name.value, str)
                result.append(type_name.value)
            elif type_name.value == "any":
                return []
            elif type_name.value == "float":
                result.append("number")
            elif type_name.value == "file":
                result.append("string")
        if result:
            return list(dict.fromkeys(result))
    if _OBJECT_KEYWORDS & value.keys():
        return ["object"]
    if value.get("required") is not None and value["required"].list:
        return ["object"]
    if {"items", "prefixItems"} & value.keys():
        return ["array"]
    return []


def _check_types(schemas: Conversion, node: Node) -> None:
    """Warn about types that JSON does not have, also if other keywords define the type."""
    written = (node.mapping or {}).get("type")
    if written is None or written.value is None:
        return
    if written.list == []:
        schemas.context.warning("wrong-type", f"'type' has no types{LEFT_OUT}", written.span)
    for type_name in written.list if written.list is not None else [written]:
        if type_name.value not in _READ:
            _unknown_type(schemas, type_name)


def _check_discriminator(schemas: Conversion, node: Node) -> None:
    if "discriminator" not in (node.mapping or {}):
        return
    discriminator = schemas.context.mapping(node, "discriminator")
    if discriminator is None:
        return
    schemas.context.mapping(discriminator, "mapping")
    if not schemas.context.string(discriminator, "propertyName"):
        schemas.context.warning(
            "missing-key",
            "a discriminator requires 'propertyName'",
            discriminator.span,
            "set 'propertyName' to the property that distinguishes the variants",
        )


def _unknown_type(schemas: Conversion, node: Node) -> None:
    if not isinstance(node.value, str):
        schemas.context.warning(
            "wrong-type", f"expected a string for 'type', found {kind(node)}{LEFT_OUT}", node.span
        )
        return
    near = difflib.get_close_matches(node.value, _TYPES, n=1, cutoff=0.5)
    schemas.context.warning(
        "unknown-type",
        f"unknown type '{node.value}'{LEFT_OUT}",
        node.span,
        f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(_TYPES)}",
    )


def warn_about_unsupported_keywords(schemas: Conversion, node: Node) -> None:
    """Warn about the keywords of a schema that cannot be expressed as a type."""
    check_keywords(schemas.context, node)
    _check_types(schemas, node)
    _check_discriminator(schemas, node)
    value = node.mapping or {}
    for member in value["allOf"].elements() if "allOf" in value else ():
        if "$ref" not in (member.mapping or {}):
            warn_about_unsupported_keywords(schemas, member)
    for keyword in _UNSUPPORTED_KEYWORDS:
        if keyword in value:
            schemas.context.warning(
                "not-expressible",
                f"'{keyword}' cannot be expressed as a type; it is left out",
                node.key_span(keyword),
            )


def const(schemas: Conversion, node: Node, id: str) -> ir.Type | ir.Declaration:
    const = (node.mapping or {})["const"]
    literal = scalars.literal(const)
    if literal is not None and not is_literal(schemas.context):
        value = {key: child for key, child in (node.mapping or {}).items() if key != "const"}
        values = Node([const], const.span, const.file, const.pointer, {})
        return enum(schemas, virtual(node, {**value, "enum": values}), id, literals=False)
    if literal is not None and schemas.context.settings.layout == "fern" and _is_number(const):
        return _number(schemas, node, [const])
    if literal is not None and not isinstance(literal.value, float):
        return literal
    if isinstance(const.value, float):
        return ir.Primitive("double", span=node.span)
    if const.value is not None:
        schemas.context.warning(
            "not-expressible",
            "a constant list or mapping cannot be expressed as a type; the type is Any",
            const.span,
        )
    return ir.Unknown(span=node.span)


def _is_number(node: Node) -> bool:
    return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def _number(schemas: Conversion, node: Node, values: list[Node]) -> ir.Type:
    """The type of an enum of numbers: Fern's enums have only strings."""
    written = (node.mapping or {}).get("type")
    all_integers = all(isinstance(value.value, int) for value in values)
    named = written.value if written is not None else None
    type_ = named if named in ("integer", "number") else "integer" if all_integers else "number"
    assert isinstance(type_, str)
    return scalars.primitive(schemas.context, node, type_)


def enum(
    schemas: Conversion, node: Node, id: str, literals: bool = True
) -> ir.Type | ir.Declaration:
    """An enum; `literals` is whether one value may be a literal, if the settings allow it."""
    context = schemas.context
    listed = context.elements(node, "enum")
    written = (node.mapping or {}).get("type")
    as_text = written is not None and written.value == "string"
    values: list[Node] = []
    for value in listed:
        if as_text and isinstance(value.value, (bool, int, float)):
            # YAML parsed a value that was meant as a string.
            text = context.as_string(value, "a value of an enum")
            value = Node(text, value.span, value.file, value.pointer, {})
        values.append(value)
    fern = context.settings.layout == "fern"
    if fern and values and all(_is_number(value) for value in values):
        return _number(schemas, node, values)
    if all(isinstance(value.value, bool) for value in values):
        literal = literals and (context.importer.coerce_enums_to_literals or not fern)
        if literal and len({bool(value.value) for value in values}) == 1:
            return ir.Literal(bool(values[0].value), span=node.span)
        return ir.Primitive("boolean", span=node.span)
    odd = [
        value
        for value in values
        if isinstance(value.value, (dict, list, bool)) or value.value is None
    ]
    if odd:
        context.warning(
            "not-expressible",
            "an enum with values other than strings and numbers is not supported; the type is Any",
            odd[0].span,
        )
        return ir.Unknown(span=node.span)
    members = scalars.enum_values(context, node, values)
    plain = "x-fern-enum" not in (node.mapping or {})
    if len(members) == 1 and plain and literals and context.importer.coerce_enums_to_literals:
        return ir.Literal(members[0].value, span=node.span)
    return ir.Enum(
        values=members,
        default=scalars.default(context, node),
        **schemas.common(node, id),
    )
