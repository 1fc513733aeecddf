"""A package with modules that a team writes by hand, in the style of Fern's, beside generated ones."""

from __future__ import annotations

import asyncio
import importlib
import itertools
import json
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import httpx
import pytest

from ..runtime.server import Reply, Seen, Server
from .conftest import Project
from .fern_folder import Folder

OPENAPI = """
openapi: 3.1.0
info: {title: Docks, version: "1"}
servers: [{url: "https://docks.test", x-fern-server-name: Production}]
security: [{Key: []}]
paths:
  /boats/{id}:
    get:
      operationId: boats_get
      tags: [boats]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Lost"}}}}
  /crew:
    get:
      operationId: crew_list
      tags: [crew]
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
        "404": {description: no, content: {application/json: {schema: {$ref: "#/components/schemas/Lost"}}}}
components:
  securitySchemes:
    Key: {type: http, scheme: bearer, x-fern-bearer: {name: apiKey, env: DOCKS_KEY}}
  schemas:
    Boat:
      type: object
      required: [id]
      properties: {id: {type: string}, hullType: {type: string, enum: [wood, steel]}}
    Lost: {type: object, properties: {message: {type: string}}}
"""
GENERATORS = """
api: {specs: [{openapi: openapi.yml}]}
groups:
  sdk:
    generators:
      - name: fernapi/fern-python-sdk
        version: 5.12.0
        output: {location: local-file-system, path: ../sdk/docks}
        config: {client_class_name: Docks, pydantic_config: {skip_validation: true}}
"""

ROOT = """
import httpx
from .core.client_wrapper import AsyncClientWrapper, SyncClientWrapper
from .environment import DocksEnvironment

class Docks:
    def __init__(self, *, base_url=None, environment=DocksEnvironment.PRODUCTION, api_key=None):
        self._client_wrapper = SyncClientWrapper(
            base_url=base_url or environment.value, api_key=api_key, headers=None, timeout=9,
            httpx_client=httpx.Client(timeout=9), max_retries=0, logging=None,
        )
        from .boats.client import BoatsClient
        from .crew.client import CrewClient
        self.boats = BoatsClient(client_wrapper=self._client_wrapper)
        self.crew = CrewClient(client_wrapper=self._client_wrapper)

class AsyncDocks:
    def __init__(self, *, base_url=None, environment=DocksEnvironment.PRODUCTION, api_key=None):
        self._client_wrapper = AsyncClientWrapper(
            base_url=base_url or environment.value, api_key=api_key, headers=None, timeout=9,
            httpx_client=httpx.AsyncClient(timeout=9), max_retries=0, logging=None,
        )
        from .boats.client import AsyncBoatsClient
        from .crew.client import AsyncCrewClient
        self.boats = AsyncBoatsClient(client_wrapper=self._client_wrapper)
        self.crew = AsyncCrewClient(client_wrapper=self._client_wrapper)
"""

GROUP = """
from ..core.client_wrapper import AsyncClientWrapper, SyncClientWrapper
from .raw_client import AsyncRawBoatsClient, RawBoatsClient

class BoatsClient:
    def __init__(self, *, client_wrapper: SyncClientWrapper):
        self._raw_client = RawBoatsClient(client_wrapper=client_wrapper)

    def get(self, id, *, request_options=None):
        return self._raw_client.get(id, request_options=request_options).data

class AsyncBoatsClient:
    def __init__(self, *, client_wrapper: AsyncClientWrapper):
        self._raw_client = AsyncRawBoatsClient(client_wrapper=client_wrapper)

    async def get(self, id, *, request_options=None):
        return (await self._raw_client.get(id, request_options=request_options)).data
"""

