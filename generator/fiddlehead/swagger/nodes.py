"""Builds nodes of the converted document with the locations of their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..source import Node, Scalar
from ..source.json_pointer import escape


def scalar(value: Scalar, base: Node, pointer: str = "") -> Node:
    """A scalar with the location of another node."""
    return Node(value, base.span, base.file, pointer or base.pointer, {})


def mapping(entries: Mapping[str, Node], base: Node, pointer: str) -> Node:
    """A mapping with the location and the key locations of another node."""
    keys = {key: base.keys.get(key, child.span) for key, child in entries.items()}
    return Node(dict(entries), base.span, base.file, pointer, keys)


def sequence(items: Sequence[Node], base: Node, pointer: str) -> Node:
    """A list with the location of another node."""
    return Node(list(items), base.span, base.file, pointer, {})


def step(pointer: str, key: str | int) -> str:
    """The JSON pointer of a child (RFC 6901)."""
    return f"{pointer}/{escape(str(key))}"


def texts(node: Node | None) -> list[str]:
    """The strings of a list; a single string counts as a list of one."""
    if node is not None and isinstance(node.value, str):
        return [node.value]
    return (
        [element.value for element in node.elements() if isinstance(element.value, str)]
        if node
        else []
    )
