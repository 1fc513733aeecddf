"""A message whose type cannot be read leaves the types of the other messages."""

from __future__ import annotations

import asyncio
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.server import ServerConnection

from ..runtime.socket_server import running
from ..support import pipeline

SPEC = """
asyncapi: 3.0.0
info: {title: Feed, version: "1"}
channels:
  feed:
    address: /feed
    messages:
      Tick: {payload: {type: object, required: [price], properties: {price: {type: number}}}}
      Error: {payload: {type: object, required: [code], properties: {code: {type: integer}}}}
      Depth: {payload: {schemaFormat: application/vnd.apache.avro, schema: {type: record}}}
operations:
  hear: {action: receive, channel: {$ref: "#/channels/feed"}}
"""
ONLY_UNKNOWN = re.sub("      (Tick|Error): .*\n", "", SPEC)
FRAMES = ('{"price": 1.5}', '{"code": 3}', '{"bids": []}')


@pytest.mark.parametrize("layout", ["compact", "fern"])
@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("spec", [SPEC, ONLY_UNKNOWN], ids=["some", "only"])
def test_the_other_messages_keep_their_types(
    spec: str, mode: str, layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asyncapi.yaml").write_text(spec)
    name = f"feed_{layout}_{mode}_{'some' if spec is SPEC else 'only'}"
    built = pipeline.make(tmp_path / "asyncapi.yaml", name, layout=layout)
    assert [problem.code for problem in built.diagnostics.reported] == ["not-expressible"]
    built.write(tmp_path / "out")
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    package: Any = importlib.import_module(name)

    def play(connection: ServerConnection) -> None:
        for frame in FRAMES:
            connection.send(frame)
        connection.close()

    with running() as server:
        server.play = play
        class_name = ("Async" if mode == "async" else "") + name.title().replace("_", "") + "Client"
        client = getattr(package, class_name)(base_url=server.url)

        async def listen() -> list[Any]:
            async with client, client.feed.connect() as socket:
                return [message async for message in socket]

        def listen_synchronously() -> list[Any]:
            with client, client.feed.connect() as socket:
                return list(socket)

        messages = asyncio.run(listen()) if mode == "async" else listen_synchronously()
    tick, error, depth = messages
    assert depth == {"bids": []}
    if spec is SPEC:
        assert (tick.price, error.code) == (1.5, 3)
    else:
        assert (tick, error) == ({"price": 1.5}, {"code": 3})
