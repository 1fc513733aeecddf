"""The HTTP library of a client; URLs, redirects, and where secrets are sent."""

from __future__ import annotations

import functools
import importlib
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import ROOT, Caller
from .libraries import LIBRARIES, MODE, MODES, has_alias, installed
from .server import Reply, Server

JOB = {"job_id": "j1", "status": "complete", "created_at": "2024-04-10T14:22:35Z"}


@pytest.fixture
def other() -> Iterator[Server]:
    """A second server with another origin."""
    server = Server()
    yield server
    server.close()


# --- which library -------------------------------------------------------------------------------


CALLS = (
    "auth",
    "bodies",
    "callers_clients",
    "http_library",
    "pagination",
    "requests",
    "retries",
    "streaming",
)


@pytest.mark.skipif(MODE != "both", reason="it is a run of one mode itself")
def test_the_runtime_with_other_libraries() -> None:
    """The tests of all that calls a server, with one library or httpx2 under both names."""
    results = [mode for mode in MODES if (has_alias() if mode == "alias" else installed(mode))]
    if results == ["httpx"]:
        pytest.skip("httpx2 is not installed, so this run was one with httpx alone")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += [f"tests/runtime/test_{name}.py" for name in CALLS]
    # Plugins of the libraries import them, before a test run can say which it has.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    runs = {
        mode: subprocess.Popen(
            command, cwd=ROOT, env={**environment, "FIDDLEHEAD_HTTP": mode}, **pipes
        )
        for mode in results
    }
    items = {mode: run.communicate()[0] for mode, run in runs.items()}
    failed = {mode: items[mode][-5000:] for mode, run in runs.items() if run.returncode}
    assert not failed, "\n".join(failed.values())


def test_the_newer_library_is_the_default(caller: Caller) -> None:
    for preferred in LIBRARIES:
        wrapper = caller.client(token="t", http_library=preferred.__name__)._client_wrapper
        assert type(wrapper.client).__module__.partition(".")[0] == preferred.__name__
    assert caller.client(token="t")._client_wrapper.library is LIBRARIES[0]


def test_errors_are_those_of_the_clients_library(
    caller: Caller, library: Any, naps: list[float]
) -> None:
    client = caller.client(
        base_url="http://127.0.0.1:1", token="t", httpx_client=caller.http(library)
    )
    with pytest.raises(library.ConnectError):
        caller.run(lambda: client.jobs.get("j"))
    assert len(naps) == 2


def test_a_client_of_the_wrong_kind_is_rejected(caller: Caller, library: Any) -> None:
    kind = "AsyncClient" if caller.is_async else "Client"
    wrong = (library.Client if caller.is_async else library.AsyncClient)()
    for values in (wrong, SimpleNamespace(send=print, build_request=print), "http://x", 0):
        with pytest.raises(TypeError) as raised:
            caller.client(token="t", httpx_client=values)
        accepted = f"httpx_client: expected httpx2.{kind} or httpx.{kind}, found "
        assert str(raised.value).startswith(accepted)


def test_without_a_library(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("httpx2", "httpx"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match="pip install httpx2"):
        caller.client(token="t")


def test_the_package_is_imported_without_a_library() -> None:
    code = (
        "import sys; sys.modules.update(httpx=None, httpx2=None)\n"
        "import cohere, cohere.client, cohere.embed_jobs.client\n"
        "from cohere import ApiError, AsyncClient, EmbedJob, Client\n"
        "try: Client(api_key='k')\n"
        "except ImportError as error: print(error)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generated")}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert "pip install httpx2" in done.stdout, done.stderr


def test_headers_and_urls_of_any_library(caller: Caller, library: Any, server: Server) -> None:
    server.default = Reply(body=JOB)
    client = caller.client(
        base_url=library.URL(server.url), token="t", headers=library.Headers({"X-A": "a"})
    )
    options = {
        "additional_headers": library.Headers({"X-B": "b"}),
        "additional_query_parameters": library.QueryParams({"q": "1"}),
    }
    caller.run(lambda: client.jobs.get("j", request_options=options))
    [seen] = server.seen
    assert (seen.headers["x-a"], seen.headers["x-b"]) == ("a", "b")
    assert seen.target == "/v1/jobs/j?q=1"
    with pytest.raises(TypeError, match="token: expected a string or a function, found BasicAuth"):
        caller.client(token=library.BasicAuth("u", "p"))


