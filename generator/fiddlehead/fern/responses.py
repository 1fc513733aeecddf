"""Reads the response of an endpoint: a value, a file, text, or a stream."""

from __future__ import annotations

from typing import Literal

from .. import ir, queries
from ..frontend_kit.node_reader import nearest
from ..source import Node
from . import keys
from .context import Context
from .syntax import BadType, parse
from .type_uses import Scope

_RAW: dict[str, Literal["file", "bytes", "text"]] = {
    "file": "file",
    "bytes": "bytes",
    "text": "text",
}


def result(
    node: Node, context: Context, scope: Scope, response_headers: tuple[ir.Header, ...]
) -> ir.Result:
    """The `response:` of an endpoint: a type, or a mapping."""
    values = context.values
    raw_node = values.get(node, "response")
    if raw_node is None:
        return ir.Result("none", headers=response_headers)
    typed, status, doc, content_type, unwrap = raw_node, "200", None, None, None
    if raw_node.mapping is not None:
        values.is_mapping(raw_node, "a response", keys.RESPONSE)
        status = _status(raw_node, context)
        doc, content_type = values.doc(raw_node), values.string(raw_node, "content-type")
        unwrap = values.get(raw_node, "property")
        value = values.get(raw_node, "type")
        if value is None:
            return ir.Result("none", None, status, None, doc, response_headers, span=raw_node.span)
        typed = value
    raw = _raw(typed)
    if raw is not None:
        if raw == "text":
            content_type = content_type or "text/plain"
        return ir.Result(raw, None, status, content_type, doc, response_headers, span=typed.span)
    use = context.table.use(typed, scope)
    return ir.Result(
        "json",
        use.value,
        status,
        content_type or "application/json",
        doc,
        response_headers,
        unwrap=_unwrap(unwrap, use.type, context),
        optional=use.optional,
        span=typed.span,
    )


def _status(node: Node, context: Context) -> str:
    status = context.values.integer(node, "status-code")
    if status is None or 200 <= status < 400:
        return str(status or 200)
    span = (node.get("status-code") or node).span
    context.values.warning("bad-value", f"{status} is not a success status", span)
    return "200"


def _raw(node: Node) -> Literal["file", "bytes", "text"] | None:
    try:
        expression = parse(node.string or "")
    except BadType:
        return None
    return _RAW.get(expression.name) if not expression.arguments else None


def _unwrap(node: Node | None, type_: ir.Type, context: Context) -> ir.Words:
    name = context.values.as_string(node, "'property'") if node is not None else None
    if name is None or node is None:
        return ()
    path = tuple(name.removeprefix("$response.").split("."))
    if queries.property_type(context.declarations, type_, path) is None:
        context.values.warning(
            "bad-reference",
            f"the response has no property '{name}'",
            node.span,
            hint=nearest(name, queries.property_names(context.declarations, type_)),
        )
        return ()
    return path


def stream(
    node: Node, context: Context, scope: Scope, response_headers: tuple[ir.Header, ...]
) -> tuple[ir.Result, ir.Streaming] | None:
    """The `response-stream:` of an endpoint; None if it has none."""
    values = context.values
    raw_node = values.get(node, "response-stream")
    if raw_node is None:
        return None
    if raw_node.mapping is None:
        return _events(
            raw_node,
            None,
            context,
            scope,
            response_headers,
            ir.Streaming("json", span=raw_node.span),
        )
    values.is_mapping(raw_node, "a response-stream", keys.STREAM)
    typed = values.required(raw_node, "type", "a response-stream")
    chosen: Literal["sse", "json"] | None = values.choice(raw_node, "format", ("sse", "json"))
    streaming = ir.Streaming(
        chosen or "json",
        values.string(raw_node, "terminator"),
        values.boolean(raw_node, "resumable") or False,
        span=raw_node.span,
    )
    if typed is None:
        return None
    return _events(typed, values.doc(raw_node), context, scope, response_headers, streaming)


def _events(
    node: Node,
    doc: str | None,
    context: Context,
    scope: Scope,
    response_headers: tuple[ir.Header, ...],
    streaming: ir.Streaming,
) -> tuple[ir.Result, ir.Streaming]:
    if _raw(node) == "text":
        string_type = ir.Primitive("string", span=node.span)
        response = ir.Result("json", string_type, doc=doc, headers=response_headers, span=node.span)
        return response, ir.Streaming("text", streaming.terminator, span=streaming.span)
    type_ = context.table.use(node, scope).value
    response = ir.Result("json", type_, doc=doc, headers=response_headers, span=node.span)
    return response, streaming
