"""Stream conditions: one operation with two endpoints, selected by a boolean of the request.

`stream-condition: $request.stream` means that the operation streams if the caller sends `stream:
true`. The client has two methods; in each of them the property is a literal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .. import ir
from ..frozen import replace

PREFIX = "$request."


def path(condition: str) -> ir.Words:
    """The path of the property: `$request.options.stream` has two names."""
    return tuple(condition.removeprefix(PREFIX).split("."))


def with_literal(
    parameters: Sequence[ir.Parameter], body: ir.Body | None, condition: ir.Words, value: bool
) -> tuple[tuple[ir.Parameter, ...], ir.Body | None] | None:
    """A request in which the property of the condition is the literal `value`.

    Args:
        parameters: The parameters of the operation.
        body: Its body. A property of the body is preferred to a query parameter of that name.
        condition: The path of the property. A nested property is not changed.
        value: Whether this is the streaming request.

    Returns: The parameters and the body, or None if there is no such property.
    """
    name = condition[0]
    if body is not None and any(field.name == name for field in body.fields):
        if len(condition) == 1:
            fields = tuple(
                (
                    replace(
                        field, type=ir.Literal(value, span=field.span), required=True, default=None
                    )
                    if field.name == name
                    else field
                )
                for field in body.fields
            )
            body = replace(body, fields=fields)
        return tuple(parameters), body
    changed = list(parameters)
    for index, parameter in enumerate(parameters):
        if parameter.location == "query" and parameter.name == name:
            literal = ir.Literal(value, span=parameter.span)
            changed[index] = replace(parameter, type=literal, required=True, default=None)
            return tuple(changed), body
    return None


def examples(calls: Iterable[ir.Call], condition: ir.Words, streams: bool) -> tuple[ir.Call, ...]:
    """The examples of one of the two endpoints: those that match, or if none match, all requests
    without their responses."""
    calls = tuple(calls)
    matching = tuple(call for call in calls if _streams(call, condition) == streams)
    return matching or tuple(replace(call, response=None, events=()) for call in calls)


def _streams(call: ir.Call, condition: ir.Words) -> bool:
    """Whether an example streams, from its request or else from its response."""
    sent: ir.Json = call.body.value if call.body is not None else None
    for name in condition:
        sent = sent.get(name) if isinstance(sent, Mapping) else None
    if not isinstance(sent, bool):
        sent = call.query.get(condition[0])
    return sent if isinstance(sent, bool) else bool(call.events)
