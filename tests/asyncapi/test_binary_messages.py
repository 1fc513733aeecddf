"""Messages of bytes and of JSON in one channel are sent and received in their own form."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import Any

import pytest
from fiddlehead.cli import main
from websockets.sync.server import ServerConnection

from ..runtime.socket_server import running
from ..support import pipeline

SCHEMAS = """
components:
  messages:
    Start: {payload: {type: object, required: [rate], properties: {rate: {type: integer}}}}
    Stop: {payload: {type: object, required: [why], properties: {why: {type: string}}}}
    Audio: {contentType: audio/wav}
    Chunk: {payload: {type: string, format: binary}}
    Note: {contentType: text/plain, payload: {type: string}}
"""
ONE_OF_MESSAGES = f"""
asyncapi: 2.6.0
info: {{title: Talk, version: "1"}}
channels:
  /live:
    publish: {{message: {{oneOf: [{{$ref: "#/components/messages/Start"}}, {{$ref: "#/components/messages/Audio"}}, {{$ref: "#/components/messages/Stop"}}]}}}}
    subscribe: {{message: {{oneOf: [{{$ref: "#/components/messages/Chunk"}}, {{$ref: "#/components/messages/Start"}}]}}}}
{SCHEMAS}
"""
VERSION_3 = f"""
asyncapi: 3.0.0
info: {{title: Talk, version: "1"}}
channels:
  live:
    address: /live
    messages: {{Start: {{$ref: "#/components/messages/Start"}}, Audio: {{$ref: "#/components/messages/Audio"}}, Chunk: {{$ref: "#/components/messages/Chunk"}}}}
operations:
  say: {{action: send, channel: {{$ref: "#/channels/live"}}, messages: [{{$ref: "#/channels/live/messages/Start"}}, {{$ref: "#/channels/live/messages/Audio"}}]}}
  hear: {{action: receive, channel: {{$ref: "#/channels/live"}}, messages: [{{$ref: "#/channels/live/messages/Start"}}, {{$ref: "#/channels/live/messages/Chunk"}}]}}
{SCHEMAS}
"""
ONE_OF_PAYLOADS = """
asyncapi: 2.6.0
info: {title: Talk, version: "1"}
channels:
  /live:
    publish: {message: {name: say, payload: {oneOf: [{$ref: "#/components/schemas/Start"}, {type: string, format: binary}]}}}
    subscribe: {message: {payload: {$ref: "#/components/schemas/Heard"}}}
components:
  schemas:
    Start: {type: object, required: [rate], properties: {rate: {type: integer}}}
    Heard: {anyOf: [{$ref: "#/components/schemas/Start"}, {type: string, format: binary}]}
"""
TEXT_TOO = f"""
asyncapi: 2.6.0
info: {{title: Talk, version: "1"}}
channels:
  /live:
    publish: {{message: {{oneOf: [{{$ref: "#/components/messages/Note"}}, {{$ref: "#/components/messages/Start"}}, {{$ref: "#/components/messages/Audio"}}]}}}}
    subscribe: {{message: {{oneOf: [{{$ref: "#/components/messages/Chunk"}}, {{$ref: "#/components/messages/Audio"}}]}}}}
{SCHEMAS}
"""
CASES = {
    # What sends the JSON, the bytes and the text.
    ("one_of_messages", "compact"): (ONE_OF_MESSAGES, "send_start", "send_audio", None),
    ("one_of_messages", "fern"): (ONE_OF_MESSAGES, "send_publish", "send_publish", None),
    ("version_3", "compact"): (VERSION_3, "send_start", "send_audio", None),
    ("version_3", "fern"): (VERSION_3, "send_start", "send_audio", None),
    ("one_of_payloads", "compact"): (ONE_OF_PAYLOADS, "send_say", "send_say", None),
    ("one_of_payloads", "fern"): (ONE_OF_PAYLOADS, "send_publish", "send_publish", None),
    ("text_too", "compact"): (TEXT_TOO, "send_start", "send_audio", "send_note"),
    ("text_too", "fern"): (TEXT_TOO, "send_publish", "send_publish", "send_publish"),
}


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_bytes_are_bytes(
    case: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec, send_json, send_bytes, send_text = CASES[case]
    (tmp_path / "asyncapi.yaml").write_text(spec)
    name = "talk_" + "_".join(case)
    built = pipeline.make(tmp_path / "asyncapi.yaml", name, layout=case[1])
    assert not built.diagnostics.reported, built.diagnostics.reported
    built.write(tmp_path / "out")
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    package: Any = importlib.import_module(name)
    start = next(
        getattr(package, item)
        for item in ("Start", "LiveStart", "LivePublishRate", "LivePublish", "WebsocketRate")
        if item in package.__all__
    )
    count = 2 + (send_text is not None)

    def play(connection: ServerConnection) -> None:
        server.received.extend(connection.recv() for _ in range(count))
        connection.send(b"\x00\xff")
        if send_text is None:
            connection.send('{"rate": 8000}')
        connection.close()

    with running() as server:
        server.play = play

        async def talk() -> list[Any]:
            (client_class,) = (text for text in package.__all__ if text.startswith("Async"))
            client = getattr(package, client_class)(base_url=server.url)
            async with client, client.live.connect() as socket:
                await getattr(socket, send_json)(start(rate=16000))
                await getattr(socket, send_bytes)(b"RIFF\xff")
                if send_text is not None:
                    await getattr(socket, send_text)("plain")
                return [item async for item in socket]

        first, *others = asyncio.run(talk())
    assert first == b"\x00\xff"
    assert [other.rate for other in others] == [8000] * (send_text is None)
    assert server.received == ['{"rate":16000}', b"RIFF\xff", "plain"][:count]


def test_a_package_without_operations_has_no_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asyncapi.yaml").write_text(VERSION_3)
    settings = 'spec = "asyncapi.yaml"\noutput = "out"\npackage = "quiet"\n[python]\ntests = true\n'
    (tmp_path / "fiddlehead.toml").write_text(settings)
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 0
    assert (tmp_path / "out/quiet/live/socket_client.py").is_file()
    assert not (tmp_path / "out/tests").exists()
