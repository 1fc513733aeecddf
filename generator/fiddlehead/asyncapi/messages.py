"""Reads messages: the types of their payloads, and the content of frames."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from .. import ir
from ..frontend_kit.name_context import NameContext
from ..frozen import dataclass
from ..openapi.document.context import Context, virtual
from ..openapi.document.extensions import availability
from ..openapi.schemas.converter import SchemaConverter
from ..openapi.schemas.variants import variant_words
from ..source import Node

Origin: TypeAlias = Literal["client", "server"]
_Raw: TypeAlias = Literal["text", "binary"]
_Format: TypeAlias = Literal["json"] | _Raw

_BINARY = re.compile(r"application/octet-stream|(audio|image|video)/.*")
_JSON_SCHEMA = re.compile(
    r"application/(vnd\.aai\.asyncapi|schema|vnd\.oai\.openapi)(\+(json|yaml))?(;.*)?"
)


_Part: TypeAlias = tuple[_Raw | None, Node | None]
"""The kind of frame of a payload (None for JSON), and the payload if it can be read."""


@dataclass(frozen=True)
class Content:
    """The content of the frames of a message, as in `ir.Message`."""

    type: ir.Type
    format: _Format = "json"
    raw: tuple[_Raw, ...] = ()


@dataclass(frozen=True)
class Named:
    """A message of a channel: its key, its location, and the context for the name of its type."""

    key: str
    node: Node
    place: NameContext


class Messages:
    """Reads the messages of one document."""

    def __init__(self, context: Context, schemas: SchemaConverter) -> None:
        self._context = context
        self._schemas = schemas
        self._default = context.string(context.root, "defaultContentType")

    def message(self, named: Named, name: str, origin: Origin, operation: Node) -> ir.Message:
        """A message with a name; the operation provides the keys that the message does not have."""
        context, node = self._context, named.node
        content = self.content(named)
        methods = (context.string(source, "x-fern-sdk-method-name") for source in (node, operation))
        docs = (
            context.doc(source, key)
            for source in (node, operation)
            for key in ("description", "summary")
        )
        return ir.Message(
            name,
            origin,
            content.type,
            next((doc for doc in docs if doc), None),
            content.format,
            next((method for method in methods if method), None),
            availability(context, node) or availability(context, operation),
            content.raw,
            span=node.span,
        )

    def content(self, named: Named) -> Content:
        """The content of the frames of a message."""
        return self._content(self._parts(named.node, named.place), named.node, named.place)

    def joined(self, messages: list[Named], name: str, place: NameContext) -> Content:
        """The same for several messages that are combined into the type `name`; `place` is the
        context for the names of its variants."""
        parts: list[_Part] = [
            (kind, self._named_after(message.node, payload))
            for message in messages
            for kind, payload in self._parts(message.node, place)
        ]
        return self._content(parts, messages[0].node, place, name)

    def _named_after(self, message: Node, payload: Node | None) -> Node | None:
        """With `message-naming: v2`, the payload of a message with a name has that name."""
        name = message.get("name")
        if (
            self._context.importer.message_naming != "v2"
            or name is None
            or payload is None
            or payload.mapping is None
            or "$ref" in payload.mapping
        ):
            return payload
        return virtual(payload, {**payload.mapping, "x-fern-type-name": name})

    def _content(
        self, parts: list[_Part], node: Node, place: NameContext, name: str | None = None
    ) -> Content:
        kinds: list[_Raw] = [kind for kind, _ in parts if kind is not None]
        raw: tuple[_Raw, ...] = tuple(dict.fromkeys(kinds))
        payloads = [payload for kind, payload in parts if kind is None and payload is not None]
        type_: ir.Type
        if all(kind is not None for kind, _ in parts):
            type_ = ir.Primitive("bytes" if raw[0] == "binary" else "string", span=node.span)
            return Content(type_, raw[0], raw[1:])
        if not payloads:
            type_ = ir.Unknown(span=node.span)
        elif len(payloads) == 1:
            if name is not None:
                (word,) = variant_words(self._schemas, payloads)
                index = [kind for kind, _ in parts].index(None)
                place = place.variant(index) if word is None else place.add(word, "Variant")
            type_ = self._schemas.convert(payloads[0], place)
        else:
            variants = Node(payloads, node.span, node.file, node.pointer, {})
            union = {"oneOf": variants}
            if name is not None:
                union["x-fern-type-name"] = Node(name, node.span, node.file, node.pointer, {})
            type_ = self._schemas.convert(virtual(node, union), place)
        return Content(type_, "json", raw)

    def _parts(self, node: Node, place: NameContext) -> list[_Part]:
        """The payload of a message, or its variants if some of them are binary."""
        media_type = (
            (self._content_type(node) or self._default or "").partition(";")[0].strip().lower()
        )
        payload = self.payload(node)
        if _BINARY.fullmatch(media_type) or (payload is not None and self._is_binary(payload)):
            return [("binary", payload)]
        if media_type.startswith("text/"):
            return [("text", payload)]
        if payload is None:
            return [(None, None)]
        if "json" not in media_type and self._is_text(payload, place):
            return [("text", payload)]
        variants = self._variants(payload)
        parts: list[_Part] = [
            ("binary" if self._is_binary(variant) else None, variant) for variant in variants
        ]
        return parts if any(kind for kind, _ in parts) else [(None, payload)]

    def with_own_payload(self, message: Node) -> Node:
        """A message whose payload is the referenced schema itself: in Fern, it gets a type of its
        own."""
        payload = self._context.get(message, "payload")
        target = self._context.references.final(payload) if payload is not None else None
        if target is None or target is payload:
            return message
        return virtual(message, {**(message.mapping or {}), "payload": target})

    def payload(self, node: Node) -> Node | None:
        """The schema of a payload; None, and a warning, if it is in another schema language."""
        payload = self._context.get(node, "payload")
        schema = payload.get("schema") if payload is not None else None
        written = node.get("schemaFormat")
        if payload is not None and schema is not None and payload.get("schemaFormat") is not None:
            written, payload = payload.get("schemaFormat"), schema
        if written is None or written.string is None or _JSON_SCHEMA.match(written.string):
            return payload
        self._context.warning(
            "not-expressible",
            f"the schema format '{written.string}' is not supported; the type of the payload is Any",
            written.span,
        )
        return None

    def _content_type(self, node: Node) -> str | None:
        own = self._context.string(node, "contentType")
        for raw_node in self._context.elements(node, "traits"):
            trait = self._context.follow(raw_node, "a trait")
            own = own or (self._context.string(trait, "contentType") if trait is not None else None)
        return own

    def _variants(self, payload: Node) -> list[Node]:
        schema = self._context.references.final(payload)
        if schema is None:
            return []
        elements = self._context.elements
        return [*elements(schema, "oneOf")] or [*elements(schema, "anyOf")]

    def _is_text(self, payload: Node, place: NameContext) -> bool:
        """Whether a payload is a string without a format and without its own name."""
        written = payload.get("type")
        if written is None or "string" not in (
            written.string,
            *self._context.strings(payload, "type"),
        ):
            return False
        if payload.get("enum") is not None or payload.get("const") is not None:
            return False
        type_ = self._schemas.convert(payload, place)
        return isinstance(type_, ir.Primitive) and type_.kind == "string"

    def _is_binary(self, payload: Node) -> bool:
        schema = self._context.references.final(payload)
        written = schema.get("format") if schema is not None else None
        return written is not None and written.string == "binary"
