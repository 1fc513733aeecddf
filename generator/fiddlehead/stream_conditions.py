"""Stream conditions: one operation, two endpoints, told apart by a boolean of the request.

`stream-condition: $request.stream` says that the operation streams where the caller sends
`stream: true`. The client gets two methods: in each of them the property is a literal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import ir

PREFIX = "$request."


def path(condition: str) -> ir.Words:
    """The names that lead to the property: `$request.options.stream` is two."""
    return tuple(condition.removeprefix(PREFIX).split("."))


def with_literal(
    parameters: Sequence[ir.Parameter], body: ir.Body | None, condition: ir.Words, value: bool
) -> tuple[tuple[ir.Parameter, ...], ir.Body | None] | None:
    """A request whose property of the condition can only be `value`.

    Args:
        parameters: The parameters of the operation.
        body: Its body. A property of the body is preferred to a query parameter of that name.
        condition: The path of the property. A property inside another one stays as it is.
        value: Whether this is the request that streams.

    Returns:
        The parameters and the body, or None where there is no such property.
    """
    name = condition[0]
    if body is not None and any(each.name == name for each in body.fields):
        if len(condition) == 1:
            fields = tuple(
                (
                    replace(
                        each, type=ir.Literal(value, span=each.span), required=True, default=None
                    )
                    if each.name == name
                    else each
                )
                for each in body.fields
            )
            body = replace(body, fields=fields)
        return tuple(parameters), body
    changed = list(parameters)
    for index, each in enumerate(parameters):
        if each.location == "query" and each.name == name:
            literal = ir.Literal(value, span=each.span)
            changed[index] = replace(each, type=literal, required=True, default=None)
            return tuple(changed), body
    return None


def examples(calls: Iterable[ir.Call], condition: ir.Words, streams: bool) -> tuple[ir.Call, ...]:
    """The examples of one of the two endpoints: those that match, or, if none match, the requests
    of all without their responses."""
    calls = tuple(calls)
    matching = tuple(call for call in calls if _streams(call, condition) == streams)
    return matching or tuple(replace(call, response=None, events=()) for call in calls)


def _streams(call: ir.Call, condition: ir.Words) -> bool:
    """Whether an example streams: by the value that it sends, else by what it shows."""
    sent: ir.Json = call.body.value if call.body is not None else None
    for name in condition:
        sent = sent.get(name) if isinstance(sent, Mapping) else None
    if not isinstance(sent, bool):
        sent = call.query.get(condition[0])
    return sent if isinstance(sent, bool) else bool(call.events)
