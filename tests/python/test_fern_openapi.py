"""Layout `fern` for an OpenAPI description, compared with Fern's importer and Python generator."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

SPEC = """
paths:
  /ports/search:
    post:
      x-fern-sdk-group-name: ports
      x-fern-sdk-method-name: search
      x-fern-pagination:
        cursor: $request.page.after
        next_cursor: $response.next
        results: $response.found
      requestBody: &body
        content: {application/json: {schema: {$ref: "#/components/schemas/Search"}}}
      responses: {"200": &found {description: ok, content: {application/json: {schema: {
        type: object, properties: {found: {type: array, items: {type: string}},
                                   next: {type: string}}}}}}}
  /ports/count:
    put:
      x-fern-sdk-group-name: ports
      x-fern-sdk-method-name: count
      requestBody: *body
      responses: {"200": {description: ok}}
  /boats:
    get:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: get
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
        "404": {description: no, content: {application/json: {schema: {
          type: object, properties: {why: {type: string}}}}}}
    patch:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: patch
      parameters: [{name: tags, in: query, schema: {type: string}}]
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/BoatPatch"}}
          application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/BoatPatch"}}
      responses: {"200": &done {description: ok, content: {application/json: {schema: {
        type: object, properties: {done: {type: boolean}}}}}}}
  /boats/log:
    get:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: log
      x-fern-streaming: true
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}
  /boats/photo:
    get:
      x-fern-sdk-group-name: boats
      x-fern-sdk-method-name: photo
      responses: {"200": {description: ok, content: {application/octet-stream: {schema: {
        type: string, format: binary}}}}}
  /docks:
    patch:
      x-fern-sdk-group-name: docks
      x-fern-sdk-method-name: patch
      responses: {"200": {description: ok, content: {application/json: {schema: {
        type: object, properties: {count: {type: integer}}}}}}}
security: [{Bearer: []}]
components:
  securitySchemes: {Bearer: {type: http, scheme: bearer}}
  schemas:
    Search:
      type: object
      required: [text]
      properties:
        text: {type: string}
        page: {type: object, properties: {after: {type: string}}}
    BoatPatch: {type: object, properties: {tags: {type: array, items: {type: string}}}}
    Boat:
      type: object
      required: [id, name, owner, hull, mast, flag]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        owner: {type: [string, "null"]}
        hull: {$ref: "#/components/schemas/Hull"}
        mast: {$ref: "#/components/schemas/Mast"}
        crew:
          oneOf:
            - {type: object, properties: {name: {type: string}, rank: {type: string}}}
            - {type: object, properties: {name: {type: string}, agency: {type: string}, fee: {type: integer}}}
            - {type: string}
        engine:
          anyOf:
            - {$ref: "#/components/schemas/Sail"}
            - {type: object, properties: {kind: {type: string, enum: [diesel]}, power: {type: integer}}}
        cargo:
          anyOf:
            - {$ref: "#/components/schemas/Sail"}
            - {$ref: "#/components/schemas/Oar"}
            - {type: "null"}
        flag: {x-nullable: true}
        log: {}
        marks: {type: [object, "null"], additionalProperties: {$ref: "#/components/schemas/Sail"}}
    Hull: {type: [object, "null"], properties: {length: {type: integer}}}
    Mast: {type: object, readOnly: true, properties: {height: {type: integer}}}
    Sail: {type: object, properties: {kind: {type: string, const: sail}, area: {type: integer}}}
    Oar: {type: object, properties: {kind: {type: string, const: oar}, length: {type: integer}}}
