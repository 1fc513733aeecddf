"""Channels: WebSockets that the client opens, and their messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .. import ir, queries
from ..frontend_kit.name_context import NameContext
from ..source import Node
from . import keys, paths
from .context import Context
from .definition_files import DefinitionFile
from .parameters import headers, path_parameters, query_parameters
from .servers import server
from .type_uses import Scope
from .webhooks import payload_type


def channels(context: Context) -> Iterator[tuple[ir.Words, ir.Channel]]:
    """The `channel:` of all files with their groups."""
    for file in context.definition.files:
        node = context.values.get(file.node, "channel")
        if node is None or not context.values.is_mapping(node, "a channel", keys.CHANNEL):
            continue
        if context.table.declared.is_included(node):
            yield file.package, _channel(node, file, context)


def _channel(node: Node, file: DefinitionFile, context: Context) -> ir.Channel:
    values, scope = context.values, Scope(file)
    place = NameContext((*file.package[-1:], "Connect"), file.package, exact=False)
    values.required(node, "path", "a channel")
    path = paths.read(node, "path", values)
    parameters = path_parameters(node, context, scope, place)
    spans = {name: parameter.span for name, parameter in parameters.items()}
    paths.check(path, (node.get("path") or node).span, spans, set(spans), values)
    chosen = values.string(node, "connect-method-name")
    return ir.Channel(
        (chosen or "connect",),
        paths.joined(path),
        doc=values.doc(node),
        parameters=(
            *(parameters[name] for name in paths.names(path) if name in parameters),
            *query_parameters(node, context, scope, place),
            *headers(node, "headers", context, scope, place),
        ),
        messages=tuple(_messages(node, context, scope, place)),
        server=server(node, None, context),
        auth=() if values.boolean(node, "auth") is False else None,
        availability=values.availability(node),
        exact=chosen is not None,
        span=node.span,
    )


def _messages(
    node: Node, context: Context, scope: Scope, place: NameContext
) -> Iterator[ir.Message]:
    values = context.values
    for name, span, item in values.entries(node, "messages"):
        if not values.is_mapping(item, f"the message '{name}'", keys.MESSAGE):
            continue
        if not context.table.declared.is_included(item):
            continue
        origin: Literal["client", "server"] | None = values.choice(
            item, "origin", ("client", "server")
        )
        what = f"the message '{name}'"
        values.required(item, "origin", what)
        body = values.required(item, "body", what)
        if origin is None or body is None:
            continue
        type_ = payload_type(body, context, scope, place.part(name))
        yield ir.Message(
            name,
            origin,
            type_,
            values.doc(item),
            _format(type_, context),
            values.string(item, "method-name"),
            values.availability(item),
            span=span,
        )


def _format(type_: ir.Type, context: Context) -> Literal["json", "text", "binary"]:
    """A string is sent unchanged, as by Fern's clients; everything else is JSON."""
    resolved = queries.resolved_non_null(context.declarations, type_)
    if isinstance(resolved, ir.Primitive) and resolved.kind == "string":
        return "text"
    return "json"
