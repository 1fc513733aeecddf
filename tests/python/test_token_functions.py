"""A credential that is a function is called for each attempt of a request, as in Fern's packages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
security: [{bearer: []}]
paths:
  /jobs:
    get: {operationId: list, responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}}
    post:
      operationId: create
      requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}}
      responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
    put:
      operationId: upload
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}}
      responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /events:
    get:
      operationId: events
      x-fern-streaming: {format: sse}
      responses: {"200": {content: {text/event-stream: {schema: {type: object, properties: {n: {type: integer}}}}}}}
  /query:
    get: {operationId: query, security: [{inQuery: []}], responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    inQuery: {type: apiKey, in: query, name: key}
"""
ONE_SCHEME = API.replace("inQuery: []", "bearer: []").replace(
    "    inQuery: {type: apiKey, in: query, name: key}\n", ""
)
BUSY = Reply(503, {}, {"Retry-After": "0"})


LAYOUTS = ("compact", "fern")


@pytest.fixture(scope="module", params=[(text, x) for text in (API, ONE_SCHEME) for x in LAYOUTS])
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """A client whose calls have the credentials of their operation, or those of the API."""
    text, layout = request.param
    settings = f'layout = "{layout}"\n'
    with bench(tmp_path_factory.mktemp("tokens"), text, settings) as built:
        yield built


@pytest.fixture(params=["sync", "async", "async function"])
def call(acme: Bench, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Call a method of a client whose credentials are functions: `t0`, `t1` and so on."""

    def call(method: str, **arguments: Any) -> list[Any]:
        numbers = count()
        acme.server.seen.clear()

        def token() -> str:
            return f"t{next(numbers)}"

        async def later() -> str:
            return token()

        name = "api_key" if method == "query" else "token"
        # A key in a query cannot be an asynchronous function.
        is_later = request.param == "async function" and name == "token"
        keys: dict[str, Any] = {name: later if is_later else token}
        if request.param == "sync":
            return [*getattr(acme.client(**keys), method)(**arguments)]

        async def run() -> list[Any]:
            client = acme.package.AsyncAcmeClient(base_url=acme.server.url, **keys)
            try:
                result = getattr(client, method)(**arguments)
                if hasattr(result, "__anext__"):
                    return [item async for item in result]
                return list(await result)
            finally:
                await client._client_wrapper.client.aclose()

        return asyncio.run(run())

    return call


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("list", {}), ("create", {"size": 3}), ("upload", {"file": b"content"})],
)
def test_each_attempt_has_a_token_of_its_own(
    acme: Bench, call: Callable[..., Any], method: str, arguments: dict[str, Any]
) -> None:
    acme.server.replies = [BUSY, BUSY, Reply(body=["a"])]
    assert call(method, **arguments) == ["a"]
    sent = [request.headers["authorization"] for request in acme.server.seen]
    assert sent == ["Bearer t0", "Bearer t1", "Bearer t2"]
    expected = {"list": b"", "create": b'{"size":3}', "upload": b"\r\ncontent\r\n"}[method]
    assert all(expected in request.body for request in acme.server.seen)


def test_attempts_of_a_stream(acme: Bench, call: Callable[..., Any]) -> None:
    events = Reply(chunks=[b'data: {"n": 1}\n\n'], headers={"Content-Type": "text/event-stream"})
    acme.server.replies = [BUSY, events]
    assert [item.n for item in call("events")] == [1]
    sent = [request.headers["authorization"] for request in acme.server.seen]
    assert sent == ["Bearer t0", "Bearer t1"]


@pytest.mark.parametrize("acme", [(API, layout) for layout in LAYOUTS], indirect=True)
def test_attempts_with_a_key_in_the_query(acme: Bench, call: Callable[..., Any]) -> None:
    acme.server.replies = [BUSY, Reply(body=["a"])]
    assert call("query") == ["a"]
    sent = [parse_qs(urlsplit(request.target).query) for request in acme.server.seen]
    assert sent == [{"key": ["t0"]}, {"key": ["t1"]}]