RAW_GROUP = """
from ..core.api_error import ApiError
from ..core.http_response import AsyncHttpResponse, HttpResponse
from ..core.jsonable_encoder import encode_path_param
from ..core.unchecked_base_model import construct_type
from ..errors.not_found_error import NotFoundError
from ..types.boat import Boat
from ..types.lost import Lost

def read(response):
    if response.status_code == 404:
        body = construct_type(type_=Lost, object_=response.json())
        raise NotFoundError(headers=dict(response.headers), body=body)
    return construct_type(type_=Boat, object_=response.json())

class RawBoatsClient:
    def __init__(self, *, client_wrapper):
        self._client_wrapper = client_wrapper

    def get(self, id, *, request_options=None):
        response = self._client_wrapper.httpx_client.request(
            f"boats/{encode_path_param(id)}", method="GET", request_options=request_options
        )
        return HttpResponse(response=response, data=read(response))

class AsyncRawBoatsClient:
    def __init__(self, *, client_wrapper):
        self._client_wrapper = client_wrapper

    async def get(self, id, *, request_options=None):
        response = await self._client_wrapper.httpx_client.request(
            f"boats/{encode_path_param(id)}", method="GET", request_options=request_options
        )
        return AsyncHttpResponse(response=response, data=read(response))
"""

MODEL = """
import typing
import pydantic
from ..core.unchecked_base_model import UncheckedBaseModel
from .boat_hull_type import BoatHullType

class Boat(UncheckedBaseModel):
    id: str
    hull_type: typing.Annotated[
        typing.Optional[BoatHullType], pydantic.Field(alias="hullType")
    ] = None

    def hull(self):
        return f"hull of {self.hull_type}"
"""

ENUM = """
import typing
BoatHullType = typing.Union[typing.Literal["wood", "steel", "by hand"], typing.Any]
"""

ERROR = """
import typing
from ..core.api_error import ApiError
from ..types.lost import Lost

class NotFoundError(ApiError):
    def __init__(self, body: Lost, headers: typing.Optional[typing.Dict[str, str]] = None):
        super().__init__(status_code=404, headers=headers, body=body)
        self.by_hand = True
"""

WRAPPER = """
from .http_client import AsyncHttpClient, HttpClient

class BaseClientWrapper:
    def __init__(self, *, api_key, headers=None, base_url, timeout=None, httpx_client,
                 max_retries=2, logging=None):
        self._api_key, self._base_url, self._timeout = api_key, base_url, timeout
        self.httpx_client = self.http(
            httpx_client=httpx_client, base_headers=self.get_headers,
            base_timeout=lambda: self._timeout, base_url=lambda: self._base_url,
            base_max_retries=max_retries, logging_config=logging,
        )

    def get_headers(self):
        return {"X-By-Hand": "1", "Authorization": f"Bearer {self._api_key}"}

class SyncClientWrapper(BaseClientWrapper):
    http = HttpClient

class AsyncClientWrapper(BaseClientWrapper):
    http = AsyncHttpClient
"""

OAUTH_ROOT = """
import httpx
from .core.client_wrapper import AsyncClientWrapper, SyncClientWrapper
from .core.oauth_token_provider import AsyncOAuthTokenProvider, OAuthTokenProvider
from .boats.client import AsyncBoatsClient, BoatsClient

class Docks:
    def __init__(self, *, base_url, client_id, client_secret):
        base = {"base_url": base_url, "timeout": 9, "httpx_client": httpx.Client()}
        provider = OAuthTokenProvider(
            client_id=client_id, client_secret=client_secret,
            client_wrapper=SyncClientWrapper(**base),
        )
        self._client_wrapper = SyncClientWrapper(**base, token=provider.get_token)
        self.boats = BoatsClient(client_wrapper=self._client_wrapper)

class AsyncDocks:
    def __init__(self, *, base_url, client_id, client_secret):
        base = {"base_url": base_url, "timeout": 9, "httpx_client": httpx.AsyncClient()}
        provider = AsyncOAuthTokenProvider(
            client_id=client_id, client_secret=client_secret,
            client_wrapper=AsyncClientWrapper(**base),
        )
        self._client_wrapper = AsyncClientWrapper(**base, async_token=provider.get_token)
        self.boats = AsyncBoatsClient(client_wrapper=self._client_wrapper)
"""

