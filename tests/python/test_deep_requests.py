"""Values in URLs, headers, cookies and forms that are nested too deep for Python's stack."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

API = """
paths:
  /q/{p}/{j}:
    get:
      operationId: read
      parameters:
        - {name: p, in: path, required: true, schema: {type: array, items: {}}}
        - {name: j, in: path, required: true, content: {application/json: {schema: {}}}}
        - {name: q, in: query, style: deepObject, explode: true, schema: {type: object, additionalProperties: true}}
        - {name: l, in: query, schema: {type: array, items: {}}}
        - {name: qj, in: query, content: {application/json: {schema: {}}}}
        - {name: H, in: header, schema: {type: array, items: {}}}
        - {name: HJ, in: header, content: {application/json: {schema: {}}}}
        - {name: c, in: cookie, schema: {type: array, items: {}}}
        - {name: cj, in: cookie, content: {application/json: {schema: {}}}}
      responses: {"204": {description: ok}}
  /form:
    post:
      operationId: form
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {any: {}, list: {type: array, items: {}}, map: {type: object, additionalProperties: true}}}
            encoding: {map: {style: deepObject}}
      responses: {"204": {description: ok}}
  /parts:
    post:
      operationId: parts
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}, map: {type: object, additionalProperties: true}}}
            encoding: {map: {style: deepObject}}
      responses: {"204": {description: ok}}
"""
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


def nested(levels: int, as_map: bool = False) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"k": value} if as_map else [value]
    return value


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("deep"), API, layout=request.param) as built:
        built.server.default = Reply(status=204)
        yield built


def use(acme: Bench, method: str, is_async: bool, **arguments: Any) -> None:
    async def call() -> None:
        client = acme.package.AsyncAcmeClient(base_url=acme.server.url)
        try:
            await getattr(client, method)(**arguments)
        finally:
            await client._client_wrapper.aclose()

    if is_async:
        asyncio.run(call())
    else:
        getattr(acme.client(), method)(**arguments)


PLACES = [
    *(("read", name) for name in ("p", "j", "q", "l", "qj", "h", "hj", "c", "cj")),
    *(("form", name) for name in ("any", "list_", "map_")),
    ("parts", "map_"),
]


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize(("method", "name"), PLACES)
def test_the_error_names_the_reason(acme: Bench, method: str, name: str, is_async: bool) -> None:
    others: dict[str, Any] = {"p": [1], "j": 1} if method == "read" else {}
    seen = len(acme.server.seen)
    for value in (
        nested(3_000, name in ("q", "map_")),
        {"k": ENDLESS} if name in ("q", "map_") else ENDLESS,
    ):
        with pytest.raises(ValueError, match="value is nested too deep"):
            use(acme, method, is_async, **{**others, name: value})
    assert len(acme.server.seen) == seen
    use(acme, method, is_async, **{**others, name: nested(20, name in ("q", "map_"))})
    assert len(acme.server.seen) == seen + 1
