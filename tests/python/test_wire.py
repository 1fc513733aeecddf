"""What generated clients send, byte for byte: parameters in their styles, forms, parts."""

from __future__ import annotations

import asyncio
import email.message
import email.parser
import email.policy
import inspect
import io
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply, Seen
from .workbench import Bench, bench

API = """
paths:
  /scalars:
    get:
      operationId: query
      parameters:
        - {name: "deep", in: query, style: deepObject, schema: {type: object, additionalProperties: true}}
        - {name: "a[b]", in: query, schema: {type: string}, x-fern-parameter-name: odd}
        - {name: piped, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: pipes, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: string}}}
        - {name: spaced, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: spaces, in: query, style: spaceDelimited, explode: true, schema: {type: array, items: {type: string}}}
        - {name: tag, in: query, schema: {type: array, items: {type: [string, "null"]}}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: [string, "null"]}}}
        - {name: filter, in: query, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: flat, in: query, explode: false, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: maps, in: query, schema: {type: object, additionalProperties: {type: object, additionalProperties: {type: string}}}}
        - {name: list, in: query, schema: {type: array, items: {$ref: "#/components/schemas/Filter"}}}
        - {name: free, in: query, allowReserved: true, schema: {type: string}}
        - {name: X-Items, in: header, schema: {type: array, items: {type: [string, "null"]}}}
        - {name: X-Whole, in: header, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: X-Exploded, in: header, explode: true, schema: {type: object, additionalProperties: {type: integer}}}
        - {name: crumb, in: cookie, explode: false, schema: {type: array, items: {type: [string, "null"]}}}
        - {name: jar, in: cookie, schema: {type: object, additionalProperties: {type: string}}}
      responses: {"204": {description: ok}}
  /{simple}/{exploded}/{label}/{labels}/{matrix}/{rows}/{cells}:
    get:
      operationId: path
      parameters:
        - {name: simple, in: path, required: true, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: exploded, in: path, required: true, explode: true, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: label, in: path, required: true, style: label, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: labels, in: path, required: true, style: label, explode: true, schema: {type: array, items: {type: string}}}
        - {name: matrix, in: path, required: true, style: matrix, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: rows, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string}}}
        - {name: cells, in: path, required: true, style: matrix, explode: true, schema: {$ref: "#/components/schemas/Filter"}}
      responses: {"204": {description: ok}}
  /{row}{cells}:
    get:
      operationId: matrix
      parameters:
        - {name: row, in: path, required: true, style: matrix, schema: {type: string}}
        - {name: cells, in: path, required: true, style: matrix, explode: true, schema: {type: object, additionalProperties: {type: string}}}
      responses: {"204": {description: ok}}
  /part:
    post:
      operationId: part
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                file: {type: string, format: binary}
                files: {type: array, items: {type: string, format: binary}}
                choice: {type: string, format: binary}
                any: {type: string, format: binary}
                note: {$ref: "#/components/schemas/Card"}
                notes: {type: array, items: {$ref: "#/components/schemas/Card"}}
                free: {type: object}
                either: {oneOf: [{$ref: "#/components/schemas/Card"}, {type: string}]}
                text: {type: string}
                texts: {type: array, items: {type: [string, "null"]}}
                rows: {type: array, items: {type: string}}
                written: {$ref: "#/components/schemas/Card"}
            encoding:
              choice: {contentType: "image/png, image/jpeg"}
              files: {contentType: "image/png, image/jpeg"}
              any: {contentType: "image/*"}
              rows: {contentType: "text/csv, text/plain"}
              written: {contentType: "application/vnd.card+json"}
      responses: {"204": {description: ok}}
  /mixed:
    post:
      operationId: mixed
      requestBody:
        required: true
        content:
          multipart/mixed:
            schema:
              type: object
              properties:
                note: {$ref: "#/components/schemas/Card"}
                file: {type: string, format: binary}
                text: {type: string}
      responses: {"204": {description: ok}}
  /whole-json:
    get: {operationId: whole_json, responses: {"204": {description: ok}}, parameters: [{name: q, in: querystring, required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Filter"}}}}]}
  /whole-text:
    get: {operationId: whole_text, responses: {"204": {description: ok}}, parameters: [{name: q, in: querystring, content: {text/plain: {schema: {type: string}}}}]}
  /whole-map:
    get: {operationId: whole_map, responses: {"204": {description: ok}}, parameters: [{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, additionalProperties: {type: string}}}}}]}
  /urlencoded:
    post:
      operationId: urlencoded
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                tags: {type: array, items: {type: [string, "null"]}}
                card: {$ref: "#/components/schemas/Card"}
                cards: {type: array, items: {$ref: "#/components/schemas/Card"}}
                deep: {type: object, additionalProperties: true}
                free: {type: string}
            encoding: {deep: {style: deepObject}, free: {allowReserved: true}}
      responses: {"204": {description: ok}}
  /pay: &union
    post:
      operationId: pay
      requestBody:
        content:
          application/x-www-form-urlencoded: &choice
            schema: {oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Coins"}]}
      responses: {"204": {description: ok}}
  /tagged:
    post:
      operationId: tagged
      requestBody:
        required: true
        content: {application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Tagged"}}}
      responses: {"204": {description: ok}}
  /upload:
    post: {operationId: upload, requestBody: {content: {multipart/form-data: *choice}}, responses: {"204": {description: ok}}}
  /pages:
    post:
      operationId: pages
      requestBody: {content: {multipart/form-data: {schema: {type: array, items: {type: string, format: binary}}}}}
      responses: {"204": {description: ok}}
  /rows:
    post:
      operationId: rows
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: array, items: {type: string}}}}}
      responses: {"204": {description: ok}}
  /anything:
    post: {operationId: anything, requestBody: {content: {multipart/form-data: {}}}, responses: {"204": {description: ok}}}
  /any-form:
    post: {operationId: any_form, requestBody: {content: {application/x-www-form-urlencoded: {schema: {}}}}, responses: {"204": {description: ok}}}
  /map:
    post:
      operationId: map
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, additionalProperties: {type: string}}}}}
      responses: {"204": {description: ok}}
  /named-files:
    post:
      operationId: named_files
      requestBody: {content: {multipart/form-data: {schema: {type: object, additionalProperties: {type: string, format: binary}}}}}
      responses: {"204": {description: ok}}
  /picture:
    post: {operationId: picture, requestBody: {content: {image/*: {schema: {type: string, format: binary}}}}, responses: {"204": {description: ok}}}
  /whatever:
    post: {operationId: whatever, requestBody: {content: {"*/*": {schema: {type: string, format: binary}}}}, responses: {"204": {description: ok}}}
  /note:
    post: {operationId: note, requestBody: {content: {text/*: {schema: {type: string}}}}, responses: {"204": {description: ok}}}
  /merge:
    post: {operationId: merge, requestBody: {content: {application/*+json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {"204": {description: ok}}}
  /raw-form:
    post: {operationId: raw_form, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}, responses: {"204": {description: ok}}}
components:
  schemas:
    Filter: {type: object, properties: {name: {type: string}, owner: {type: object, properties: {name: {type: string}}}}}
    Card: {type: object, required: [number], properties: {number: {type: string}}}
    Coins: {type: object, required: [sum], properties: {sum: {type: integer}}}
    Tagged:
      oneOf: [{$ref: "#/components/schemas/Red"}, {$ref: "#/components/schemas/Blue"}]
      discriminator: {propertyName: colour, mapping: {red: "#/components/schemas/Red", blue: "#/components/schemas/Blue"}}
    Red: {type: object, required: [colour, depth], properties: {colour: {type: string, const: red}, depth: {type: integer}}}
    Blue: {type: object, required: [colour], properties: {colour: {type: string, const: blue}}}
"""


