"""Schemas that allow only one value."""

from __future__ import annotations

from ..source import Node


def constant(node: Node) -> object:
    """The only value that a schema allows, if the schema defines it; otherwise None."""
    value = node.mapping or {}
    if "const" in value:
        return value["const"].value
    listed = value.get("enum")
    if listed is not None and listed.list is not None and len(listed.list) == 1:
        return listed.list[0].value
    return None