@pytest.mark.parametrize(
    "headers", [{"X-A": "s3cret\r\nX-B: c"}, {"X-A": "s3cret "}, {"X A": "s3cret"}, {"": "s3cret"}]
)
def test_a_header_that_cannot_be_sent(caller: Caller, headers: dict[str, str]) -> None:
    client = caller.client(token="t", headers=headers)
    with pytest.raises(
        ValueError, match=r"the header .* has characters that HTTP forbids"
    ) as raised:
        caller.run(lambda: client.jobs.get("j"))
    assert "s3cret" not in str(raised.value)


def test_the_parameters_of_a_client_join_the_query(
    caller: Caller, library: Any, server: Server
) -> None:
    http = caller.http(library, params={"p": "1"})
    jobs = caller.client(base_url=server.url, token="t", httpx_client=http).jobs
    styles = {"a": "form"}
    caller.run(lambda: jobs._request(object, "GET", "x", params={"a": [1, 2]}, styles=styles))
    caller.run(lambda: jobs._request(object, "GET", "x"))
    assert [seen.target for seen in server.seen] == ["/x?a=1,2&p=1", "/x?p=1"]


# --- base URLs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("/v1?team=7", "/v1/pots?team=7"),
        ("/v1/?team=7", "/v1/pots?team=7"),
        ("?team=7&a=b%2Fc", "/pots?team=7&a=b%2Fc"),
        ("/v1#top", "/v1/pots"),
        ("/v1?team=7#top", "/v1/pots?team=7"),
        ("/v1?", "/v1/pots"),
        ("?next=a/b/", "/pots?next=a/b/"),
    ],
)
def test_a_base_url_with_a_query(
    caller: Caller, server: Server, suffix: str, expected: str
) -> None:
    jobs = caller.client(base_url=server.url + suffix, token="t").jobs
    caller.run(lambda: jobs._request(object, "GET", "pots"))
    caller.run(lambda: jobs._request(object, "GET", "pots", params={"q": 1}))
    nowhere = caller.client(base_url="http://nowhere.invalid", token="t").jobs
    caller.run(lambda: nowhere._request(object, "GET", "pots", base=server.url + suffix))
    joined = f"{expected}{'&' if '?' in expected else '?'}q=1"
    assert [seen.target for seen in server.seen] == [expected, joined, expected]


# --- redirects -----------------------------------------------------------------------------------


def schemes() -> dict[str, Any]:
    from acme.core.auth import Auth
    from acme.core.auth_schemes import AllAuth, BasicAuth, CookieAuth, QueryAuth

    return {
        "header": Auth("X-Lamp-Key", "s3cret"),
        "bearer": Auth("Authorization", "s3cret", "Bearer "),
        "header of a request": Auth("Accept-Key", "s3cret"),
        "header of a body": Auth("Content-Key", "s3cret"),
        "bearer in a header of its own": Auth("X-Token", "s3cret", "Token "),
        "basic": BasicAuth("s3cret", "s3cret"),
        "cookie": CookieAuth("sid", "s3cret"),
        "query": QueryAuth("AppId", "s3cret"),
        "two": AllAuth(Auth("X-One", "s3cret"), Auth("X-Two", "s3cret")),
        "two cookies": AllAuth(CookieAuth("sid", "s3cret"), CookieAuth("uid", "s3cret")),
        "a cookie and a header": AllAuth(CookieAuth("sid", "s3cret"), Auth("X-One", "s3cret")),
    }


def resource(caller: Caller, base_url: str, auth: Any, **settings: Any) -> Any:
    from acme.core.per_call import CallWrapper
    from acme.core.request_wrapper import RequestWrapper
    from acme.core.resource import AsyncResource, Resource

    built = CallWrapper if "cookie" in auth.names else RequestWrapper  # As in generated clients.
    wrapper = built(base_url=base_url, is_async=caller.is_async, auth=auth, **settings)
    caller.closes(wrapper)
    return (AsyncResource if caller.is_async else Resource)(client_wrapper=wrapper)


