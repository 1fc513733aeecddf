"""When a request is tried again, and for how long it waits."""

from __future__ import annotations

import email.utils
import functools
import time
from typing import Any

import httpx
import pytest

from .conftest import Caller
from .server import Reply, Server

JOB = {"job_id": "j1", "status": "complete", "created_at": "2024-04-10T14:22:35Z"}


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503, 599])
def test_attempts_are_retries_and_one(
    caller: Caller, server: Server, naps: list[float], status: int
) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(status)
    for retries in (0, 1, 2, 3):
        server.seen.clear()
        client = caller.client(base_url=server.url, token="t", max_retries=retries)
        with pytest.raises(ApiError):
            caller.run(functools.partial(client.jobs.get, "j"))
        assert len(server.seen) == retries + 1
    server.seen.clear()
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.get("j", request_options={"max_retries": 1}))
    assert len(server.seen) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_what_cannot_help_is_not_tried(caller: Caller, server: Server, status: int) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(status)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.get("j"))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"Retry-After": "7"}, 7, 7),
        ({"Retry-After": "0"}, 0, 0),
        ({"Retry-After": "-3"}, 0, 0),
        ({"Retry-After": "0.5"}, 0.5, 0.5),
        ({"Retry-After": "86400"}, 60, 60),
        ({"Retry-After": "nan"}, 0, 0),
        ({"retry-after-ms": "250", "Retry-After": "9"}, 0.25, 0.25),
        ({"retry-after-ms": "x", "Retry-After": "9"}, 9, 9),
        ({"Retry-After": "soon"}, 0.75, 1),
        ({}, 0.75, 1),
        ({"X-RateLimit-Reset": "5"}, 5, 5),
    ],
)
def test_how_long_it_waits(
    caller: Caller,
    server: Server,
    naps: list[float],
    headers: dict[str, str],
    low: float,
    high: float,
) -> None:
    server.replies = [Reply(503, headers=headers), Reply(body=JOB)]
    client = caller.client(base_url=server.url, token="t")
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"
    [nap] = naps
    assert low <= nap <= high


def test_a_date_to_wait_for(caller: Caller, server: Server, naps: list[float]) -> None:
    date = email.utils.formatdate(time.time() + 30, usegmt=True)
    reset = {"X-RateLimit-Reset": str(time.time() + 20)}
    server.replies = [
        Reply(429, headers={"Retry-After": date}),
        Reply(429, headers=reset),
    ]
    server.default = Reply(body=JOB)
    client = caller.client(base_url=server.url, token="t")
    caller.run(lambda: client.jobs.get("j"))
    assert 25 < naps[0] <= 30 and 15 < naps[1] <= 20


def test_waits_grow(caller: Caller, server: Server, naps: list[float]) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(500)
    client = caller.client(base_url=server.url, token="t", max_retries=8)
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.get("j"))
    for attempt, nap in enumerate(naps):
        longest = min(2.0**attempt, 60)
        assert 0.75 * longest <= nap <= longest


def test_a_broken_connection_is_tried_again(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    server.replies = [
        Reply(hang_up=True),
        Reply(chunks=[b'{"a"'], cut=True),
        Reply(body=JOB),
    ]
    client = caller.client(base_url=server.url, token="t")
    assert caller.run(lambda: client.jobs.create(model="m")).job_id == "j1"
    assert [seen.json for seen in server.seen] == [{"model": "m"}] * 3


def test_a_refused_connection(caller: Caller, naps: list[float]) -> None:
    client = caller.client(base_url="http://127.0.0.1:1", token="t")
    with pytest.raises(httpx.ConnectError):
        caller.run(lambda: client.jobs.get("j"))
    assert len(naps) == 2


def test_what_is_no_url_is_not_tried_again(caller: Caller, naps: list[float]) -> None:
    client = caller.client(base_url="gopher://x", token="t")
    with pytest.raises(httpx.UnsupportedProtocol):
        caller.run(lambda: client.jobs.get("j"))
    assert naps == []


def test_a_timeout_is_tried_again(caller: Caller, naps: list[float]) -> None:
    calls: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        if len(calls) == 1:
            raise httpx.ReadTimeout("slow", request=request)
        return httpx.Response(200, json=JOB)

    kind = httpx.AsyncClient if caller.is_async else httpx.Client
    http = kind(transport=httpx.MockTransport(answer))
    client = caller.client(token="t", httpx_client=http)
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"


def test_an_iterator_is_sent_once(caller: Caller, server: Server, naps: list[float]) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(503)
    client = caller.client(base_url=server.url, token="t")

    def pieces() -> Any:
        yield b"ab"
        yield b"c"

    async def async_pieces() -> Any:
        for piece in pieces():
            yield piece

    content = async_pieces() if caller.is_async else pieces()
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs._request(object, "POST", "x", content=content))
    [seen] = server.seen
    assert seen.body == b"abc" and seen.headers["content-type"] == "application/octet-stream"


def test_an_endpoint_may_forbid_it(caller: Caller, server: Server, naps: list[float]) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(503)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs._request(object, "GET", "x", retries=False))
    assert len(server.seen) == 1
