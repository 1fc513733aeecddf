"""Credentials and cookies of single calls, through generated clients and a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..runtime.server import Reply, Seen
from .test_tokens import OAUTH
from .workbench import Bench, bench

SECURITY = """
security: [{User: []}]
paths:
  /me: {get: {operationId: me, responses: {}}}
  /health: {get: {operationId: health, security: [], responses: {}}}
  /feed: {get: {operationId: feed, security: [{}, {Tenant: []}], responses: {}}}
  /reports:
    get: {operationId: reports, security: [{Admin: [], Tenant: []}, {User: []}], responses: {}}
components:
  securitySchemes:
    User: {type: http, scheme: bearer, x-fern-bearer: {name: token, env: ACME_TOKEN}}
    Admin: {type: apiKey, in: header, name: X-Admin-Key}
    Tenant: {type: apiKey, in: query, name: tenant}
"""

Call = Callable[..., Seen]


async def later(client: Any, method: str, *args: Any, **more: Any) -> None:
    try:
        await getattr(client, method)(*args, **more)
    finally:
        await client._client_wrapper.client.aclose()


@pytest.fixture(params=["sync", "async"])
def calling(request: pytest.FixtureRequest) -> Iterator[Callable[[Bench], Call]]:
    """A function that calls a method of a client with arguments and returns the request."""

    def of(package: Bench) -> Call:
        def call(
            method: str, *args: Any, client: dict[str, Any] | None = None, **more: Any
        ) -> Seen:
            arguments = {"base_url": package.server.url, "max_retries": 0, **(client or {})}
            if request.param == "sync":
                getattr(package.package.AcmeClient(**arguments), method)(*args, **more)
            else:
                http = arguments.pop("httpx_client", None)
                if http is not None:
                    arguments["httpx_client"] = httpx.AsyncClient(cookies=http.cookies)
                asyncio.run(
                    later(package.package.AsyncAcmeClient(**arguments), method, *args, **more)
                )
            return package.server.seen[-1]

        return call

    yield of


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_TOKEN", raising=False)


def test_each_call_has_the_credentials_of_its_endpoint(
    tmp_path: Path, calling: Callable[[Bench], Call]
) -> None:
    with bench(tmp_path, SECURITY) as built:
        built.server.default = Reply(status=204)
        call = calling(built)
        results = {"token": "t", "admin": "a", "tenant": "x"}
        me = call("me", client=results)
        assert me.headers["authorization"] == "Bearer t" and me.target == "/me"
        assert "x-admin-key" not in me.headers
        reports = call("reports", client=results)
        assert reports.headers["x-admin-key"] == "a" and reports.target == "/reports?tenant=x"
        assert "authorization" not in reports.headers
        health = call("health", client=results)
        assert not {"authorization", "x-admin-key"} & health.headers.keys()
        assert health.target == "/health"
        assert call("feed", client=results).target == "/feed?tenant=x"


def test_a_call_without_credentials_sends_none_of_the_callers_either(
    tmp_path: Path, calling: Callable[[Bench], Call]
) -> None:
    with bench(tmp_path, SECURITY) as built:
        built.server.default = Reply(status=204)
        call, headers = calling(built), {"authorization": "mine", "X-Mine": "too"}
        seen = call("health", client={"token": "t", "headers": headers})
        assert "authorization" not in seen.headers and seen.headers["x-mine"] == "too"
        assert call("me", client={"token": "t", "headers": headers}).headers["x-mine"] == "too"


def test_the_first_alternative_that_is_there(
    tmp_path: Path, calling: Callable[[Bench], Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench(tmp_path, SECURITY) as built:
        built.server.default = Reply(status=204)
        call, error = calling(built), built.package.MissingCredentialError
        reports = call("reports", client={"admin": "a", "token": "t"})
        assert reports.headers["authorization"] == "Bearer t"
        assert "x-admin-key" not in reports.headers
        feed = call("feed", client={})
        assert feed.target == "/feed" and "authorization" not in feed.headers
        with pytest.raises(error, match=r"tenant.*; or.*token.*ACME_TOKEN"):
            call("reports", client={"admin": "a"})
        with pytest.raises(
            error, match=r"^GET /me needs credentials: pass argument 'token' to the client or"
        ):
            call("me", client={"admin": "a", "tenant": "x"})
        call("health", client={})
        monkeypatch.setenv("ACME_TOKEN", "from-the-environment")
        seen = call("me", client={})
        assert seen.headers["authorization"] == "Bearer from-the-environment"


def test_a_token_is_called_for_where_it_is_sent(
    tmp_path: Path, calling: Callable[[Bench], Call]
) -> None:
    asked: list[str] = []

    def token() -> str:
        asked.append("")
        return f"t{len(asked)}"

    with bench(tmp_path, SECURITY) as built:
        built.server.default = Reply(status=204)
        call = calling(built)
        client = {"token": token, "admin": "a", "tenant": "x"}
        call("reports", client=client)
        call("health", client=client)
        assert asked == []
        assert call("me", client=client).headers["authorization"] == "Bearer t1"


def test_missing_credentials_can_be_allowed(
    tmp_path: Path, calling: Callable[[Bench], Call]
) -> None:
    with bench(tmp_path, SECURITY, "[python]\noptional-auth = true") as built:
        built.server.default = Reply(status=204)
        call = calling(built)
        assert "authorization" not in call("me", client={}).headers
        assert call("me", client={"token": "t"}).headers["authorization"] == "Bearer t"


def test_credentials_of_streams_and_pages(tmp_path: Path) -> None:
    with bench(tmp_path, STREAMS) as built:
        built.server.default = Reply(body={"items": ["a"], "next": ""})
        client = built.client(api_key="a")
        assert [*client.pages()] == ["a"]
        assert built.server.seen[-1].headers["x-admin-key"] == "a"
        built.server.default = Reply(body=b'{"a": 1}\n')
        assert len([*client.events()]) == 1
        assert built.server.seen[-1].headers["x-admin-key"] == "a"


STREAMS = """
security: [{User: []}]
paths:
  /me: {get: {operationId: me, responses: {}}}
  /pages:
    get:
      operationId: pages
      security: [{Admin: []}]
      x-fern-pagination: {cursor: $request.cursor, next_cursor: $response.next, results: $response.items}
      parameters: [{name: cursor, in: query, schema: {type: string}}]
      responses:
        "200":
          description: Some.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, items: {type: string}}
                  next: {type: string}
  /events:
    get:
      operationId: events
      security: [{Admin: []}]
      x-fern-streaming: true
      responses:
        "200":
          description: Some.
          content:
            application/json: {schema: {type: object, properties: {a: {type: integer}}}}