class Calls:
    """Calls both kinds of client, and gives the request, which is the same for both."""

    def __init__(self, made: Bench) -> None:
        self.made = made

    def __call__(self, method: str, /, **arguments: Any) -> Seen:
        url = self.made.server.url
        getattr(self.made.client(max_retries=0), method)(**arguments)

        async def later() -> None:
            client = self.made.package.AsyncAcmeClient(base_url=url, max_retries=0)
            await getattr(client, method)(**arguments)
            await client._client_wrapper.aclose()

        asyncio.run(later())
        first, second = self.made.server.seen[-2:]
        assert first.target == second.target
        if "multipart" not in first.headers.get("content-type", ""):
            assert first.body == second.body
        return first


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    with bench(tmp_path_factory.mktemp("wire"), API) as made:
        made.server.default = Reply(status=204)
        yield Calls(made)


OWNED = {"name": "oak", "owner": {"name": "ann"}}


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        ({"deep": {"lid": "red", "size": 2}}, "deep%5Blid%5D=red&deep%5Bsize%5D=2"),
        ({"deep": {"a": {"b": {"c": "#"}}}}, "deep%5Ba%5D%5Bb%5D%5Bc%5D=%23"),
        ({"deep": {"a|b": ["x", None], "n": None}}, "deep%5Ba%7Cb%5D=x"),
        ({"odd": "x[y]"}, "a%5Bb%5D=x%5By%5D"),
        ({"piped": ["a", "b"]}, "piped=a%7Cb"),
        ({"pipes": ["a", "b"]}, "pipes=a&pipes=b"),
        ({"spaced": ["a", None, "b"]}, "spaced=a%20b"),
        ({"spaces": ["a", "b"]}, "spaces=a&spaces=b"),
        ({"tag": ["a", None]}, "tag=a"),
        ({"tags": ["a", None, "b"]}, "tags=a,b"),
        ({"tags": [None]}, ""),
        ({"filter": OWNED}, "name=oak&owner%5Bname%5D=ann"),
        ({"flat": OWNED}, "flat=name,oak,owner,%7B%22name%22%3A%22ann%22%7D"),
        ({"maps": {"a": {"x": "1"}, "b": {"x": "2"}}}, "a%5Bx%5D=1&b%5Bx%5D=2"),
        ({"list_": [OWNED]}, "list%5Bname%5D=oak&list%5Bowner%5D%5Bname%5D=ann"),
        ({"free": "/a?b=[c]#"}, "free=/a?b=%5Bc%5D%23"),
    ],
)
def test_queries(call: Calls, arguments: dict[str, Any], target: str) -> None:
    seen = call("query", **arguments)
    assert seen.target == ("/scalars?" + target if target else "/scalars")


