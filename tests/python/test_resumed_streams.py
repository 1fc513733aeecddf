"""Streams of events that are resumed after a lost connection (HTML standard, section 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
paths:
  /feed:
    post:
      operationId: feed
      x-fern-streaming: {format: sse, terminator: "[DONE]", resumable: true}
      responses:
        "200": {description: ok, content: {text/event-stream: {schema: {$ref: '#/components/schemas/Item'}}}}
components:
  schemas:
    Item: {type: object, required: [n], properties: {n: {type: integer}}}
"""
DONE = b"data: [DONE]\n\n"


def event(n: int, id: str | None = None) -> bytes:
    return f'id: {n if id is None else id}\ndata: {{"n": {n}}}\n\n'.encode()


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("feed"), API, layout=request.param) as built:
        wrapper = built.module("core.connection").ClientWrapper

        async def at_once(self: Any, seconds: float) -> None:
            pass

        wrapper.sleep = at_once
        yield built


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def items(acme: Bench, kind: str, *replies: Reply, **options: Any) -> list[int]:
    """The items of the stream whose connections have these replies."""
    remaining = iter(replies)
    acme.server.seen.clear()
    acme.server.handler = lambda seen: next(remaining)
    if kind == "sync":
        with acme.client() as client:
            return [item.n for item in client.feed(request_options=options)]

    async def read() -> list[int]:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            return [item.n async for item in client.feed(request_options=options)]

    return asyncio.run(read())


def resumed_after(acme: Bench) -> list[str | None]:
    return [seen.headers.get("last-event-id") for seen in acme.server.seen]


@pytest.mark.parametrize(
    "incomplete",
    [b'id: 2\ndata: {"n": 2', b'id: 2\ndata: {"n": 2}\n', b"id: 2\n", b"event: x\nid", b"\xc3"],
)
def test_an_incomplete_event_is_dropped(acme: Bench, kind: str, incomplete: bytes) -> None:
    """It is sent again, because the server does not know that it got lost."""
    first = Reply(chunks=[event(1), incomplete], cut=True)
    assert items(acme, kind, first, Reply(chunks=[event(2), DONE])) == [1, 2]
    assert resumed_after(acme) == [None, "1"]


def test_each_connection_may_begin_with_a_byte_order_mark(acme: Bench, kind: str) -> None:
    second = Reply(chunks=[b"\xef\xbb\xbf", event(2), DONE])
    assert items(acme, kind, Reply(chunks=[event(1)], cut=True), second) == [1, 2]


def test_an_event_without_data_has_an_id(acme: Bench, kind: str) -> None:
    first = Reply(chunks=[event(1), b"id: 9\n\n"], cut=True)
    assert items(acme, kind, first, Reply(chunks=[event(2), DONE])) == [1, 2]
    assert resumed_after(acme) == [None, "9"]


def test_spaces_around_an_id(acme: Bench, kind: str) -> None:
    """HTTP has no spaces around a header value."""
    first = Reply(chunks=[event(1, " a b ")], cut=True)
    assert items(acme, kind, first, Reply(chunks=[event(2), DONE])) == [1, 2]
    assert resumed_after(acme) == [None, "a b"]


@pytest.mark.parametrize("id", ["a\x01b", "\x7f", "\x1c", "a\x0b"])
def test_an_id_that_http_cannot_send(acme: Bench, kind: str, id: str) -> None:
    """The server cannot learn where the stream was lost, so it is not resumed."""
    with pytest.raises(acme.module("core.streaming").StreamError):
        items(acme, kind, Reply(chunks=[event(1), event(2, id)], cut=True))
    assert resumed_after(acme) == [None]


def test_a_connection_that_fails_is_one_attempt(acme: Bench, kind: str) -> None:
    first, last = Reply(chunks=[event(1)], cut=True), Reply(chunks=[event(2), DONE])
    assert items(acme, kind, first, *[Reply(hang_up=True)] * 4, last) == [1, 2]
    assert resumed_after(acme) == [None, *["1"] * 5]
    with pytest.raises(acme.module("core.streaming").StreamError) as raised:
        items(acme, kind, first, *[Reply(hang_up=True)] * 9, max_stream_reconnection_attempts=2)
    assert raised.value.__cause__ is not None and resumed_after(acme) == [None, "1", "1"]


def test_no_content_ends_the_stream(
    acme: Bench, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = Reply(chunks=[event(1)], cut=True)
    assert items(acme, kind, first, Reply(204)) == [1]
    assert resumed_after(acme) == [None, "1"] and not caplog.records


def test_an_error_response_is_raised(acme: Bench, kind: str) -> None:
    error = acme.module("core.api_error").ApiError
    with pytest.raises(error) as raised:
        items(acme, kind, Reply(chunks=[event(1)], cut=True), Reply(404, {"gone": True}))
    assert raised.value.status_code == 404


def test_the_first_request_that_fails(acme: Bench, kind: str) -> None:
    with acme.client() as client:
        error = client._client_wrapper.library.TransportError
    with pytest.raises(error):
        items(acme, kind, Reply(hang_up=True))
    assert len(acme.server.seen) == 1  # a POST is not repeated