@pytest.mark.parametrize("status", [302, 307])
def test_no_credential_follows_a_redirect_elsewhere(
    caller: Caller, library: Any, server: Server, other: Server, status: int
) -> None:
    for name, auth in schemes().items():
        for target in (other.url, other.url.replace("127.0.0.1", "localhost")):
            other.seen.clear()
            location = {"Location": f"{target}/lamp?AppId=s3cret&appid=s3cret&a=1"}
            server.replies = [Reply(status, headers=location)]
            http = caller.http(library, follow_redirects=True, headers={"X-Mine": "s3cret"})
            http.cookies.set("own", "s3cret")
            calls = resource(
                caller, server.url, auth, httpx_client=http, custom_headers={"X-Own": "s3cret"}
            )
            extra = {"additional_headers": {"X-Extra": "s3cret"}}
            call = {"json": {"a": 1}, "options": extra}
            caller.run(functools.partial(calls._request, object, "POST", "x", **call))
            [seen] = other.seen
            notice = f"{seen.headers}{seen.target if name == 'query' else ''}"
            assert "s3cret" not in notice and "czNjcmV0" not in notice
            assert "a=1" in seen.target
            assert seen.body == (b'{"a":1}' if status == 307 else b"")
            assert "accept" in seen.headers and "user-agent" in seen.headers


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (303, "GET"), (308, "POST")])
def test_headers_of_a_body_follow_a_redirect_only_with_the_body(
    caller: Caller, library: Any, server: Server, status: int, method: str
) -> None:
    server.replies = [Reply(status, headers={"Location": "/again"})]
    http = caller.http(library, follow_redirects=True)
    calls = resource(caller, server.url, schemes()["header"], httpx_client=http)
    headers = {"Content-Language": "en", "Digest": "sha-256=x", "X-Trace": "1"}
    call = {"json": [1], "options": {"additional_headers": headers}}
    caller.run(functools.partial(calls._request, object, "POST", "x", **call))
    second = server.seen[1]
    of_body = {name for name in second.headers if name.startswith(("content-", "digest"))}
    assert second.method == method and second.headers["x-trace"] == "1"
    assert of_body == (
        {"content-type", "content-length", "content-language", "digest"} if second.body else set()
    )


def test_credentials_follow_a_redirect_within_the_origin(
    caller: Caller, library: Any, server: Server
) -> None:
    for auth in schemes().values():
        server.seen.clear()
        server.replies = [Reply(307, headers={"Location": "/again"})]
        http = caller.http(library, follow_redirects=True)
        calls = resource(caller, server.url, auth, httpx_client=http)
        caller.run(lambda item=calls: item._request(object, "PUT", "x", json=[1]))
        first, second = server.seen
        # A key in the query is sent where the server puts it into the new URL.
        remaining = set(auth.names) - {"appid"}
        assert {n: second.headers.get(n) for n in remaining} == {
            n: first.headers[n] for n in remaining
        }
        assert second.body == b"[1]" and second.target == "/again"


@pytest.mark.parametrize(
    ("start", "location", "sent"),
    [
        ("http://a.test", "https://a.test/", True),
        ("http://a.test", "/again", True),
        ("http://a.test", "https://b.test/", False),
        ("http://a.test:8080", "https://a.test/", False),
        ("https://a.test", "http://a.test/", False),
        ("https://a.test", "https://a.test:443/", True),
        ("https://a.test", "https://a.test.evil.test/", False),
        ("https://a.test", "//b.test/", False),
    ],
)
def test_which_origins_are_one(
    caller: Caller, library: Any, start: str, location: str, sent: bool
) -> None:
    seen: list[Any] = []

    def respond(request: Any) -> Any:
        seen.append((str(request.url), request.headers.copy()))
        if len(seen) == 1:
            query = f"{location}?AppId=s3cret"
            return library.Response(302, headers={"Location": query})
        return library.Response(200, json={})

    transport = library.MockTransport(respond)
    for name, auth in schemes().items():
        seen.clear()
        http = caller.http(library, transport=transport, follow_redirects=True)
        calls = resource(caller, start, auth, httpx_client=http)
        caller.run(lambda item=calls: item._request(object, "GET", "x"))
        if name == "query":
            assert ("AppId" in seen[1][0]) is sent
        else:
            assert {header: header in seen[1][1] for header in auth.names} == dict.fromkeys(
                auth.names, sent
            )