@pytest.mark.parametrize(
    ("method", "value", "target"),
    [
        ("whole_json", OWNED, "/whole-json?%7B%22name%22%3A%22oak%22%2C%22owner%22%3A%7B%22name%22%3A%22ann%22%7D%7D"),
        ("whole_json", "Filter", "/whole-json?%7B%22name%22%3A%22%C3%A9%26%22%7D"),
        ("whole_text", "$.a[?(@.b)]", "/whole-text?%24.a%5B%3F%28%40.b%29%5D"),
        ("whole_text", None, "/whole-text"),
        ("whole_map", {"a b": "c&d", "e": "f"}, "/whole-map?a%20b=c%26d&e=f"),
    ],
)  # fmt: skip
def test_parameters_that_are_the_whole_query(
    call: Calls, method: str, value: Any, target: str
) -> None:
    value = call.made.package.Filter(name="é&") if value == "Filter" else value
    assert call(method, q=value).target == target


def test_headers_and_cookies(call: Calls) -> None:
    given = {"whole": {"name": "oak"}, "exploded": {"a": 1, "b": 2}, "crumb": ["a", None]}
    seen = call("query", items=["a", None, "b"], **given)
    assert seen.headers["x-items"] == "a,b"
    assert seen.headers["x-whole"] == "name,oak"
    assert seen.headers["x-exploded"] == "a=1,b=2"
    assert seen.headers["cookie"] == "crumb=a"
    assert "x-whole" not in call("query").headers
    jar = call("query", jar={"a; b": "c; d", "e": "f"})
    assert jar.headers["cookie"] == "a%3B%20b=c%3B%20d; e=f"


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        *((name, nothing) for name in ("items", "crumb") for nothing in ([], [None])),
        *(
            (name, nothing)
            for name in ("whole", "exploded", "jar")
            for nothing in ({}, {"a": None})
        ),
    ],
)
def test_headers_and_cookies_without_members_are_left_out(
    call: Calls, name: str, nothing: Any
) -> None:
    plain = {*call("query").headers}
    assert {*call("query", **{name: nothing}).headers} == plain