PROVIDER = """
from ..auth.client import AsyncAuthClient, AuthClient

class OAuthTokenProvider:
    def __init__(self, *, client_id, client_secret, client_wrapper):
        self._keys = {"client_id": client_id, "client_secret": client_secret}
        self._client = AuthClient(client_wrapper=client_wrapper)

    def get_token(self):
        return self._client.token(**self._keys).access_token

class AsyncOAuthTokenProvider:
    def __init__(self, *, client_id, client_secret, client_wrapper):
        self._keys = {"client_id": client_id, "client_secret": client_secret}
        self._client = AsyncAuthClient(client_wrapper=client_wrapper)

    async def get_token(self):
        return (await self._client.token(**self._keys)).access_token
"""

OAUTH_WRAPPER = """
from .http_client import AsyncHttpClient, HttpClient

class SyncClientWrapper:
    http = HttpClient

    def __init__(self, *, base_url, httpx_client, token=None, timeout=None):
        self._token, self._base_url, self._timeout = token, base_url, timeout
        self.httpx_client = self.http(
            httpx_client=httpx_client, base_headers=self.get_headers,
            base_timeout=lambda: timeout, base_url=lambda: base_url,
        )

    def get_headers(self):
        token = self._token() if callable(self._token) else self._token
        return {"Authorization": f"Bearer {token}"} if token else {}

class AsyncClientWrapper(SyncClientWrapper):
    http = AsyncHttpClient

    def __init__(self, *, async_token=None, **more):
        super().__init__(**more)
        self._async_token = async_token

    async def async_get_headers(self):
        token = await self._async_token() if self._async_token else None
        return {"Authorization": f"Bearer {token}"} if token else {}
"""

OAUTH = {
    "client.py": OAUTH_ROOT,
    "core/oauth_token_provider.py": PROVIDER,
    "core/client_wrapper.py": OAUTH_WRAPPER,
}

BY_HAND = {
    "client.py": ROOT,
    "boats/client.py": GROUP,
    "boats/raw_client.py": RAW_GROUP,
    "types/boat.py": MODEL,
    "types/boat_hull_type.py": ENUM,
    "errors/not_found_error.py": ERROR,
    "errors/__init__.py": "from .not_found_error import NotFoundError as NotFoundError\n",
    "core/client_wrapper.py": WRAPPER,
}


@pytest.fixture
def docks(project: Project) -> Folder:
    folder = Folder(project, "docks")
    folder.put("fern/openapi.yml", OPENAPI)
    folder.put("fern/generators.yml", GENERATORS)
    return folder


@pytest.fixture
def server() -> Iterator[Server]:
    """Responds as the API does."""

    def respond(request: Seen) -> Reply:
        if request.target == "/boats/none":
            return Reply(404, {"message": "gone"})
        if request.target == "/token":
            return Reply(body={"access_token": request.json["client_id"] + "!"})
        if request.target == "/crew":
            return Reply(body=["ann"])
        return Reply(body={"id": request.target.removeprefix("/boats/"), "hullType": "wood"})

    running = Server()
    running.handler = respond
    yield running
    running.close()


def kept(folder: Folder, names: tuple[str, ...], modules: Mapping[str, str] = BY_HAND) -> str:
    """The warnings of a run with hand-written modules."""
    folder.keep({name: modules[name] for name in names})
    warnings = folder.generate().err
    assert all(folder.text(name) == modules[name] for name in names)
    return warnings


def call_everything(docks: ModuleType, server: Server) -> tuple[Any, Any]:
    """A boat and an error, after calls of both clients."""
    client = docks.Docks(base_url=server.url, api_key="k")
    boat = client.boats.get("1", request_options={"additional_headers": {"X-More": "2"}})
    assert server.seen[-1].headers["x-more"] == "2"
    assert client.crew.list() == ["ann"]
    not_found = importlib.import_module("docks.errors.not_found_error").NotFoundError
    assert docks.NotFoundError is not_found
    with pytest.raises(not_found) as caught:
        client.boats.get("none")
    assert caught.value.status_code == 404
    assert caught.value.body.message == "gone"

    async def in_a_loop() -> None:
        later = docks.AsyncDocks(base_url=server.url, api_key="k")
        assert await later.boats.get("1") == boat
        assert await later.crew.list() == ["ann"]
        await later._client_wrapper.httpx_client.httpx_client.aclose()

    asyncio.run(in_a_loop())
    client._client_wrapper.httpx_client.httpx_client.close()
    assert {request.headers["authorization"] for request in server.seen} == {"Bearer k"}
    return boat, caught.value


