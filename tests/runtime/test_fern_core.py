"""Names in `core` that hand-written code and tests of Fern's users import."""

from __future__ import annotations

import asyncio
import datetime as dt
from types import ModuleType
from typing import Any, cast
from unittest.mock import AsyncMock, MagicMock, patch

import httpx
import pydantic
import pytest

from .server import Reply, Server

EVENTS = b'event: a\ndata: {"n": 1}\nid: 7\n\n: a comment\n\ndata: b\ndata: c\n\ndata: last'


def _streaming(content_type: str) -> httpx.MockTransport:
    def respond(request: httpx.Request) -> httpx.Response:
        assert request.headers["accept"] == "text/event-stream"
        return httpx.Response(200, headers={"content-type": content_type}, content=EVENTS)

    return httpx.MockTransport(respond)


@pytest.mark.parametrize("charset", ["utf-8", "no-such-charset", "hex", "idna"])
def test_events_of_a_client_of_ones_own(core: ModuleType, charset: str) -> None:
    from fernlike.core.http_sse import EventSource, ServerSentEvent, aconnect_sse, connect_sse

    expected = [
        ServerSentEvent(event="a", data='{"n": 1}', id="7"),
        ServerSentEvent(data="b\nc", id="7"),
        ServerSentEvent(data="last", id="7"),
    ]
    transport = _streaming(f"text/event-stream; charset={charset}")
    client = httpx.Client(transport=transport)
    with connect_sse(client, "GET", "http://x", headers={"a": "b"}) as source:
        assert isinstance(source, EventSource) and source.response.status_code == 200
        assert list(source.iter_sse()) == expected
    assert expected[0].json() == {"n": 1}

    async def later() -> list[Any]:
        async with (
            httpx.AsyncClient(transport=transport) as own,
            aconnect_sse(own, "GET", "http://x") as source,
        ):
            return [item async for item in source.aiter_sse()]

    assert asyncio.run(later()) == expected
    other = httpx.Client(transport=_streaming("text/html"))
    with (
        connect_sse(other, "GET", "http://x") as source,
        pytest.raises(core.SSEError, match="text/html") as raised,
    ):
        next(source.iter_sse())
    assert isinstance(raised.value, httpx.TransportError)


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_a_stream_is_resumed_after_a_lost_connection(core: ModuleType, is_async: bool) -> None:
    """`reconnect` opens the next response, with the id of the last event."""
    from fernlike.core.http_sse import EventSource

    server = Server()
    events = {"content-type": "text/event-stream"}
    first = [b"id: 1\nretry: 1\ndata: a\n\n", b"id: 2\ndata: lost"]
    server.replies = [
        Reply(headers=events, chunks=first, cut=True),
        Reply(status=503),
        Reply(headers={"content-type": "text/html"}, chunks=[b"<html>"]),
        Reply(headers=events, chunks=[b"id: 2\ndata: b\n\n"], cut=True),
    ]
    server.default = Reply(status=204)
    options: Any = {"resumable": True, "max_stream_reconnection_attempts": 3}

    def headers(last_id: str) -> dict[str, str]:
        return {"Last-Event-ID": last_id}

    def read() -> list[str]:
        with httpx.Client() as client, client.stream("GET", server.url) as response:
            source = EventSource(
                response,
                stream_terminator="[DONE]",
                reconnect=lambda id_: client.stream("GET", server.url, headers=headers(id_)),
                **options,
            )
            return [item.data for item in source.iter_sse()]

    async def aread() -> list[str]:
        async with (
            httpx.AsyncClient() as client,
            client.stream("GET", server.url) as response,
        ):
            source = EventSource(
                response,
                stream_terminator="[DONE]",
                reconnect=lambda id_: client.stream("GET", server.url, headers=headers(id_)),
                **options,
            )
            return [item.data async for item in source.aiter_sse()]

    try:
        assert (asyncio.run(aread()) if is_async else read()) == ["a", "b"]
        sent = [request.headers.get("last-event-id") for request in server.seen]
        assert sent == [None, "1", "1", "1", "2", "2", "2"]
    finally:
        server.close()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"resumable": True},
        {"resumable": True, "stream_terminator": "x", "stream_reconnection_enabled": False},
    ],
    ids=["by default", "without a terminator", "switched off"],
)
def test_a_stream_that_is_not_resumed_raises(core: ModuleType, options: dict[str, Any]) -> None:
    from fernlike.core.http_sse import EventSource

    server = Server()
    events = {"content-type": "text/event-stream"}
    server.default = Reply(headers=events, chunks=[b"id: 1\ndata: a\n\n"], cut=True)
    opened: list[str] = []
    try:
        with httpx.Client() as client, client.stream("GET", server.url) as response:
            source = EventSource(response, reconnect=opened.append, **options)
            result = source.iter_sse()
            assert next(result).data == "a"
            with pytest.raises(httpx.TransportError):
                next(result)
        assert not opened
    finally:
        server.close()


