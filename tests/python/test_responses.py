"""How generated clients read responses: by content type, whole or as a stream."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
paths:
  /text: {get: {operationId: text, responses: {"200": {content: {"*/*": {schema: {type: string}}}}}}}
  /named: {get: {operationId: named, responses: {"200": {content: {"*/*": {schema: {$ref: "#/components/schemas/Name"}}}}}}}
  /maybe: {get: {operationId: maybe, responses: {"200": {content: {"*/*": {schema: {type: [string, "null"]}}}}}}}
  /any: {get: {operationId: any, responses: {"200": {content: {"*/*": {}}}}}}
  /flash: {get: {operationId: flash, responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}}}}
  /later:
    get:
      operationId: later
      responses:
        "200": {content: {application/json: {}}}
        "201": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}
        2XX: {content: {application/json: {schema: {}}}}
  /ticks:
    get:
      operationId: ticks
      x-fern-streaming: {format: sse, terminator: "[END]"}
      responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Flash"}}}}}
  /plain-ticks: {get: {operationId: plain_ticks, responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Flash"}}}}}}}
  /lines:
    get:
      operationId: lines
      x-fern-streaming: {format: json, terminator: "[END]"}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}}
  /vendor:
    get:
      operationId: vendor
      x-fern-streaming: {format: json}
      responses: {"200": {content: {application/vnd.flash+json: {schema: {type: object, properties: {colour: {type: string}}}}}}}
  /events:
    get:
      operationId: events
      x-fern-streaming: {format: sse}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}}
  /words: {get: {operationId: words, responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Word"}}}}}}}
  /mixed: {get: {operationId: mixed, responses: {"200": {content: {text/event-stream: {schema: {anyOf: [{type: string}, {$ref: "#/components/schemas/Flash"}]}}}}}}}
  /sound:
    get:
      operationId: sound
      x-fern-streaming: true
      responses: {"200": {content: {audio/mpeg: {schema: {type: string, format: binary}}}}}
  /wave:
    get:
      operationId: wave
      x-fern-streaming: {format: json}
      responses: {"200": {content: {application/octet-stream: {schema: {type: string, format: binary}}}}}
  /prose:
    get:
      operationId: prose
      x-fern-streaming: true
      responses: {"200": {content: {text/plain: {schema: {type: string}}}}}
  /say:
    get:
      operationId: say
      x-fern-streaming: {format: sse}
      responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Piece"}}}}}
components:
  schemas:
    Name: {type: string}
    Word: {type: [string, "null"], enum: ["1", "true", null]}
    Flash: {type: object, required: [colour], properties: {colour: {type: string}}}
    Numbers: {type: object, properties: {n: {type: integer}}}
    Piece:
      oneOf: [{$ref: "#/components/schemas/Token"}, {$ref: "#/components/schemas/Choice"}, {$ref: "#/components/schemas/Stats"}]
      discriminator:
        propertyName: event
        mapping: {token: "#/components/schemas/Token", choice: "#/components/schemas/Choice", stats: "#/components/schemas/Stats"}
      x-fern-discriminator-context: protocol
    Token: {type: object, required: [event, data], properties: {event: {type: string, const: token}, data: {$ref: "#/components/schemas/Name"}}}
    Choice: {type: object, required: [event, data], properties: {event: {type: string, const: choice}, data: {$ref: "#/components/schemas/Word"}}}
    Stats: {type: object, required: [event, data], properties: {event: {type: string, const: stats}, data: {$ref: "#/components/schemas/Numbers"}}}
"""

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("responses"), API) as built:
        yield built


@pytest.fixture(params=["sync", "async"])
def ask(package: Bench, request: pytest.FixtureRequest) -> Ask:
    """Call a method with a given response; a streamed response is a list."""

    def ask(method: str, body: Any, type_: str | None = None) -> Any:
        headers = {"Content-Type": type_} if type_ else {}
        if isinstance(body, list):
            package.server.default = Reply(chunks=body, headers=headers)
        else:
            package.server.default = Reply(body=body, headers=headers)
        if request.param == "sync":
            result = getattr(package.client(max_retries=0), method)()
            return list(result) if hasattr(result, "__next__") else result

        async def later() -> Any:
            client = package.package.AsyncAcmeClient(base_url=package.server.url, max_retries=0)
            try:
                result = getattr(client, method)()
                if hasattr(result, "__anext__"):
                    return [item async for item in result]
                return await result
            finally:
                await client._client_wrapper.aclose()

        return asyncio.run(later())

    return ask