@pytest.mark.parametrize(
    "names",
    [(name,) for name in BY_HAND]
    + [pair for pair in itertools.combinations(BY_HAND, 2) if "client.py" in pair]
    + [("boats/client.py", "boats/raw_client.py"), ("types/boat.py", "types/boat_hull_type.py")]
    + [tuple(BY_HAND)],
    ids=" and ".join,
)
def test_hand_written_modules_work_with_generated_ones(
    docks: Folder, server: Server, names: tuple[str, ...]
) -> None:
    kept(docks, names)
    with docks.imported():
        boat, error = call_everything(importlib.import_module("docks"), server)
        types = importlib.import_module("docks.types")
        assert isinstance(boat, types.Boat)
        assert types.Boat is importlib.import_module("docks.types.boat").Boat
        module = importlib.import_module("docks.types.boat_hull_type")
        assert types.BoatHullType is module.BoatHullType
    assert hasattr(boat, "hull") == ("types/boat.py" in names)
    assert ("by hand" in str(module.BoatHullType)) == ("types/boat_hull_type.py" in names)
    assert hasattr(error, "by_hand") == ("errors/not_found_error.py" in names)
    by_hand = {request.headers.get("x-by-hand") for request in server.seen}
    assert by_hand == {"1" if "core/client_wrapper.py" in names else None}


def test_a_hand_written_error_may_take_its_status(docks: Folder, server: Server) -> None:
    name = "errors/not_found_error.py"
    error = ERROR.replace("body: Lost,", "status_code: int, body: Lost,")
    kept(docks, (name,), {name: error.replace("status_code=404", "status_code=status_code")})
    with docks.imported():
        package = importlib.import_module("docks")
        client = package.Docks(base_url=server.url, api_key="k")
        with pytest.raises(package.NotFoundError) as raised:
            client.boats.get("none")
        client._client_wrapper.client.close()
    assert raised.value.status_code == raised.value.args[0] == 404
    assert raised.value.by_hand and raised.value.body.message == "gone"


def test_a_hand_written_wrapper_may_have_arguments_of_its_own(docks: Folder) -> None:
    """Hand-written code opens connections of its own with the headers of the client."""
    wrapper = WRAPPER.replace("def get_headers(self):", "def get_headers(self, with_key=True):")
    wrapper += """
    def get_headers(self, with_key=True):
        headers = super().get_headers()
        return headers if with_key else {"X-By-Hand": headers["X-By-Hand"]}
"""
    kept(docks, ("core/client_wrapper.py",), {"core/client_wrapper.py": wrapper})
    with docks.imported():
        package = importlib.import_module("docks")
        later = package.AsyncDocks(base_url="http://x", api_key="k")._client_wrapper
        assert later.get_headers()["Authorization"] == "Bearer k"
        assert later.get_headers(with_key=False) == later.get_headers(False) == {"X-By-Hand": "1"}


TOKEN = """
  /token:
    post:
      operationId: auth_token
      tags: [auth]
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [client_id, client_secret]
              properties: {client_id: {type: string}, client_secret: {type: string}}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {title: Token, type: object, properties: {access_token: {type: string}}}
"""
LOGIN = """
auth-schemes:
  Login:
    scheme: oauth
    type: client-credentials
    get-token:
      endpoint: POST /token
      response-properties: {access-token: $response.access_token}
"""


