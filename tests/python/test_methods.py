"""Methods and clients: arguments, requests, and diffs after a change."""

from __future__ import annotations

import asyncio
import difflib
import inspect
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply
from ..support.pipeline import ROOT
from .workbench import HEAD, bench, make

ITEM = "{description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}"


def signature(method: Any) -> list[str]:
    """The parameters of a method: `name`, `*name` for a keyword, `?` after an optional one."""
    return [
        ("*" if parameter.kind is parameter.KEYWORD_ONLY else "")
        + parameter.name
        + ("" if parameter.default is parameter.empty else "?")
        for parameter in inspect.signature(method).parameters.values()
        if parameter.name != "self"
    ]


def test_arguments_go_where_they_belong(tmp_path: Path) -> None:
    text = f"""
paths:
  /a/{{second}}/b/{{first}}:
    put:
      operationId: put
      parameters:
        - {{name: first, in: path, required: true, schema: {{type: string}}}}
        - {{name: second, in: path, required: true, schema: {{type: integer}}}}
        - {{name: tags, in: query, explode: false, schema: {{type: array, items: {{type: string}}}}}}
        - {{name: all, in: query, schema: {{type: array, items: {{type: string}}}}}}
        - {{name: where, in: query, style: deepObject, schema: {{type: object, properties: {{a: {{type: integer}}}}}}}}
        - {{name: X-Trace, in: header, schema: {{type: string}}}}
        - {{name: X-Fixed, in: header, required: true, schema: {{type: string, enum: [yes-please]}}}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name, kind]
              properties:
                name: {{type: string}}
                kind: {{type: string, enum: [fixed]}}
                note: {{type: [string, "null"]}}
      responses: {{"200": {ITEM}}}
"""
    with bench(tmp_path, text) as it:
        put = it.client().put
        assert signature(put) == [
            "second",
            "first",
            "*tags?",
            "*all_?",
            "*where?",
            "*trace?",
            "*name",
            "*note?",
            "*request_options?",
        ]
        put(7, "x/y", name="n", tags=["a", "b"], all_=["c", "d"], where={"a": 1}, trace="t")
        seen = it.server.seen[-1]
        assert seen.target == "/a/7/b/x%2Fy?tags=a,b&all=c&all=d&where%5Ba%5D=1"
        assert seen.headers["x-trace"] == "t" and seen.headers["x-fixed"] == "yes-please"
        assert seen.json == {"name": "n", "kind": "fixed"}
        put(7, "z", name="n", note=None)
        assert it.server.seen[-1].json == {"name": "n", "kind": "fixed", "note": None}

        async def twice() -> None:
            async with it.package.AsyncAcmeClient(base_url=it.server.url) as client:
                assert signature(client.put) == signature(put)
                raw_response = await client.with_raw_response.put(1, "q", name="m")
                assert raw_response.status_code == 200

        asyncio.run(twice())
        assert it.server.seen[-1].target == "/a/1/b/q"


def test_bodies_of_every_kind(tmp_path: Path) -> None:
    def post(name: str, media: str, schema: str, required: bool = True) -> str:
        return f"""
  /{name}:
    post:
      operationId: {name}
      requestBody: {{required: {str(required).lower()}, content: {{{media}: {{schema: {schema}}}}}}}
      responses: {{"204": {{description: none}}}}
"""

    form = "{type: object, required: [a], properties: {a: {type: string}, b: {type: array, items: {type: integer}}}}"
    upload = (
        "{type: object, required: [file], properties: {file: {type: string, format: binary},"
        " more: {type: array, items: {type: string, format: binary}},"
        " meta: {type: object, properties: {x: {type: integer}}}}}"
    )
    text = "paths:" + "".join(
        [
            post("items", "application/json", "{type: array, items: {type: string}}"),
            post("maybe", "application/json", "{type: array, items: {type: string}}", False),
            post("form", "application/x-www-form-urlencoded", form),
            post("upload", "multipart/form-data", upload),
            post("raw", "application/octet-stream", "{type: string, format: binary}"),
            post("words", "text/plain", "{type: string}"),
        ]
    )
    with bench(tmp_path, text) as it:
        it.server.default = Reply(204)
        client, seen = it.client(), it.server.seen
        client.items(request=["a"])
        assert seen[-1].json == ["a"]
        client.maybe()
        assert seen[-1].body == b""
        client.form(a="x y", b=[1, 2])
        assert seen[-1].body == b"a=x+y&b=1&b=2"
        client.upload(file=("n.txt", b"one"), more=[b"two", b"three"], meta={"x": 1})
        body = seen[-1].body
        assert seen[-1].headers["content-type"].startswith("multipart/form-data")
        assert (
            b'filename="n.txt"' in body
            and body.count(b'form-data; name="more"') == 2
            and b'"x"' in body
        )
        client.raw(request=b"\x00\x01")
        assert seen[-1].body == b"\x00\x01"
        assert seen[-1].headers["content-type"] == "application/octet-stream"
        client.words(request="hi")
        assert seen[-1].body == b"hi" and seen[-1].headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(("media", "modules"), [("multipart/form-data", 0), ("image/png", 1)])
