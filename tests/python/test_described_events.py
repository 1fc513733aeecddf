"""Streams whose events are described with their fields (HTML standard, section 9.2.6)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

COUNT = "{type: object, required: [event, data], properties: {event: {const: count}, data: {$ref: '#/components/schemas/Count'}}}"
TEXT = "{type: object, required: [event, data], properties: {event: {const: text}, id: {type: string}, data: {type: string}}}"
REFERENCES = "{$ref: '#/components/schemas/OfCount'}, {$ref: '#/components/schemas/OfText'}"
SINGLE = "{type: object, properties: {event: {type: string}, data: {type: string}}}"
NAME = ", discriminator: {propertyName: event}"
SCHEMAS = {
    "references": f"schema: {{oneOf: [{REFERENCES}]}}",
    "named": f"schema: {{oneOf: [{REFERENCES}]{NAME}}}",
    "inline": f"schema: {{anyOf: [{COUNT}, {TEXT}]}}",
    "nested": f"schema: {{oneOf: [{{oneOf: [{COUNT}]}}, {{oneOf: [{TEXT}]}}]}}",
    "items": f"itemSchema: {{oneOf: [{REFERENCES}]}}",
    "component": "itemSchema: {$ref: '#/components/schemas/Event'}",
    "tagged": f"itemSchema: {{oneOf: [{REFERENCES}]{NAME}}}",
}


def _operation(name: str, schema: str, more: str = "") -> str:
    responses = f'{{"200": {{description: ok, content: {{text/event-stream: {{{schema}}}}}}}}}'
    return f"  /{name}: {{get: {{operationId: {name},{more} responses: {responses}}}}}\n"


API = (
    "paths:\n"
    + "".join(_operation(name, schema) for name, schema in SCHEMAS.items())
    + _operation("extension", SCHEMAS["references"], " x-fern-streaming: {format: sse},")
    + _operation("single", f"schema: {SINGLE}")
    + f"""components:
  schemas:
    Count: {{type: object, properties: {{n: {{type: integer}}}}}}
    OfCount: {COUNT}
    OfText: {TEXT}
    Event: {{oneOf: [{REFERENCES}]}}
"""
)
NAMED = [b'event: count\ndata: {"n": 3}\n\n', b"event: text\nid: 7\ndata: 42\n\n"]
REPEATED = [
    b'data: {"event": "count", "data": {"n": 3}}\n\n',
    b'event: text\ndata: {"event": "text", "id": "7", "data": "42"}\n\n',
]
"""The data has the name of the event, too, or alone."""


@pytest.fixture(scope="module", params=["compact", "fern"])
def acme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("events"), API, layout=request.param) as built:
        yield built


def _items(acme: Bench, name: str, chunks: list[bytes], is_async: bool) -> list[Any]:
    acme.server.replies = [Reply(200, headers={"Content-Type": "text/event-stream"}, chunks=chunks)]

    async def read() -> list[Any]:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            return [item async for item in getattr(client, name)()]

    return asyncio.run(read()) if is_async else [*getattr(acme.client(), name)()]


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("chunks", [NAMED, REPEATED], ids=["named", "repeated"])
@pytest.mark.parametrize("name", [*SCHEMAS, "extension"])
def test_the_items_have_the_fields_of_the_events(
    acme: Bench, name: str, chunks: list[bytes], is_async: bool
) -> None:
    count, text = _items(acme, name, chunks, is_async)
    assert (count.event, count.data.n) == ("count", 3)
    assert (text.event, text.data, text.id) == ("text", "42", "7")


def test_an_event_that_the_description_lacks_keeps_its_name(acme: Bench) -> None:
    (item,) = _items(acme, "references", [b'event: new\ndata: {"n": 3}\n\n'], False)
    assert (item.event, item.data) == ("new", {"n": 3})


@pytest.mark.parametrize(("data", "text"), [(b"42", "42"), (b'{"a": 1}', '{"a": 1}')])
def test_the_data_of_the_only_event_may_be_text(acme: Bench, data: bytes, text: str) -> None:
    (item,) = _items(acme, "single", [b"event: token\ndata: " + data + b"\n\n"], False)
    assert (item.event, item.data) == ("token", text)
