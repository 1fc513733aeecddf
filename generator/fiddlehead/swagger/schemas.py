"""Converts schema objects of Swagger 2.0 to OpenAPI 3.0."""

from __future__ import annotations

from ..source import Node
from .nodes import mapping, scalar, sequence, step
from .references import References

_SCHEMAS = ("items", "additionalProperties", "not")
"""Keywords with a schema as value."""

_NAMED = ("properties", "patternProperties", "definitions")
"""Keywords with a mapping of schemas as value."""

_LISTS = ("allOf", "anyOf", "oneOf")
"""Keywords with a list of schemas as value; Swagger 2.0 has only the first."""

MAX_DEPTH = 200


class Schemas:
    """Converts schemas; a schema that YAML aliases repeat is converted once."""

    def __init__(self, references: References, root: Node) -> None:
        self._references = references
        self._root = root
        # Each node is kept with its result, because an id is unique only while its object lives.
        self._done: dict[tuple[int, bool], tuple[Node, Node]] = {}

    def convert(self, node: Node, pointer: str, depth: int = 0) -> Node:
        """A converted schema; `pointer` is its location in the converted document."""
        known = self._done.get((id(node), False))
        if known is not None:
            return known[1]
        if node.file == self._root.file:
            self._references.moved(node.pointer, pointer)
        if depth > MAX_DEPTH:
            return node
        if node.list is not None:
            items = [
                self.convert(element, step(pointer, index), depth + 1)
                for index, element in enumerate(node.list)
            ]
            return sequence(items, node, pointer)
        if node.mapping is None:
            return node
        result = mapping({}, node, pointer)
        self._done[id(node), False] = (node, result)
        entries: dict[str, Node] = {}
        for key, child in node.items():
            entries[key] = self._keyword(key, child, step(pointer, key), depth)
        if entries.get("type") is not None and entries["type"].value == "file":
            entries["type"] = scalar("string", entries["type"])
            entries["format"] = scalar("binary", entries["type"])
        if "x-nullable" in entries and "nullable" not in entries:
            entries["nullable"] = entries["x-nullable"]
        entries.pop("collectionFormat", None)
        result.value = entries
        result.keys = {key: node.keys.get(key, child.span) for key, child in entries.items()}
        return result

    def _keyword(self, key: str, child: Node, pointer: str, depth: int) -> Node:
        if key == "$ref":
            return self._references.rewrite(child)
        if key == "discriminator" and isinstance(child.value, str):
            return mapping({"propertyName": child}, child, pointer)
        if key in _SCHEMAS or (key in _LISTS and child.list is not None):
            return self.convert(child, pointer, depth + 1)
        if key in _NAMED and child.mapping is not None:
            named = {
                name: self.convert(node, step(pointer, name), depth + 1)
                for name, node in child.items()
            }
            return mapping(named, child, pointer)
        return child

    def fragment(self, node: Node, depth: int = 0) -> Node:
        """A file of definitions in any structure: each mapping in it may be a schema."""
        known = self._done.get((id(node), True))
        if known is not None:
            return known[1]
        if depth > MAX_DEPTH:
            return node
        if node.list is not None:
            return sequence(
                [self.fragment(element, depth + 1) for element in node.list], node, node.pointer
            )
        if node.mapping is None:
            return node
        result = mapping({}, node, node.pointer)
        self._done[id(node), True] = (node, result)
        if any(key in node.mapping for key in ("type", "$ref", *_LISTS, *_NAMED)):
            converted = self.convert(node, node.pointer, depth)
            result.value, result.keys = converted.value, converted.keys
        else:
            entries = {key: self.fragment(child, depth + 1) for key, child in node.items()}
            result.value, result.keys = entries, dict(node.keys)
        return result
