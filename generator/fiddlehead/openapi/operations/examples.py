"""Example calls: `x-fern-examples`, or the examples of parameters, bodies and responses."""

from __future__ import annotations

from collections.abc import Mapping

from ... import ir
from ...frontend_kit.node_values import frozen
from ...source import Node
from ..document.context import Context
from .groups import Operation
from .responses import responses, successes


def read(
    context: Context,
    operation: Operation,
    parameters: tuple[ir.Parameter, ...],
    body: ir.Body | None,
) -> list[ir.Call]:
    """The example calls of an operation. Those of the extension replace all others."""
    written = [
        call
        for node in context.elements(operation.node, "x-fern-examples")
        if (call := _call(context, node)) is not None
    ]
    return written if written else _described(context, operation, parameters, body)


def _call(context: Context, node: Node) -> ir.Call | None:
    """An entry of `x-fern-examples`. An entry with only code samples is for a docs site."""
    if not context.is_mapping(node, "an example"):
        return None
    value = node.mapping or {}
    if not {"path-parameters", "query-parameters", "headers", "request", "response"} & value.keys():
        return None
    response: ir.Default | None = None
    events: tuple[ir.Json, ...] = ()
    error: str | None = None
    written = node.get("response")
    if written is not None and written.mapping is not None:
        body, stream = written.get("body"), written.get("stream")
        response = ir.Default(frozen(body)) if body is not None else None
        if stream is not None and stream.list is not None:
            events = tuple(frozen(_event(node)) for node in stream.list)
        error = context.string(written, "error")
    request = node.get("request")
    return ir.Call(
        context.string(node, "name"),
        context.doc(node, "docs") or context.doc(node),
        path=_values(context, node, "path-parameters"),
        query=_values(context, node, "query-parameters"),
        headers=_values(context, node, "headers"),
        body=ir.Default(frozen(request)) if request is not None else None,
        response=response,
        events=events,
        error=error,
        span=node.span,
    )


def _event(node: Node) -> Node:
    """The data of an event, also in the form with its name: `{event: x, data: {…}}`."""
    data = node.get("data")
    if data is not None and (node.mapping or {}).keys() <= {"event", "data", "id"}:
        return data
    return node


def _values(context: Context, node: Node, key: str) -> Mapping[str, ir.Json]:
    child = context.mapping(node, key)
    return {name: frozen(node) for name, node in child.items()} if child is not None else {}


def _described(
    context: Context,
    operation: Operation,
    parameters: tuple[ir.Parameter, ...],
    body: ir.Body | None,
) -> list[ir.Call]:
    """One call for each example of the body, with the response of the same name if there is one."""
    values: dict[str, dict[str, ir.Json]] = {"path": {}, "query": {}, "header": {}}
    for parameter in parameters:
        if parameter.example is not None and parameter.location in values:
            values[parameter.location][parameter.name] = parameter.example.value
    requests = _named(context, _request_contents(context, operation, body))
    described: list[tuple[str | None, str | None, Node]] = []
    for success in successes(responses(context, operation)):
        contents = [content for _, content in success.contents(context)]
        described = described or _named(context, contents)
    if not requests and not described and not any(values.values()):
        return []
    calls: list[ir.Call] = []
    names = {name for name, _, _ in requests}
    further = {
        name: frozen(value) for name, _, value in described[1:] if name and name not in names
    }
    shown_requests: list[tuple[str | None, str | None, Node | None]] = [*requests]
    for name, doc, request in shown_requests or [(None, None, None)]:
        response = next((value for other, _, value in described if other == name and name), None)
        if response is None and described:
            response = described[0][2]
        calls.append(
            ir.Call(
                name,
                doc,
                path=values["path"],
                query=values["query"],
                headers=values["header"],
                body=ir.Default(frozen(request)) if request is not None else None,
                response=ir.Default(frozen(response)) if response is not None else None,
                further={} if calls else further,
                span=(request or response or operation.node).span,
            )
        )
    return calls


def _request_contents(context: Context, operation: Operation, body: ir.Body | None) -> list[Node]:
    written = operation.node.get("requestBody")
    if written is None or body is None:
        return []
    holder = context.references.final(written)
    if holder is None:
        return []
    offered = list(context.entries(holder, "content"))
    nodes = [node for media, node in offered if media == body.content_type]
    # A range of JSON types is sent as application/json.
    return nodes or [node for media, node in offered if "*" in media]


def _named(context: Context, contents: list[Node]) -> list[tuple[str | None, str | None, Node]]:
    """The examples of media types: name, documentation, value."""
    result: list[tuple[str | None, str | None, Node]] = []
    for content in contents:
        for name, node in context.entries(content, "examples"):
            target = context.follow(node, "an example")
            if target is None:
                continue
            value = target.get("value") or target.get("dataValue")
            if value is not None:
                doc = context.doc(target) or context.doc(target, "summary")
                result.append((name, doc, value))
        if not result and content.get("example") is not None:
            result.append((None, None, content.get("example") or content))
        if not result:
            result += _of_schema(context, content)
        if result:
            break
    return result


def _of_schema(context: Context, content: Node) -> list[tuple[str | None, str | None, Node]]:
    schema = content.get("schema")
    final = context.references.final(schema) if schema is not None else None
    if final is None:
        return []
    if final.get("example") is not None:
        return [(None, None, final.get("example") or final)]
    listed = final.get("examples")
    return [(None, None, listed.list[0])] if listed is not None and listed.list else []
