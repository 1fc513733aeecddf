"""Servers of operations and paths that are a path on the host of the base URL."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fiddlehead import ir
from fiddlehead.queries import servers
from fiddlehead.server import messages, service

from .workbench import Bench, bench, make

ROOTS = {
    "one": 'servers: [{url: "https://api.acme.test/base"}]',
    "two": 'servers: [{url: "https://api.acme.test/base", x-fern-server-name: A}, {url: "https://eu.acme.test", x-fern-server-name: B}]',
    "relative": "servers: [{url: /base}]",
    "none": "",
}
PATHS = """
paths:
  /a: {get: {operationId: a, responses: {"204": {description: ok}}}}
  /b/{id}:
    servers: [{url: /v2/}]
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: b, responses: {"204": {description: ok}}}
    put: {operationId: c, servers: [{url: /}], responses: {"204": {description: ok}}}
"""


def description(root: str, paths: str = PATHS) -> str:
    return f'openapi: 3.1.0\ninfo: {{title: Acme, version: "1"}}\n{root}\n{paths}'


def targets(acme: Bench, base: str, is_async: bool) -> list[str]:
    acme.server.seen.clear()
    name = "AsyncAcmeClient" if is_async else "AcmeClient"
    client = getattr(acme.package, name)(base_url=acme.server.url + base)

    async def call() -> None:
        await client.a()
        await client.b("1")
        await client.c("1")
        await client._client_wrapper.aclose()

    if is_async:
        asyncio.run(call())
    else:
        client.a()
        client.b("1")
        client.c("1")
    return [seen.target for seen in acme.server.seen]


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("root", ROOTS)
def test_the_path_replaces_that_of_the_base_url(tmp_path: Path, layout: str, root: str) -> None:
    with bench(tmp_path, description(ROOTS[root]), layout=layout) as acme:
        assert [
            x.span.line for x in acme.generated.diagnostics.warnings if "host" in x.message
        ] == ([3] if root == "relative" else [])
        for is_async in (False, True):
            assert targets(acme, "/x/y", is_async) == ["/x/y/a", "/v2/b/1", "/b/1"]
            assert targets(acme, "/x?team=7", is_async) == [
                "/x/a?team=7",
                "/v2/b/1?team=7",
                "/b/1?team=7",
            ]


@pytest.mark.parametrize("layout", ["compact", "fern"])
def test_beside_a_server_with_another_host(tmp_path: Path, layout: str) -> None:
    other = """
  /d:
    servers: [{url: "https://files.acme.test/v1", x-fern-server-name: Files}]
    get: {operationId: d, responses: {"204": {description: ok}}}
"""
    with bench(tmp_path, description(ROOTS["one"], PATHS + other), layout=layout) as acme:
        urls = {"base": f"{acme.server.url}/x", "files": f"{acme.server.url}/files"}
        environment = acme.module("environment").AcmeClientEnvironment(**urls)
        with acme.package.AcmeClient(environment=environment) as client:
            for call in (client.a, client.d, lambda: client.b("1")):
                call()
        assert [seen.target for seen in acme.server.seen] == ["/x/a", "/files/d", "/v2/b/1"]


@pytest.mark.parametrize("url", ["v2", "../v2", ".", "''", "/v2?x=1", '"/{stage}"'])
def test_what_depends_on_the_url_of_the_description_is_reported(tmp_path: Path, url: str) -> None:
    server = (
        f"{{url: {url}, variables: {{stage: {{default: v1}}}}}}"
        if "{" in url
        else f"{{url: {url}}}"
    )
    paths = PATHS.replace("{url: /v2/}", server)
    built = make(tmp_path, description(ROOTS["one"], paths))
    reported = [x for x in built.diagnostics.warnings if x.code == "not-expressible"]
    assert ["has no host" in item.message for item in reported] == [True]
    assert "base_path" not in built.files["acme/client.py"].replace('base_path="/"', "")


def test_the_mock_server_and_the_fake_have_the_path(tmp_path: Path) -> None:
    with bench(tmp_path, description(ROOTS["one"])) as acme:
        mock = service.Service(acme.generated.api)
        statuses = {
            path: mock.respond(messages.Request("GET", path)).status
            for path in ("/a", "/v2/b/1", "/b/1")
        }
        assert statuses == {"/a": 204, "/v2/b/1": 204, "/b/1": 405}
        fake: Any = acme.module("testing").FakeAcmeClient(examples=True)
        fake.b("1")
        assert acme.module("core.testing").last_request(fake).path == "/b/1"


def test_documentation_has_the_url(tmp_path: Path) -> None:
    built = make(tmp_path, description(ROOTS["one"]))
    endpoints = [endpoint for _, endpoint in ir.endpoints(built.api.root)]
    assert {endpoint.operation_id: servers.url(built.api, endpoint) for endpoint in endpoints} == {
        "a": "https://api.acme.test/base/a",
        "b": "https://api.acme.test/v2/b/{id}",
        "c": "https://api.acme.test/b/{id}",
    }
