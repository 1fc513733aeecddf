"""The default and the example of a parameter."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.node_values import frozen
from ...source import Node
from ..document.context import Context


def client_default(context: Context, child: Node | None) -> ir.Default | None:
    """The value that is sent if the caller passes none (`x-fern-default`)."""
    if child is None or not context.importer.client_defaults:
        return None
    if isinstance(child.value, (str, bool, int, float)):
        return ir.Default(child.value)
    context.warning("bad-extension", "'x-fern-default' must be a string or a boolean", child.span)
    return None


def example(context: Context, node: Node) -> ir.Default | None:
    """The first example of a parameter or a media type."""
    child = node.get("example")
    if child is not None:
        return ir.Default(frozen(child))
    for _, raw_node in context.entries(node, "examples"):
        target = context.follow(raw_node, "an example")
        value = target.get("value") if target is not None else None
        if value is not None:
            return ir.Default(frozen(value))
    return None


def schema_example(node: Node) -> ir.Default | None:
    child = node.get("example")
    if child is not None:
        return ir.Default(frozen(child))
    listed = node.get("examples")
    if listed is not None and listed.list:
        return ir.Default(frozen(listed.list[0]))
    return None
