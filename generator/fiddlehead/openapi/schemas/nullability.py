"""Whether a schema accepts null, also through references."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context
from .nulls import is_null, without_null
from .queries import SchemaQueries

_MAX_CHAIN = 60
"""The limit for chains of references."""


def is_nullable(
    context: Context, schema_queries: SchemaQueries, node: Node, depth: int = 0
) -> bool:
    """Whether a schema accepts null, at any step of a chain of references."""
    if node.mapping is None or depth > _MAX_CHAIN:
        return False
    if is_null(node):
        return False
    if without_null(context, node)[1]:
        return True
    if "$ref" in node.mapping:
        target = context.references.target(node)
        return (
            target is not None
            and target is not node
            and is_nullable(context, schema_queries, target, depth + 1)
        )
    fern = node.mapping.get("x-fern-type")
    if fern is not None and fern.string is not None:
        return fern.string.strip().startswith(("optional<", "nullable<"))
    if "allOf" in node.mapping and "properties" not in node.mapping:
        parts = schema_queries.parts(node)
        return (
            len(parts) == 1
            and parts[0].reference is not None
            and is_nullable(context, schema_queries, parts[0].node, depth + 1)
        )
    return False