def test_paths(call: Calls) -> None:
    oak = {"name": "o/k"}
    seen = call(
        "path",
        simple=oak,
        exploded=oak,
        label=oak,
        labels=["a", "b"],
        matrix=oak,
        rows=["a", "b"],
        cells=oak,
    )
    assert seen.target == (
        "/name,o%2Fk/name=o%2Fk/.name,o%2Fk/.a.b/;matrix=name,o%2Fk/;rows=a;rows=b/;name=o%2Fk"
    )


def test_matrix_writes_an_empty_text_without_an_equals_sign(call: Calls) -> None:
    """RFC 6570, section 3.2.7."""
    assert call("matrix", row="", cells={"a": "", "b": "1"}).target == "/;row;a;b=1"
    assert call("matrix", row="x", cells={}).target == "/;row=x"


def parts(seen: Seen) -> list[tuple[str, str | None, bytes]]:
    """Name, Content-Type and content of each part, by the standard parser."""
    head = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    found: list[tuple[str, str | None, bytes]] = []
    for part in parser.parsebytes(head + seen.body).iter_parts():
        assert isinstance(part, email.message.EmailMessage)
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        found.append((name, part["content-type"] and str(part["content-type"]), content))
    return found


CARD = {"number": "12"}
JSON = b'{"number":"12"}'


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"note": CARD}, [("note", "application/json", JSON)]),
        ({"notes": [CARD, CARD]}, [("notes", "application/json", JSON)] * 2),
        ({"free": CARD}, [("free", "application/json", JSON)]),
        ({"either": CARD}, [("either", "application/json", JSON)]),
        ({"either": "x"}, [("either", None, b"x")]),
        ({"text": "x"}, [("text", None, b"x")]),
        ({"texts": ["a", None, "null"]}, [("texts", None, b"a"), ("texts", None, b"null")]),
        ({"rows": ["a", "b"]}, [("rows", "text/csv", b"a"), ("rows", "text/csv", b"b")]),
        ({"written": CARD}, [("written", "application/vnd.card+json", JSON)]),
        ({"choice": ("a.jpg", b"x")}, [("choice", "image/jpeg", b"x")]),
        ({"choice": ("a.gif", b"x")}, [("choice", "image/png", b"x")]),
        ({"choice": ("a", b"x", "image/x-own")}, [("choice", "image/x-own", b"x")]),
        ({"choice": b"x"}, [("choice", "image/png", b"x")]),
        ({"any": b"x"}, [("any", "application/octet-stream", b"x")]),
        ({"any": ("a.gif", b"x")}, [("any", "image/gif", b"x")]),
        ({"any": ("a.txt", b"x")}, [("any", "application/octet-stream", b"x")]),
        (
            {"files": [("a.jpg", b"x"), b"y"]},
            [("files", "image/jpeg", b"x"), ("files", "image/png", b"y")],
        ),
        ({"file": ("a.txt", b"x")}, [("file", "text/plain", b"x")]),
    ],
)
def test_parts(
    call: Calls, arguments: dict[str, Any], expected: list[tuple[str, str | None, bytes]]
) -> None:
    assert parts(call("part", **arguments)) == expected


@pytest.mark.parametrize(
    ("method", "arguments", "body"),
    [
        ("urlencoded", {"tags": ["a", None, "b"]}, b"tags=a&tags=b"),
        ("urlencoded", {"card": CARD}, b"card=%7B%22number%22%3A%2212%22%7D"),
        ("urlencoded", {"cards": [CARD, None]}, b"cards=%7B%22number%22%3A%2212%22%7D"),
        ("urlencoded", {"deep": {"a": {"b": [None, 1]}}}, b"deep%5Ba%5D%5Bb%5D%5B0%5D=1"),
        ("urlencoded", {"free": "a/b[c]"}, b"free=a/b%5Bc%5D"),
        ("pay", {"request": "Card"}, b"number=12"),
        ("pay", {"request": CARD}, b"number=12"),
        ("pay", {}, b""),
        ("tagged", {"request": "RedTagged"}, b"depth=3&colour=red"),
        ("map", {"request": {"a": "b c"}}, b"a=b+c"),
        ("map", {}, b""),
        ("rows", {"request": ["a", "b"]}, b"item=a&item=b"),
        ("rows", {}, b""),
        ("any_form", {"request": {"a": [1, 2]}}, b"a=1&a=2"),
        ("any_form", {}, b""),
        ("raw_form", {"request": "a=b&c"}, b"a=b&c"),
        ("upload", {}, b""),
        ("pages", {}, b""),
        ("anything", {}, b""),
    ],
)
def test_form_bodies(call: Calls, method: str, arguments: dict[str, Any], body: bytes) -> None:
    package = call.made.package
    models = {"Card": lambda: package.Card(**CARD), "RedTagged": lambda: package.RedTagged(depth=3)}
    given = {
        name: models[value]() if isinstance(value, str) and value in models else value
        for name, value in arguments.items()
    }
    seen = call(method, **given)
    assert seen.body == body
    form = "application/x-www-form-urlencoded"
    assert seen.headers.get("content-type") == (form if body else None)


