"""Keys next to a `$ref`: annotations, or a schema that also applies to the value."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context
from .queries import SchemaQueries

_BESIDE = frozenset(
    [
        "$ref",
        "description",
        "summary",
        "title",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "x-nullable",
    ]
)
"""Keys next to a `$ref` that do not make a different schema."""


def with_siblings(context: Context, schema_queries: SchemaQueries, node: Node) -> Node | None:
    """An `allOf` of a `$ref` and the schema next to it; None for a `$ref` alone. OpenAPI 3.0
    ignores such keys (section 4.7.23); 3.1 does not."""
    value = node.mapping or {}
    siblings = {key: child for key, child in value.items() if key not in _BESIDE}
    if not schema_queries.constrains_value({k: v for k, v in siblings.items() if k != "type"}):
        return None
    if context.version == "3.0":
        context.warning(
            "not-expressible",
            f"OpenAPI 3.0 ignores keys next to '$ref': {', '.join(sorted(siblings))}",
            node.span,
            "put both into an allOf",
        )
        return None
    alone = Node({"$ref": value["$ref"]}, node.span, node.file, node.pointer, node.keys)
    rest = Node(siblings, node.span, node.file, f"{node.pointer}/$ref", node.keys)
    combined = Node([alone, rest], node.span, node.file, node.pointer, {})
    keywords = {key: value[key] for key in _BESIDE - {"$ref"} if key in value}
    return Node({**keywords, "allOf": combined}, node.span, node.file, node.pointer, node.keys)
