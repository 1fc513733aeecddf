"""Layout `fern`: the items of a stream are validated unless `skip-validation` is on, as in Fern."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from ..runtime.server import Reply
from .workbench import Bench, bench

OPERATION = """
  /%(name)s:
    get:
      x-fern-sdk-method-name: %(name)s
      operationId: %(name)s
      x-fern-streaming: {format: %(format)s}
      responses: {"200": {description: ok, content: {%(media)s: {
        schema: {$ref: "#/components/schemas/Cork"}}}}}
"""
SPEC = (
    "paths:"
    + OPERATION % {"name": "events", "format": "sse", "media": "text/event-stream"}
    + OPERATION % {"name": "lines", "format": "json", "media": "application/json"}
    + """
components:
  schemas:
    Cork: {type: object, required: [size], properties: {size: {type: integer}}}
"""
)
ITEMS = ('{"size": 1}', '{"size": "wide"}', "{}", '{"size": 2, "more": true}')
BODIES = {
    "events": ("text/event-stream", "".join(f"data: {item}\n\n" for item in ITEMS)),
    "lines": ("application/json", "".join(f"{item}\n" for item in ITEMS)),
}


@pytest.fixture(scope="module", params=[False, True], ids=["validating", "skipping"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Bench, bool]]:
    skips = str(request.param).lower()
    settings = f'layout = "fern"\n[python.pydantic]\nskip-validation = {skips}\n'
    with bench(tmp_path_factory.mktemp("acme"), SPEC, settings) as result:
        yield result, request.param


@pytest.mark.parametrize("name", ["events", "lines"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_items_that_do_not_fit(
    built: tuple[Bench, bool], name: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    acme, lenient = built
    media, body = BODIES[name]
    acme.server.replies.append(Reply(200, body.encode(), {"Content-Type": media}))

    async def later() -> list[Any]:
        async with acme.package.AsyncAcmeClient(base_url=acme.server.url) as client:
            return [item async for item in getattr(client, name)()]

    with caplog.at_level(logging.WARNING, "acme"):
        if kind == "async":
            outcome = asyncio.run(later())
        else:
            with acme.package.AcmeClient(base_url=acme.server.url) as client:
                outcome = list(getattr(client, name)())
    sizes = [getattr(item, "size", None) for item in outcome]
    if lenient:
        assert sizes == [1, "wide", None, 2] and not caplog.messages
    else:
        assert sizes == [1, 2]
        assert ["size" in message for message in caplog.messages] == [True, True]
