"""Reads `examples:` of an endpoint: example calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .. import ir
from ..frontend_kit.node_reader import nearest
from ..source import Node
from . import keys
from .context import Context
from .definition_files import DefinitionFile
from .errors import Errors


def read(
    node: Node,
    parameters: tuple[ir.Parameter, ...],
    file: DefinitionFile,
    context: Context,
    errors: Errors,
) -> list[ir.Call]:
    """The example calls of an endpoint; values for undeclared parameters are warnings."""
    result: list[ir.Call] = []
    for item in context.values.elements(node, "examples"):
        if context.values.is_mapping(item, "an example", keys.CALL):
            result.append(_call(item, parameters, file, context, errors))
    return result


def _call(
    item: Node,
    parameters: tuple[ir.Parameter, ...],
    file: DefinitionFile,
    context: Context,
    errors: Errors,
) -> ir.Call:
    values = context.values
    known = {
        place: {parameter.name for parameter in parameters if parameter.location == place}
        for place in ("path", "query", "header")
    }
    request, response = values.get(item, "request"), values.get(item, "response")
    body: ir.Default | None = None
    events: tuple[ir.Json, ...] = ()
    error: str | None = None
    if response is not None and values.is_mapping(response, "a response", keys.CALL_RESPONSE):
        # Here null is a value: `body:` means that the response is null.
        content = response.get("body")
        if content is not None:
            body = ir.Default(context.examples.value(content, file))
        events = tuple(_event(e, file, context) for e in values.elements(response, "stream"))
        named = values.get(response, "error")
        name = values.as_string(named, "'error'") if named is not None else None
        entry = errors.lookup(name, file, named.span) if name and named else None
        error = entry.error.id if entry is not None else None
    return ir.Call(
        name=values.string(item, "name"),
        doc=values.doc(item),
        path=_values(item, "path-parameters", known["path"], file, context),
        query=_values(item, "query-parameters", known["query"], file, context),
        headers=_values(item, "headers", known["header"], file, context),
        body=ir.Default(context.examples.value(request, file)) if request is not None else None,
        response=body,
        events=events,
        error=error,
        span=item.span,
    )


def _event(node: Node, file: DefinitionFile, context: Context) -> ir.Json:
    """An event of a stream: a value, or `event` and `data` of a server-sent event."""
    data = node.get("data")
    sent = node.mapping is not None and set(node.mapping) <= {"event", "data", "id"}
    return context.examples.value(data if sent and data is not None else node, file)


def _values(
    item: Node, key: str, known: Collection[str], file: DefinitionFile, context: Context
) -> Mapping[str, ir.Json]:
    result: dict[str, ir.Json] = {}
    for name, span, value in context.values.entries(item, key):
        if name not in known:
            context.values.warning(
                "unknown-key",
                f"the {key} of the endpoint have no '{name}'",
                span,
                hint=nearest(name, known),
            )
            continue
        result[name] = context.examples.value(value, file)
    return result
