"""Events whose data is JSON, described with `contentSchema` (JSON Schema 2020-12, section 8.5)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

JSON = "contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Count'}"
COUNT = f"{{type: object, required: [event, data], properties: {{event: {{const: count}}, data: {{type: string, {JSON}}}}}}}"
TEXT = "{type: object, required: [event, data], properties: {event: {const: text}, id: {type: string}, data: {type: string}}}"
REFERENCES = "{$ref: '#/components/schemas/OfCount'}, {$ref: '#/components/schemas/OfText'}"
MAPPING = "discriminator: {propertyName: event, mapping: {count: '#/components/schemas/OfCount', text: '#/components/schemas/OfText'}}"
FIELDS = "event: {type: string}, data: {type: string}, id: {type: string}"
UNIONS = {
    "inline": f"itemSchema: {{oneOf: [{COUNT}, {TEXT}]}}",
    "references": f"itemSchema: {{anyOf: [{REFERENCES}]}}",
    "mapped": f"itemSchema: {{oneOf: [{REFERENCES}], {MAPPING}}}",
    "schema": f"schema: {{oneOf: [{REFERENCES}]}}",
    "nested": f"itemSchema: {{oneOf: [{{oneOf: [{COUNT}]}}, {{oneOf: [{TEXT}]}}]}}",
    "component": "itemSchema: {$ref: '#/components/schemas/Event'}",
    # The example of OpenAPI 3.2, section 4.14.4.3.
    "beside": f"itemSchema: {{type: object, required: [event, data], properties: {{{FIELDS}}}, oneOf: "
    f"[{{properties: {{event: {{const: count}}, data: {{{JSON}}}}}}}, {{properties: {{event: {{const: text}}}}}}]}}",
}


def _operation(name: str, schema: str) -> str:
    responses = f'{{"200": {{description: ok, content: {{text/event-stream: {{{schema}}}}}}}}}'
    return f"  /{name}: {{get: {{operationId: {name}, responses: {responses}}}}}\n"


API = (
    "openapi: 3.2.0\ninfo: {title: Acme, version: '1'}\npaths:\n"
    + "".join(_operation(name, schema) for name, schema in UNIONS.items())
    + _operation("single", f"itemSchema: {{type: object, properties: {{data: {{{JSON}}}}}}}")
    + f"""  /json: {{get: {{operationId: json, responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Note'}}}}}}}}}}}}}}
components:
  schemas:
    Count: {{type: object, required: [n], properties: {{n: {{type: integer}}}}}}
    OfCount: {COUNT}
    OfText: {TEXT}
    Event: {{oneOf: [{REFERENCES}]}}
    Note: {{type: object, properties: {{event: {{type: string}}, data: {{type: string, {JSON}}}}}}}
"""
)
EVENTS = [b'event: count\ndata: {"n": 3}\n\n', b"event: text\nid: 7\ndata: 42\n\n"]


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with bench(tmp_path_factory.mktemp("events"), API, layout=request.param) as built:
        yield built


def _items(acme: Bench, name: str, is_async: bool) -> list[Any]:
    headers = {"Content-Type": "text/event-stream"}
    acme.server.replies = [Reply(200, headers=headers, chunks=EVENTS)]

    async def read() -> list[Any]:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            return [item async for item in getattr(client, name)()]

    return asyncio.run(read()) if is_async else [*getattr(acme.client(), name)()]


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("name", UNIONS)
def test_the_data_of_each_event_has_its_type(acme: Bench, name: str, is_async: bool) -> None:
    count, text = _items(acme, name, is_async)
    assert (count.event, type(count.data), count.data.n) == ("count", acme.package.Count, 3)
    assert (text.event, text.data, text.id) == ("text", "42", "7")


def test_the_data_of_a_single_object_is_the_item(acme: Bench) -> None:
    assert _items(acme, "single", False)[0] == acme.package.Count(n=3)


def test_a_string_outside_of_a_stream_stays_text(acme: Bench) -> None:
    acme.server.replies = [Reply(body={"event": "a", "data": '{"n": 3}'})]
    assert acme.client().json().data == '{"n": 3}'