def test_only_packages_with_raw_bodies_have_their_module(
    tmp_path: Path, media: str, modules: int
) -> None:
    file = "{type: string, format: binary}"
    schema = file if modules else f"{{type: object, properties: {{file: {file}}}}}"
    text = f"""
paths:
  /files:
    post:
      operationId: send
      requestBody: {{required: true, content: {{{media}: {{schema: {schema}}}}}}}
      responses: {{"204": {{description: none}}}}
"""
    files = make(tmp_path, text).files
    assert "acme/core/uploads.py" in files
    assert [*files].count("acme/core/raw_bodies.py") == modules
    assert ("raw_bodies" in files["acme/core/bodies.py"]) is bool(modules)


def test_responses_of_every_kind(tmp_path: Path) -> None:
    def get(name: str, content: str) -> str:
        return f"""
  /{name}:
    get:
      operationId: {name}
      responses: {{"200": {{description: ok, content: {{{content}}}}}}}
"""

    text = "paths:" + "".join(
        [
            get("words", "text/plain: {schema: {type: string}}"),
            get("file", "application/octet-stream: {schema: {type: string, format: binary}}"),
            get("free", "application/json: {schema: {}}"),
            get(
                "maps",
                "application/json: {schema: {type: object, additionalProperties: {type: integer}}}",
            ),
        ]
    )
    with bench(tmp_path, text) as it:
        client = it.client()
        it.server.default = Reply(200, b"hello", {"Content-Type": "text/plain"})
        assert client.words() == "hello"
        assert b"".join(client.file()) == b"hello"
        it.server.default = Reply(200, {"a": 1})
        assert client.free() == {"a": 1} and client.maps() == {"a": 1}
        assert client.with_raw_response.maps().data == {"a": 1}


STREAM = """
paths:
  /chat:
    post:
      operationId: chat
      x-fern-streaming:
        format: sse
        stream-condition: $request.stream
        terminator: "[DONE]"
        response: {$ref: "#/components/schemas/Answer"}
        response-stream: {$ref: "#/components/schemas/Event"}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [text, stream]
              properties: {text: {type: string}, stream: {type: boolean}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Answer"}}}}
components:
  schemas:
    Answer: {type: object, properties: {text: {type: string}}}
    Event: {type: object, properties: {piece: {type: string}}}
"""


def test_an_endpoint_responds_with_a_value_or_a_stream(tmp_path: Path) -> None:
    with bench(tmp_path, STREAM) as it:
        client = it.client()
        assert signature(client.chat) == signature(client.chat_stream)
        it.server.replies = [Reply(body={"text": "hi"})]
        assert client.chat(text="a").text == "hi"
        assert it.server.seen[-1].json == {"text": "a", "stream": False}
        events = b'data: {"piece": "h"}\n\ndata: {"piece": "i"}\n\ndata: [DONE]\n\n'
        kind = {"Content-Type": "text/event-stream"}
        it.server.default = Reply(200, events, kind)
        assert [item.piece for item in client.chat_stream(text="a")] == ["h", "i"]
        assert it.server.seen[-1].json == {"text": "a", "stream": True}
        with client.with_raw_response.chat_stream(text="a") as raw_response:
            assert [item.piece for item in raw_response.data] == ["h", "i"]


def test_pages_are_fetched_as_they_are_read(tmp_path: Path) -> None:
    text = """
paths:
  /users:
    get:
      operationId: list
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.data}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}
components:
  schemas:
    Page: {type: object, properties: {
      next: {type: string}, data: {type: array, items: {$ref: "#/components/schemas/User"}}}}
    User: {type: object, properties: {name: {type: string}}}
"""
    with bench(tmp_path, text) as it:
        it.server.replies = [
            Reply(body={"data": [{"name": "a"}], "next": "2"}),
            Reply(body={"data": [{"name": "b"}]}),
        ]
        assert [declared.name for declared in it.client().list()] == ["a", "b"]
        assert [item.target for item in it.server.seen] == ["/users", "/users?after=2"]