def test_a_form_that_is_multipart_without_files(core: ModuleType) -> None:
    from fernlike.core.force_multipart import FORCE_MULTIPART
    from fernlike.core.http_client import HttpClient

    assert FORCE_MULTIPART == {} and bool(FORCE_MULTIPART)
    sent: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    client = _client(HttpClient, httpx.Client(transport=httpx.MockTransport(respond)))
    client.request("form", method="POST", data={"a": 1, "none": None}, files=FORCE_MULTIPART)
    assert sent[0].headers["content-type"].startswith("multipart/form-data")
    assert b'name="a"' in sent[0].content and b"none" not in sent[0].content


def _client(cls: Any, http: Any, **more: Any) -> Any:
    settings: dict[str, Any] = {"base_timeout": lambda: 60, "base_headers": dict, **more}
    return cls(httpx_client=http, base_url=lambda: "http://x", **settings)


def test_bodies_that_are_not_sent(core: ModuleType) -> None:
    from fernlike.core.http_client import drop_content_type_without_body, get_request_body

    omit = cast("Any", ...)
    results: dict[str, Any] = {"data": None, "request_options": None, "omit": omit}
    assert get_request_body(json=omit, **results) == (None, None)
    assert get_request_body(json={"a": omit}, **results) == ({}, None)
    assert get_request_body(json={"a": omit}, optional_body=True, **results) == (None, None)
    options = {**results, "request_options": {"additional_body_parameters": {"b": 1}}}
    assert get_request_body(json={"a": omit}, optional_body=True, **options) == ({"b": 1}, None)
    headers = {"Content-Type": "application/json", "a": "b"}
    none: dict[str, Any] = {"json_body": None, "data_body": None}
    remaining = drop_content_type_without_body(headers, **none, optional_body=True)
    assert remaining == {"a": "b"}
    assert drop_content_type_without_body(headers, **none, optional_body=False) == headers


def test_the_timeout_of_a_request_by_hand(core: ModuleType) -> None:
    from fernlike.core.http_client import HttpClient

    http = MagicMock()
    http.request.return_value.status_code = 200
    client = _client(HttpClient, http)
    for options, seconds in (
        ({"timeout": 30, "timeout_in_seconds": 45}, 30),
        ({"timeout": None, "timeout_in_seconds": 45}, 45),
        (None, 60),
    ):
        client.request("a", method="GET", request_options=options)
        assert http.request.call_args.kwargs["timeout"] == seconds


def test_the_sleep_between_attempts_can_be_patched(core: ModuleType) -> None:
    from fernlike.core.http_client import AsyncHttpClient, HttpClient

    failing = [httpx.ConnectError("no"), httpx.RemoteProtocolError("no"), httpx.Response(200)]
    http = MagicMock()
    http.request.side_effect = list(failing)
    with patch("fernlike.core.http_client.time.sleep") as sleep:
        assert _client(HttpClient, http).request("a", method="GET").status_code == 200
    assert sleep.call_count == 2
    http.request = AsyncMock(side_effect=list(failing))
    with patch("fernlike.core.http_client.asyncio.sleep", new_callable=AsyncMock) as later:
        call = _client(AsyncHttpClient, http).request("a", method="GET")
        assert asyncio.run(call).status_code == 200
    assert later.call_count == 2


def test_a_request_that_may_have_been_processed_is_not_sent_again(core: ModuleType) -> None:
    from fernlike.core.http_client import HttpClient

    http = MagicMock()
    for method, options, attempts in (
        ("GET", None, 3),
        ("POST", None, 1),
        ("PATCH", {"retry_remote_protocol_errors": True}, 3),
        ("GET", {"retry_remote_protocol_errors": False}, 1),
    ):
        http.request.reset_mock()
        http.request.side_effect = [httpx.RemoteProtocolError("cut off")] * attempts
        with (
            patch("fernlike.core.http_client.time.sleep"),
            pytest.raises(httpx.RemoteProtocolError),
        ):
            _client(HttpClient, http).request("a", method=method, request_options=options)
        assert http.request.call_count == attempts, method