@pytest.mark.parametrize(
    "names",
    [
        names
        for size in (1, 2, 3)
        for names in itertools.combinations(OAUTH, size)
        if names != ("core/client_wrapper.py",)
    ],
    ids=" and ".join,
)
def test_hand_written_clients_fetch_tokens(
    docks: Folder, server: Server, names: tuple[str, ...]
) -> None:
    docks.put("fern/openapi.yml", OPENAPI.replace("paths:\n", f"paths:{TOKEN}", 1))
    docks.put("fern/generators.yml", LOGIN + GENERATORS.replace("api: {", "api: {auth: Login, "))
    kept(docks, names, OAUTH)
    keys = {"base_url": server.url, "client_id": "me", "client_secret": "s"}
    with docks.imported():
        package = importlib.import_module("docks")
        client = package.Docks(**keys)
        assert client.boats.get("1").id == "1"
        client._client_wrapper.httpx_client.httpx_client.close()

        async def in_a_loop() -> None:
            later = package.AsyncDocks(**keys)
            assert (await later.boats.get("1")).id == "1"
            await later._client_wrapper.httpx_client.httpx_client.aclose()

        asyncio.run(in_a_loop())
    sent = [(request.target, request.headers.get("authorization")) for request in server.seen]
    assert sent == [("/token", None), ("/boats/1", "Bearer me!")] * 2


OLDER_HTTP = """
from .jsonable_encoder import jsonable_encoder
from .query_encoder import encode_query
from .remove_none_from_dict import remove_none_from_dict
from .request_options import RequestOptions
from .file import File, convert_file_dict_to_httpx_tuples

class HttpClient:
    def __init__(self, *, httpx_client, base_timeout, base_headers, base_url=None):
        self.httpx_client, self.base_timeout = httpx_client, base_timeout
        self.base_headers, self.base_url = base_headers, base_url

    def request(self, path, *, method, params=None):
        return self.httpx_client.request(
            method=method, url=f"{self.base_url()}/{path}", timeout=self.base_timeout(),
            headers=jsonable_encoder(remove_none_from_dict(self.base_headers())),
            params=encode_query(jsonable_encoder(params or {})),
        )

class AsyncHttpClient(HttpClient):
    pass
"""


def test_an_older_http_client_that_a_team_keeps(docks: Folder, server: Server) -> None:
    kept(docks, ("core/http_client.py",), {"core/http_client.py": OLDER_HTTP})
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url, api_key="k") as client:
            assert client.boats.get("1").id == "1"
            by_hand = client._client_wrapper.httpx_client
            assert by_hand.request("boats/2", method="GET").json()["id"] == "2"

        async def in_a_loop() -> None:
            async with package.AsyncDocks(base_url=server.url, api_key="k") as later:
                response = await later._client_wrapper.httpx_client.request("crew", method="GET")
                assert response.json() == ["ann"]

        asyncio.run(in_a_loop())
    assert {request.headers["authorization"] for request in server.seen} == {"Bearer k"}


UTILITIES = """
import pydantic

IS_PYDANTIC_V2 = True

class UniversalBaseModel(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")

    @pydantic.model_validator(mode="before")
    @classmethod
    def _unchanged(cls, data):
        return data

    @pydantic.model_serializer(mode="plain", when_used="json")
    def serialize_model(self):
        return {"by": "hand"}

    def dict(self, **options):
        return {"by hand": super().model_dump(by_alias=True, exclude_none=True)}

    def names(self):
        return sorted(self.model_fields_set)

def parse_obj_as(type_, object_):
    return pydantic.TypeAdapter(type_).validate_python(object_)
"""
CARGO = """
        cargo:
          type: array
          items:
            oneOf: [{$ref: "#/components/schemas/Fish"}, {$ref: "#/components/schemas/Coal"}]
    Fish: {type: object, required: [species], properties: {species: {type: string}}}
    Coal: {type: object, required: [weight], properties: {weight: {type: integer}}}
"""