def test_raw_responses_beside_pages_streams_and_files(tmp_path: Path) -> None:
    text = """
paths:
  /users:
    get:
      operationId: list
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.data}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Page"}}}}
  /user:
    get:
      operationId: first
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
components:
  schemas:
    Page: {type: object, properties: {
      next: {type: string}, data: {type: array, items: {$ref: "#/components/schemas/User"}}}}
    User: {type: object, properties: {name: {type: string}}}
"""
    with bench(tmp_path, text) as it:
        it.server.replies = [Reply(body={"name": "a"}), Reply(body={"data": [{"name": "b"}]})]
        raw = it.client().with_raw_response
        raw_response = raw.first()
        assert (raw_response.status_code, raw_response.data.name) == (200, "a")
        assert [declared.name for declared in raw.list()] == ["b"]


def test_the_media_type_of_the_response_is_requested(tmp_path: Path) -> None:
    text = """
paths:
  /json: {get: {operationId: plain, responses: {"200": {description: a, content: {application/json: {schema: {}}}}}}}
  /api: {get: {operationId: vendor, responses: {"200": {description: a, content: {application/vnd.api+json: {schema: {}}}}}}}
  /text: {get: {operationId: text, responses: {"200": {description: a, content: {text/csv: {schema: {type: string}}}}}}}
"""
    with bench(tmp_path, text) as it:
        it.server.default = Reply(200, {})
        client = it.client()
        client.plain()
        client.vendor()
        client.text()
        asked = [request.headers["accept"] for request in it.server.seen]
        assert asked == ["application/json", "application/vnd.api+json", "text/csv, */*;q=0.1"]


def test_forms_are_serialized_in_their_styles(tmp_path: Path) -> None:
    case = Path(__file__).parents[1] / "cases" / "form-styles" / "openapi.yaml"
    with bench(tmp_path, case.read_text(encoding="utf-8")) as it:
        it.server.default = Reply(204)
        it.client().charges.create(
            amount=5,
            metadata={"a b": "c&d"},
            items=[{"price": "p1"}, {"price": "p2"}],
            expand=["x", "y,z"],
            tags=["t", "u"],
            as_json={"a": "é"},
        )
        seen = it.server.seen[-1]
        assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
        assert seen.body.decode().split("&") == [
            "amount=5",
            "metadata%5Ba%20b%5D=c%26d",
            "items%5B0%5D%5Bprice%5D=p1",
            "items%5B1%5D%5Bprice%5D=p2",
            "expand=x,y%2Cz",
            "tags=t",
            "tags=u",
            "as_json=%7B%22a%22%3A%22%C3%A9%22%7D",
        ]


AUTH = """
security: [{token: []}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer, x-fern-bearer: {name: apiKey, env: ACME_TEST_KEY}}
paths:
  /open:
    get: {operationId: open, security: [], responses: {"204": {description: none}}}
  /shut:
    get: {operationId: shut, responses: {"204": {description: none}}}
"""


def test_a_credential_is_read_when_the_client_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_TEST_KEY", raising=False)
    with bench(tmp_path, AUTH) as it:
        it.server.default = Reply(204)
        with pytest.raises(ValueError, match=r"api_key.*ACME_TEST_KEY"):
            it.client()
        monkeypatch.setenv("ACME_TEST_KEY", "later")
        it.client().shut()
        assert it.server.seen[-1].headers["authorization"] == "Bearer later"
        client = it.package.AcmeClient("mine", base_url=it.server.url)
        client.shut()
        assert it.server.seen[-1].headers["authorization"] == "Bearer mine"
        client.open()
        assert "authorization" not in it.server.seen[-1].headers


def test_layout_fern_has_the_modules_and_arguments_of_a_fern_sdk(tmp_path: Path) -> None:
    with bench(tmp_path, STREAM, layout="fern") as it:
        client = it.client()
        for name in ("types.answer", "client", "raw_client", "core.client_wrapper"):
            it.module(name)
        raw = it.module("raw_client")
        assert isinstance(client.with_raw_response, raw.RawAcmeClient)
        assert client.with_raw_response is client._raw_client
        assert "logging" in inspect.signature(it.package.AcmeClient).parameters