"""


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    settings = 'layout = "fern"\n[python.pydantic]\nunion-naming = "v0"\n'
    with bench(tmp_path_factory.mktemp("acme"), SPEC, settings) as made:
        assert {diagnostic.code for diagnostic in made.made.diagnostics.reported} == {
            "duplicate-argument"
        }
        yield made


def parameters(method: Any) -> dict[str, bool]:
    """The keyword arguments of a method, and whether each is required."""
    return {
        parameter.name: parameter.default is parameter.empty
        for parameter in inspect.signature(method).parameters.values()
        if parameter.name != "request_options"
    }


def test_a_body_that_may_be_left_out_is_spread(acme: Bench) -> None:
    client = acme.client(token="t")
    assert parameters(client.ports.count) == {"text": True, "page": False}
    client.ports.count(text="a")
    assert acme.server.seen[-1].json == {"text": "a"}


def test_and_its_pages_follow_a_cursor_inside_it(acme: Bench) -> None:
    acme.server.replies = [
        Reply(body={"found": ["a"], "next": "n"}),
        Reply(body={"found": ["b"]}),
    ]
    assert list(acme.client(token="t").ports.search(text="x")) == ["a", "b"]
    assert acme.server.seen[-1].json == {"text": "x", "page": {"after": "n"}}


def test_with_the_setting_it_is_one_argument(tmp_path: Any) -> None:
    settings = 'layout = "fern"\n[python]\nrespect-optional-request-body = true\n'
    with bench(tmp_path, SPEC, settings) as made:
        assert parameters(made.client(token="t").ports.count) == {"request": False}


def test_nullable_and_read_only_properties_have_a_default(acme: Bench) -> None:
    boat = acme.package.Boat(name="x")
    assert (boat.id, boat.owner, boat.hull, boat.mast) == (None, None, None, None)
    assert boat.flag is None
    assert boat.dict() == {"name": "x"}
    with pytest.raises(ValueError, match="name"):
        acme.package.Boat()
    fields = acme.package.Boat.model_fields
    assert fields["log"].annotation == Any | None
    assert fields["marks"].annotation == dict[str, acme.package.Sail | None] | None


def test_variants_are_named_after_their_unique_property(acme: Bench) -> None:
    names = set(dir(acme.package))
    assert {"BoatCrewRank", "BoatCrewAgency", "BoatEngine_Sail", "BoatEngine_Diesel"} <= names
    # With null among three variants, Fern's importer infers no discriminator.
    assert not {"BoatCargo_Sail", "BoatCargo_Oar"} & names
    acme.server.replies = [
        Reply(body={"name": "x", "engine": {"kind": "diesel", "power": 2}, "cargo": {"length": 1}})
    ]
    boat = acme.client(token="t").boats.get()
    assert boat.engine == acme.package.BoatEngine_Diesel(power=2)
    assert boat.engine.dict() == {"kind": "diesel", "power": 2}


def test_the_body_of_an_error_is_called_after_the_error(acme: Bench) -> None:
    acme.server.replies = [Reply(404, {"why": "none"})]
    with pytest.raises(acme.package.NotFoundError) as raised:
        acme.client(token="t").boats.get()
    assert raised.value.body == acme.package.NotFoundErrorBody(why="none")


def test_names_are_those_of_their_group(acme: Bench) -> None:
    boats, docks = acme.module("boats"), acme.module("docks")
    assert boats.PatchBoatsResponse.model_fields.keys() == {"done"}
    assert docks.PatchDocksResponse.model_fields.keys() == {"count"}


def test_one_body_in_several_media_types_is_spread_without_a_class(acme: Bench) -> None:
    assert "BoatPatch" not in dir(acme.package)
    assert list(parameters(acme.client(token="t").boats.patch)) == ["tags", "boat_patch_tags"]
    acme.client(token="t").boats.patch(tags="a", boat_patch_tags=["b"])
    assert acme.server.seen[-1].target == "/boats?tags=a"
    assert acme.server.seen[-1].json == {"tags": ["b"]}


def test_a_wrapper_that_is_made_by_hand(acme: Bench) -> None:
    """As in hand-written modules, with the arguments of Fern's packages."""
    wrappers = acme.module("core.client_wrapper")
    given: dict[str, Any] = {
        "base_url": acme.server.url,
        "headers": {"X-Mine": "1"},
        "timeout": 5.0,
        "token": "t",
    }
    acme.server.replies = [Reply(body={"a": 1}), Reply(body={"name": "x"})]
    wrapper = wrappers.SyncClientWrapper(**given, httpx_client=httpx.Client())
    found = wrapper.httpx_client.request(
        "raw", method="POST", params={"q": [1, 2], "no": None}, json={"b": ...}, omit=...
    )
    assert isinstance(found, httpx.Response) and found.json() == {"a": 1}
    seen = acme.server.seen[-1]
    assert (seen.target, seen.json) == ("/raw?q=1&q=2", {})
    assert (seen.headers["x-mine"], seen.headers["authorization"]) == ("1", "Bearer t")
    assert (wrapper.get_base_url(), wrapper._base_url) == (acme.server.url, acme.server.url)
    assert wrapper.get_timeout() == 5.0
    assert acme.module("boats.client").BoatsClient(client_wrapper=wrapper).get().name == "x"
    assert acme.server.seen[-1].headers["authorization"] == "Bearer t"


def test_and_an_asynchronous_one(acme: Bench) -> None:
    async def call() -> None:
        async with httpx.AsyncClient() as http:
            wrapper = acme.module("core.client_wrapper").AsyncClientWrapper(
                base_url=acme.server.url, token="t", httpx_client=http
            )
            client = acme.module("boats.client").AsyncBoatsClient(client_wrapper=wrapper)
            assert (await client.get()).name == "x"
            found = await wrapper.httpx_client.request(
                "raw", method="GET", base_url=acme.server.url
            )
            assert found.json() == {"a": 1}
            async with wrapper.httpx_client.stream("raw", method="GET") as response:
                assert await response.aread() == b'{"a": 2}'
            raw = await client.with_raw_response.get()
            assert type(raw) is acme.module("core.http_response").AsyncHttpResponse
            await raw.close()

    bodies: list[Any] = [{"name": "x"}, {"a": 1}, {"a": 2}, {"name": "y"}]
    acme.server.replies = [Reply(body=body) for body in bodies]
    asyncio.run(call())
    assert acme.server.seen[-1].headers["authorization"] == "Bearer t"


