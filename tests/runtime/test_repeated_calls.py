"""Calls that repeat the headers of a call before them, which are merged only once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from .conftest import Caller

JOB = {"job_id": "j1", "status": "complete", "created_at": "2024-04-10T14:22:35Z"}
Options = dict[str, Any]
Change = Callable[[Any, Any], Options | None]


class Bench:
    """A client of the caller's HTTP client, whose requests are recorded in place of sent."""

    def __init__(self, caller: Caller, library: Any, **settings: Any) -> None:
        self.requests: list[Any] = []
        self._caller, self._library = caller, library
        transport = library.MockTransport(self._respond)
        self.http = caller.http(library, transport=transport, **settings)
        self.client = self.fresh_client()

    def fresh_client(self, base_url: str = "https://api.test") -> Any:
        return self._caller.client(base_url=base_url, token="t", httpx_client=self.http)

    def _respond(self, request: Any) -> Any:
        self.requests.append(request)
        return self._library.Response(200, json=JOB)

    def get(self, client: Any, options: Options | None = None) -> Any:
        """What a call sends: the method, URL, headers, body and timeout."""
        self._caller.run(lambda: client.jobs.get("j", request_options=options))
        sent = self.requests[-1]
        return sent.method, sent.url, sent.headers.raw, sent.content, sent.extensions


def _sign(library: Any, http: Any) -> None:
    merge = http.build_request

    def build_request(*args: Any, **kwargs: Any) -> Any:
        request = merge(*args, **kwargs)
        request.headers["X-Signature"] = "s"
        return request

    http.build_request = build_request


CHANGES: dict[str, Change] = {
    "nothing": lambda library, http: None,
    "a header of the HTTP client": lambda library, http: http.headers.update({"X-A": "1"}),
    "a removed header": lambda library, http: http.headers.pop("Accept-Encoding") and None,
    "a cookie": lambda library, http: http.cookies.set("c", "1"),
    "parameters": lambda library, http: setattr(http, "params", {"p": "1"}),
    "the timeout": lambda library, http: setattr(http, "timeout", library.Timeout(3)),
    "the same timeout": lambda library, http: setattr(http.timeout, "read", 3),
    "a signature": _sign,
    "a header of the call": lambda library, http: {"additional_headers": {"X-A": "1"}},
    "no header of the call": lambda library, http: {"additional_headers": {"Accept": None}},
    "a timeout of the call": lambda library, http: {"timeout": 3},
    "no timeout of the call": lambda library, http: {"timeout": None},
    "a parameter of the call": lambda library, http: {"additional_query_parameters": {"a": 1}},
    "a body of the call": lambda library, http: {"additional_body_parameters": {"a": 1}},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_repeated_call_sends_what_a_first_call_sends(
    caller: Caller, library: Any, change: str
) -> None:
    """Also after a change of the HTTP client, or of the options."""
    bench = Bench(caller, library)
    before = bench.get(bench.client)
    assert bench.get(bench.client) == before
    options = CHANGES[change](library, bench.http)
    after = bench.get(bench.client, options)
    assert after == bench.get(bench.fresh_client(), options)
    assert (after == before) is (change == "nothing")
    assert bench.get(bench.client, options) == after


def test_the_headers_of_a_repeated_call_are_merged_once(caller: Caller, library: Any) -> None:
    bench = Bench(caller, library)
    builds: list[str] = []

    def count(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name == "build_request":
            builds.append(event)

    sys.setprofile(count)
    try:
        for _ in range(3):
            bench.get(bench.client)
    finally:
        sys.setprofile(None)
    assert len(builds) == 1


def test_hooks_change_only_their_own_request(caller: Caller, library: Any) -> None:
    bench = Bench(caller, library)
    numbers = iter(range(9))

    def on_request(request: Any) -> None:
        number, content = next(numbers), request.content
        request.headers[f"X-{number}"] = "1"
        request.extensions["timeout"]["read"] = number
        assert content == b""

    async def on_async_request(request: Any) -> None:
        on_request(request)

    bench.http.event_hooks = {"request": [on_async_request if caller.is_async else on_request]}
    for number in range(3):
        _, _, headers, _, extensions = bench.get(bench.client)
        assert [name for name, _ in headers if name.startswith(b"X-")] == [b"X-%d" % number]
        assert extensions["timeout"]["read"] == number and extensions["timeout"]["write"] == 5


def test_an_http_client_that_builds_its_requests(caller: Caller, library: Any) -> None:
    """A class of the caller that has its own `build_request` builds all of them."""
    base: Any = library.AsyncClient if caller.is_async else library.Client
    numbers = iter(range(9))

    class Signing(base):  # type: ignore[misc]  # of either kind
        def build_request(self, *args: Any, **kwargs: Any) -> Any:
            request = super().build_request(*args, **kwargs)
            request.headers["X-Number"] = str(next(numbers))
            return request

    bench = Bench(caller, library)
    bench.http.__class__ = Signing
    for number in range(3):
        bench.get(bench.client)
        assert bench.requests[-1].headers["X-Number"] == f"{number}"


def test_a_cookie_of_a_response_is_in_the_next_request(caller: Caller, library: Any) -> None:
    """The path of a cookie decides to which URLs it is sent."""

    def respond(request: Any) -> Any:
        sent.append(request.headers.get("cookie"))
        return library.Response(200, json=JOB, headers={"set-cookie": "c=1; Path=/v1/jobs/a"})

    sent: list[str | None] = []
    http = caller.http(library, transport=library.MockTransport(respond))
    client = caller.client(base_url="https://api.test", token="t", httpx_client=http)
    for id in ("b", "b", "a", "b"):
        caller.run(lambda id=id: client.jobs.get(id))
    assert sent == [None, None, "c=1", None]


def test_base_urls_of_the_http_client_and_of_hosts(caller: Caller, library: Any) -> None:
    bench = Bench(caller, library, base_url="https://one.test/base")
    for base_url, url in (
        ("/api", "https://one.test/base/api/v1/jobs/j"),
        ("https://two.test", "https://two.test/v1/jobs/j"),
    ):
        client = bench.fresh_client(base_url)
        for _ in range(3):
            bench.get(client)
            assert str(bench.requests[-1].url) == url
            assert bench.requests[-1].headers["host"] == url.split("/")[2]
    client = bench.fresh_client()
    for host in ("a.test", "b.test", "a.test"):
        client._client_wrapper.settings["base_url"] = f"https://{host}"
        bench.get(client)
        assert bench.requests[-1].headers["host"] == host


def test_a_token_of_a_function_is_asked_for_each_call(caller: Caller, library: Any) -> None:
    bench = Bench(caller, library)
    tokens = iter("aabb")
    client = caller.client(
        base_url="https://api.test", token=lambda: next(tokens), httpx_client=bench.http
    )
    for token in "aabb":
        bench.get(client)
        assert bench.requests[-1].headers["authorization"] == f"Bearer {token}"


@pytest.mark.parametrize("text", ["a\nb", " a", "ü\r"])
def test_a_header_is_checked_in_a_repeated_call(caller: Caller, library: Any, text: str) -> None:
    bench = Bench(caller, library)
    bench.get(bench.client)
    for _ in range(2):
        with pytest.raises(ValueError, match="the header 'X-A' has characters"):
            bench.get(bench.client, {"additional_headers": {"X-A": text}})
    assert len(bench.requests) == 1
