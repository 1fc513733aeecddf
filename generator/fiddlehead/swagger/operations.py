"""Converts path items, operations and responses of Swagger 2.0 to OpenAPI 3.0."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import Node
from .nodes import mapping, sequence, step, texts
from .parameters import Parameters, Sorted
from .references import References
from .schemas import Schemas
from .servers import of_operation

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")


class Operations:
    """Converts the entries of `paths`, with the media types of the root."""

    def __init__(
        self, root: Node, references: References, schemas: Schemas, parameters: Parameters
    ) -> None:
        self._root = root
        self._references = references
        self._schemas = schemas
        self._parameters = parameters

    def paths(self, node: Node) -> Node:
        """All entries of `paths`."""
        entries: dict[str, Node] = {}
        for path, item in node.items():
            pointer = step("/paths", path)
            entries[path] = item if path.startswith("x-") else self._item(item, pointer)
        return mapping(entries, node, "/paths")

    def _item(self, node: Node, pointer: str) -> Node:
        item = self._references.follow(node)
        if item.mapping is None or item.get("$ref") is not None:
            return node
        listed = item.get("parameters")
        shared = Sorted()
        if listed is not None and listed.list is not None:
            shared = self._parameters.sort(listed.list, f"{pointer}/parameters")
        entries: dict[str, Node] = {}
        for key, child in item.items():
            if key in METHODS:
                entries[key] = self._operation(child, shared, step(pointer, key))
            elif key == "parameters" and child.list is not None:
                if shared.plain:
                    entries[key] = sequence(shared.plain, child, f"{pointer}/parameters")
            else:
                entries[key] = child
        return mapping(entries, item, pointer)

    def _operation(self, node: Node, shared: Sorted, pointer: str) -> Node:
        reference = node.get("$ref")
        node = self._references.follow(node) if reference is not None else node
        if node.mapping is None or node.get("$ref") is not None:
            return node
        entries = {
            key: child
            for key, child in node.items()
            if key not in ("consumes", "produces", "schemes", "parameters", "responses")
        }
        own = Sorted()
        listed = node.get("parameters")
        if listed is not None and listed.list is None:
            entries["parameters"] = listed
        elif listed is not None:
            own = self._parameters.sort(listed.list or (), f"{pointer}/parameters")
            if own.plain:
                entries["parameters"] = sequence(own.plain, listed, f"{pointer}/parameters")
        body = own.body or ([] if own.form else shared.body)
        form = own.form + [
            node for node in shared.form if not _contains_field(own.form, node) and not own.body
        ]
        request = self._parameters.request(
            body, form, self._media(node, "consumes"), f"{pointer}/requestBody"
        )
        if request is not None:
            entries["requestBody"] = request
        responses = node.get("responses")
        if responses is not None:
            entries["responses"] = self._responses(responses, node, f"{pointer}/responses")
        servers = of_operation(self._root, node)
        if servers is not None:
            entries["servers"] = servers
        return mapping(entries, node, pointer)

    def _media(self, node: Node, key: str) -> list[str]:
        """The media types of an operation, or else those of the API."""
        own = node.get(key)
        if own is not None and isinstance(own.value, list | str):
            return texts(own)
        return texts(self._root.get(key))

    # --- responses --------------------------------------------------------------------------

    def _responses(self, node: Node, operation: Node, pointer: str) -> Node:
        if node.mapping is None:
            return node
        produces = self._media(operation, "produces")
        entries: dict[str, Node] = {}
        for status, response in node.items():
            where = step(pointer, status)
            reference = response.get("$ref")
            target = self._references.follow(response)
            if status.startswith("x-"):
                entries[status] = response
            elif reference is None:
                entries[status] = self.response(response, produces, where)
            elif self._can_keep_reference(response, target, produces):
                entries[status] = mapping(
                    {"$ref": self._references.rewrite(reference)}, response, where
                )
            else:
                entries[status] = self.response(target, produces, where)
        return mapping(entries, node, pointer)

    def _can_keep_reference(self, node: Node, target: Node, produces: Sequence[str]) -> bool:
        """Whether a reference to a response keeps its meaning: the response is in the root, and has
        the media types of the root."""
        reference = node.get("$ref")
        if target is node or reference is None or not isinstance(reference.value, str):
            return True
        if not reference.value.startswith("#/responses/") or node.file != self._root.file:
            return False
        return list(produces) == texts(self._root.get("produces")) or target.get("schema") is None

    def response(self, node: Node, produces: Sequence[str], pointer: str) -> Node:
        """One response, with its body in `content`."""
        if node.mapping is None:
            return node
        entries = {
            key: child
            for key, child in node.items()
            if key not in ("schema", "examples", "headers")
        }
        headers = node.get("headers")
        if headers is not None and headers.mapping is not None:
            built = {
                name: self._parameters.header(header, step(f"{pointer}/headers", name))
                for name, header in headers.items()
            }
            entries["headers"] = mapping(built, headers, f"{pointer}/headers")
        elif headers is not None:
            entries["headers"] = headers
        schema, examples = node.get("schema"), node.get("examples")
        if schema is not None and schema.value is not None:
            entries["content"] = self._content(
                node, schema, produces or _default_media_types(schema), f"{pointer}/content"
            )
        elif examples is not None and examples.mapping:
            # Without a schema, a response has no body; if it has an example, the body has any type.
            where = f"{pointer}/content"
            entries["content"] = mapping(
                {
                    name: mapping({"example": value}, value, step(where, name))
                    for name, value in examples.items()
                    if "/" in name
                },
                examples,
                where,
            )
        return mapping(entries, node, pointer)

    def _content(self, node: Node, schema: Node, media: Sequence[str], pointer: str) -> Node:
        content: dict[str, Node] = {}
        examples = node.get("examples")
        for media_type in media:
            where = step(pointer, media_type)
            inner = {"schema": self._schemas.convert(schema, f"{where}/schema")}
            example = examples.get(media_type) if examples is not None else None
            if example is None and examples is not None and re.search(r"[/+]json\b", media_type):
                # Ignores duplicates such as `application/json` and `application/json;
                # charset=utf-8`.
                example = next(
                    (value for name, value in examples.items() if re.search(r"[/+]json\b", name)),
                    None,
                )
            if example is not None:
                inner["example"] = example
            content[media_type] = mapping(inner, schema, where)
        return mapping(content, schema, pointer)


def _default_media_types(schema: Node) -> list[str]:
    type_ = schema.get("type")
    is_file = type_ is not None and type_.value == "file"
    return ["application/octet-stream" if is_file else "application/json"]


def _contains_field(fields: Sequence[Node], field: Node) -> bool:
    name = field.get("name")
    return any(
        (other := field.get("name")) is not None and name is not None and other.value == name.value
        for field in fields
    )
