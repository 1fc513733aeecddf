"""An AsyncAPI and an OpenAPI document in one Fern folder give one client."""

from __future__ import annotations

import importlib
import sys
import zlib
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.sync.server import ServerConnection

from ..runtime.socket_server import running

FILES = {
    "fern/fern.config.json": '{"organization": "larder", "version": "4.20.0"}',
    "fern/generators.yml": """
api: {specs: [{openapi: openapi.yml}, {asyncapi: asyncapi.yml, overrides: overrides.yml}]}
groups:
  python:
    generators:
      - name: fernapi/fern-python-sdk
        version: 4.22.0
        config: {package_name: both, should_generate_websocket_clients: true}
""",
    "fern/openapi.yml": """
openapi: 3.1.0
info: {title: Larder, version: "1"}
servers: [{url: "https://api.larder.test"}]
security: [{key: []}]
paths:
  /jars:
    get: {operationId: jars_list, tags: [jars], responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key, x-fern-header: {name: apiKey, env: LARDER_KEY}}}
  schemas: {Jar: {type: object, properties: {id: {type: string}}}}
""",
    "fern/asyncapi.yml": """
asyncapi: 3.0.0
info: {title: Larder live, version: "1"}
servers:
  live: {host: api.larder.test, protocol: wss, security: [{type: httpApiKey, in: header, name: X-Key}]}
channels:
  watch:
    address: /jars/{id}/watch
    parameters: {id: {}}
    messages:
      Opened: {payload: {type: object, required: [type], properties: {type: {const: opened}, jar: {$ref: "#/components/schemas/Jar"}}}}
      Ping: {payload: {type: object, required: [type], properties: {type: {const: ping}}}}
operations:
  opened: {action: receive, channel: {$ref: "#/channels/watch"}, messages: [{$ref: "#/channels/watch/messages/Opened"}]}
  ping: {action: send, channel: {$ref: "#/channels/watch"}, messages: [{$ref: "#/channels/watch/messages/Ping"}]}
components:
  schemas: {Jar: {type: object, properties: {id: {type: string}}}}
""",
    "fern/overrides.yml": "channels: {watch: {x-fern-sdk-group-name: jars, x-fern-sdk-method-name: watch}}\n",
}


@pytest.mark.parametrize("command", ["generate", "lint"])
def test_channels_without_clients_are_not_counted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    write(tmp_path)
    generators = tmp_path / "fern/generators.yml"
    generators.write_text(generators.read_text().replace("_clients: true", "_clients: false"))
    from fiddlehead.cli import main

    monkeypatch.chdir(tmp_path)
    output = ["--output", "out"] if command == "generate" else []
    assert main([command, "fern", *output]) == 0
    printed_output = capsys.readouterr().err
    assert "1 of 1 operations" in printed_output
    assert "channel" not in printed_output


def write(folder: Path) -> None:
    """The Fern folder of this module, in a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize("version", ["4.20.0", "4.65.0"])
def test_its_channels_join_the_groups(
    version: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A constant is a literal in the first version of Fern's CLI, and an enum in the second."""
    write(tmp_path)
    config = tmp_path / "fern/fern.config.json"
    config.write_text(config.read_text().replace("4.20.0", version))
    from fiddlehead.cli import main

    out, name = tmp_path / "out", f"both{version.replace('.', '_')}"
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "fern", "--output", str(out), "--package", name]) == 0
    assert "1 of 1 operations, 1 channel;" in capsys.readouterr().err
    monkeypatch.setattr(sys, "path", [str(out), *sys.path])
    package: Any = importlib.import_module(name)

    def play(connection: ServerConnection) -> None:
        server.received.append(connection.recv())
        connection.send('{"type": "opened", "jar": {"id": "j1"}}')
        connection.close()

    with running() as server:
        server.play = play
        client = package.LarderApi(api_key="k", base_url=server.url)
        assert callable(client.jars.list)
        with client.jars.watch("a b") as socket:
            assert (
                package.Ping() if version == "4.20.0" else package.Ping(type="ping")
            ).type == "ping"
            socket.send_ping()
            (opened,) = socket
        assert type(opened.jar) is package.Jar
        assert server.requests[0].path == "/jars/a%20b/watch"
        assert server.requests[0].headers["X-Key"] == "k"
        assert server.received == ['{"type":"ping"}']


