"""The example of each method, which fake clients return with `examples=True`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import cast

from ... import ir, queries
from ...examples.example_calls import ExampleCalls, thawed
from ...package import Method, Resource
from ...recording import part
from ..context import Context


def example_lines(
    context: Context, resources: Sequence[Resource], example_calls: ExampleCalls
) -> tuple[str, ...]:
    """The example of each method as a line of JSON, sorted, so that a change affects only one line."""
    result = examples(context, resources, example_calls)
    return tuple(example_line(method, result[method]) for method in sorted(result))


def example_line(method: str, response: object) -> str:
    """The example of one method, by its path."""
    return json.dumps({"method": method, "response": response}, ensure_ascii=False)


def examples(
    context: Context, resources: Sequence[Resource], example_calls: ExampleCalls
) -> dict[str, object]:
    """The body of the response of each method by its path: the example of the description, or a
    generated one. For a stream, it is the list of events."""
    result: dict[str, object] = {}
    for key, kind, endpoint in examples_of(context, resources):
        with part(context.api.declarations, f"{EXAMPLE}{key}"):
            result[key] = example(kind, endpoint, example_calls)
    return result


EXAMPLE = "example of "
"""The prefix of a method's path in the names of recorded dependencies of its example."""


def examples_of(
    context: Context, resources: Sequence[Resource]
) -> Iterator[tuple[str, str, ir.Endpoint]]:
    """The methods with an example: path, kind and endpoint."""
    for resource, method, endpoint in requesting(context, resources):
        waits = method.kind == "wait" and endpoint.waiter is not None
        if method.kind == "stream" or endpoint.result.kind != "none" or waits:
            yield ".".join((*resource.attribute, method.name)), method.kind, endpoint


def requesting(
    context: Context, resources: Sequence[Resource]
) -> Iterator[tuple[Resource, Method, ir.Endpoint]]:
    """Each method that sends a request, with its endpoint; without duplicates for old names."""
    endpoints = {request.id: request for request in queries.requests(context.api.root)}
    for resource in resources:
        for method in resource.methods:
            endpoint = endpoints.get(method.id.removesuffix("#wait"))
            if endpoint is not None and method.alias_of is None and method.kind != "socket":
                yield resource, method, endpoint


def example(kind: str, endpoint: ir.Endpoint, example_calls: ExampleCalls) -> object:
    """The body of the response of one method of a kind."""
    value: object = None
    if kind == "stream":
        value = [thawed(event) for event in example_calls.events(endpoint)]
    elif endpoint.result.kind != "none":
        value = thawed(example_calls.response(endpoint))
    if kind == "wait" and endpoint.waiter is not None:
        value = _with(value, endpoint.waiter.property, endpoint.waiter.success[0])
    return value


def _with(value: object, path: tuple[str, ...], new: object) -> object:
    if not path:
        return new
    members = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return {**members, path[0]: _with(members.get(path[0]), path[1:], new)}
