"""Credentials: their sources, their locations, and missing credentials."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import Caller
from .server import Reply, Server


def sent(caller: Caller, server: Server, scheme: Any, **call: Any) -> Any:
    """The request of a client with `scheme`."""
    from acme.core.request_wrapper import RequestWrapper as ClientWrapper
    from acme.core.resource import AsyncResource, Resource

    wrapper = ClientWrapper(base_url=server.url, is_async=caller.is_async, auth=scheme)
    caller.closes(wrapper)
    resource = (AsyncResource if caller.is_async else Resource)(client_wrapper=wrapper)
    caller.run(lambda: resource._request(object, "GET", "x", **call))
    return server.seen[-1]


def test_the_environment_is_read_when_the_client_is_made(
    caller: Caller, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = Reply(status=204)
    monkeypatch.setenv("ACME_TOKEN", "first")
    client = caller.client(base_url=server.url)
    monkeypatch.setenv("ACME_TOKEN", "second")
    caller.run(lambda: client.jobs.cancel("j"))
    assert server.seen[0].headers["authorization"] == "Bearer first"


def test_a_missing_credential(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from acme.core.api_error import ApiError, MissingCredentialError

    monkeypatch.delenv("ACME_TOKEN", raising=False)
    with pytest.raises(MissingCredentialError, match=r"token.*ACME_TOKEN") as raised:
        caller.client()
    assert not isinstance(raised.value, ApiError)


def test_an_empty_token_is_missing(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from acme.core.api_error import MissingCredentialError

    with pytest.raises(MissingCredentialError, match=r"token.*ACME_TOKEN"):
        caller.client(token="")
    monkeypatch.setenv("ACME_TOKEN", "")
    with pytest.raises(MissingCredentialError, match=r"token.*ACME_TOKEN"):
        caller.client()


def test_a_token_may_be_called_for_and_empty(caller: Caller, server: Server) -> None:
    server.default = Reply(status=204)
    tokens = iter(["a", "b", ""])
    client = caller.client(base_url=server.url, token=lambda: next(tokens))
    for _ in range(3):
        caller.run(lambda: client.jobs.cancel("j"))
    results = [seen.headers.get("authorization") for seen in server.seen]
    assert results == ["Bearer a", "Bearer b", None]


def test_a_token_that_has_to_be_waited_for(caller: Caller, server: Server) -> None:
    server.default = Reply(status=204)

    tokens = iter(["later", ""])

    async def token() -> str:
        return next(tokens)

    client = caller.client(base_url=server.url, token=token)
    if caller.is_async:
        caller.run(lambda: client.jobs.cancel("j"))
        caller.run(lambda: client.jobs.cancel("j"))
        results = [seen.headers.get("authorization") for seen in server.seen]
        assert results == ["Bearer later", None]


def test_a_function_without_a_credential(caller: Caller, server: Server) -> None:
    from acme.core.auth import Auth
    from acme.core.auth_schemes import CookieAuth, QueryAuth

    def none() -> Any:
        return None

    for scheme in (Auth("X-Key", none), QueryAuth("key", none), CookieAuth("sid", none)):
        seen = sent(caller, server, scheme)
        assert seen.target == "/x" and not {"x-key", "cookie"} & seen.headers.keys()


def test_where_credentials_go(caller: Caller, server: Server) -> None:
    from acme.core.auth import Auth
    from acme.core.auth_schemes import AllAuth, BasicAuth, CookieAuth, QueryAuth

    seen = sent(caller, server, Auth("X-Key", "k", "Token "))
    assert seen.headers["x-key"] == "Token k"
    seen = sent(caller, server, BasicAuth("u", lambda: "ü"))
    assert seen.headers["authorization"] == "Basic dTrDvA=="
    both = AllAuth(QueryAuth("key", "a&b"), CookieAuth("sid", "c"))
    seen = sent(caller, server, both, params={"p": 1})
    assert seen.target == "/x?key=a%26b&p=1" and seen.headers["cookie"] == "sid=c"
    seen = sent(caller, server, both, auth=False)
    assert seen.target == "/x" and "cookie" not in seen.headers
    seen = sent(caller, server, Auth("X-Key", None))
    assert "x-key" not in seen.headers


def test_the_first_scheme_that_has_its_credentials(
    caller: Caller, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acme.core.api_error import MissingCredentialError
    from acme.core.auth import Auth, credential
    from acme.core.auth_schemes import AnyAuth, BasicAuth

    def either() -> Any:
        return AnyAuth(
            lambda: Auth("X-Key", credential(None, "api_key", "ACME_KEY")),
            lambda: BasicAuth("u", credential(None, "password", "ACME_PASSWORD")),
        )

    with pytest.raises(MissingCredentialError, match=r"api_key.*ACME_KEY.*; or.*password"):
        either()
    monkeypatch.setenv("ACME_PASSWORD", "p")
    assert sent(caller, server, either()).headers["authorization"].startswith("Basic ")
    monkeypatch.setenv("ACME_KEY", "k")
    assert sent(caller, server, either()).headers["x-key"] == "k"


def test_tokens_from_an_endpoint(
    caller: Caller, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from acme.core import oauth
    from acme.types import Token

    now, asked = [1000.0], []
    monkeypatch.setattr(oauth, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def respond(kind: str) -> Any:
        asked.append(kind)
        return Token(access_token=f"t{len(asked)}", expires_in=3600, refresh_token="r")

    async def later(kind: str) -> Any:
        return respond(kind)

    make: Any = oauth.AsyncTokenAuth if caller.is_async else oauth.TokenAuth
    ask: Any = later if caller.is_async else respond
    auth = make(
        lambda: ask("fetch"),
        headers={
            "Authorization": ("Bearer ", "access_token"),
            "X-Too": ("", "access_token"),
        },
        expires_in="expires_in",
        refresh_token="refresh_token",
        refresh=lambda token: ask(f"refresh {token}"),
    )
    for moment, token in [(0, "t1"), (3400, "t1"), (3500, "t2"), (3600, "t2")]:
        now[0] = 1000.0 + moment
        seen = sent(caller, server, auth)
        assert seen.headers["authorization"] == f"Bearer {token}"
        assert seen.headers["x-too"] == token
    assert asked == ["fetch", "refresh r"]
