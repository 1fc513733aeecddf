"""The entries of a discriminator's mapping: the schemas that they refer to."""

from __future__ import annotations

from ...frontend_kit.node_reader import LEFT_OUT
from ...frontend_kit.node_values import kind
from ...source import Node
from .conversion import Conversion
from .discriminators import mapped_reference


def reference_of(schemas: Conversion, target: Node) -> Node | None:
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
    reference = mapped_reference(context, target)
    if reference is None:
        context.warning(
            "unresolved-reference",
            f"the mapping refers to '{target.string}', which does not exist: the variant is left out",
            target.span,
        )
    return reference


def check_property(schemas: Conversion, final: Node, property: str, target: Node) -> None:
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
