"""Responses that HTTP sends without a body, although the description has one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench, make

OPENAPI = """
paths:
  /jar:
    head: {operationId: probe, responses: {"200": {description: ok, content: &jar
      {application/json: {schema: {$ref: '#/components/schemas/Jar'}}}}}}
    put: {operationId: fill, responses: {"204": {description: done, content: *jar}}}
    post: {operationId: reset, responses: {"205": {description: done, content: *jar}}}
    patch: {operationId: either, responses: {"200": {description: ok, content: *jar},
      "204": {description: done, content: {application/json: {schema: {type: integer}}}}}}
    delete: {operationId: empty, responses: {"204": {description: done, content:
      {text/plain: {schema: {type: string}}}}}}
components:
  schemas:
    Jar: {type: object, required: [lid], properties: {lid: {type: string}}}
"""

FERN = {
    "api.yml": "name: acme\n",
    "__package__.yml": """
types:
  Jar: {properties: {lid: string}}
service:
  auth: false
  base-path: /jar
  endpoints:
    probe: {path: "", method: HEAD, response: Jar}
    fill: {path: "", method: PUT, response: {type: Jar, status-code: 204}}
    reset: {path: "", method: POST, response: {type: Jar, status-code: 205}}
    either: {path: "", method: PATCH, response: optional<Jar>}
    empty: {path: "", method: DELETE, response: {type: text, status-code: 204}}
""",
}

METHODS = ("probe", "fill", "reset", "either", "empty")


@pytest.fixture(
    scope="module",
    params=[(OPENAPI, "compact"), (OPENAPI, "fern"), (FERN, "compact"), (FERN, "fern")],
    ids=["openapi-compact", "openapi-fern", "definition-compact", "definition-fern"],
)
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    text, layout = request.param
    with bench(tmp_path_factory.mktemp("jars"), text, layout=layout) as built:
        yield built


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def call(acme: Bench, kind: str, method: str, reply: Reply) -> Any:
    acme.server.default = reply
    if kind == "sync":
        with acme.client() as client:
            return getattr(client, method)()

    async def run() -> Any:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            return await getattr(client, method)()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("method", "status"),
    [("probe", 200), ("fill", 204), ("reset", 205), ("either", 204), ("empty", 204)],
)
def test_the_result_is_none(acme: Bench, kind: str, method: str, status: int) -> None:
    assert call(acme, kind, method, Reply(status)) is None


@pytest.mark.parametrize("method", ["fill", "reset", "either"])
def test_a_body_that_is_sent_with_another_status(acme: Bench, kind: str, method: str) -> None:
    assert call(acme, kind, method, Reply(200, {"lid": "red"})).lid == "red"


def test_what_the_methods_return(acme: Bench) -> None:
    client, jar = acme.package.AcmeClient, acme.module("types").Jar
    returned = {name: get_type_hints(getattr(client, name))["return"] for name in METHODS}
    assert returned == {
        "probe": type(None),
        "fill": jar | None,
        "reset": jar | None,
        "either": jar | None,
        "empty": type(None),
    }


@pytest.mark.parametrize("text", [OPENAPI, FERN], ids=["openapi", "definition"])
def test_the_problems(tmp_path: Path, text: str | Mapping[str, str]) -> None:
    messages = sorted(problem.message for problem in make(tmp_path, text).diagnostics.warnings)
    assert messages == [
        "a response to HEAD has no body; it is left out",
        "a response with status 204 has no body: the result may be None",
        "a response with status 204 has no body; it is left out",
        "a response with status 205 has no body: the result may be None",
    ]