def test_the_parts_of_a_client_wrapper(core: ModuleType) -> None:
    from fernlike.core.auth import Auth

    wrapper = core.SyncClientWrapper(
        base_url="http://x",
        user_agent="u",
        auth=Auth("Authorization", lambda: "secret", "Bearer "),
        default_timeout=60.0,
        max_retries=3,
        stream_reconnection_enabled=False,
        max_stream_reconnection_attempts=4,
    )
    assert wrapper._get_token() == "secret"
    assert wrapper.get_stream_reconnection_enabled() is False
    assert wrapper.get_max_stream_reconnection_attempts() == 4


def test_the_lines_of_a_fake_response(core: ModuleType) -> None:
    """Tests written for older packages of Fern have responses without `aiter_bytes`."""
    from fernlike.core.http_sse import EventSource

    class Fake:
        def __init__(self) -> None:
            self.headers = {"content-type": "text/event-stream"}

        async def aiter_lines(self) -> Any:
            for line in ("data: one\n", "\n", "data: two", ""):
                yield line

    async def data() -> list[str]:
        return [event.data async for event in EventSource(Fake()).aiter_sse()]

    assert asyncio.run(data()) == ["one", "two"]


def test_proxies_of_a_client_with_keep_alive(
    core: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fernlike.core import http_client

    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert http_client.get_keepalive_proxy_mounts() == {}
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    monkeypatch.setenv("HTTP_PROXY", "proxy.test:3129")
    monkeypatch.setenv("NO_PROXY", "localhost, .inside.test,10.0.0.1,::1,http://x.test")
    expected = httpx._utils.get_environment_proxies()
    assert http_client._get_environment_proxies() == expected
    with httpx.Client(mounts=http_client.get_keepalive_proxy_mounts(idle=9)) as client:
        proxied = client._transport_for_url(httpx.URL("https://api.test"))
        pool = proxied._pool  # type: ignore[attr-defined]
        assert pool._proxy_url.port == 3128
        assert pool._socket_options == http_client.get_keepalive_socket_options(idle=9)
        for url in ("https://a.inside.test", "http://10.0.0.1", "http://localhost"):
            assert client._transport_for_url(httpx.URL(url)) is client._transport
    mounts = http_client.get_async_keepalive_proxy_mounts()
    assert isinstance(mounts["https://"], httpx.AsyncHTTPTransport)
    monkeypatch.setenv("NO_PROXY", "*")
    assert http_client.get_keepalive_proxy_mounts() == {}


def test_redacted_headers_of_hand_written_code(core: ModuleType) -> None:
    from fernlike.core import http_client

    assert http_client._redact_headers({"X-Api-Key": "k", "A": "b"}) == {
        "X-Api-Key": "[REDACTED]",
        "A": "b",
    }
    assert "x-api-key" in http_client._SENSITIVE_HEADERS and not http_client._AUTH_HEADERS


def test_helpers_of_models(core: ModuleType) -> None:
    from fernlike.core.http_sse import ServerSentEvent
    from fernlike.core.pydantic_utilities import (
        deep_union_pydantic_dicts,
        encode_by_type,
        parse_date,
        parse_datetime,
        parse_sse_obj,
        to_jsonable_with_fallback,
    )
    from fernlike.core.query_encoder import single_query_encoder, traverse_query_dict
    from fernlike.core.websocket_compat import get_status_code

    class Model(pydantic.BaseModel):
        n: int

    assert parse_sse_obj(ServerSentEvent(data='{"n": 1}'), Model) == Model(n=1)
    event = parse_sse_obj(ServerSentEvent(event="e", data="no JSON"), dict[str, Any])
    assert event == {"event": "e", "data": "no JSON", "id": ""}
    time = dt.datetime(2024, 1, 2, 3, tzinfo=dt.timezone.utc)
    assert parse_datetime("2024-01-02T03:00:00Z") == time and parse_date(time) == time.date()
    assert encode_by_type(time) == "2024-01-02T03:00:00Z"
    strange = object()
    assert to_jsonable_with_fallback(strange, lambda item: item is strange) is True
    united = deep_union_pydantic_dicts(
        {"a": {"b": 1}, "l": [{"x": 1}, 2], "n": 3}, {"a": {"c": 2}, "l": [{"y": 0}], "n": 1}
    )
    assert united == {"a": {"b": 1, "c": 2}, "l": [{"x": 1, "y": 0}, 2], "n": 3}
    assert single_query_encoder("a", [1, {"b": 2}]) == [("a", 1), ("a[b]", 2)]
    assert traverse_query_dict({"b": {"c": 1}}, "a") == [("a[b][c]", 1)]
    assert get_status_code(MagicMock(response=MagicMock(status_code=401))) == 401
