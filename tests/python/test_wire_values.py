"""What generated clients send for JSON parameters, cookies, raw bodies and styled parts."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply, Seen
from .test_wire import Calls, parts
from .workbench import bench, make

API = """
paths:
  /json/{data}/{text}:
    get:
      operationId: json
      parameters:
        - {name: data, in: path, required: true, content: {application/json: {schema: {type: array, items: {type: integer}}}}}
        - {name: text, in: path, required: true, content: {application/json: {schema: {type: string}}}}
        - {name: X-Any, in: header, content: {application/json: {schema: {}}}}
        - {name: X-Kind, in: header, content: {application/json: {schema: {type: string}}}}
        - {name: X-Map, in: header, content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}
      responses: {"204": {description: ok}}
  /cookies:
    get:
      operationId: cookies
      parameters:
        - {name: plain, in: cookie, schema: {type: string}}
        - {name: raw, in: cookie, style: cookie, schema: {type: string}}
        - {name: raws, in: cookie, style: cookie, schema: {type: array, items: {type: string}}}
        - {name: list, in: cookie, style: cookie, explode: false, schema: {type: array, items: {type: string}}}
        - {name: "b;d", in: cookie, schema: {type: string}, x-fern-parameter-name: bad}
      responses: {"204": {description: ok}}
  /latin:
    post: {operationId: latin, requestBody: {required: true, content: {"text/plain; charset=ISO-8859-1": {schema: {type: string}}}}, responses: {"204": {description: ok}}}
  /wide:
    post: {operationId: wide, requestBody: {required: true, content: {'text/csv; header=present; charset="utf-16-le"': {schema: {type: string}}}}, responses: {"204": {description: ok}}}
  /odd:
    post: {operationId: odd, requestBody: {required: true, content: {"text/plain; charset=x-unknown": {schema: {type: string}}}}, responses: {"204": {description: ok}}}
  /raw:
    put: {operationId: raw, requestBody: {required: true, content: {application/octet-stream: {schema: {type: string, format: binary}}}}, responses: {"204": {description: ok}}}
  /form:
    post:
      operationId: form
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {text: {type: string}, number: {type: integer}}}
            encoding: {text: {contentType: application/json}, number: {contentType: application/json}}
      responses: {"204": {description: ok}}
  /parts:
    post:
      operationId: parts
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                file: {type: string, format: binary}
                files: {type: array, items: {type: string, format: binary}}
                ranged: {type: string, format: binary}
                commas: {type: array, items: {type: string}}
                pipes: {type: array, items: {type: string}}
                spaces: {type: array, items: {type: string}}
                flat: {type: object, properties: {x: {type: string}, y: {type: integer}}}
                pairs: {type: object, properties: {x: {type: string}, y: {type: integer}}}
                deep: {type: object, properties: {x: {type: string}, y: {type: array, items: {type: integer}}}}
                again: {type: array, items: {type: string}}
            encoding:
              ranged: {contentType: "image/png, image/*; q=0.5"}
              commas: {style: form, explode: false}
              pipes: {style: pipeDelimited, explode: false}
              spaces: {style: spaceDelimited, explode: false}
              flat: {style: form}
              pairs: {explode: false}
              deep: {style: deepObject}
              again: {explode: true}
      responses: {"204": {description: ok}}
  /choice:
    post:
      operationId: choice
      requestBody: {content: {multipart/form-data: {schema: {oneOf: [{$ref: "#/components/schemas/Scan"}, {$ref: "#/components/schemas/Link"}]}}}}
      responses: {"204": {description: ok}}
  /scan:
    post:
      operationId: scan
      requestBody: {required: true, content: {multipart/form-data: {schema: {anyOf: [{$ref: "#/components/schemas/Scan"}, {type: "null"}]}}}}
      responses: {"204": {description: ok}}
components:
  schemas:
    Scan: {type: object, required: [file], properties: {file: {type: string, format: binary}, note: {type: string}}}
    Link: {type: object, required: [url], properties: {url: {type: string}}}