components:
  securitySchemes:
    User: {type: http, scheme: bearer}
    Admin: {type: apiKey, in: header, name: X-Admin-Key}
"""

COOKIES = """
paths:
  /carts/{id}:
    get:
      operationId: cart
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: session-id, in: cookie, required: true, schema: {type: string}}
        - {name: dark, in: cookie, schema: {type: boolean}}
        - {name: tag, in: cookie, schema: {type: array, items: {type: string}}}
        - {name: sizes, in: cookie, explode: false, schema: {type: array, items: {type: integer}}}
        - name: filter
          in: cookie
          content: {application/json: {schema: {type: object, additionalProperties: true}}}
      responses: {}
"""

KEY = """
  /me: {get: {operationId: me, security: [], responses: {}}}
security: [{Session: []}]
components:
  securitySchemes: {Session: {type: apiKey, in: cookie, name: sid}}
"""


def test_cookies_are_arguments(tmp_path: Path, calling: Callable[[Bench], Call]) -> None:
    with bench(tmp_path, COOKIES) as built:
        built.server.default = Reply(status=204)
        call = calling(built)
        assert call("cart", "1", session_id="s").headers["cookie"] == "session-id=s"
        seen = call(
            "cart",
            "1",
            session_id="s; x=1",
            dark=True,
            tag=["a", "b"],
            sizes=[1, 2],
            filter={"a": 1},
        )
        assert seen.headers["cookie"] == (
            "session-id=s%3B%20x=1; dark=true; tag=a; tag=b; sizes=1,2; filter={%22a%22:1}"
        )


def test_cookies_from_everywhere_are_one_header(
    tmp_path: Path, calling: Callable[[Bench], Call]
) -> None:
    with bench(tmp_path, COOKIES + KEY) as built:
        built.server.default = Reply(status=204)
        call = calling(built)
        jar = httpx.Cookies({"kept": "k", "session-id": "old"})
        jar.set("other", "o", domain="elsewhere.test")
        arguments = {
            "api_key": "secret",
            "httpx_client": httpx.Client(cookies=jar),
            "headers": {"Cookie": "given=g"},
        }
        seen = call("cart", "1", session_id="new", client=arguments)
        assert seen.headers["cookie"] == "kept=k; given=g; sid=secret; session-id=new"
        assert "secret" not in call("me", client=arguments).headers["cookie"]
        own = {"additional_headers": {"Cookie": "mine=1"}}
        seen = call("cart", "1", session_id="s", client=arguments, request_options=own)
        assert seen.headers["cookie"] == "mine=1"


TOKENS = """
security: [{User: []}]
paths:
  /me: {get: {operationId: me, responses: {}}}
  /all: {get: {operationId: all, security: [{Admin: []}], responses: {}}}
components:
  securitySchemes:
    User: {type: http, scheme: bearer}
    Admin: {type: http, scheme: bearer}
"""


def test_two_tokens_in_layout_fern(tmp_path: Path) -> None:
    with bench(tmp_path, TOKENS, layout="fern") as it:
        it.server.default = Reply(status=204)

        async def token() -> str:
            return "late"

        async def both() -> None:
            arguments = {"base_url": it.server.url, "async_token": token, "admin": "a"}
            async with it.package.AsyncAcmeClient(**arguments) as client:
                await client.me()
                await client.all()

        asyncio.run(both())
        sent = [request.headers["authorization"] for request in it.server.seen]
        assert sent == ["Bearer late", "Bearer a"]


def test_a_fetched_token_and_an_api_key(tmp_path: Path) -> None:
    described = {
        **OAUTH,
        "api.yml": OAUTH["api.yml"] + "  Admin: {header: X-Admin-Key, name: adminKey}\n",
        "jobs.yml": OAUTH["jobs.yml"] + "    purge: {path: /all, method: DELETE, auth: [Admin]}\n",
    }
    with bench(tmp_path, described) as it:

        def respond(seen: Seen) -> Reply:
            if seen.target.startswith("/jobs"):
                return Reply(body=[]) if seen.method == "GET" else Reply(status=204)
            return Reply(body={"access_token": "t", "expires_in": 3600, "refresh_token": "r"})

        it.server.handler = respond
        client = it.client(admin_key="a")
        client.jobs.purge()
        (seen,) = it.server.seen
        assert seen.headers["x-admin-key"] == "a" and "authorization" not in seen.headers
        with pytest.raises(it.package.MissingCredentialError, match="client_id"):
            client.jobs.list()
        client = it.client(client_id="i", client_secret="s")
        client.jobs.list()
        asked, listed = it.server.seen[1:]
        assert "authorization" not in asked.headers
        assert listed.headers["authorization"] == "Bearer t"