PLAIN, JSON, SSE = (
    "text/plain;charset=UTF-8",
    "application/json",
    "text/event-stream; charset=utf-8",
)


@pytest.mark.parametrize(
    ("charset", "body", "colour"),
    [
        ("ISO-8859-1", b'{"colour": "caf\xe9"}', "café"),
        ("windows-1252", b'{"colour": "5 \x80"}', "5 €"),
        ("shift_jis", '{"colour": "青"}'.encode("shift_jis"), "青"),
        # The body is UTF-8, whatever the header says.
        ("ISO-8859-1", '{"colour": "café"}'.encode(), "café"),
        ("utf-16", '{"colour": "café"}'.encode("utf-16"), "café"),
        ("no-such-charset", '{"colour": "café"}'.encode(), "café"),
    ],
)
def test_json_in_another_charset(
    package: Bench, charset: str, body: bytes, colour: str, ask: Ask
) -> None:
    type_ = f"application/json; charset={charset}"
    assert ask("flash", body, type_).colour == colour
    package.server.default = Reply(body=body, headers={"Content-Type": type_})
    raw = package.client().with_raw_response.flash()
    assert raw.data.colour == colour and raw.problems == []


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "no-such-charset"])
def test_json_that_is_not_in_its_charset(charset: str, package: Bench, ask: Ask) -> None:
    error = package.module("core.api_error").ParsingError
    with pytest.raises(error, match="can't decode byte 0xe9"):
        ask("flash", b'{"colour": "caf\xe9"}', f"application/json; charset={charset}")


def test_an_error_body_in_another_charset(package: Bench) -> None:
    headers = {"Content-Type": "application/json; charset=latin1"}
    package.server.default = Reply(400, b'{"why": "d\xe9fendu"}', headers)
    with pytest.raises(package.module("core.api_error").ApiError) as caught:
        package.client().flash()
    assert caught.value.body == {"why": "défendu"}


@pytest.mark.parametrize(
    ("method", "body", "type_", "value"),
    [
        *((item, b"hello", PLAIN, "hello") for item in ("text", "named", "maybe", "any")),
        *((item, b"12", PLAIN, "12") for item in ("text", "named", "maybe", "any")),
        ("text", b'"hello"', JSON, "hello"),
        ("text", b'"hello"', None, "hello"),
        ("text", b"hello", None, "hello"),
        ("maybe", b"null", None, None),
        ("any", b"hello", None, "hello"),
        ("any", b"12", None, 12),
        ("any", b"\xff\x00", None, b"\xff\x00"),
        ("text", b"<p>1</p>", "text/html", "<p>1</p>"),
        ("text", b"a: 1", "application/yaml", "a: 1"),
        ("maybe", b"null", JSON, None),
        ("any", b'{"a": 1}', JSON, {"a": 1}),
        ("any", b'{"a": 1}', "application/problem+json", {"a": 1}),
        ("any", b"\xff\x00", "image/png", b"\xff\x00"),
    ],
)
def test_a_response_is_read_by_its_content_type(
    ask: Ask, package: Bench, method: str, body: bytes, type_: str | None, value: Any
) -> None:
    assert ask(method, body, type_) == value
    assert package.server.seen[-1].headers["accept"] == "*/*"


def test_json_under_another_name_is_read_where_a_model_is_promised(ask: Ask) -> None:
    assert ask("flash", b'{"colour": "red"}', "text/plain").colour == "red"


def test_a_status_without_a_schema_takes_no_type_away(ask: Ask, package: Bench) -> None:
    assert ask("later", b'{"colour": "red"}', JSON).colour == "red"
    warnings = [warning.message for warning in package.generated.diagnostics.warnings]
    assert [warning for warning in warnings if "no schema" in warning] == [
        f"status {status} has no schema: the schema of status 201 is used"
        for status in ("200", "2XX")
    ]


@pytest.mark.parametrize("body", [b"null", b"[]", b'"red"', b"3"])
def test_a_response_that_is_no_model_is_a_problem(package: Bench, body: bytes) -> None:
    package.server.default = Reply(body=body, headers={"Content-Type": JSON})
    response = package.client().with_raw_response.flash()
    assert response.problems
    package.server.default = Reply(body=body, headers={"Content-Type": PLAIN})
    assert package.client().with_raw_response.flash().problems


EVENTS = [b'data: {"colour": "red"}\n\ndata: {"colour": "blue"}\n\n']
LINES = [b'{"colour": "red"}\n{"colour": ', b'"blue"}\n']