def test_cookies_that_a_redirect_sets_are_sent_beside_the_key(
    caller: Caller, library: Any, server: Server, other: Server
) -> None:
    headers = {"Location": "/again", "Set-Cookie": "session=1; Path=/"}
    server.replies = [Reply(302, headers=headers), Reply(302, headers={"Location": "/back"})]
    http = caller.http(library, follow_redirects=True)
    calls = resource(caller, server.url, schemes()["cookie"], httpx_client=http)
    caller.run(lambda: calls._request(object, "POST", "x", json={}))
    sent = [seen.headers["cookie"] for seen in server.seen]
    assert sent == ["sid=s3cret", *["session=1; sid=s3cret"] * 2]


def test_a_cookie_does_not_return_with_a_second_redirect(
    caller: Caller, library: Any, server: Server, other: Server
) -> None:
    server.replies = [Reply(307, headers={"Location": f"{other.url}/x"})]
    other.replies = [Reply(307, headers={"Location": f"{server.url}/back"})]
    http = caller.http(library, follow_redirects=True)
    calls = resource(caller, server.url, schemes()["a cookie and a header"], httpx_client=http)
    caller.run(lambda: calls._request(object, "GET", "x"))
    _, last = server.seen
    assert "cookie" not in last.headers and "x-one" not in last.headers


def test_credentials_of_the_http_client_do_not_follow_either(
    caller: Caller, library: Any, server: Server, other: Server
) -> None:
    server.replies = [Reply(302, headers={"Location": f"{other.url}/x"})]
    http = caller.http(library, follow_redirects=True, auth=("u", "p"))
    calls = resource(caller, server.url, schemes()["header"], httpx_client=http)
    caller.run(lambda: calls._request(object, "GET", "x"))
    assert "authorization" in server.seen[0].headers
    assert "authorization" not in other.seen[0].headers


def test_redirects_are_counted_and_may_be_off(caller: Caller, library: Any, server: Server) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(302, headers={"Location": "/x"})
    http = caller.http(library, follow_redirects=True, max_redirects=3)
    client = caller.client(base_url=server.url, token="t", httpx_client=http)
    with pytest.raises(library.TooManyRedirects):
        caller.run(lambda: client.jobs.get("j"))
    assert len(server.seen) == 4
    server.seen.clear()
    for settings in ({"follow_redirects": False}, {"httpx_client": caller.http(library)}):
        client = caller.client(base_url=server.url, token="t", **settings)
        with pytest.raises(ApiError) as raised:
            caller.run(lambda item=client: item.jobs.get("j"))
        assert raised.value.status_code == 302
    assert len(server.seen) == 2


def test_a_stream_follows_redirects(caller: Caller, server: Server, other: Server) -> None:
    server.default = Reply(302, headers={"Location": f"{other.url}/file"})
    other.default = Reply(chunks=[b"ab", b"c"])
    files = caller.client(base_url=server.url, token="t").files
    assert b"".join(caller.all(files.download("a"))) == b"abc"
    assert "authorization" not in other.seen[0].headers


