"""Reads webhooks: requests that the API sends."""

from __future__ import annotations

from ... import ir
from ...frontend_kit import webhook_signatures
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_values import frozen
from ...source import Node
from ..document.context import Context
from ..document.extensions import is_wanted
from ..document.keys import METHODS, check_keys, check_unknown_keys
from ..schemas.converter import SchemaConverter
from .encodings import encoding_of
from .groups import Operation
from .parameters import ParameterReader
from .path_items import path_item_of


def read_all(
    context: Context, schemas: SchemaConverter, marked: list[Operation]
) -> tuple[ir.Webhook, ...]:
    """The webhooks of the root, the operations with `x-fern-webhook`, and callbacks."""
    result: list[ir.Webhook] = []
    for name, raw_node in context.entries(context.root, "webhooks"):
        item = path_item_of(context, raw_node, "a webhook")
        if item is None or not is_wanted(context, item):
            continue
        for method in METHODS:
            node = item.get(method)
            if node is None or node.value is None:
                continue
            if not context.is_mapping(node, "a webhook") or not is_wanted(context, node):
                continue
            operation = Operation(node, item, "", method.upper(), item.key_span(method))
            webhook = _webhook(context, schemas, operation, (name,), (name, method))
            result += [webhook] if webhook is not None else []
    for operation in marked:
        name = context.string(operation.node, "operationId") or operation.path
        chosen = context.string(operation.node, "x-fern-sdk-method-name") or name
        webhook = _webhook(context, schemas, operation, (chosen,), (operation.id,))
        result += [webhook] if webhook is not None else []
    return tuple(result)


def callbacks(
    context: Context, schemas: SchemaConverter, operation: Operation, base: ir.Words
) -> tuple[ir.Webhook, ...]:
    """The callbacks of an operation."""
    result: list[ir.Webhook] = []
    for name, raw_node in context.entries(operation.node, "callbacks"):
        node = context.follow(raw_node, "a callback")
        if node is None or not is_wanted(context, node):
            continue
        for expression, item_node in node.items():
            if expression.startswith("x-"):
                continue
            item = path_item_of(context, item_node)
            for method in METHODS if item is not None else ():
                inner = item.get(method) if item is not None else None
                if item is None or inner is None or inner.value is None:
                    continue
                if not context.is_mapping(inner, "a callback") or not is_wanted(context, inner):
                    continue
                call = Operation(inner, item, "", method.upper(), item.key_span(method))
                long = (*base, name, expression, method)
                webhook = _webhook(context, schemas, call, (*base, name), long, operation.group)
                result += [webhook] if webhook is not None else []
    return tuple(result)


def _webhook(
    context: Context,
    schemas: SchemaConverter,
    operation: Operation,
    words: ir.Words,
    long: ir.Words,
    package: ir.Words = (),
) -> ir.Webhook | None:
    node = operation.node
    check_keys(context, node, "an operation")
    group = tuple(context.strings(node, "x-fern-sdk-group-name")) or package
    first = _first_words(context, operation, words, group)
    place = NameContext((*first, "Payload"), group, None, (*long, "Payload"))
    payload: ir.Type | None = None
    examples: list[ir.Example] = []
    written = node.get("requestBody")
    holder = context.follow(written, "a request body") if written is not None else None
    if holder is not None:
        check_keys(context, holder, "a request body")
    for media, raw_content in context.entries(holder, "content") if holder is not None else ():
        content = context.follow(raw_content, "a media type")
        if content is None:
            continue
        check_unknown_keys(context, content, "a media type")
        schema = content.get("schema")
        if payload is not None or encoding_of(media) not in ("json", "form", "multipart"):
            continue
        payload = schemas.convert(schema, place) if schema is not None else None
        example = content.get("example")
        if example is not None:
            examples.append(ir.Example(frozen(example), span=example.span))
        for name, raw_node in context.entries(content, "examples"):
            target = context.follow(raw_node, "an example")
            value = target.get("value") if target is not None else None
            if value is not None:
                examples.append(ir.Example(frozen(value), name, span=value.span))
    reader = ParameterReader(context, schemas)
    parameters = reader.read(operation, place) if not operation.path else []
    return ir.Webhook(
        words,
        payload if payload is not None else ir.Unknown(span=node.span),
        package=group,
        method=operation.method,
        doc=context.doc(node) or context.doc(node, "summary"),
        headers=tuple(parameter for parameter in parameters if parameter.location == "header"),
        examples=tuple(examples),
        signature=_signature(context, node),
        span=operation.span,
    )


def _first_words(
    context: Context, operation: Operation, words: ir.Words, group: ir.Words
) -> ir.Words:
    """The first words of the names of inline types: in Fern's packages, those of an operation."""
    if context.settings.layout != "fern" or len(words) > 1:
        return words
    method = context.string(operation.node, "x-fern-sdk-method-name")
    if method is None:
        id = context.string(operation.node, "operationId")
        return (id or "_".join((operation.method.lower(), *words)),)
    if not group:
        return (method,)
    in_order = context.importer.idiomatic_request_names
    return (method, group[-1]) if in_order else (group[-1], method)


def _signature(context: Context, node: Node) -> ir.WebhookSignature | None:
    """`x-fern-webhook-signature` of a webhook, or else of the root."""
    written = node.get("x-fern-webhook-signature") or context.root.get("x-fern-webhook-signature")
    if written is None or written.value is None or written.value is False:
        return None
    return webhook_signatures.read(context, written, "bad-extension")
