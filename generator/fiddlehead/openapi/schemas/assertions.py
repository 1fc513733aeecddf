"""The assertions of a schema that restrict valid values but cannot be expressed as a type."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ... import ir
from ...source import Node
from .queries import SchemaQueries

_KEYWORDS = (
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "items",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "patternProperties",
    "prefixItems",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "not",
    "if",
    "then",
    "else",
)
"""JSON Schema 2020-12, validation section 6 and core section 10, and `dependencies` of older
drafts."""

_UNIONS = ("oneOf", "anyOf")

_EVERY = frozenset((*_KEYWORDS, *_UNIONS, "allOf"))

_NOTES = frozenset(
    ("title", "description", "$comment", "example", "examples", "deprecated", "externalDocs")
)
"""Annotations, which do not restrict values."""


def assertions(schema_queries: SchemaQueries, node: Node) -> ir.Assertions:
    """(keyword, value as JSON) of a schema and of the parts of its `allOf`, sorted.

    Default values, such as `minProperties: 0`, are left out.
    """
    value = node.mapping or {}
    if not _EVERY & value.keys():
        return ()
    nodes = [node]
    if "allOf" in value:
        # The targets of references are compared where they are declared.
        nodes += [part.node for part in schema_queries.parts(node) if part.reference is None]
    result = {query for part in nodes for query in _own(schema_queries, part)}
    return tuple(sorted(result))


def _own(schema_queries: SchemaQueries, node: Node) -> Iterator[tuple[str, str]]:
    value = node.mapping or {}
    for keyword in _KEYWORDS:
        child = value.get(keyword)
        if child is not None and _asserts(keyword, child):
            # The values of patterns are types.
            patterns = keyword == "patternProperties" and child.mapping
            yield keyword, json.dumps(sorted(patterns)) if patterns else _text(child)
    for keyword in _UNIONS:
        # A union of types is compared separately; `anyOf: [{required: [a]}, …]` is not one.
        if keyword in value and schema_queries.variants(node) is None:
            yield keyword, _text(value[keyword])


def of_values(node: Node, type_: ir.Type) -> ir.Assertions:
    """The assertions about a value of an unknown type: names of properties without a schema, and
    values that are not scalars."""
    value = node.mapping or {}
    if isinstance(type_, ir.MapOf):
        keywords: tuple[str, ...] = ("required",)
    elif isinstance(type_, ir.Unknown):
        keywords = ("const", "enum")
    else:
        return ()
    return tuple((keyword, _text(value[keyword])) for keyword in keywords if keyword in value)


def _asserts(keyword: str, child: Node) -> bool:
    if keyword in ("additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items"):
        return child.value is False
    if keyword == "uniqueItems":
        return child.value is True
    if keyword in ("minProperties", "minContains"):
        return child.value != (keyword == "minContains")
    return child.value is not None and child.value is not True and child.mapping != {}


def _text(node: Node) -> str:
    return json.dumps(_plain(node), sort_keys=True, ensure_ascii=False)


def _plain(node: Node) -> object:
    if node.mapping is not None:
        return {key: _plain(child) for key, child in node.mapping.items() if key not in _NOTES}
    if node.list is not None:
        return [_plain(element) for element in node.list]
    return node.value
