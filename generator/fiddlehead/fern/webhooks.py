"""Reads webhooks: requests that the API sends."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir
from ..diagnostics import Span
from ..frontend_kit import webhook_signatures
from ..frontend_kit.name_context import NameContext
from ..source import Node
from . import keys
from .context import Context
from .definition_files import DefinitionFile
from .parameters import headers
from .type_uses import Scope


def read_webhooks(context: Context) -> Iterator[ir.Webhook]:
    """The `webhooks:` of all files."""
    for file in context.definition.files:
        for name, span, node in context.values.entries(file.node, "webhooks"):
            if not context.values.is_mapping(node, f"the webhook '{name}'", keys.WEBHOOK):
                continue
            if context.table.declared.is_included(node):
                yield _webhook(name, span, node, file, context)


def _webhook(
    name: str, span: Span, node: Node, file: DefinitionFile, context: Context
) -> ir.Webhook:
    values, scope = context.values, Scope(file)
    place = NameContext((name, "Payload"), file.package, exact=False)
    payload = values.required(node, "payload", f"the webhook '{name}'")
    method = values.choice(node, "method", ("POST", "GET")) or "POST"
    return ir.Webhook(
        (name,),
        payload_type(payload, context, scope, place) if payload is not None else ir.Unknown(),
        file.package,
        method,
        values.doc(node),
        tuple(headers(node, "headers", context, scope, place)),
        tuple(_examples(node, file, context)),
        _signature(node, file, context),
        span=span,
    )


def payload_type(node: Node, context: Context, scope: Scope, place: NameContext) -> ir.Type:
    """The payload: a type name, or inline properties."""
    if node.mapping is None:
        return context.table.use(node, scope).value
    values = context.values
    if node.get("type") is not None:
        values.is_mapping(node, "a payload", keys.BODY_REFERENCE)
        typed = values.required(node, "type", "a payload")
        return context.table.use(typed, scope).value if typed is not None else ir.Unknown()
    values.is_mapping(node, "a payload", keys.INLINE_PAYLOAD)
    name = values.string(node, "name")
    if name is not None:
        place = NameContext((name,), place.package, exact=True)
    inner = Node(
        {key: child for key, child in node.items() if key != "name"},
        node.span,
        node.file,
        node.pointer,
        node.keys,
    )
    return context.declarations.declare(inner, place, scope, node.span)


def _examples(node: Node, file: DefinitionFile, context: Context) -> Iterator[ir.Example]:
    values = context.values
    for item in values.elements(node, "examples"):
        if values.is_mapping(item, "an example", keys.WEBHOOK_EXAMPLE):
            payload = values.required(item, "payload", "an example")
            if payload is not None:
                value = context.examples.value(payload, file)
                yield ir.Example(
                    value, values.string(item, "name"), values.doc(item), span=item.span
                )


def _signature(node: Node, file: DefinitionFile, context: Context) -> ir.WebhookSignature | None:
    """The signature of a payload, in the file or for all files in api.yml."""
    values = context.values
    raw_node = values.mapping(node, "signature")
    for common in (file.node, context.definition.root.node):
        raw_node = raw_node or values.mapping(common, "webhook-signature")
    if raw_node is None:
        return None
    return webhook_signatures.read(values, raw_node)
