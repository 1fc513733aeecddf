"""Security schemes: each has its own argument, and its credential is sent where it belongs."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from ..runtime.server import Reply, Server
from .workbench import bench, make

Schemes = dict[str, dict[str, str]]


def api(security: list[list[str]], schemes: Schemes) -> str:
    """A description whose operation `a` requires all schemes, and one operation for each scheme."""
    paths = {"/a": {"get": {"operationId": "a", "responses": {"204": {}}}}}
    asked = [{name: [] for name in requirement} for requirement in security]
    components = {"securitySchemes": schemes}
    parts = {"paths": paths, "security": asked, "components": components}
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in parts.items())


def key(place: str, name: str) -> dict[str, str]:
    return {"type": "apiKey", "in": place, "name": name}


BEARER = {"type": "http", "scheme": "bearer"}
BASIC = {"type": "http", "scheme": "basic"}


@pytest.mark.parametrize(
    ("schemes", "given", "target", "headers"),
    [
        ({"Only": key("query", "auth[key]")}, {"api_key": "P&"}, "/a?auth%5Bkey%5D=P%26", {}),
        ({"Only": key("query", "key")}, {"api_key": "P"}, "/a?key=P", {}),
        ({"Only": key("query", "schlüssel")}, {"api_key": "ü"}, "/a?schl%C3%BCssel=%C3%BC", {}),
        (
            {"B": BEARER, "Q": key("query", "key"), "C": key("cookie", "sid")},
            {"token": "T", "q": "P", "c": "S"},
            "/a?key=P",
            {"authorization": "Bearer T", "cookie": "sid=S"},
        ),
        (
            {"Q": key("query", "X-Key"), "H": key("header", "X-Key")},
            {"q": "P", "h": "S"},
            "/a?X-Key=P",
            {"x-key": "S"},
        ),
    ],
)
def test_a_credential_is_sent_in_its_place_only(
    tmp_path: Path, schemes: Schemes, given: dict[str, str], target: str, headers: dict[str, str]
) -> None:
    with bench(tmp_path, api([[*schemes]], schemes)) as made:
        made.server.default = Reply(status=204)
        made.client(**given).a()
        [seen] = made.server.seen
        plain = {"host", "accept", "accept-encoding", "connection", "user-agent"}
        assert seen.target == target
        assert {k: v for k, v in seen.headers.items() if k not in plain} == headers


@pytest.mark.parametrize(
    ("schemes", "arguments"),
    [
        (
            {"Bear": BEARER, "Token": key("query", "t"), "O": key("header", "X-O")},
            "token query_token o",
        ),
        ({"apiKey": key("header", "X-A"), "api_key": key("query", "k")}, "api_key query_api_key"),
        (
            {"api_key": key("header", "X-A"), "apiKey": key("header", "X-B")},
            "api_key header_api_key",
        ),
        ({"K-1": key("header", "X-A"), "k1": key("cookie", "b")}, "k1 cookie_k1"),
        ({"K-1": key("header", "X-A"), "k1": key("header", "X-A")}, "api_key header_api_key"),
        ({"b_c": BEARER, "bC": BEARER}, "token bearer_token"),
        (
            {"B": BASIC, "username": key("query", "u"), "X": key("query", "x")},
            "username password query_username x",
        ),
        (
            {"B": BASIC, "password": key("header", "u"), "X": key("query", "x")},
            "username password header_password x",
        ),
        (
            {"a_b": key("header", "X-A"), "aB": key("header", "X-B"), "A-B": key("header", "X-C")},
            "a_b header_a_b header_x_b",
        ),
    ],
)
@pytest.mark.parametrize("reverse", [False, True])
def test_two_schemes_never_share_an_argument(
    tmp_path: Path, schemes: Schemes, arguments: str, reverse: bool
) -> None:
    order = dict(reversed(schemes.items())) if reverse else schemes
    with bench(tmp_path, api([[item] for item in order], order)) as made:
        parameters = inspect.signature(made.package.AcmeClient).parameters
        assert set(arguments.split()) <= set(parameters)
        warnings = made.made.diagnostics.warnings
        assert {warning.code for warning in warnings} == {"duplicate-argument"}
        assert all(warning.span and warning.related for warning in warnings)


def test_the_clients_own_arguments_keep_their_names(tmp_path: Path) -> None:
    schemes = {
        "timeout": key("query", "t"),
        "headers": key("header", "X-H"),
        "K": key("query", "k"),
    }
    with bench(tmp_path, api([["timeout", "headers", "K"]], schemes)) as made:
        made.server.default = Reply(status=204)
        made.client(
            query_timeout="1", header_headers="2", k="3", timeout=5, headers={"X-I": "4"}
        ).a()
        [seen] = made.server.seen
        assert seen.target == "/a?t=1&k=3"
        assert (seen.headers["x-h"], seen.headers["x-i"]) == ("2", "4")


@pytest.mark.parametrize(
    "scheme",
    [
        *(
            "digest",
            "HOBA",
            "Mutual",
            "Negotiate",
            "NTLM",
            "SCRAM-SHA-1",
            "SCRAM-SHA-256",
            "mutualTLS",
        ),
        *("OAuth", "DPoP", "GNAP", "PrivateToken", "Hawk", "Signature", "AWS4-HMAC-SHA256", "HMAC"),
    ],
)
@pytest.mark.parametrize("beside", [False, True])
def test_schemes_that_the_client_cannot_do(tmp_path: Path, scheme: str, beside: bool) -> None:
    written: Any = {"type": "http", "scheme": scheme}
    if scheme == "mutualTLS":
        written = {"type": "mutualTLS"}
    schemes = {"S": written, "K": key("header", "X-K")}
    made = make(tmp_path, api([["S", "K"] if beside else ["S"]], schemes))
    [warning] = made.diagnostics.warnings
    assert (warning.code, "'S' is left out" in warning.message) == ("not-expressible", True)
    client = made.files["acme/client.py"]
    assert "Authorization" not in client and ('"X-K"' in client) == beside


def test_a_custom_scheme_is_sent_as_written(tmp_path: Path) -> None:
    with bench(tmp_path, api([["S"]], {"S": {"type": "http", "scheme": "Token"}})) as made:
        made.server.default = Reply(status=204)
        made.client(token="t").a()
        assert made.server.seen[-1].headers["authorization"] == "Token t"


@pytest.mark.parametrize(("name", "value"), [("a;b", "k"), ("sid", "k; admin=1"), ("sid", "k\r\n")])
def test_a_key_cannot_add_cookies(tmp_path: Path, name: str, value: str) -> None:
    with bench(tmp_path, api([["S"]], {"S": key("cookie", name)})) as made:
        with pytest.raises(
            ValueError, match=f"the cookie '{name}' has characters that HTTP forbids"
        ):
            made.client(api_key=value).a()
        assert not made.server.seen


@pytest.mark.parametrize("library", ["httpx2", "httpx"])
def test_no_log_has_a_key_of_the_query(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, library: str
) -> None:
    client = pytest.importorskip(library).Client(follow_redirects=True)
    with bench(tmp_path, api([["S"]], {"S": key("query", "my key")})) as made:
        made.server.replies = [Reply(302, headers={"Location": "/again?My+Key=s3cret&page=2"})]
        made.server.default = Reply(status=204)
        with caplog.at_level("INFO"):
            made.client(api_key="s3cret", httpx_client=client).a()
        assert [seen.target for seen in made.server.seen] == [
            "/a?my%20key=s3cret",
            "/again?My+Key=s3cret&page=2",
        ]
        messages = [record.getMessage() for record in caplog.records if record.name == library]
        assert len(messages) == 2 and "page=2" in messages[1]
        assert "s3cret" not in caplog.text


def test_a_user_name_with_a_colon_is_an_error(tmp_path: Path) -> None:
    with bench(tmp_path, api([["S"]], {"S": {"type": "http", "scheme": "basic"}})) as made:
        made.server.default = Reply(status=204)
        with pytest.raises(ValueError, match="must not have a colon"):
            made.client(username="a:b", password="c").a()
        made.client(username="a", password="b:c").a()
        assert [seen.headers["authorization"] for seen in made.server.seen] == ["Basic YTpiOmM="]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_only_the_parts_of_basic_credentials_may_be_empty(tmp_path: Path, layout: str) -> None:
    for name, scheme, empty in [
        ("basic", BASIC, {"username": "ann", "password": ""}),
        ("basic", BASIC, {"username": "", "password": "p"}),
        ("bearer", BEARER, {"token": ""}),
        ("query", key("query", "key"), {"api_key": ""}),
        ("header", key("header", "X-Key"), {"api_key": ""}),
        ("cookie", key("cookie", "sid"), {"api_key": ""}),
    ]:
        with bench(tmp_path, api([["Only"]], {"Only": scheme}), layout=layout) as made:
            made.server.default = Reply(status=204)
            for kind in ("AcmeClient", "AsyncAcmeClient"):
                client = getattr(made.package, kind)
                if name == "basic":
                    assert client(base_url=made.server.url, **empty)
                    continue
                with pytest.raises(Exception, match=f"pass .*{next(iter(empty))}"):
                    client(base_url=made.server.url, **empty)
            if name == "basic":
                made.client(**empty).a()
                pair = made.server.seen[-1].headers["authorization"].removeprefix("Basic ")
                expected = ":".join(empty.values())
                assert base64.b64decode(pair).decode() == expected


LINKS = """
security: [{bearer: [], query: [], cookie: []}]
paths:
  /items:
    get:
      operationId: items
      x-fern-pagination: {type: uri, next_uri: $response.next, results: $response.items}
      parameters: [{name: X-Tenant, in: header, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object, properties: {next: {type: string}, items: {type: array, items: {type: integer}}}}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
"""


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("is_async", [False, True])
def test_a_link_to_another_origin_carries_no_credential(
    tmp_path: Path, is_async: bool, layout: str
) -> None:
    """A link to the next page is treated like a redirect."""
    other = Server()
    other.default = Reply(body={"items": [3]})
    secrets: dict[str, Any] = dict.fromkeys(("token", "query", "cookie"), "s3cret")
    secrets["headers"] = {"X-Mine": "s3cret"}
    call: dict[str, Any] = {"tenant": "s3cret"}
    call["request_options"] = {"additional_headers": {"X-More": "s3cret"}}

    async def read(client: Any) -> list[int]:
        return [item async for item in await client.items(**call)]

    with bench(tmp_path, LINKS, layout=layout) as made, contextlib.closing(other):
        made.server.replies = [
            Reply(body={"items": [1], "next": f"{made.server.url}/items?page=2&key=s3cret"}),
            Reply(body={"items": [2], "next": f"{other.url}/items?page=3&key=s3cret"}),
        ]
        if is_async:
            client = made.package.AsyncAcmeClient(base_url=made.server.url, **secrets)
            assert asyncio.run(read(client)) == [1, 2, 3]
        else:
            assert [*made.client(**secrets).items(**call)] == [1, 2, 3]
        targets = [seen.target for seen in made.server.seen]
        assert targets == ["/items?key=s3cret", "/items?page=2&key=s3cret"]
        [seen] = other.seen
        assert seen.target == "/items?page=3"
        assert "s3cret" not in str(seen.headers) and "cookie" not in seen.headers
