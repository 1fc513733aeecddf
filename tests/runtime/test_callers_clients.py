"""HTTP clients of the caller: cancelled calls, hooks, credentials, proxies, cookies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Caller
from .server import Reply, Server

JOB = {"job_id": "j1", "status": "complete", "created_at": "2024-04-10T14:22:35Z"}


@pytest.fixture
def async_caller() -> Iterator[Caller]:
    caller = Caller("async")
    yield caller
    caller.close()


def test_a_call_that_is_cancelled_ends_at_once(
    caller: Caller, library: Any, server: Server, naps: list[float]
) -> None:
    """It is not retried, and the client can still be used."""
    started: list[Any] = []
    base: Any = library.AsyncBaseTransport if caller.is_async else library.BaseTransport
    inner = (library.AsyncHTTPTransport if caller.is_async else library.HTTPTransport)()

    class Transport(base):  # type: ignore[misc]  # of either kind
        def handle_request(self, request: Any) -> Any:
            started.append(request)
            if len(started) == 1:
                raise KeyboardInterrupt
            return inner.handle_request(request)

        async def handle_async_request(self, request: Any) -> Any:
            started.append(request)
            if len(started) == 1:
                await asyncio.sleep(60)
            return await inner.handle_async_request(request)

        def close(self) -> None:
            inner.close()

        async def aclose(self) -> None:
            await inner.aclose()

    http = caller.http(library, transport=Transport())
    client = caller.client(base_url=server.url, token="t", httpx_client=http)

    async def cancelled() -> Any:
        call = asyncio.ensure_future(client.jobs.get("j"))
        while not started:
            await asyncio.sleep(0)
        call.cancel()
        return await call

    with pytest.raises(asyncio.CancelledError if caller.is_async else KeyboardInterrupt):
        caller.run(cancelled if caller.is_async else lambda: client.jobs.get("j"))
    assert len(started) == 1 and naps == [] and server.seen == []
    server.default = Reply(body=JOB)
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"


def test_a_cancelled_response_leaves_no_connection_behind(
    async_caller: Caller, library: Any, server: Server
) -> None:
    """Only asynchronous clients, because a synchronous call cannot be cancelled while it waits."""
    caller = async_caller
    http = caller.http(library, limits=library.Limits(max_connections=1))
    client = caller.client(base_url=server.url, token="t", httpx_client=http)
    waiting = asyncio.Event()

    async def notice(_: Any) -> None:
        waiting.set()
        await asyncio.sleep(60)

    http.event_hooks = {"response": [notice]}

    async def cancelled() -> None:
        call = asyncio.ensure_future(client.jobs.get("j"))
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    caller.run(cancelled)
    http.event_hooks = {}
    server.default = Reply(body=JOB)
    # The pool has only one connection, so this call would wait for it forever.
    options = {"timeout": library.Timeout(5)}
    assert caller.run(lambda: client.jobs.get("j", request_options=options)).job_id == "j1"


def test_hooks_credentials_and_cookies_of_the_callers_client(
    caller: Caller, library: Any, server: Server, naps: list[float]
) -> None:
    results: list[str] = []

    def on_request(request: Any) -> None:
        results.append(f"{request.method} {request.url.path}")

    def on_response(response: Any) -> None:
        results.append(f"{response.status_code}")

    async def on_async_request(request: Any) -> None:
        on_request(request)

    async def on_async_response(response: Any) -> None:
        on_response(response)

    hooks: dict[str, list[Any]] = {"request": [on_request], "response": [on_response]}
    if caller.is_async:
        hooks = {"request": [on_async_request], "response": [on_async_response]}
    http = caller.http(
        library,
        auth=library.BasicAuth("u", "p"),
        cookies={"own": "c"},
        event_hooks=hooks,
        follow_redirects=True,
    )
    server.replies = [Reply(503), Reply(307, headers={"Location": "/again"}), Reply(body=JOB)]
    client = caller.client(base_url=server.url, token="t", httpx_client=http)
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"
    first = "GET /v1/jobs/j"
    assert results == [first, "503", first, "307", "GET /again", "200"]
    assert len(naps) == 1
    # The auth object of a client takes precedence over the header of the package, as in the
    # libraries.
    assert {seen.headers["authorization"] for seen in server.seen} == {"Basic dTpw"}
    assert {seen.headers["cookie"] for seen in server.seen} == {"own=c"}


def test_a_proxy_of_the_callers_client(caller: Caller, library: Any, server: Server) -> None:
    """The test server is the proxy for a host that does not exist."""
    http = caller.http(library, proxy=server.url)
    server.default = Reply(body=JOB)
    client = caller.client(base_url="http://api.invalid", token="t", httpx_client=http)
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"
    assert [seen.target for seen in server.seen] == ["http://api.invalid/v1/jobs/j"]


def test_a_proxy_of_the_environment(
    caller: Caller, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client that the package creates uses it, as the libraries' own clients do."""
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("http_proxy", server.url)
    server.default = Reply(body=JOB)
    client = caller.client(base_url="http://api.invalid", token="t")
    assert caller.run(lambda: client.jobs.get("j")).job_id == "j1"
    assert [seen.target for seen in server.seen] == ["http://api.invalid/v1/jobs/j"]


@pytest.mark.parametrize("wrong", ["5", object(), [5], {"read": 5}])
def test_a_timeout_that_is_none(caller: Caller, library: Any, wrong: Any) -> None:
    with pytest.raises(TypeError, match="timeout: expected seconds or a Timeout"):
        caller.client(token="t", timeout=wrong)
