"""The type of a node's value in words, and its frozen form for the IR."""

from __future__ import annotations

import re

from ..ir import Json
from ..source.node import Json as NodeJson
from ..source.node import Node

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""The name of a header (RFC 9110 section 5.1)."""


def kind(node: Node) -> str:
    """The type of a value in words."""
    if node.value is None:
        return "empty"
    if isinstance(node.value, bool):
        return "a boolean"
    if isinstance(node.value, str):
        return "a string"
    if isinstance(node.value, dict):
        return "a mapping"
    return "a list" if isinstance(node.value, list) else "a number"


def unsupported_version(language: str, key: str, node: Node) -> str:
    """The message about a version of a description language that is not supported."""
    if isinstance(node.value, bool) or not isinstance(node.value, (str, int, float)):
        return f"expected a version for '{key}', found {kind(node)}"
    return f"{language} {node.value} is not supported"


def freeze(value: NodeJson) -> Json:
    """A JSON value in the form of the IR: lists are tuples."""
    if isinstance(value, dict):
        return {key: freeze(child) for key, child in value.items()}
    if isinstance(value, list):
        return tuple([freeze(child) for child in value])
    return value


def frozen(node: Node) -> Json:
    """The value of a node in the form of the IR."""
    return freeze(node.json())
