"""When a request is retried, and after which delay."""

from __future__ import annotations

import email.utils
import functools
import time
from typing import Any

import pytest

from .conftest import Caller
from .libraries import LIBRARIES
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
def test_permanent_failures_are_not_retried(caller: Caller, server: Server, status: int) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(status)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.get("j"))
    assert len(server.seen) == 1


_OWN = (0.75, 1)
"""The delay before the first retry without `Retry-After`."""


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ({"Retry-After": "7"}, 7, 7),
        ({"Retry-After": "0"}, 0, 0),
        ({"Retry-After": "0.5"}, 0.5, 0.5),
        ({"Retry-After": "86400"}, 60, 60),
        ({"Retry-After": "200000000"}, 60, 60),
        ({"Retry-After": "9" * 400}, 60, 60),
        ({"Retry-After": "Wed, 21 Oct 2500 07:28:00 GMT"}, 60, 60),
        ({"retry-after-ms": "250", "Retry-After": "9"}, 0.25, 0.25),
        ({"retry-after-ms": "x", "Retry-After": "9"}, 9, 9),
        ({"X-RateLimit-Reset": "5"}, 5, 5),
        ({}, *_OWN),
        *(
            ({name: text}, *_OWN)
            for name in ("Retry-After", "retry-after-ms", "X-RateLimit-Reset")
            for text in (
                "",
                "soon",
                "-3",
                "+3",
                "nan",
                "inf",
                "1e3",
                "1_0",
                "\u00b2",
                f"Mon, {'9' * 400} Oct 2026 07:28:00 GMT",
                "Mon, 19 Oct 99999 07:28:00 GMT",
                "Mon, 19 Oct 2500 99:28:00 GMT",
                "Wed, 21 Oct 2015 07:28:00 GMT",
            )
        ),
        ({"X-RateLimit-Reset": "1700000000"}, *_OWN),
    ],
)
def test_how_long_it_waits(headers: dict[str, str], low: float, high: float) -> None:
    from acme.core import retries

    lower = {name.lower(): text for name, text in headers.items()}
    assert low <= retries.pause(lower, 0) <= high


def test_it_waits_as_the_server_asks(caller: Caller, server: Server, naps: list[float]) -> None:
    server.replies = [Reply(503, headers={"Retry-After": "7"}), Reply(body=JOB)]
    client = caller.client(base_url=server.url, token="t")
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1" and naps == [7]


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


@pytest.mark.parametrize(
    ("method", "headers", "repeated"),
    [
        ("GET", {}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
        ("PUT", {}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
        ("DELETE", {}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
        ("POST", {}, {429, 503}),
        ("PATCH", {}, {429, 503}),
        ("POST", {"Idempotency-Key": "k"}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
        ("PATCH", {"x-idempotency-key": "k"}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
        ("POST", {"X-Request-Ref": "k"}, {408, 409, 429, 500, 502, 503, "cut", "closed"}),
    ],
)
def test_retried_requests(
    caller: Caller,
    server: Server,
    naps: list[float],
    method: str,
    headers: dict[str, str],
    repeated: set[Any],
) -> None:
    from acme.core.api_error import ApiError

    names = ("x-request-ref",)
    client = caller.client(base_url=server.url, token="t", idempotency_headers=names)

    def call() -> Any:
        return client.jobs._request(object, method, "x", headers=headers, json={"b": 2})

    failures: dict[Any, Reply] = {item: Reply(item) for item in (408, 409, 429, 500, 502, 503)}
    failures["closed"] = Reply(hang_up=True)
    failures["cut"] = Reply(chunks=[b'{"a"'], cut=True)
    for what, failure in failures.items():
        server.seen.clear()
        server.replies = [failure, Reply(body={"a": 1})]
        if what in repeated:
            assert caller.run(call) == {"a": 1}, what
            first, second = server.seen
            assert first == second and first.json == {"b": 2}
        else:
            with pytest.raises((ApiError, LIBRARIES[0].TransportError)):
                caller.run(call)
            assert len(server.seen) == 1, what


def test_a_key_makes_a_request_idempotent(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    server.replies = [Reply(500), Reply(body=JOB), Reply(body=JOB), Reply(body=JOB)]
    client = caller.client(base_url=server.url, token="t", idempotency={"POST": "Idempotency-Key"})
    caller.run(lambda: client.jobs.create(model="m"))
    caller.run(lambda: client.jobs.create(model="m"))
    own = {"additional_headers": {"idempotency-key": "mine"}}
    caller.run(lambda: client.jobs.create(model="m", request_options=own))
    caller.run(lambda: client.jobs.get("j"))
    keys = [seen.headers.get("idempotency-key") for seen in server.seen]
    assert keys[0] == keys[1] != keys[2] and keys[3:] == ["mine", None] and all(keys[:3])


def test_a_post_with_a_response_is_not_repeated(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    from acme.core.api_error import ApiError

    server.replies = [Reply(303, headers={"Location": "/done"})]
    server.default = Reply(503)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.create(model="m"))
    assert [seen.method for seen in server.seen] == ["POST", "GET"]


def test_a_broken_connection_is_tried_again(
    caller: Caller, server: Server, naps: list[float]
) -> None:
    server.replies = [
        Reply(hang_up=True),
        Reply(chunks=[b'{"a"'], cut=True),
        Reply(body=JOB),
    ]
    client = caller.client(base_url=server.url, token="t")
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"
    assert len(server.seen) == 3


def test_a_refused_connection(caller: Caller, naps: list[float]) -> None:
    client = caller.client(base_url="http://127.0.0.1:1", token="t")
    for call in (lambda: client.jobs.get("j"), lambda: client.jobs.create(model="m")):
        naps.clear()
        with pytest.raises(LIBRARIES[0].ConnectError):
            caller.run(call)
        assert len(naps) == 2


def test_an_invalid_url_is_not_retried(caller: Caller, naps: list[float]) -> None:
    client = caller.client(base_url="gopher://x", token="t")
    with pytest.raises(LIBRARIES[0].UnsupportedProtocol):
        caller.run(lambda: client.jobs.get("j"))
    assert naps == []


def test_a_timeout_is_tried_again(caller: Caller, library: Any, naps: list[float]) -> None:
    calls: list[Any] = []

    def respond(request: Any) -> Any:
        calls.append(request)
        if len(calls) == 1:
            raise library.ReadTimeout("slow", request=request)
        return library.Response(200, json=JOB)

    http = caller.http(library, transport=library.MockTransport(respond))
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
