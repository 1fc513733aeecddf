"""Warnings about keys that Swagger 2.0 does not define, and about values of the wrong type."""

from __future__ import annotations

from ..diagnostics import Diagnostics
from ..frontend_kit.node_reader import LEFT_OUT, NodeReader, nearest
from ..source import Node
from .operations import METHODS
from .parameters import SCHEMA_KEYS

_ROOT = {
    "host": "a string",
    "basePath": "a string",
    "schemes": "a list",
    "consumes": "a list",
    "produces": "a list",
    "parameters": "a mapping",
    "responses": "a mapping",
    "definitions": "a mapping",
    "securityDefinitions": "a mapping",
}
"""The keys that the conversion reads, and their types."""

_OPERATION = {"consumes": "a list", "produces": "a list", "schemes": "a list"}
_SCHEMES = ("http", "https", "ws", "wss")
_TYPES: dict[str, tuple[type, ...]] = {
    "a string": (str,),
    "a list": (list, str),  # a single media type or scheme is accepted, too
    "a mapping": (dict,),
}
_KNOWN = {
    "a Swagger description": [
        "swagger",
        "info",
        "paths",
        "security",
        "tags",
        "externalDocs",
        *_ROOT,
    ],
    "a path item": ["$ref", "parameters", *METHODS],
    "an operation": [
        *("tags", "summary", "description", "externalDocs", "operationId", "parameters"),
        *("responses", "deprecated", "security"),
        *_OPERATION,
    ],
    "a parameter": [
        *("$ref", "name", "in", "description", "required", "schema", "allowEmptyValue"),
        "collectionFormat",
        *SCHEMA_KEYS,
    ],
    "a response": ["$ref", "description", "schema", "headers", "examples"],
}
"""The keys of each object (Swagger 2.0, "Schema")."""

_ALSO_READ = {
    "a Swagger description": ["servers"],
    "a path item": ["summary", "description", "servers"],
    "an operation": ["requestBody", "callbacks", "servers"],
    "a parameter": [
        *("example", "examples", "deprecated", "style", "explode", "allowReserved", "content"),
        *("title", "readOnly"),
    ],
    "a response": ["content", "links"],
}
"""Keys that are accepted without a warning: keys of OpenAPI 3 that have an effect, and common keys
that only document."""

_SCHEMA_KEYWORDS = frozenset(
    ["properties", "additionalProperties", "allOf", "$schema", "discriminator"]
)


class Checks(NodeReader):
    """Checks the objects of one document."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics

    def document(self, root: Node) -> None:
        """Check the root, its shared parameters and responses, and all operations."""
        self._keys(root, "a Swagger description")
        self._types(root, _ROOT)
        for _, node in _entries(root, "parameters"):
            self._parameter(node)
        for _, node in _entries(root, "responses"):
            self._response(node)
        for _, item in _entries(root, "paths"):
            self._item(item)

    def _item(self, item: Node) -> None:
        self._keys(item, "a path item")
        self._parameters(item)
        for method, operation in item.items():
            if method in METHODS and operation.mapping is not None:
                self._operation(operation)

    def _operation(self, operation: Node) -> None:
        self._keys(operation, "an operation")
        self._types(operation, _OPERATION)
        self._parameters(operation)
        for _, node in _entries(operation, "responses"):
            self._response(node)

    def _parameters(self, holder: Node) -> None:
        listed = holder.get("parameters")
        for node in (listed.list or ()) if listed is not None else ():
            self._parameter(node)

    def _parameter(self, node: Node) -> None:
        self._keys(node, "a parameter")
        self.boolean(node, "required")

    def _response(self, node: Node) -> None:
        self._keys(node, "a response")
        self.mapping(node, "examples")

    def _types(self, node: Node, types: dict[str, str]) -> None:
        for key, expected in types.items():
            child = self.get(node, key)
            if child is not None and not isinstance(child.value, _TYPES[expected]):
                self.wrong_type(child, f"'{key}'", expected)
            elif child is not None and expected == "a list":
                self._items(key, [child] if child.list is None else child.list)

    def _items(self, key: str, items: list[Node]) -> None:
        """Check the items of `consumes`, `produces` or `schemes`."""
        for item in items:
            if item.string is None:
                self.wrong_type(item, f"an item of '{key}'", "a string")
            elif key == "schemes" and item.string not in _SCHEMES:
                hint = f"one of {', '.join(_SCHEMES)}"
                self.warning("bad-value", f"'{item.string}' is not a scheme", item.span, hint)
            elif key != "schemes" and "/" not in item.string:
                self.warning("bad-value", f"'{item.string}' is not a media type", item.span)

    def _keys(self, node: Node, what: str) -> None:
        if node.mapping is None:
            return  # reported where it is read
        known = _KNOWN[what]
        for key, _ in node.items():
            if key not in known and key not in _ALSO_READ[what] and not key.startswith("x-"):
                self.warning(
                    "unknown-key",
                    f"unknown key '{key}' of {what}{LEFT_OUT}",
                    node.key_span(key),
                    nearest(key, known) or _moved(key, what),
                )


def _moved(key: str, what: str) -> str | None:
    """The hint for a keyword of schemas in a parameter."""
    in_parameter = what == "a parameter" and key in _SCHEMA_KEYWORDS
    return "write it under 'schema'" if in_parameter else None


def _entries(node: Node, key: str) -> list[tuple[str, Node]]:
    child = node.get(key)
    entries = child.items() if child is not None and child.mapping is not None else ()
    return [(name, node) for name, node in entries if not name.startswith("x-")]
