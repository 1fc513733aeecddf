"""Successful responses: examples of the description, or values generated from schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .. import ir
from ..examples.example_calls import ExampleCalls, thawed
from .messages import Response, json_response
from .property_paths import is_object
from .values import SeededValues

EVENTS = 3
"""The number of events of a stream without an example."""


class Results:
    """Creates the successful responses of one API."""

    def __init__(self, example_calls: ExampleCalls, values: SeededValues) -> None:
        self._exchanges = example_calls
        self._values = values
        self._bodies: dict[str, str] = {}

    def has_example(self, endpoint: ir.Endpoint) -> bool:
        """Whether the description has an example of the response."""
        call = self._exchanges.call(endpoint)
        return call.response is not None or bool(call.events)

    def value(self, endpoint: ir.Endpoint) -> object:
        """The body of a JSON response, different for each call."""
        known = self._bodies.get(endpoint.id)
        if known is None:
            type_ = endpoint.result.type or ir.Unknown()
            if self.has_example(endpoint):
                body = thawed(self._exchanges.response(endpoint))
            else:
                body = self._values.value(type_, "", endpoint.id)
            known = self._bodies[endpoint.id] = json.dumps(body)
        copied: object = json.loads(known)
        return copied

    def of(self, type_: ir.Type, key: str) -> object:
        """A value of a type, different for each key."""
        return self._values.value(type_, "", key)

    def plain(self, endpoint: ir.Endpoint, request_path: str) -> Response | None:
        """The response of an endpoint whose result is not JSON; None if it is JSON."""
        result = endpoint.result
        status = success_status(endpoint)
        headers = self.headers(endpoint)
        if endpoint.streaming is not None:
            return self._stream(endpoint, endpoint.streaming, status, headers)
        if result.kind == "none":
            return Response(status, None, (), headers)
        if result.kind == "json" and result.type is not None:
            return None
        call = self._exchanges.call(endpoint)
        example = call.response.value if call.response is not None else None
        text = example if isinstance(example, str) else self._text(endpoint, request_path)
        default = "text/plain" if result.kind == "text" else "application/octet-stream"
        return Response(status, _concrete(result.content_type, default), (text.encode(),), headers)

    def json(self, endpoint: ir.Endpoint, value: object) -> Response:
        """A JSON response of an endpoint."""
        return json_response(success_status(endpoint), value, self.headers(endpoint))

    def headers(self, endpoint: ir.Endpoint) -> dict[str, str]:
        """The headers of all such responses."""
        return self._values.headers(endpoint.result.headers, endpoint.id)

    def _text(self, endpoint: ir.Endpoint, path: str) -> str:
        random = self._values.random(f"{endpoint.id}/{path}")
        return "".join(f"line {n}: {random.getrandbits(64):016x}\n" for n in range(1, 9))

    def _stream(
        self,
        endpoint: ir.Endpoint,
        streaming: ir.Streaming,
        status: int,
        headers: dict[str, str],
    ) -> Response:
        kinds = {"text": "text/plain", "json": "application/x-ndjson", "sse": "text/event-stream"}
        chunks = tuple(chunk.encode() for chunk in self._chunks(endpoint, streaming))
        return Response(status, kinds[streaming.format], chunks, headers, streamed=True)

    def _chunks(self, endpoint: ir.Endpoint, streaming: ir.Streaming) -> Iterator[str]:
        events = self._events(endpoint)
        if streaming.format == "text":
            yield from (f"{event}\n" for event in events)
            return
        if streaming.format == "json":
            yield from (f"{json.dumps(event)}\n" for event in events)
            return
        context = self._event_property(endpoint)
        for number, event in enumerate(events, 1):
            name = event.pop(context, None) if context and is_object(event) else None
            head = f"event: {name}\n" if name else ""
            head += f"id: {number}\n" if streaming.resumable else ""
            yield f"{head}data: {json.dumps(event)}\n\n"
        if streaming.terminator:
            yield f"data: {streaming.terminator}\n\n"

    def _events(self, endpoint: ir.Endpoint) -> list[object]:
        if self.has_example(endpoint):
            return [thawed(event) for event in self._exchanges.events(endpoint)]
        type_ = endpoint.result.type or ir.Primitive("string")
        target = self._exchanges.matcher.resolved(type_)
        keys = range(1, EVENTS + 1)
        if isinstance(target, ir.Union) and target.discriminator is not None:
            # One event of each variant, in the order of the description.
            events: list[object] = []
            for variant in target.variants:
                event = self._values.variant(target, variant, f"{endpoint.id}/{variant.tag}")
                events.append(event)
            return events
        return [self._values.value(type_, "event", f"{endpoint.id}/event/{n}") for n in keys]

    def _event_property(self, endpoint: ir.Endpoint) -> str | None:
        """The property that is sent in the `event:` line, if there is one."""
        type_ = endpoint.result.type
        union = self._exchanges.matcher.resolved(type_) if type_ else None
        discriminator = union.discriminator if isinstance(union, ir.Union) else None
        return (
            discriminator.property
            if discriminator and discriminator.context == "protocol"
            else None
        )


def success_status(endpoint: ir.Endpoint) -> int:
    """The success status; the first one of a range such as 2XX."""
    status = endpoint.result.status
    return int(status) if status.isdecimal() else 200


def _concrete(content_type: str | None, default: str) -> str:
    return default if not content_type or "*" in content_type else content_type