HTTPS, WSS = "https://api.larder.test", "wss://api.larder.test"
LIVE = "wss://live.larder.test"


def document(kind: str, *urls: str) -> str:
    """A small description of either kind, at servers."""
    if kind == "openapi":
        servers = ", ".join(f'{{url: "{url}"}}' for url in urls)
        paths = "{/jars: {get: {operationId: jars_list, tags: [jars], responses: {'204': {}}}}}"
        head = "openapi: 3.1.0\ninfo: {title: Larder, version: '1'}\n"
        return f"{head}servers: [{servers}]\npaths: {paths}\n"
    hosts = [url.partition("://") for url in urls]
    servers = ", ".join(
        f"s{n}: {{host: {host}, protocol: {scheme}}}" for n, (scheme, _, host) in enumerate(hosts)
    )
    head = "asyncapi: 3.0.0\ninfo: {title: Live, version: '1'}\n"
    return f"{head}servers: {{{servers}}}\nchannels: {{watch: {{address: /watch}}}}\n"


@pytest.mark.parametrize(
    ("specs", "http", "sockets"),
    [
        ([("openapi", HTTPS), ("asyncapi", WSS)], HTTPS, [WSS]),
        ([("asyncapi", WSS), ("openapi", HTTPS)], HTTPS, [WSS]),
        ([("openapi", HTTPS), ("asyncapi", LIVE)], HTTPS, [LIVE]),
        ([("asyncapi", LIVE), ("openapi", HTTPS)], HTTPS, [LIVE]),
        ([("asyncapi", LIVE), ("asyncapi", WSS), ("openapi", HTTPS)], HTTPS, [LIVE, WSS]),
        ([("openapi", HTTPS), ("asyncapi", LIVE), ("asyncapi", LIVE + "/v2")], HTTPS, [LIVE, LIVE + "/v2"]),
        ([("openapi", HTTPS), ("asyncapi",)], HTTPS, [WSS]),
        ([("openapi",), ("asyncapi", LIVE)], LIVE.replace("wss", "https"), [LIVE]),
        ([("asyncapi", LIVE), ("openapi",)], LIVE.replace("wss", "https"), [LIVE]),
    ],
)  # fmt: skip
def test_each_call_uses_the_server_of_its_description(
    specs: list[tuple[str, ...]],
    http: str,
    sockets: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from fiddlehead.cli import main

    named = "".join(str(item) for spec in specs for item in spec)
    package = f"both_{zlib.crc32(named.encode())}"
    listed: list[str] = []
    for number, (kind, *urls) in enumerate(specs):
        (tmp_path / f"fern/{number}").mkdir(parents=True)
        # Files of one name: their servers stay apart.
        (tmp_path / f"fern/{number}/{kind}.yml").write_text(
            document(kind, *urls).replace("watch", f"watch{number}")
        )
        listed.append(f"{{{kind}: {number}/{kind}.yml}}")
    (tmp_path / "fern/fern.config.json").write_text('{"organization": "l", "version": "4.0.0"}')
    generators = FILES["fern/generators.yml"].partition("groups:")[2]
    (tmp_path / "fern/generators.yml").write_text(
        f"api: {{specs: [{', '.join(listed)}]}}\ngroups:{generators.replace('both', package)}"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "fern", "--output", "out"]) == 0
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    module: Any = importlib.import_module(package)
    asked: list[str] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(204)

    (name,) = (
        text for text in module.__all__ if text.endswith(("Api", "Live")) and text[:5] != "Async"
    )
    opened: list[str] = []
    once = {"max_retries": 0}

    def connect(url: str, **_: Any) -> Any:
        opened.append(url)
        raise TimeoutError

    monkeypatch.setattr(f"{package}.core.sockets._connecter", lambda is_async: connect)
    with httpx2.Client(transport=httpx2.MockTransport(respond)) as transport:
        client = getattr(module, name)(httpx_client=transport)
        client.jars.list()
        client._client_wrapper.httpx_client.request("by-hand", method="GET")
        for number, (kind, *_) in enumerate(specs):
            if kind == "asyncapi":
                with pytest.raises(httpx2.ConnectTimeout):
                    getattr(client, f"watch{number}").connect(request_options=once).__enter__()
    assert asked == [f"{http}/jars", f"{http}/by-hand"]
    assert [url.partition("/watch")[0] for url in opened] == sockets