def test_a_raw_response_can_be_closed(acme: Bench) -> None:
    acme.server.replies = [Reply(body={"name": "x"})]
    raw = acme.client(token="t").boats.with_raw_response.get()
    assert type(raw) is acme.module("core.http_response").HttpResponse
    raw.close()
    assert raw.data.name == "x"


@pytest.mark.parametrize("name", ["log", "photo"])
def test_a_raw_stream_can_be_closed(acme: Bench, name: str) -> None:
    responses = acme.module("core.http_response")

    async def call() -> None:
        client = acme.package.AsyncAcmeClient(base_url=acme.server.url, token="t")
        async with client, getattr(client.boats.with_raw_response, name)() as raw:
            assert type(raw) is responses.AsyncHttpResponse
            await raw.close()

    acme.server.replies = [Reply(chunks=[b'"a"\n'])] * 2
    with getattr(acme.client(token="t").boats.with_raw_response, name)() as raw:
        assert type(raw) is responses.HttpResponse
        raw.close()
    asyncio.run(call())


def test_requests_by_hand_are_sent_again(acme: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    module = acme.module("core.http_client")
    waits: list[float] = []
    monkeypatch.setattr(module.time, "sleep", waits.append)
    client = module.HttpClient(
        httpx_client=httpx.Client(),
        base_timeout=lambda: None,
        base_headers=dict,
        base_url=lambda: f"{acme.server.url}/v1?key=value",
    )
    acme.server.replies = [Reply(503, headers={"Retry-After": "3"}), Reply(body={"a": 1})]
    assert client.request("", method="GET").json() == {"a": 1}
    assert waits == [3.0]
    assert acme.server.seen[-1].target == "/v1?key=value"
    with pytest.raises(ValueError, match="base_url"):
        module.HttpClient(
            httpx_client=None, base_timeout=lambda: None, base_headers=dict
        ).get_base_url(None)


def test_the_parts_of_requests_by_hand(acme: Bench) -> None:
    module = acme.module("core.http_client")
    options = {"additional_body_parameters": {"see you": "later"}}
    body = module.get_request_body
    assert module._build_url("https://a.b/c/", "/d") == "https://a.b/c/d"
    assert module._build_url("https://a.b/c", None) == "https://a.b/c"
    assert body(json={"a": 1}, data=None, request_options=options, omit=None) == (
        {"a": 1, "see you": "later"},
        None,
    )
    assert body(json=None, data={"a": 1}, request_options=None, omit=None) == (None, {"a": 1})
    assert body(json=None, data=None, request_options={}, omit=None) == (None, None)
    assert body(json={}, data=None, request_options={}, omit=None) == ({}, None)
    told = [({"retry-after-ms": "1500"}, 1.5), ({"retry-after": "30"}, 30.0), ({}, None)]
    assert [module._parse_retry_after(headers) for headers, _ in told] == [x for _, x in told]


def test_the_http_clients_of_fern(acme: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made = acme.package.DefaultAsyncHttpxClient()
    assert (made.timeout.read, made.follow_redirects) == (60.0, True)
    assert acme.module("_default_clients").SDK_DEFAULT_TIMEOUT == 60.0
    make = acme.module("client")._make_default_async_client
    monkeypatch.setitem(sys.modules, "httpx_aiohttp", None)
    assert type(make(timeout=3, follow_redirects=None)) is httpx.AsyncClient
    module = importlib.reload(acme.module("_default_clients"))
    with pytest.raises(RuntimeError, match=r"pip install acme\[aiohttp\]"):
        module.DefaultAioHttpClient()


def test_aiohttp_is_used_where_it_is_installed(
    acme: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HttpxAiohttpClient(httpx.AsyncClient): ...

    fake: Any = ModuleType("httpx_aiohttp")
    fake.HttpxAiohttpClient = HttpxAiohttpClient
    monkeypatch.setitem(sys.modules, "httpx_aiohttp", fake)
    client = acme.package.AsyncAcmeClient(token="t", timeout=7)
    assert type(client._client_wrapper.client) is HttpxAiohttpClient
    own = httpx.AsyncClient()
    client = acme.package.AsyncAcmeClient(token="t", httpx_client=own)
    assert client._client_wrapper.client is own
    module = importlib.reload(acme.module("_default_clients"))
    assert isinstance(module.DefaultAioHttpClient(), HttpxAiohttpClient)
    assert module.DefaultAioHttpClient(timeout=3).timeout.read == 3
