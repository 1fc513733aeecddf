"""The charset of a response, which may be unknown to Python, or a codec that is not for text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
paths:
  /text: {get: {operationId: text, responses: {"200": {content: {text/plain: {schema: {type: string}}}}}}}
  /any: {get: {operationId: any, responses: {"200": {content: {"*/*": {}}}}}}
  /flash:
    get:
      operationId: flash
      responses:
        "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}
        "404": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}
  /ticks:
    get:
      operationId: ticks
      x-fern-streaming: {format: sse}
      responses: {"200": {content: {text/event-stream: {schema: {$ref: "#/components/schemas/Flash"}}}}}
  /lines:
    get:
      operationId: lines
      x-fern-streaming: {format: json}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Flash"}}}}}
  /prose:
    get:
      operationId: prose
      x-fern-streaming: true
      responses: {"200": {content: {text/plain: {schema: {type: string}}}}}
components:
  schemas:
    Flash: {type: object, required: [colour], properties: {colour: {type: string}}}
"""
NOT_FOR_TEXT = ("hex", "rot13", "base64", "idna")
"""Codecs of Python that do not decode bytes as text, or that cannot replace errors."""
Ask = Callable[..., Any]


@pytest.fixture(scope="module", params=["compact", "fern"])
def layout(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def package(layout: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = f'layout = "{layout}"\n'
    if layout == "fern":
        settings += "[python.pydantic]\nskip-validation = false\n"
    with bench(tmp_path_factory.mktemp("charsets"), API, settings) as built:
        yield built


@pytest.fixture(params=["sync", "async"])
def ask(package: Bench, request: pytest.FixtureRequest) -> Ask:
    """Call a method with a given response; the chunks of a stream are a list."""

    def ask(method: str, body: bytes | list[bytes], type_: str, status: int = 200) -> Any:
        chunks = body if isinstance(body, list) else None
        package.server.default = Reply(
            status, b"" if chunks else body, {"Content-Type": type_}, chunks=chunks
        )
        if request.param == "sync":
            result = getattr(package.client(max_retries=0), method)()
            return [*result] if hasattr(result, "__next__") else result

        async def later() -> Any:
            client = package.package.AsyncAcmeClient(base_url=package.server.url, max_retries=0)
            try:
                result = getattr(client, method)()
                if hasattr(result, "__anext__"):
                    return [item async for item in result]
                return await result
            finally:
                await client._client_wrapper.client.aclose()

        return asyncio.run(later())

    return ask


@pytest.mark.parametrize("method", ["text", "any"])
@pytest.mark.parametrize("charset", [*NOT_FOR_TEXT, "no-such-charset"])
def test_text_in_a_charset_that_is_not_for_text(ask: Ask, method: str, charset: str) -> None:
    type_ = f"text/plain; charset={charset}"
    assert ask(method, "café".encode(), type_) == "café"
    assert ask(method, b"caf\xe9", type_) == "caf�"


@pytest.mark.parametrize("charset", ["latin-1", "shift_jis", "utf-16", "utf-16-be"])
def test_text_in_its_charset(ask: Ask, charset: str) -> None:
    body = "青 café".encode(charset, "replace")
    assert ask("text", body, f"text/plain; charset={charset}") == body.decode(charset)


def test_text_without_a_byte_order_mark(ask: Ask) -> None:
    """The HTTP library raises UnicodeError."""
    body = "café".encode("utf-16")[2:]
    assert ask("text", body, "text/plain; charset=utf-16") == "café"


@pytest.mark.parametrize("charset", NOT_FOR_TEXT)
def test_json_in_a_charset_that_is_not_for_text(ask: Ask, package: Bench, charset: str) -> None:
    type_ = f"application/json; charset={charset}"
    assert ask("flash", '{"colour": "café"}'.encode(), type_).colour == "café"
    error = package.module("core.api_error").ApiError
    with pytest.raises(error, match="can't decode byte 0xe9") as raised:
        ask("flash", b'{"colour": "caf\xe9"}', type_)
    assert type(raised.value).__name__ == "ParsingError"
    assert raised.value.body == '{"colour": "caf�"}'


def test_json_that_does_not_match_in_another_charset(ask: Ask, package: Bench, layout: str) -> None:
    """Layout `fern` validates it."""
    body = b'{"colour": [], "more": "caf\xe9"}'
    arguments = ("flash", body, "application/json; charset=latin-1")
    if layout == "compact":
        assert ask(*arguments).more == "café"
        return
    with pytest.raises(package.module("core.api_error").ApiError, match="colour") as raised:
        ask(*arguments)
    assert raised.value.body == {"colour": [], "more": "café"}


@pytest.mark.parametrize("charset", NOT_FOR_TEXT)
@pytest.mark.parametrize("status", [404, 500])
def test_errors_in_a_charset_that_is_not_for_text(
    ask: Ask, package: Bench, charset: str, status: int
) -> None:
    error = package.module("core.api_error").ApiError
    for content, body in [("café".encode(), "café"), (b"caf\xe9", "caf�")]:
        with pytest.raises(error) as raised:
            ask("flash", content, f"text/plain; charset={charset}", status)
        assert (raised.value.status_code, raised.value.body) == (status, body)


@pytest.mark.parametrize("charset", NOT_FOR_TEXT)
@pytest.mark.parametrize("method", ["ticks", "lines"])
def test_a_page_in_place_of_a_stream(ask: Ask, package: Bench, method: str, charset: str) -> None:
    with pytest.raises(package.module("core.api_error").ApiError) as raised:
        ask(method, "<p>café".encode(), f"text/html; charset={charset}")
    assert raised.value.body == "<p>café"


@pytest.mark.parametrize("charset", [*NOT_FOR_TEXT, "no-such-charset"])
def test_a_stream_of_text_in_a_charset_that_is_not_for_text(ask: Ask, charset: str) -> None:
    chunks = [b"caf\xc3", b"\xa9 ", "crème".encode()]
    assert "".join(ask("prose", chunks, f"text/plain; charset={charset}")) == "café crème"


@pytest.mark.parametrize("charset", ["latin-1", "shift_jis", "utf-16", "utf-8"])
def test_a_stream_of_text_in_its_charset(ask: Ask, charset: str) -> None:
    body = "青 café".encode(charset, "replace")
    chunks = [body[:1], body[1:4], body[4:]]
    type_ = f"text/plain; charset={charset}"
    assert "".join(ask("prose", chunks, type_)) == body.decode(charset)


def test_a_stream_of_text_without_a_byte_order_mark_is_read_as_utf_8(ask: Ask) -> None:
    chunks = [b"c\0a", b"\0f\0"]
    assert "".join(ask("prose", chunks, "text/plain; charset=utf-16")) == "c\0a\0f\0"


@pytest.mark.parametrize(
    ("charset", "body", "colour"),
    [
        ("latin-1", b'{"colour": "caf\xe9"}\n', "café"),
        ("latin-1", '{"colour": "café"}\n'.encode(), "café"),
        ("hex", '{"colour": "café"}\n'.encode(), "café"),
        ("hex", b'{"colour": "caf\xe9"}\n', "caf�"),
        ("utf-8", b'{"colour": "caf\xe9"}\n', "caf�"),
    ],
)
def test_lines_of_json_in_another_charset(ask: Ask, charset: str, body: bytes, colour: str) -> None:
    items = ask("lines", [body[:5], body[5:]], f"application/x-ndjson; charset={charset}")
    assert [item.colour for item in items] == [colour]