def test_models_have_the_base_class_that_a_team_keeps(docks: Folder, server: Server) -> None:
    properties = "properties: {id: {type: string}, hullType: {type: string, enum: [wood, steel]}}"
    listed = """properties:
        id: {type: string}
        hullType: {type: string, enum: [wood, steel]}"""
    docks.put("fern/openapi.yml", OPENAPI.replace(properties, listed + CARGO.rstrip()))
    path = "core/pydantic_utilities.py"
    kept(docks, (path,), {path: UTILITIES})
    cargo = [{"species": "cod", "more": 1}, {"weight": 3}, {"odd": True}]
    raw = {"id": "1", "hullType": "paper", "cargo": cargo, "flag": "x"}
    server.handler = lambda _: Reply(body=raw)
    with docks.imported():
        package = importlib.import_module("docks")
        utilities = importlib.import_module("docks.core.pydantic_utilities")
        with package.Docks(base_url=server.url, api_key="k") as client:
            boat = client.boats.get("1")
        assert isinstance(boat, utilities.UniversalBaseModel)
        assert boat.names() == ["cargo", "flag", "hull_type", "id"]
        fish, coal, other = boat.cargo
        assert (type(fish), type(coal)) == (package.Fish, package.Coal)
        assert (fish.species, coal.weight, other.odd) == ("cod", 3, True)
        # What is sent does not depend on the hand-written class.
        assert json.loads(boat.model_dump_json()) == raw
        assert fish.dict() == {"by hand": {"species": "cod", "more": 1}}
        assert package.Fish(species="eel", wild=True).names() == ["species", "wild"]
        assert utilities.parse_obj_as(package.Coal, {"weight": 4}).weight == 4
        with pytest.raises(ValueError, match="weight"):
            package.Coal()


STREAMING = """
  /watch:
    get:
      operationId: boats_watch
      tags: [boats]
      x-fern-streaming: true
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}}}}
  /fleet:
    get:
      operationId: boats_fleet
      tags: [boats]
      x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.boats}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: object, properties: {next: {type: string}, boats: {type: array, items: {$ref: "#/components/schemas/Boat"}}}}
  /sink/{id}:
    delete:
      operationId: boats_sink
      tags: [boats]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: gone}}
"""
RAW_STREAMS = """
import contextlib
from ..core.http_response import AsyncHttpResponse, HttpResponse
from ..core.pagination import AsyncPager, SyncPager

class RawBoatsClient:
    def __init__(self, *, client_wrapper):
        self._client_wrapper = client_wrapper

    def get(self, id, *, request_options=None):
        response = self._client_wrapper.httpx_client.request(f"boats/{id}?raw", method="GET")
        return HttpResponse(response=response, data=response.json()["id"])

    @contextlib.contextmanager
    def watch(self, *, request_options=None):
        with self._client_wrapper.httpx_client.stream("watch", method="GET") as response:
            yield HttpResponse(response=response, data=(f"raw {line}" for line in response.iter_lines()))

    def fleet(self, *, after=None, request_options=None):
        return SyncPager(has_next=False, items=["raw"], get_next=None, response=None)

class AsyncRawBoatsClient:
    def __init__(self, *, client_wrapper):
        self._client_wrapper = client_wrapper

    async def get(self, id, *, request_options=None):
        response = await self._client_wrapper.httpx_client.request(f"boats/{id}?raw", method="GET")
        return AsyncHttpResponse(response=response, data=response.json()["id"])

    @contextlib.asynccontextmanager
    async def watch(self, *, request_options=None):
        async with self._client_wrapper.httpx_client.stream("watch", method="GET") as response:
            lines = (f"raw {line}" async for line in response.aiter_lines())
            yield AsyncHttpResponse(response=response, data=lines)

    async def fleet(self, *, after=None, request_options=None):
        return AsyncPager(has_next=False, items=["raw"], get_next=None, response=None)
"""