@pytest.mark.parametrize(
    ("method", "body", "type_"),
    [
        ("ticks", EVENTS, SSE),
        ("plain_ticks", EVENTS, SSE),
        ("events", EVENTS, SSE),
        ("events", EVENTS, None),
        ("lines", LINES, JSON),
        ("lines", LINES, "application/x-ndjson"),
        ("vendor", LINES, "application/vnd.flash+json"),
        ("lines", EVENTS, SSE),
    ],
)
def test_streams_of_a_schema(ask: Ask, method: str, body: list[bytes], type_: str | None) -> None:
    assert [item.colour for item in ask(method, body, type_)] == ["red", "blue"]


@pytest.mark.parametrize(
    ("method", "type_"),
    [
        *(("ticks", item) for item in (JSON, "text/html", PLAIN, "application/x-ndjson")),
        *(("plain_ticks", item) for item in (JSON, "text/html")),
        ("lines", "text/html; charset=utf-8"),
        ("vendor", "application/xhtml+xml"),
    ],
)
def test_another_response_than_a_stream_raises_with_the_body(
    ask: Ask, package: Bench, method: str, type_: str
) -> None:
    error = package.module("core.api_error").ParsingError
    with pytest.raises(error) as raised:
        ask(method, b'{"error": "quota"}', type_)
    assert (raised.value.status_code, raised.value.body) == (200, '{"error": "quota"}')


def test_a_stream_without_events_is_empty(ask: Ask) -> None:
    assert ask("plain_ticks", [], SSE) == [] and ask("plain_ticks", [b": ping\n\n"], SSE) == []


@pytest.mark.parametrize(
    ("method", "body", "type_", "count"),
    [
        ("ticks", EVENTS, SSE, 1),
        ("lines", LINES, JSON, 1),
        ("plain_ticks", EVENTS, SSE, 0),
        ("vendor", LINES, JSON, 0),
        ("ticks", [*EVENTS, b"data: [END]\n\n"], SSE, 0),
        ("lines", [*LINES, b"[END]"], JSON, 0),
        ("lines", [*LINES, b"[DONE]\n"], JSON, 0),
    ],
)
def test_a_stream_that_ends_before_its_terminator_is_warned_of(
    ask: Ask, caplog: pytest.LogCaptureFixture, method: str, body: Any, type_: str, count: int
) -> None:
    with caplog.at_level(logging.WARNING, logger="acme"):
        assert [item.colour for item in ask(method, body, type_)] == ["red", "blue"]
    # Old versions of httpx2 let asyncio complain of a stream that is left before its end.
    records = [record for record in caplog.records if record.name != "asyncio"]
    assert [record.name for record in records] == ["acme"] * count
    assert all("[END]" in record.getMessage() for record in records)


TEXTS = ["42", "true", "null", "1.10", '"quoted"', '{"a": 1}', " a", " "]


def test_data_of_type_string_stays_text(ask: Ask) -> None:
    events = [f"event: token\ndata: {text}\n\n".encode() for text in TEXTS]
    events += [b"event: choice\ndata: 1\n\n", b'event: stats\ndata: {"n": 3}\n\n']
    *tokens, choice, stats = ask("say", events, SSE)
    assert [token.data for token in tokens] == TEXTS
    assert choice.data == "1" and stats.data.n == 3
    words = ask("words", [b"data: 1\n\ndata: true\n\ndata: other\n\n"], SSE)
    assert words == ["1", "true", "other"]


def test_events_that_are_text_or_a_model(ask: Ask, package: Bench) -> None:
    events = b'data: 1\n\ndata: {"colour": "red"}\n\ndata: it is red\n\ndata: null\n\ndata: "q"\n\n'
    flash = package.module("types").Flash(colour="red")
    assert ask("mixed", [events], SSE) == ["1", flash, "it is red", "null", "q"]


def test_streams_of_bytes_and_text(ask: Ask, package: Bench) -> None:
    assert b"".join(ask("sound", [b"\xff\x00", b"12"], "audio/mpeg")) == b"\xff\x0012"
    assert b"".join(ask("wave", [b"{}\n", b"12"], "application/octet-stream")) == b"{}\n12"
    assert "".join(ask("prose", [b"a\xc3", b"\xbc\n"], "text/plain")) == "aü\n"
    warnings = [warning.message for warning in package.generated.diagnostics.warnings]
    assert not [warning for warning in warnings if "streams events" in warning]
