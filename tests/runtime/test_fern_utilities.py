"""The utilities of `core` that tests of Fern's users call, including private ones."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import decimal
import enum
import importlib
import ipaddress
import pathlib
import re
import socket
import time
import typing
import uuid
from collections.abc import AsyncIterator, Iterator
from email.utils import formatdate
from types import ModuleType
from typing import Any

import httpx
import pydantic
import pytest
import typing_extensions


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int
    y: Any = None


class Pairs:
    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter([("a", 1)])


class Keyed:
    def keys(self) -> list[str]:
        return ["a"]

    def __getitem__(self, key: str) -> bytes:
        return b"b"


class Plain:
    def __init__(self) -> None:
        self.a = Colour.RED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (..., None),
        ({"a": ..., "b": [1, ..., {"c": ...}]}, {"b": [1, {}]}),
        (b"abc", "YWJj"),
        ({"a": (b"abc", {2})}, {"a": ["YWJj", [2]]}),
        (Colour.RED, "red"),
        (pathlib.PurePosixPath("a/b"), "a/b"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (Point(1, b"a"), {"x": 1, "y": "YQ=="}),
        ((item for item in (1, ...)), [1]),
        (frozenset({1}), [1]),
        (Pairs(), {"a": 1}),
        (Keyed(), {"a": "Yg=="}),
        (Plain(), {"a": "red"}),
    ],
)
def test_json_of_values(core: ModuleType, value: Any, expected: Any) -> None:
    assert core.jsonable_encoder(value) == expected


def test_json_with_encoders_of_ones_own(core: ModuleType) -> None:
    class Word(str):
        pass

    class Model(core.UncheckedBaseModel):  # type: ignore[misc, name-defined]  # found at run time
        n: int
        unset: int | None = None

    encoders: dict[Any, Any] = {str: lambda text: f"<{text}>", int: lambda n: n + 1}
    assert core.jsonable_encoder(Word("x"), encoders) == "<x>"
    assert core.jsonable_encoder([Model(n=1)], {int: lambda n: n + 1}) == [{"n": 2}]
    assert core.jsonable_encoder(7, {bytes: len}) == 7
    with pytest.raises(ValueError, match="object"):
        core.jsonable_encoder(object())


def test_segments_of_paths(core: ModuleType) -> None:
    from fernlike.core.jsonable_encoder import quote_path_param

    assert quote_path_param("a/b ü") == "a%2Fb%20%C3%BC" and quote_path_param(True) == "true"
    for text in (".", ".."):
        with pytest.raises(ValueError, match="segment"):
            quote_path_param(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (decimal.Decimal("1.5"), 1.5),
        (decimal.Decimal(3), 3),
        (dt.timedelta(minutes=1), 60.0),
        (ipaddress.IPv4Address("1.2.3.4"), "1.2.3.4"),
        (re.compile("ab"), "ab"),
        (uuid.UUID(int=1), str(uuid.UUID(int=1))),
        (frozenset({1}), [1]),
        (object(), None),
    ],
)
def test_json_by_type(core: ModuleType, value: Any, expected: Any) -> None:
    from fernlike.core.pydantic_utilities import encode_by_type

    result = encode_by_type(value)
    assert result == expected and type(result) is type(expected)


@pytest.fixture(scope="module")
def kinds(core: ModuleType) -> Any:
    """A TypedDict and a model whose names are not those of the wire."""
    marks = core.FieldMetadata
    annotated = typing_extensions.Annotated

    class Inner(core.UncheckedBaseModel):  # type: ignore[misc, name-defined]  # found at run time
        inner_name: annotated[str, marks(alias="innerName")]  # type: ignore[valid-type]

    class Params(typing_extensions.TypedDict):
        own_name: annotated[str, marks(alias="ownName")]  # type: ignore[valid-type]
        inner: typing_extensions.NotRequired[Inner | None]
        plain: typing_extensions.NotRequired[int]

    for kind in (Inner, Params):
        kind.__annotations__ = typing_extensions.get_type_hints(
            kind, None, {**locals()}, include_extras=True
        )
    Inner.model_rebuild(force=True, _types_namespace=dict(locals()))
    return Inner, Params


def test_names_of_the_wire(core: ModuleType, kinds: Any) -> None:
    from fernlike.core.serialization import get_alias_to_field_mapping, get_field_to_alias_mapping

    inner, params = kinds
    assert get_field_to_alias_mapping(params) == {"own_name": "ownName"}
    assert get_alias_to_field_mapping(inner) == {"innerName": "inner_name"}
    arguments = {"own_name": "a", "inner": {"inner_name": "b", "more": 1}, "plain": 2, "x": 3}
    wire = {"ownName": "a", "inner": {"innerName": "b", "more": 1}, "plain": 2, "x": 3}
    for annotation, both in (
        (params, (arguments, wire)),
        (list[params], ([arguments], [wire])),
        (typing.Sequence[params], ((arguments,), [wire])),
        (dict[str, params], ({"k": arguments}, {"k": wire})),
        (params | None, (arguments, wire)),
        (inner | params, (arguments, wire)),
        (typing_extensions.Annotated[params, "said"], (arguments, wire)),
    ):
        for direction, value, expected in (
            ("write", both[0], both[1]),
            ("read", both[1], [arguments] if isinstance(both[0], tuple) else both[0]),
        ):
            result = core.convert_and_respect_annotation_metadata(
                object_=value, annotation=annotation, direction=direction
            )
            assert result == expected, (annotation, direction)
    for value, annotation in ((None, params), ({"a"}, set[str]), ("text", str), ({}, params)):
        for direction in ("read", "write"):
            result = core.convert_and_respect_annotation_metadata(
                object_=value, annotation=annotation, direction=direction
            )
            assert result == value


def test_models_that_are_marked_as_by_fern(core: ModuleType, kinds: Any) -> None:
    inner, params = kinds
    assert core.FieldMetadata(alias="a").alias == "a"
    assert inner(inner_name="a").dict() == {"innerName": "a"}
    assert core.construct_type(inner, {"innerName": "a"}).inner_name == "a"
    assert core.parse_obj_as(params, {"ownName": "a"}) == {"own_name": "a"}


def test_times_of_mail(core: ModuleType) -> None:
    from fernlike.core.datetime_utils import Rfc2822DateTime, parse_rfc2822_datetime

    time = dt.datetime(2002, 10, 2, 13, tzinfo=dt.timezone.utc)
    for value in (time, "Wed, 02 Oct 2002 13:00:00 GMT", "2002-10-02T13:00:00Z"):
        assert parse_rfc2822_datetime(value) == time
        assert pydantic.TypeAdapter(Rfc2822DateTime).validate_python(value) == time
    for wrong in (5, "soon"):
        with pytest.raises(ValueError):
            parse_rfc2822_datetime(wrong)


def test_an_error_of_parsing_with_its_cause(core: ModuleType) -> None:
    cause = ValueError("boom")
    error = core.ParsingError(status_code=500, headers={"a": "b"}, body={"x": 1}, cause=cause)
    assert error.__cause__ is error.cause is cause and str(error).endswith("cause: boom")
    assert isinstance(error, core.ApiError) and "cause" not in str(core.ParsingError())


def test_delays_between_attempts(core: ModuleType) -> None:
    from fernlike.core import http_client as module

    assert 0.9 <= module._retry_timeout_from_retries(0) <= 1.1
    assert 54 <= module._retry_timeout_from_retries(9) <= 66
    assert 10 <= module._add_positive_jitter(10) <= 12
    assert 9 <= module._add_symmetric_jitter(10) <= 11
    soon = int(time.time()) + 30
    for headers, least, most in (
        ({"retry-after": "7"}, 7, 7),
        ({"retry-after": "700"}, 60, 60),
        ({"retry-after-ms": "500"}, 0.5, 0.5),
        ({"retry-after": formatdate(soon, usegmt=True)}, 28, 30),
        ({"retry-after": "Mon, 01 Jan 1990 00:00:00 GMT"}, 3.6, 4.4),
        ({"retry-after": "no date"}, 3.6, 4.4),
        ({"x-ratelimit-reset": str(soon)}, 28, 36),
        ({"x-ratelimit-reset": "1"}, 3.6, 4.4),
        ({"x-ratelimit-reset": "9" * 400}, 3.6, 4.4),
        ({"retry-after-ms": "9" * 400, "retry-after": "9" * 400}, 60, 60),
        ({}, 3.6, 4.4),
    ):
        response = httpx.Response(503, headers=headers)
        assert least <= module._retry_timeout(response, 2) <= most, headers


def test_headers_of_requests(core: ModuleType) -> None:
    from fernlike.core import http_client as module

    merged = module._merge_headers({"X-Key": "1", "a": "b"}, None, {"x-key": "2"})
    assert merged == {"a": "b", "x-key": "2"}
    secret = {"Authorization": "s", "X-API-Key": "s", "Accept": "*/*"}
    text = module._redact_headers(secret)
    assert text["Accept"] == "*/*" and "s" not in text.values()
    options = module.get_keepalive_socket_options(idle=61, intvl=31, cnt=4)
    with socket.socket() as built:
        for option in options:
            built.setsockopt(*option)
        assert built.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1


def _responses(statuses: list[Any]) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        status = statuses[len(seen) - 1]
        if isinstance(status, Exception):
            raise status
        return httpx.Response(status, content=b"payload")

    return httpx.MockTransport(respond), seen


def _lines() -> Iterator[bytes]:
    yield b"chunk"


@pytest.mark.parametrize(
    ("statuses", "inputs", "last"),
    [
        ([503, 503, 200], {}, 200),
        ([503, 503, 503, 200], {}, 503),
        ([httpx.ConnectError("no"), 200], {}, 200),
        ([503, 200], {"request_options": {"max_retries": 0}}, 503),
        ([503, 503, 200], {"request_options": {"max_retries": None}}, 200),
        ([503, 200], {"content": b"fixed", "method": "POST"}, 200),
        ([503, 200], {"content": _lines, "method": "POST"}, 503),
        ([400, 200], {}, 400),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_requests_by_hand_are_sent_again(
    core: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    statuses: list[Any],
    inputs: dict[str, Any],
    last: int,
    streamed: bool,
) -> None:
    from fernlike.core import http_client as module

    async def no_sleep(_: float) -> None: ...

    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    monkeypatch.setattr(module.asyncio, "sleep", no_sleep)
    settings: dict[str, Any] = {"base_timeout": lambda: None, "base_headers": dict}
    settings["base_url"] = lambda: "http://x"

    def call() -> dict[str, Any]:
        results = {"method": "GET", **inputs}
        return {**results, "content": _lines()} if results.get("content") is _lines else results

    transport, seen = _responses(statuses)
    built = module.HttpClient(httpx_client=httpx.Client(transport=transport), **settings)
    if streamed:
        with built.stream("a", **call()) as response:
            assert response.status_code == last and response.read() == b"payload"
    else:
        assert built.request("a", **call()).status_code == last
    assert len(seen) == statuses.index(last) + 1 or statuses.count(last) > 1

    async def later() -> None:
        transport, again = _responses(statuses)

        async def chunks() -> AsyncIterator[bytes]:
            yield b"chunk"

        results = call()
        if inputs.get("content") is _lines:
            results["content"] = chunks()
        async with httpx.AsyncClient(transport=transport) as http:
            built = module.AsyncHttpClient(httpx_client=http, **settings)
            if streamed:
                async with built.stream("a", **results) as response:
                    assert response.status_code == last and await response.aread() == b"payload"
            else:
                assert (await built.request("a", **results)).status_code == last
        assert len(again) == len(seen)

    asyncio.run(later())


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (int, "5", 5),
        (int, "five", "five"),
        (float, "1.5", "1.5"),
        (bool, "true", True),
        (bool, "1", True),
        (bool, "no", False),
        (bool, 1, True),
        (int | None, None, None),
        (int | None, "5", 5),
        (int | str, "5", "5"),
        (dict[str, int], {"a": "1"}, {"a": 1}),
        (list[int], ["1", "x"], [1, "x"]),
        (set[int], ["1", "2"], {1, 2}),
        (list[int], "x", "x"),
        (Colour, "red", Colour.RED),
        (Colour, "green", "green"),
        (uuid.UUID, "no id", "no id"),
        (dt.date, "2024-01-02", dt.date(2024, 1, 2)),
        (typing.Any, {"a": "1"}, {"a": "1"}),
    ],
)
def test_values_of_types(core: ModuleType, type_: Any, value: Any, expected: Any) -> None:
    decoded = core.construct_type(type_=type_, object_=value)
    assert decoded == expected and type(decoded) is type(expected)


def test_private_names_of_models(core: ModuleType) -> None:
    from fernlike.core import unchecked_base_model as module
    from fernlike.core.pydantic_utilities import (
        _union_list_of_pydantic_dicts,
        is_literal_type,
        is_union,
    )

    class Model(core.UncheckedBaseModel):  # type: ignore[misc, name-defined]  # found at run time
        x: int = 5
        y: int

    named, unknown = typing.ForwardRef("Any"), typing.ForwardRef("NoSuchName")
    assert module._maybe_resolve_forward_ref(named, host=Model) is Any
    assert module._maybe_resolve_forward_ref(unknown, host=Model) is unknown
    assert module._maybe_resolve_forward_ref(named) is named
    fields = module._get_model_fields(Model)
    assert [module._get_field_default(fields[name]) for name in ("x", "y")] == [5, None]
    assert module._get_is_populate_by_name(Model) is True
    assert is_union(typing.get_origin(int | None)) and not is_union(int)
    assert is_literal_type(typing.Literal["a"]) and not is_literal_type(str)
    assert _union_list_of_pydantic_dicts([{"a": 1}], [{"b": 2}]) == [{"b": 2, "a": 1}]


def test_a_refused_handshake(core: ModuleType) -> None:
    from fernlike.core.websocket_compat import InvalidWebSocketStatus, get_status_code
    from websockets.datastructures import Headers
    from websockets.exceptions import InvalidStatus
    from websockets.http11 import Response

    assert InvalidWebSocketStatus is InvalidStatus
    assert get_status_code(InvalidStatus(Response(401, "no", Headers()))) == 401


def test_small_modules(core: ModuleType) -> None:
    from fernlike.core.enum import StrEnum
    from fernlike.core.idempotency import generate_idempotency_key

    member = StrEnum("Letter", {"A": "a"}).A  # type: ignore[attr-defined]  # made at run time
    assert member == "a" and str(member) == "a"
    assert uuid.UUID(generate_idempotency_key()).version == 4


class _Frames:
    """The socket of the library, of which tests have their own."""

    def __init__(self, *frames: Any) -> None:
        self.frames, self.sent = list(frames), list[Any]()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.frames)

    async def __aiter__(self) -> AsyncIterator[Any]:
        for frame in self.frames:
            yield frame


class _SyncFrames(_Frames):
    def send(self, frame: Any) -> None:
        self.sent.append(frame)


class _AsyncFrames(_Frames):
    async def send(self, frame: Any) -> None:
        self.sent.append(frame)


class _Old:
    def dict(self) -> dict[str, Any]:
        return {"type": "old"}


def test_private_methods_of_sockets(core: ModuleType) -> None:
    from fernlike.core.socket_client import AsyncSocketClient, Messages, SocketClient

    messages = [_Old(), {"a": 1}, "text", b"bytes"]
    sent = ['{"type":"old"}', '{"a":1}', "text", b"bytes"]

    class Own(SocketClient[Any]):
        _messages = Messages(dict[str, int], skip_unknown=True)

    class AsyncOwn(AsyncSocketClient[Any]):
        _messages = Own._messages

    frames = _SyncFrames('{"a": 1}', "no JSON", b"b")
    socket = Own(websocket=frames)
    for message in messages:
        (socket._send_model if message is messages[0] else socket._send)(message)
    assert frames.sent == sent and list(socket) == [{"a": 1}, b"b"]

    async def later() -> None:
        frames = _AsyncFrames(b"b")
        socket = AsyncOwn(websocket=frames)
        for message in messages:
            await (socket._send_model if message is messages[0] else socket._send)(message)
        assert frames.sent == sent and [item async for item in socket] == [b"b"]

    asyncio.run(later())


def test_functions_with_the_name_of_a_module(core: ModuleType) -> None:
    for name in ("jsonable_encoder", "remove_none_from_dict"):
        importlib.import_module(f"fernlike.core.{name}")
    assert core.jsonable_encoder(b"a") == "YQ=="
    assert core.remove_none_from_dict({"a": None, "b": 1}) == {"b": 1}
