"""Schemas that allow only one value."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context


def constant(node: Node) -> object:
    """The only value that a schema allows, if the schema defines it; otherwise None."""
    value = node.mapping or {}
    if "const" in value:
        return value["const"].value
    listed = value.get("enum")
    if listed is not None and listed.list is not None and len(listed.list) == 1:
        return listed.list[0].value
    return None


def texts(node: Node) -> list[str]:
    """The strings that a schema allows, if it lists its values."""
    value = node.mapping or {}
    listed = [value["const"]] if "const" in value else (value.get("enum") or node).elements()
    return [element.value for element in listed if isinstance(element.value, str)]


def is_literal(context: Context) -> bool:
    """Whether a constant is a literal; otherwise it is an enum with one value, as in Fern since
    2.0."""
    match context.importer.coerce_consts_to:
        case "literals":
            return True
        case "enums":
            return False
        case "enumsCoerceableToLiterals":
            return context.settings.layout != "fern" or context.importer.coerce_enums_to_literals