"""


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    with bench(tmp_path_factory.mktemp("values"), API) as built:
        built.server.default = Reply(status=204)
        yield Calls(built)


def test_json_in_paths_and_headers(call: Calls) -> None:
    seen = call("json", data=[1, 2], text="a/b")
    assert seen.target == "/json/%5B1%2C2%5D/%22a%2Fb%22"
    assert not {"x-any", "x-kind", "x-map"} & seen.headers.keys()
    assert call("json", data=[], text="").target == "/json/%5B%5D/%22%22"
    seen = call("json", data=[1], text="a", any=[1, None, "é"], kind="b", map_={"c": "d"})
    assert seen.headers["x-any"] == '[1,null,"\\u00e9"]'
    assert (seen.headers["x-kind"], seen.headers["x-map"]) == ('"b"', '{"c":"d"}')


def test_objects_in_other_media_types_are_reported(tmp_path: Path) -> None:
    schemas = {
        "xml": "application/xml: {schema: {type: object, properties: {a: {type: string}}}}",
        "csv": "text/csv: {schema: {type: array, items: {type: string}}}",
        "text": "text/plain: {schema: {type: string}}",
    }
    parameters = "".join(
        f"        - {{name: {name}, in: query, content: {{{schema}}}}}\n"
        for name, schema in schemas.items()
    )
    operation = "operationId: a\n      parameters:\n" + parameters
    built = make(
        tmp_path,
        f"paths:\n  /a:\n    get:\n      {operation}"
        '      responses: {"204": {description: ok}}\n',
    )
    reported = {item.message: item.span.line for item in built.diagnostics.warnings}
    assert reported == {
        "'xml' is sent in the style 'form', not as application/xml": 10,
        "'csv' is sent in the style 'form', not as text/csv": 11,
    }


def test_values_of_style_cookie_are_already_escaped(call: Calls) -> None:
    assert call("cookies", plain="a%20b;").headers["cookie"] == "plain=a%2520b%3B"
    assert call("cookies", raw="a%20b; c").headers["cookie"] == "raw=a%20b%3B%20c"
    assert call("cookies", raws=["a", "%41"]).headers["cookie"] == "raws=a; raws=%41"
    assert call("cookies", list_=["a", "%41"]).headers["cookie"] == "list=a,%41"
    with pytest.raises(ValueError, match="the cookie 'b;d' has characters that HTTP forbids"):
        call("cookies", bad="x")


@pytest.mark.parametrize(
    ("method", "body"), [("latin", b"\xe9"), ("wide", b"\xe9\0"), ("odd", b"\xc3\xa9")]
)
def test_text_is_sent_in_the_charset_of_its_media_type(
    call: Calls, method: str, body: bytes
) -> None:
    assert call(method, request="é").body == body
    if method == "latin":
        with pytest.raises(UnicodeEncodeError):
            call(method, request="日")


@pytest.mark.parametrize("make_body", [bytearray, memoryview, lambda body: [body[:2], body[2:]]])
def test_raw_bodies_of_other_types(call: Calls, make_body: Any) -> None:
    assert call("raw", request=make_body(b"content")).body == b"content"


def test_an_asynchronous_client_sends_an_iterator_once(call: Calls) -> None:
    server = call.generated.server
    server.replies = [Reply(503, headers={"Retry-After": "0"})]
    before = len(server.seen)

    async def use() -> None:
        client = call.generated.package.AsyncAcmeClient(base_url=server.url)
        with pytest.raises(call.generated.package.ApiError):
            await client.raw(request=iter([b"a", b"b"]))
        await client._client_wrapper.aclose()

    asyncio.run(use())
    assert [seen.body for seen in server.seen[before:]] == [b"ab"]


@pytest.mark.parametrize("is_async", [False, True])
def test_a_redirect_never_sends_an_empty_body(call: Calls, is_async: bool) -> None:
    """An iterator is sent once. A file is sent again."""
    package, server = call.generated.package, call.generated.server

    async def chunks() -> AsyncIterator[bytes]:
        yield b"body"

    bodies: list[Any] = [iter([b"body"]), (piece for piece in [b"body"]), io.BytesIO(b"body")]
    bodies += [chunks()] if is_async else []
    for body in bodies:
        server.replies = [Reply(307, headers={"Location": "/again"})]
        before = len(server.seen)
        client = (package.AsyncAcmeClient if is_async else package.AcmeClient)(base_url=server.url)

        async def use(client: Any = client, body: Any = body) -> None:
            async with client:
                await client.raw(request=body)

        with contextlib.suppress(RuntimeError):  # StreamConsumed
            if is_async:
                asyncio.run(use())
            else:
                client.raw(request=body)
        again = 1 if isinstance(body, io.BytesIO) else 0
        assert [seen.body for seen in server.seen[before:]] == [b"body"] * (1 + again)
        server.replies.clear()


def test_form_fields_that_are_json(call: Calls) -> None:
    assert call("form", text="a&b", number=1).body == b"text=%22a%26b%22&number=1"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"commas": ["a b", "c"]}, [("commas", b"a b,c")]),
        ({"pipes": ["a", None, "c%"]}, [("pipes", b"a|c%")]),
        ({"spaces": ["a", "b"]}, [("spaces", b"a b")]),
        ({"flat": {"x": "é", "y": 2}}, [("x", "é".encode()), ("y", b"2")]),
        ({"pairs": {"x": "a", "y": 2}}, [("pairs", b"x,a,y,2")]),
        ({"deep": {"x": "a", "y": [1, 2]}}, [("deep[x]", b"a"), ("deep[y][0]", b"1"), ("deep[y][1]", b"2")]),
        ({"again": ["a", "b"]}, [("again", b"a"), ("again", b"b")]),
    ],
)  # fmt: skip
def test_styles_of_parts(
    call: Calls, arguments: dict[str, Any], expected: list[tuple[str, bytes]]
) -> None:
    assert parts(call("parts", **arguments)) == [(name, None, text) for name, text in expected]


def test_parts_have_no_styles_in_openapi_3_0(tmp_path: Path) -> None:
    older = 'openapi: 3.0.3\ninfo: {title: Acme, version: "1"}\n' + API.replace('type: "null"', "")
    with bench(tmp_path, older) as built:
        built.server.default = Reply(status=204)
        built.client().parts(commas=["a", "b"], flat={"x": "1"})
        assert parts(built.server.seen[-1]) == [
            ("commas", None, b"a"),
            ("commas", None, b"b"),
            ("flat", "application/json", b'{"x":"1"}'),
        ]


def test_nested_values_of_styled_parts_are_reported(tmp_path: Path) -> None:
    built = make(tmp_path, API)
    messages = [
        item.message for item in built.diagnostics.warnings if item.code == "undefined-style"
    ]
    assert messages == [
        "'deep' has an array in an object, which the style 'deepObject' does not define;"
        " it is sent as consecutive values"
    ]


def test_a_range_with_parameters_is_matched_without_them(call: Calls) -> None:
    assert parts(call("parts", ranged=("a.gif", b"x"))) == [("ranged", "image/gif", b"x")]
    assert parts(call("parts", ranged=("a.txt", b"x"))) == [("ranged", "image/png", b"x")]


@pytest.mark.parametrize(
    "make_file", [bytearray, memoryview, lambda body: ("file", bytearray(body))]
)
def test_files_in_other_types_of_bytes(call: Calls, make_file: Any) -> None:
    octets = "application/octet-stream"
    assert parts(call("parts", file=make_file(b"x"))) == [("file", octets, b"x")]
    assert parts(call("scan", request={"file": make_file(b"x")})) == [("file", octets, b"x")]


@pytest.mark.parametrize("file", [iter([b"a"]), 7, (b"a", b"b"), ("a", 7)])
def test_what_is_no_file_is_an_error(call: Calls, file: Any) -> None:
    with pytest.raises(TypeError, match=r"the file 'files?': expected "):
        call("parts", **({"files": file} if isinstance(file, tuple) else {"file": file}))


def test_a_union_of_bodies_with_files_takes_a_mapping(call: Calls) -> None:
    package = call.generated.package
    annotations = {
        name: inspect.signature(getattr(package.AcmeClient, name)).parameters["request"].annotation
        for name in ("choice", "scan")
    }
    assert annotations == {
        "choice": "_types.ChoiceRequest | Mapping[str, Any] | None",
        "scan": "_types.Scan | Mapping[str, Any] | None",
    }
    file = ("a.png", io.BytesIO(b"\xff"))
    seen: Seen = call("choice", request={"file": file, "note": None})
    assert parts(seen) == [("file", "image/png", b"\xff")]
    assert parts(call("choice", request=package.Link(url="x"))) == [("url", None, b"x")]


def test_queries_of_fern_definitions_keep_the_name_of_a_union(tmp_path: Path) -> None:
    service = """
types:
  Point: {properties: {x: integer, y: optional<integer>}}
  Place: {discriminated: false, union: [string, Point, list<integer>]}
service:
  auth: false
  base-path: ""
  endpoints:
    find:
      method: GET
      path: /find
      request: {name: Find, query-parameters: {at: optional<Place>, any: optional<unknown>}}
"""
    with bench(tmp_path, {"api.yml": "name: acme\n", "places.yml": service}) as built:
        built.server.default = Reply(status=204)
        client = built.client()
        for place in ({"x": 1}, "here", [1, 2]):
            client.places.find(at=place)
        client.places.find(any={"x": {"y": 1}})
        assert [seen.target for seen in built.server.seen] == [
            "/find?at%5Bx%5D=1",
            "/find?at=here",
            "/find?at=1&at=2",
            "/find?any%5Bx%5D%5By%5D=1",
        ]