def test_methods_call_a_raw_client_that_a_team_keeps(docks: Folder, server: Server) -> None:
    docks.put("fern/openapi.yml", OPENAPI.replace("paths:\n", f"paths:{STREAMING}", 1))
    kept(docks, ("boats/raw_client.py",), {"boats/raw_client.py": RAW_STREAMS})
    sent = server.handler

    def respond(request: Seen) -> Reply:
        if request.method == "DELETE":
            return Reply(204)
        return Reply(body=b"a\nb\n") if request.target == "/watch" else sent(request)

    server.handler = respond
    with docks.imported():
        package = importlib.import_module("docks")
        raw = importlib.import_module("docks.boats.raw_client")
        with package.Docks(base_url=server.url, api_key="k") as client:
            assert client.boats.get("1") == "1?raw"
            assert [*client.boats.watch()] == ["raw a", "raw b"]
            assert [*client.boats.fleet()] == ["raw"]
            assert isinstance(client.boats.with_raw_response, raw.RawBoatsClient)
            assert client.boats.with_raw_response.get("2").data == "2?raw"
            # A method that the raw client does not have.
            client.boats.sink("3")
            assert server.seen[-1].target == "/sink/3"

        async def in_a_loop() -> None:
            async with package.AsyncDocks(base_url=server.url, api_key="k") as later:
                assert await later.boats.get("1") == "1?raw"
                assert [item async for item in later.boats.watch()] == ["raw a", "raw b"]
                assert [item async for item in await later.boats.fleet()] == ["raw"]
                assert isinstance(later.boats.with_raw_response, raw.AsyncRawBoatsClient)
                await later.boats.sink("3")

        asyncio.run(in_a_loop())

        class Own(package.boats.client.BoatsClient):  # type: ignore[misc,name-defined]
            def get(self, id: str, **more: Any) -> Any:
                return f"own {super().get(id, **more)}"

        with package.Docks(base_url=server.url, api_key="k") as client:
            assert Own(client_wrapper=client._client_wrapper).get("4") == "own 4?raw"
        # Fakes do not send requests.
        testing = importlib.import_module("docks.testing")
        fake = testing.FakeDocks()
        fake.boats.get.returns(package.Boat(id="fake"))
        assert fake.boats.get("1").id == "fake"


def test_the_http_client_can_be_replaced(docks: Folder) -> None:
    kept(docks, ())
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[request.url.path]))
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url="http://x", api_key="k") as client:
            wrapper = client.crew._raw_client._client_wrapper
            wrapper.httpx_client.httpx_client = httpx.Client(transport=transport)
            assert client.crew.list() == ["/crew"]
            wrapper.httpx_client.httpx_client.close()

        async def in_a_loop() -> None:
            async with (
                httpx.AsyncClient(transport=transport) as other,
                package.AsyncDocks(base_url="http://x", api_key="k") as later,
            ):
                wrapper = later.crew._raw_client._client_wrapper
                wrapper.httpx_client.httpx_client = other
                assert await later.crew.list() == ["/crew"]

        asyncio.run(in_a_loop())


def test_arguments_of_the_client_are_attributes_of_its_wrapper(
    docks: Folder, server: Server
) -> None:
    docks.put(
        "fern/openapi.yml",
        OPENAPI.replace(
            "security: [{Key: []}]", "x-fern-global-headers: [{header: X-Team, name: team}]"
        )
        + "security: [{Key: []}]\n",
    )
    kept(docks, ())
    with docks.imported():
        package = importlib.import_module("docks")
        wrapper = package.Docks(base_url=server.url, team="red", api_key="k")._client_wrapper
        assert (wrapper._team, wrapper._api_key, wrapper._get_api_key()) == ("red", "k", "k")
        wrappers = importlib.import_module("docks.core.client_wrapper")
        by_hand = wrappers.AsyncClientWrapper(base_url=server.url, team="blue", api_key="k")
        assert (by_hand._team, by_hand._api_key) == ("blue", "k")
        with pytest.raises(AttributeError, match="_crew"):
            getattr(by_hand, "_crew")  # noqa: B009


def test_user_name_and_password_are_attributes_of_the_wrapper(
    docks: Folder, server: Server
) -> None:
    scheme = "Key: {type: http, scheme: basic}"
    key = "Key: {type: http, scheme: bearer, x-fern-bearer: {name: apiKey, env: DOCKS_KEY}}"
    docks.put("fern/openapi.yml", OPENAPI.replace(key, scheme))
    kept(docks, ())
    with docks.imported():
        package = importlib.import_module("docks")
        with package.Docks(base_url=server.url, username="me", password=lambda: "s") as client:
            wrapper = client._client_wrapper
            assert (wrapper._get_username(), wrapper._get_password()) == ("me", "s")
            assert wrapper._username == "me"
            assert client.crew.list() == ["ann"]
        assert server.seen[-1].headers["authorization"] == "Basic bWU6cw=="
