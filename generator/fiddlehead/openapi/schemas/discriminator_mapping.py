"""The entries of a discriminator's mapping: the schemas that they refer to."""

from __future__ import annotations

from ...frontend_kit.node_reader import LEFT_OUT
from ...frontend_kit.node_values import kind
from ...source import Node
from ...source.json_pointer import escape, unescape
from .conversion import Conversion


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
    text = target.string
    components = context.root.get("components")
    known = components.get("schemas") if components is not None else None
    if known is not None and known.get(text) is not None:
        text = f"#/components/schemas/{escape(text)}"
    if text.startswith("#/") and not _exists(context.root, text):
        context.warning(
            "unresolved-reference",
            f"the mapping refers to '{text}', which does not exist: the variant is left out",
            target.span,
        )
        return None
    written = Node(text, target.span, target.file, target.pointer, {})
    return Node({"$ref": written}, target.span, target.file, target.pointer, {"$ref": target.span})


def _exists(root: Node, reference: str) -> bool:
    node: Node | None = root
    for token in reference[2:].split("/"):
        key = unescape(token)
        if node is not None and node.list is not None and key.isdecimal():
            node = node.list[int(key)] if int(key) < len(node.list) else None
        else:
            node = node.get(key) if node is not None else None
    return node is not None


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
