"""Messages: the types of their payloads, and what a frame of them holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .. import ir
from ..name_context import NameContext
from ..openapi.context import Context, virtual
from ..openapi.extensions import availability
from ..openapi.schema_converter import Schemas
from ..source import Node

Origin: TypeAlias = Literal["client", "server"]
_Format: TypeAlias = Literal["json", "text", "binary"]

_BINARY = re.compile(r"application/octet-stream|(audio|image|video)/.*")
_JSON_SCHEMA = re.compile(
    r"application/(vnd\.aai\.asyncapi|schema|vnd\.oai\.openapi)(\+(json|yaml))?(;.*)?"
)


@dataclass(frozen=True)
class Named:
    """A message of a channel: its key, where it stands, and where its type gets its name."""

    key: str
    node: Node
    place: NameContext


class Messages:
    """Reads the messages of one document."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._default = context.string(context.root, "defaultContentType")

    def message(self, named: Named, name: str, origin: Origin, operation: Node) -> ir.Message:
        """A message under a name; what it does not say itself, its operation says."""
        context, node = self._context, named.node
        type_, format = self.type_of(named)
        methods = (context.string(each, "x-fern-sdk-method-name") for each in (node, operation))
        docs = (
            context.doc(each, key)
            for each in (node, operation)
            for key in ("description", "summary")
        )
        return ir.Message(
            name,
            origin,
            type_,
            next((each for each in docs if each), None),
            format,
            next((each for each in methods if each), None),
            availability(context, node) or availability(context, operation),
            span=node.span,
        )

    def type_of(self, named: Named) -> tuple[ir.Type, _Format]:
        """The type of a payload, and the kind of frame that it is in."""
        node = named.node
        said = (self._content_type(node) or self._default or "").partition(";")[0].strip().lower()
        payload = self.payload(node)
        if _BINARY.fullmatch(said) or (payload is not None and self._is_binary(payload)):
            return ir.Primitive("bytes", span=node.span), "binary"
        type_: ir.Type = ir.Unknown(span=node.span)
        if payload is not None:
            type_ = self._schemas.convert(payload, named.place)
        is_text = isinstance(type_, ir.Primitive) and type_.kind == "string"
        if said.startswith("text/") or (is_text and "json" not in said):
            return ir.Primitive("string", span=node.span), "text"
        return type_, "json"

    def payload(self, node: Node) -> Node | None:
        """The schema of a payload; None, and a warning, where it is in another language."""
        payload = self._context.get(node, "payload")
        schema = payload.get("schema") if payload is not None else None
        written = node.get("schemaFormat")
        if payload is not None and schema is not None and payload.get("schemaFormat") is not None:
            written, payload = payload.get("schemaFormat"), schema
        if written is None or written.string is None or _JSON_SCHEMA.match(written.string):
            return payload
        self._context.warning(
            "not-expressible",
            f"a payload in '{written.string}' is read as any value: only JSON Schema is understood",
            written.span,
        )
        return None

    def joined(self, messages: list[Named], place: NameContext) -> ir.Type:
        """One type for several messages, which is called like its place."""
        payloads = [each for each in (self.payload(one.node) for one in messages) if each]
        if len(payloads) == 1:
            return self._schemas.convert(payloads[0], place)
        first = messages[0].node
        variants = Node(payloads, first.span, first.file, first.pointer, {})
        return self._schemas.convert(virtual(first, {"oneOf": variants}), place)

    def _content_type(self, node: Node) -> str | None:
        own = self._context.string(node, "contentType")
        for each in self._context.elements(node, "traits"):
            trait = self._context.follow(each, "a trait")
            own = own or (self._context.string(trait, "contentType") if trait is not None else None)
        return own

    def _is_binary(self, payload: Node) -> bool:
        schema = self._context.references.final(payload)
        written = schema.get("format") if schema is not None else None
        return written is not None and written.string == "binary"