@pytest.mark.parametrize(
    ("method", "arguments", "sent"),
    [
        ("picture", {"request": b"x"}, ("application/octet-stream", b"x")),
        ("whatever", {"request": b"x"}, ("application/octet-stream", b"x")),
        ("note", {"request": "x"}, ("text/plain", b"x")),
        ("merge", {"a": "x"}, ("application/json", b'{"a":"x"}')),
    ],
)
def test_a_range_of_media_types_is_no_content_type(
    call: Calls, method: str, arguments: dict[str, Any], sent: tuple[str, bytes]
) -> None:
    seen = call(method, **arguments)
    assert (seen.headers["content-type"], seen.body) == sent


def test_multipart_bodies_of_other_types(call: Calls) -> None:
    file = io.BytesIO(b"skipped-sent")
    file.seek(8)
    seen = call("mixed", note=CARD, text="t", file=('a"b.png', file, None, {"X-Own": "1"}))
    assert seen.headers["content-type"].startswith("multipart/mixed; boundary=")
    assert b'filename="a%22b.png"\r\nX-Own: 1\r\n' in seen.body
    assert parts(seen) == [
        ("note", "application/json", JSON),
        ("text", None, b"t"),
        ("file", None, b"sent"),
    ]
    assert not call.made.made.diagnostics.errors


def test_multipart_bodies_that_are_no_objects(call: Calls) -> None:
    package = call.made.package
    card = [("number", None, b"12")]
    assert parts(call("upload", request=package.Card(**CARD))) == card
    assert parts(call("upload", request=CARD)) == card
    file = "application/octet-stream"
    assert parts(call("pages", request=[b"one", b"two"])) == [
        ("file", file, b"one"),
        ("file", file, b"two"),
    ]
    parameters = inspect.signature(package.AcmeClient.named_files).parameters
    assert parameters["request"].annotation == "dict[str, File] | None"
    named = {"a": b"one", "b": ("b.txt", b"two")}
    assert parts(call("named_files", request=named)) == [
        ("a", file, b"one"),
        ("b", "text/plain", b"two"),
    ]
    mixed = {"a": "x", "b": ("b.txt", b"y"), "c": [b"1", b"2"], "d": CARD}
    assert parts(call("anything", request=mixed)) == [
        ("a", None, b"x"),
        ("b", "text/plain", b"y"),
        ("c", file, b"1"),
        ("c", file, b"2"),
        ("d", "application/json", JSON),
    ]


@pytest.mark.parametrize(
    "file",
    [
        ("a", b"x", "text/plain\r\nX-Added: 1"),
        ("a", b"x", "text/plain", {"X-Own": "a\nX-Added: 1"}),
        ("a", b"x", "text/plain", {"X-Own\r\nX-Added": "1"}),
    ],
)
def test_no_line_break_reaches_a_header_of_a_part(call: Calls, file: Any) -> None:
    with pytest.raises(ValueError, match="has characters that HTTP forbids"):
        call("part", file=file)


def test_no_line_break_reaches_a_header(call: Calls) -> None:
    names = call("part", file=('a\r\nX-Added: 1"', io.BytesIO(b"x")))
    assert b"\r\nX-Added" not in names.body
    for headers in ({"X-Own": "a\r\nX-Added: 1"}, {"X-Own\nX-Added": "1"}, {"X-Own": "a\0"}):
        with pytest.raises(ValueError, match="has characters that HTTP forbids"):
            call("part", text="x", request_options={"additional_headers": headers})
    with pytest.raises(ValueError, match="has characters that HTTP forbids"):
        call("query", whole={"name": "a\r\nX-Added: 1"})