def test_client_wide_values_are_passed_to_the_constructor(tmp_path: Path) -> None:
    text = f"""
x-fern-global-headers:
  - {{header: X-Tenant, name: tenant}}
  - {{header: X-Region, name: region, env: ACME_TEST_REGION, optional: true}}
  - {{header: X-Fixed, name: fixed, type: 'literal<"on">'}}
x-fern-sdk-variables: {{gardenId: {{type: string, description: "Which garden."}}}}
paths:
  /gardens/{{gardenId}}:
    get:
      operationId: garden
      parameters:
        - {{name: gardenId, in: path, required: true, schema: {{type: string}}, x-fern-sdk-variable: gardenId}}
      responses: {{"200": {ITEM}}}
"""
    with bench(tmp_path, text) as it:
        client = it.client(tenant="t", garden_id="g")
        assert signature(client.garden) == ["*request_options?"]
        client.garden()
        seen = it.server.seen[-1]
        assert (seen.target, seen.headers["x-tenant"], seen.headers["x-fixed"]) == (
            "/gardens/g",
            "t",
            "on",
        )
        assert "x-region" not in seen.headers


def changed_lines(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """The removed and added lines, by Python file."""
    results: dict[str, list[str]] = {}
    for path in sorted(before.keys() | after.keys()):
        one, two = before.get(path, "").splitlines(), after.get(path, "").splitlines()
        lines = [
            text
            for text in difflib.unified_diff(one, two, lineterm="", n=0)
            if not text.startswith(("---", "+++"))
        ]
        if lines and path.endswith(".py"):
            results[path] = lines
    return results


def test_a_small_change_is_a_small_diff(tmp_path: Path) -> None:
    text = (ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8")
    before = make(tmp_path / "before", text).files
    field = "        output_dataset_id:\n          type: string\n"
    head, mark, tail = text.partition("    EmbedJob:\n")
    assert mark and field in tail
    more = field.replace("output_dataset_id", "region") + "          description: Where it runs.\n"
    after = make(tmp_path / "field", head + mark + tail.replace(field, more + field, 1)).files
    [(path, lines)] = changed_lines(before, after).items()
    assert path.endswith("types/embed_job.py")
    assert sum(line.startswith("@@") for line in lines) == 1

    head, mark, tail = text.partition("    CreateEmbedJobRequest:\n")
    argument = "        name:\n          type: string\n"
    assert mark and argument in tail
    more = argument.replace("name", "owner") + "          description: Whose it is.\n"
    after = make(
        tmp_path / "argument", head + mark + tail.replace(argument, more + argument, 1)
    ).files
    changed = changed_lines(before, after)
    sizes = {
        path: sum(not line.startswith("@@") for line in lines) for path, lines in changed.items()
    }
    assert sizes == {"acme/embed_jobs/client.py": 6, "acme/testing/embed_jobs.py": 2}


def test_sizes_of_the_embed_jobs_package(tmp_path: Path) -> None:
    text = (ROOT / "spec" / "openapi.yaml").read_text(encoding="utf-8")
    files = make(tmp_path, text).files
    assert len(files["acme/embed_jobs/client.py"].splitlines()) <= 340
    assert len(files["acme/types/embed_job.py"].splitlines()) <= 45


def test_two_parameters_that_claim_one_argument_are_settled_by_a_setting(tmp_path: Path) -> None:
    text = f"""
paths:
  /a/{{id}}:
    get:
      operationId: get
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: userId, in: query, schema: {{type: string}}}}
        - {{name: user_id, in: query, schema: {{type: string}}}}
      responses: {{"200": {ITEM}}}
"""
    with bench(tmp_path / "clash", text) as it:
        it.client().get("a", userId="b", user_id="c")
        assert it.server.seen[-1].target == "/a/a?userId=b&user_id=c"
        (problems,) = it.generated.diagnostics.reported
    assert (problems.severity, problems.code) == ("warning", "duplicate-argument")
    assert '"get.userId" = "another_name"' in (problems.hint or "")
    with bench(tmp_path, text, '[naming.rename]\n"get.query:user_id" = "other_id"\n') as it:
        it.client().get("a", other_id="b", user_id="c")
        assert it.server.seen[-1].target == "/a/a?userId=c&user_id=b"


def test_the_header_is_the_same_for_every_description() -> None:
    assert HEAD.strip().startswith("openapi:")
