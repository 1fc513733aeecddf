"""Credentials that are exchanged for a token: both clients, with a server on loopback."""

from __future__ import annotations

import asyncio
import gc
import inspect
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from ..runtime.server import Reply, Seen
from .workbench import Bench, bench

AUTH = """
types:
  Token: {properties: {access_token: string, expires_in: optional<integer>,
    refresh_token: optional<string>}}
service:
  auth: true
  base-path: ""
  endpoints:
    getToken:
      path: /token
      method: POST
      request:
        name: GetTokenRequest
        content-type: application/x-www-form-urlencoded
        body: {properties: {client_id: string, client_secret: string, grant_type: string,
          scope: optional<string>}}
      response: Token
    refresh:
      path: /refresh
      method: POST
      request:
        name: RefreshRequest
        content-type: application/x-www-form-urlencoded
        body: {properties: {refresh_token: string, grant_type: string}}
      response: Token
"""

OAUTH = {
    "api.yml": """
name: acme
imports: {auth: auth.yml}
auth: OAuth
auth-schemes:
  OAuth:
    scheme: oauth
    type: client-credentials
    scopes: [read, write]
    get-token: {endpoint: auth.getToken, response-properties:
      {access-token: $response.access_token, expires-in: $response.expires_in,
       refresh-token: $response.refresh_token}}
    refresh-token: {endpoint: auth.refresh}
""",
    "auth.yml": AUTH,
    "jobs.yml": """
service:
  auth: true
  base-path: /jobs
  endpoints:
    list: {path: "", method: GET, response: list<string>}
""",
}

INFERRED = {
    **OAUTH,
    "api.yml": """
name: acme
imports: {auth: auth.yml}
auth: Inferred
auth-schemes:
  Inferred:
    scheme: inferred
    get-token:
      endpoint: auth.token
      authenticated-request-headers:
        - {header-name: Authorization, value-prefix: "Bearer ",
           response-property: $response.access_token}
""",
    "auth.yml": """
types:
  Token: {properties: {access_token: string}}
service:
  auth: true
  base-path: ""
  endpoints:
    token:
      path: /token
      method: POST
      request:
        name: GetTokenRequest
        headers: {X-Key: string, X-Trace: optional<string>}
        body: {properties: {audience: 'literal<"acme">', scope: optional<string>}}
      response: Token
""",
}

Call = Callable[[Bench, dict[str, Any], Callable[[Any], Any]], Any]


def sync(it: Bench, inputs: dict[str, Any], use: Callable[[Any], Any]) -> Any:
    with it.client(**inputs) as client:
        return use(client)


def asynchronous(it: Bench, inputs: dict[str, Any], use: Callable[[Any], Any]) -> Any:
    async def run() -> Any:
        async with it.package.AsyncAcmeClient(base_url=it.server.url, **inputs) as client:
            built = use(client)
            return await built if inspect.isawaitable(built) else built

    return asyncio.run(asyncio.wait_for(run(), 20))


