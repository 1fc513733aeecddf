"""Small cases of requests and streams: headers of parts, and streams that reset their id."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
paths:
  /parts:
    post:
      operationId: parts
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}}
      responses: {"204": {description: ok}}
  /events:
    get:
      operationId: events
      x-fern-streaming: {format: sse, terminator: "[DONE]", resumable: true}
      responses: {"200": {description: ok, content: {text/event-stream: {schema: {type: object, properties: {a: {type: string}}}}}}}
"""
EVENTS = {"Content-Type": "text/event-stream"}


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("edges"), API, layout=request.param) as built:
        yield built


@pytest.fixture(params=["sync", "async"])
def is_async(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


def test_the_headers_of_a_part_stay_as_the_caller_wrote_them(acme: Bench, is_async: bool) -> None:
    headers = {"X-Note": "a"}
    acme.server.default = Reply(204)

    async def upload(file: Any) -> None:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            await client.parts(file=file)

    for kind in ("image/png", "text/plain"):
        file = ("name", b"content", kind, headers)
        asyncio.run(upload(file)) if is_async else acme.client().parts(file=file)
        assert f"Content-Type: {kind}".encode() in acme.server.seen[-1].body
    assert headers == {"X-Note": "a"}


@pytest.mark.parametrize(("field", "sent"), [(b"id: 7", "7"), (b"id", None), (b"id: a\0b", None)])
def test_a_stream_without_an_id_does_not_start_again(
    acme: Bench, is_async: bool, field: bytes, sent: str | None
) -> None:
    """An empty id resets the last one (WHATWG HTML, section 9.2.6)."""
    first = [b"id: 5\n\n" if field == b"id" else b"\n", field + b'\nretry: 1\ndata: {"a":"1"}\n\n']
    second = [b'data: {"a":"2"}\n\ndata: [DONE]\n\n']
    acme.server.seen.clear()
    acme.server.replies = [Reply(200, headers=EVENTS, chunks=chunks) for chunks in (first, second)]
    items: list[str] = []

    async def read() -> None:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            async for item in client.events():
                items.append(item.a)

    if is_async:
        asyncio.run(read())
    else:
        items += [item.a for item in acme.client().events()]
    acme.server.replies.clear()
    assert items == ["1", "2"][: 1 if sent is None else 2]
    seen = [request.headers.get("last-event-id") for request in acme.server.seen]
    assert seen == ([None] if sent is None else [None, sent])
