"""Names in `required` without a property: any value may be passed for them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from ... import ir
from ...source import Node
from .conversion import Conversion
from .queries import Part

_DEPTH = 60
"""The maximum depth of nested `allOf`."""


def fields(
    schemas: Conversion, node: Node, parts: list[Part], parents: Iterable[Node] = ()
) -> list[ir.Field]:
    """A field for each of these names, with a warning (JSON Schema Validation, section 6.5.3).

    The `parents` are base classes, which may have the field. In layout `fern` the fields are
    optional, because Fern's clients have no arguments for them.
    """
    inherited: set[str] = set()
    for parent in parents:
        inherited |= _names(schemas, parent, schemas.schema_queries.parts(parent)).keys()
    result: list[ir.Field] = []
    for name, (place, near) in _names(schemas, node, parts).items():
        if name in inherited:
            continue
        schemas.context.warning(
            "required-without-property",
            f"'{name}' is required but not defined in 'properties'; its type is Any",
            place.span,
            f"did you mean '{near}'?" if near is not None else "define it under 'properties'",
        )
        is_required = schemas.context.settings.layout != "fern"
        result.append(ir.Field(name, ir.Unknown(span=place.span), is_required, span=place.span))
    return result


def has_only_names(schemas: Conversion, node: Node) -> bool:
    """Whether a schema is an object that only lists required names: a model, except in Fern."""
    value = node.mapping or {}
    return (
        "properties" not in value
        and "allOf" not in value
        and schemas.context.settings.layout != "fern"
        and schemas.schema_queries.is_object(node)
        and bool(_names(schemas, node, [Part(node)]))
    )


def _names(
    schemas: Conversion, node: Node, parts: list[Part]
) -> dict[str, tuple[Node, str | None]]:
    """The names with their locations, each with a similar name of a property.

    A schema that is only a part of an `allOf` is not complete, so only the combined schema is
    checked, unless it is also used elsewhere.
    """
    target = schemas.key(node)
    if target in schemas.usage.parts and target not in schemas.usage.complete:
        return {}
    nested_parts = [*dict.fromkeys(_nested(schemas, [*parts, Part(node)]))]
    required = [*_required(schemas, nested_parts)]
    if not required or any(_describes_others(node) for node in nested_parts):
        return {}
    known = {name for node in nested_parts for name in _described(node)}
    result: dict[str, tuple[Node, str | None]] = {}
    for name, place in required:
        if name not in known:
            result.setdefault(name, (place, _nearest(name, {*known, *result})))
    return result


def _nested(schemas: Conversion, parts: Iterable[Part], depth: int = 0) -> Iterator[Node]:
    """The schemas of parts, and of their own parts."""
    for part in parts:
        yield part.node
        if "allOf" in (part.node.mapping or {}) and depth < _DEPTH:
            yield from _nested(schemas, schemas.schema_queries.parts(part.node), depth + 1)


def _required(schemas: Conversion, nodes: Iterable[Node]) -> Iterator[tuple[str, Node]]:
    """The required names with their locations, in the order of the description."""
    for node in nodes:
        listed, names = node.get("required"), schemas.schema_queries.required(node)
        for element in listed.elements() if listed is not None and names else ():
            if element.string is not None:
                yield element.string, element


def _described(node: Node) -> Iterator[str]:
    """The names of properties, including excluded ones and discriminators of unions."""
    value = node.mapping or {}
    properties, discriminator = value.get("properties"), value.get("discriminator")
    yield from (properties.mapping or {}) if properties is not None else ()
    tag = discriminator.get("propertyName") if discriminator is not None else None
    if tag is not None and tag.string is not None:
        yield tag.string
    for key in ("oneOf", "anyOf"):
        variants = value.get(key)
        for element in variants.elements() if variants is not None else ():
            yield from _described(element)


def _describes_others(node: Node) -> bool:
    """Whether a schema defines the values of properties without listing them."""
    value = node.mapping or {}
    others = value.get("additionalProperties") or value.get("unevaluatedProperties")
    return "patternProperties" in value or bool(others is not None and others.mapping)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    folded = {
        re.sub(r"[^a-z0-9]", "", property_name.lower()): property_name
        for property_name in sorted(known)
    }
    matches = difflib.get_close_matches(re.sub(r"[^a-z0-9]", "", name.lower()), folded, 1)
    return folded[matches[0]] if matches else None