@pytest.fixture(params=[sync, asynchronous], ids=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Iterator[Call]:
    yield request.param


def respond(seen: Seen) -> Reply:
    if seen.target == "/token":
        body = {"access_token": "first", "expires_in": 0, "refresh_token": "again"}
        return Reply(body=body)
    if seen.target == "/refresh":
        return Reply(body={"access_token": "second", "expires_in": 3600})
    return Reply(body=["j"])


GIVEN = {"client_id": "me", "client_secret": "mine"}


def test_the_token_endpoint_is_called_without_a_token(tmp_path: Path, call: Call) -> None:
    with bench(tmp_path, OAUTH) as it:
        it.server.handler = respond
        arguments = {**GIVEN, "grant_type": "client_credentials"}
        token = call(it, GIVEN, lambda client: client.auth.get_token(**arguments))
        assert token.access_token == "first"
        (seen,) = it.server.seen
        assert "authorization" not in seen.headers
        refreshing = {"refresh_token": "r", "grant_type": "refresh_token"}
        call(it, GIVEN, lambda client: client.auth.refresh(**refreshing))
        assert "authorization" not in it.server.seen[-1].headers


def test_a_token_is_fetched_and_refreshed(tmp_path: Path) -> None:
    with bench(tmp_path, OAUTH) as it:
        it.server.handler = respond
        with it.client(**GIVEN) as client:
            assert client.jobs.list() == ["j"]
            assert client.jobs.list() == ["j"]
            client.jobs.list()
        assert [item.target for item in it.server.seen] == [
            *("/token", "/jobs"),
            *("/refresh", "/jobs", "/jobs"),
        ]
        token, first, refresh, second, _ = it.server.seen
        assert parse_qs(token.body.decode()) == {
            "client_id": ["me"],
            "client_secret": ["mine"],
            "grant_type": ["client_credentials"],
            "scope": ["read write"],
        }
        assert first.headers["authorization"] == "Bearer first"
        assert parse_qs(refresh.body.decode()) == {
            "refresh_token": ["again"],
            "grant_type": ["refresh_token"],
        }
        assert second.headers["authorization"] == "Bearer second"


def test_a_header_of_the_caller_replaces_the_token(
    tmp_path: Path, call: Call, recwarn: pytest.WarningsRecorder
) -> None:
    with bench(tmp_path, OAUTH) as it:
        it.server.handler = respond
        arguments = {**GIVEN, "headers": {"Authorization": "mine"}}
        assert call(it, arguments, lambda client: client.jobs.list()) == ["j"]
        assert it.server.seen[-1].headers["authorization"] == "mine"
    gc.collect()
    assert [str(warning.message) for warning in recwarn if "await" in str(warning.message)] == []


@pytest.mark.parametrize("lifetime", ["1" + "0" * 400, "1e999", '"soon"', "null", "[1]", '"60"'])
def test_a_lifetime_that_is_no_usual_number(tmp_path: Path, call: Call, lifetime: str) -> None:
    text = f'{{"access_token": "first", "expires_in": {lifetime}}}'

    def answer(seen: Seen) -> Reply:
        return Reply(body=text.encode()) if seen.target == "/token" else Reply(body=["j"])

    with bench(tmp_path, OAUTH) as it:
        it.server.handler = answer
        assert call(it, GIVEN, lambda client: client.jobs.list()) == ["j"]
        assert it.server.seen[1].headers["authorization"] == "Bearer first"


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(400, {"error": "invalid_grant"}),
        Reply(401, {"error": "invalid_client"}),
        Reply(body={"access_token": None}),
    ],
)
def test_a_refused_refresh_token_is_given_up(tmp_path: Path, call: Call, refusal: Reply) -> None:
    """RFC 6749, section 5.2: a refresh token may be invalid, expired or revoked."""

    def answer(seen: Seen) -> Reply:
        return refusal if seen.target == "/refresh" else respond(seen)

    def twice(client: Any) -> Any:
        lists = [client.jobs.list(), client.jobs.list()]
        return later(lists) if inspect.isawaitable(lists[0]) else lists

    async def later(lists: list[Any]) -> Any:
        return [await item for item in lists]

    with bench(tmp_path, OAUTH) as it:
        it.server.handler = answer
        assert call(it, GIVEN, twice) == [["j"], ["j"]]
        targets = [item.target for item in it.server.seen]
        assert targets == ["/token", "/jobs", "/refresh", "/token", "/jobs"]


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("at_once", [False, True])
def test_one_client_in_several_event_loops(tmp_path: Path, layout: str, at_once: bool) -> None:
    """Connections are not kept alive, because those of httpx belong to one event loop."""
    begin = threading.Barrier(3 if at_once else 1)

    def answer(seen: Seen) -> Reply:
        reply = respond(seen)
        return Reply(body=reply.body, headers={"Connection": "close"})

    with bench(tmp_path, OAUTH, layout=layout) as it:
        it.server.handler = answer
        client = it.package.AsyncAcmeClient(base_url=it.server.url, max_retries=0, **GIVEN)

        async def calls() -> list[Any]:
            begin.wait(20)
            return await asyncio.gather(*[client.jobs.list() for _ in range(4)])

        with ThreadPoolExecutor(3 if at_once else 1) as threads:
            limited = [asyncio.wait_for(calls(), 60) for _ in range(3)]
            loops = [threads.submit(asyncio.run, item) for item in limited]
        assert [loop.result() for loop in loops] == [[["j"]] * 4] * 3
        tokens = {
            item.headers["authorization"] for item in it.server.seen if item.target == "/jobs"
        }
        assert tokens <= {"Bearer first", "Bearer second"}


def test_optional_credentials_of_an_inferred_token(tmp_path: Path, call: Call) -> None:
    with bench(tmp_path, INFERRED) as it:
        it.server.handler = respond
        assert call(it, {"x_key": "k"}, lambda client: client.jobs.list()) == ["j"]
        token, jobs = it.server.seen
        assert token.json == {"audience": "acme"}
        assert token.headers["x-key"] == "k"
        assert not {"x-trace", "authorization"} & token.headers.keys()
        assert jobs.headers["authorization"] == "Bearer first"
        call(it, {"x_key": "k", "scope": "all"}, lambda client: client.jobs.list())
        assert it.server.seen[2].json == {"audience": "acme", "scope": "all"}
        with pytest.raises(ValueError, match="x_key"):
            it.client()


def test_an_inferred_token_endpoint_is_called_without_a_token(tmp_path: Path, call: Call) -> None:
    with bench(tmp_path, INFERRED) as it:
        it.server.handler = respond
        token = call(it, {"x_key": "k"}, lambda client: client.auth.token(x_key="other"))
        assert token.access_token == "first"
        (seen,) = it.server.seen
        assert seen.headers["x-key"] == "other"


def test_a_token_beside_another_way_to_authenticate(tmp_path: Path, call: Call) -> None:
    api = OAUTH["api.yml"].replace("auth: OAuth\n", "auth: {any: [Key, OAuth]}\n", 1)
    key = "  Key: {header: X-Key, name: key, type: string}\n"
    with bench(tmp_path, {**OAUTH, "api.yml": f"{api}{key}"}) as it:
        it.server.handler = respond
        assert call(it, GIVEN, lambda client: client.jobs.list()) == ["j"]
        assert [item.target for item in it.server.seen] == ["/token", "/jobs"]
        assert it.server.seen[1].headers["authorization"] == "Bearer first"
        call(it, {"key": "k"}, lambda client: client.jobs.list())
        assert it.server.seen[2].headers["x-key"] == "k"
        with pytest.raises(ValueError, match="client_id"):
            it.client(client_secret="mine")