# --- secrets in texts ----------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"<html>", {"message": "m"}])
def test_no_error_text_has_a_key_of_the_query(
    caller: Caller, server: Server, body: Any, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    from acme.core.api_error import ApiError
    from acme.core.auth_schemes import AllAuth, CookieAuth, QueryAuth
    from acme.errors import ERRORS

    auth = AllAuth(QueryAuth("appid", "P &é"), CookieAuth("sid", "s3cret"))
    calls = resource(caller, server.url.replace("://", "://me:s3cret@"), auth, errors=ERRORS)
    for status in (200, 404, 500):
        if status == 200 and isinstance(body, dict):
            continue
        server.default = Reply(status, body)
        with caplog.at_level("DEBUG", logger="acme"), pytest.raises(ApiError) as raised:
            caller.run(lambda: calls._request(dict[str, int], "GET", "oil", params={"litres": 3}))
        error = raised.value
        notice = f"{error} {error!r} {''.join(traceback.format_exception(error))}"
        notice += "".join(record.getMessage() for record in caplog.records if record.name == "acme")
        assert not any(text in notice for text in ("P &", "P%20", "%C3", "s3cret"))
        assert f"{server.url.rpartition('/')[2]}/oil" in str(error)
        assert error.url is not None and error.url.endswith("/oil?litres=3")
        assert "appid=P%20%26%C3%A9&litres=3" in server.seen[-1].target


# --- tokens from an endpoint ---------------------------------------------------------------------


def token_auth(caller: Caller, fetch: Callable[[], Any], **more: Any) -> Any:
    oauth = importlib.import_module("acme.core.oauth")

    async def later() -> Any:
        return fetch()

    headers = {"Authorization": ("Bearer ", "access_token")}
    if caller.is_async:
        return oauth.AsyncTokenAuth(later, headers=headers, **more)
    return oauth.TokenAuth(fetch, headers=headers, **more)


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"access_token": None},
        {"access_token": ""},
        {"access_token": 5},
        {"access_token": "a\nb"},
        {"access_token": " a "},
        {"access_token": "é"},
        None,
        [],
    ],
)
def test_a_response_without_a_token(caller: Caller, server: Server, reply: Any) -> None:
    from acme.core.api_error import ApiError
    from acme.core.decode import construct_type
    from acme.types import Token

    replies = [reply, {"access_token": "good"}]
    auth = token_auth(caller, lambda: construct_type(Token, replies.pop(0)))
    calls = resource(caller, server.url, auth)
    with pytest.raises(ApiError, match="no usable 'access_token'"):
        caller.run(lambda: calls._request(object, "GET", "x"))
    assert server.seen == []
    caller.run(lambda: calls._request(object, "GET", "x"))
    assert server.seen[0].headers["authorization"] == "Bearer good"


@pytest.mark.parametrize("life", ["soon", None, "nan", [], 3600, "3600"])
def test_how_long_a_token_holds(caller: Caller, server: Server, life: Any) -> None:
    asked: list[int] = []

    def fetch() -> Any:
        asked.append(1)
        return SimpleNamespace(access_token="a", expires_in=life)

    calls = resource(caller, server.url, token_auth(caller, fetch, expires_in="expires_in"))
    for _ in range(2):
        caller.run(lambda: calls._request(object, "GET", "x"))
    assert len(asked) == 1


@pytest.mark.parametrize("good", ["t2", "none"])
def test_a_refused_token_is_renewed_once(caller: Caller, server: Server, good: str) -> None:
    from acme.core.api_error import ApiError

    asked: list[int] = []

    def fetch() -> Any:
        asked.append(1)
        return SimpleNamespace(access_token=f"t{len(asked)}")

    def respond(seen: Any) -> Reply:
        return Reply(200 if seen.headers["authorization"].endswith(good) else 401, {"a": 1})

    server.handler = respond
    calls = resource(caller, server.url, token_auth(caller, fetch), max_retries=0)

    def call() -> Any:
        return calls._request(object, "POST", "x", json={"b": 2})

    if good == "t2":
        assert caller.run(call) == {"a": 1} and caller.run(call) == {"a": 1}
        assert [request.headers["authorization"][-2:] for request in server.seen] == [
            "t1",
            "t2",
            "t2",
        ]
        assert {request.body for request in server.seen} == {b'{"b":2}'}
    else:
        with pytest.raises(ApiError):
            caller.run(call)
        assert len(server.seen) == len(asked) == 2


def test_a_401_for_other_credentials_is_final(caller: Caller, server: Server) -> None:
    from acme.core.api_error import ApiError

    server.default = Reply(401)
    client = caller.client(base_url=server.url, token="t")
    with pytest.raises(ApiError):
        caller.run(lambda: client.jobs.get("j"))
    assert len(server.seen) == 1
