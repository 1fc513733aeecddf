"""Settings of Fern's Python generator that change how a client sends requests."""

from __future__ import annotations

import asyncio
import importlib
import platform
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from ..runtime.server import Server
from .conftest import Project
from .fern_folder import GENERATORS, Folder


@pytest.fixture
def fern(project: Project) -> Folder:
    return Folder(project)


def generate(fern: Folder, config: str, version: str = "5.40.0") -> str:
    """The warnings of a run with a config of the generator."""
    text = GENERATORS.replace("version: 4.22.0", f"version: {version}")
    fern.put("fern/generators.yml", f"{text}        config: {{{config}}}\n")
    outcome = fern.run("generate", "fern")
    assert outcome.code == 0, outcome.err
    return outcome.err


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.default.body = {"width": "3"}
    yield running
    running.close()


def sent_headers(larder: ModuleType, server: Server, **arguments: Any) -> dict[str, str]:
    """The headers of a request, the same from both clients."""
    with larder.LarderIncApi(base_url=server.url, **arguments) as client:
        client.jars.get("1", "2")

    async def in_a_loop() -> None:
        async with larder.AsyncLarderIncApi(base_url=server.url, **arguments) as client:
            await client.jars.get("1", "2")

    asyncio.run(in_a_loop())
    first, second = (dict(request.headers) for request in server.seen[-2:])
    for name in ("host", "connection"):
        first.pop(name, None), second.pop(name, None)
    assert first == second
    return first


RUNTIME = f"python/{platform.python_version()}"
SYSTEM = f"{platform.system().lower()}/{platform.release()}"
ARCH = "x86_64" if platform.machine().lower() in ("amd64", "x64") else platform.machine()
STRUCTURED = (
    f"larder_inc/0.1.0 ({platform.system().lower()}; {ARCH}) Python/{platform.python_version()}"
)


@pytest.mark.parametrize(
    ("config", "version", "agent", "separate"),
    [
        ("", "4.46.13", "larder_inc/0.1.0", False),
        ("", "4.47.0", "larder_inc/0.1.0", True),
        ("omit_fern_headers: true", "5.40.0", "larder_inc/0.1.0", False),
        ("user_agent_only: true", "5.40.0", "larder_inc/0.1.0", False),
        ("include_platform_headers: true", "5.40.0", STRUCTURED, False),
        ("include_platform_headers: true, user_agent_only: true", "5.40.0", STRUCTURED, False),
        ("include_platform_headers: false", "5.40.0", "larder_inc/0.1.0", True),
    ],
)
def test_headers_about_the_platform(
    fern: Folder, server: Server, config: str, version: str, agent: str, separate: bool
) -> None:
    generate(fern, config, version)
    with fern.imported():
        headers = sent_headers(importlib.import_module("larder"), server)
    assert headers["user-agent"] == agent
    values = (headers.get("x-fern-runtime"), headers.get("x-fern-platform"))
    assert values == ((RUNTIME, SYSTEM) if separate else (None, None))


@pytest.mark.parametrize(
    ("app_info", "suffix"),
    [
        (None, ""),
        ({"name": "shop"}, " shop"),
        (
            {"name": "my shop", "version": "1 b", "comment": "a (b)\r\nX: y"},
            " my-shop/1-b (a  b   X: y)",
        ),
        ({"name": "()"}, ""),
    ],
)
def test_the_application_is_in_the_user_agent(
    fern: Folder, server: Server, app_info: dict[str, str] | None, suffix: str
) -> None:
    generate(fern, "allow_user_agent_app_info: true, include_platform_headers: true")
    with fern.imported():
        larder = importlib.import_module("larder")
        headers = sent_headers(larder, server, app_info=app_info)
    assert headers["user-agent"] == STRUCTURED + suffix


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        ({}, {}, (2.0, 30.0, 60.0, 60.0)),
        ({"timeout": 9}, {}, (2.0, 30.0, 9.0, 9.0)),
        ({}, {"timeout_in_seconds": 7}, (2.0, 30.0, 7.0, 7.0)),
        ({}, {"read_timeout": 1.5, "write_timeout": 4}, (2.0, 1.5, 4.0, 60.0)),
        ({}, {"timeout": httpx.Timeout(3, read=5)}, (3.0, 5.0, 3.0, 3.0)),
        ({}, {"timeout": httpx.Timeout(3, read=5), "connect_timeout": 1}, (1.0, 5.0, 3.0, 3.0)),
    ],
)
def test_timeouts_of_phases(
    fern: Folder,
    arguments: dict[str, Any],
    options: dict[str, Any],
    expected: tuple[float, ...],
) -> None:
    generate(fern, "timeouts: {connect: 2, read: 30}")
    values: list[Any] = []

    def respond(request: httpx.Request) -> httpx.Response:
        timeouts = request.extensions["timeout"]
        values.append(tuple(timeouts[name] for name in ("connect", "read", "write", "pool")))
        return httpx.Response(200, json={"width": "3"})

    with fern.imported():
        larder = importlib.import_module("larder")
        base: dict[str, Any] = {"base_url": "http://x", **arguments}
        transport = httpx.MockTransport(respond)
        http = httpx.Client(transport=transport, timeout=60)
        client = larder.LarderIncApi(httpx_client=http, **base)
        client.jars.get("1", "2", request_options=options)
        # Requests made by hand have the same timeouts.
        by_hand = client._client_wrapper.httpx_client
        by_hand.request("jars", method="GET", request_options=options)
        with by_hand.stream("jars", method="GET", request_options=options):
            pass

        async def in_a_loop() -> None:
            later = httpx.AsyncClient(transport=transport, timeout=60)
            asynchronous = larder.AsyncLarderIncApi(httpx_client=later, **base)
            await asynchronous.jars.get("1", "2", request_options=options)
            by_hand = asynchronous._client_wrapper.httpx_client
            await by_hand.request("jars", method="GET", request_options=options)

        asyncio.run(in_a_loop())
    assert values == [expected] * 5


def test_a_transport_of_the_caller(fern: Folder) -> None:
    generate(fern, "custom_transport: true")
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"width": "3"}))
    with fern.imported():
        larder = importlib.import_module("larder")
        with larder.LarderIncApi(base_url="http://x", http_client=transport) as client:
            assert client.jars.get("1", "2").width == "3"

        async def in_a_loop() -> None:
            async with larder.AsyncLarderIncApi(base_url="http://x", http_client=transport) as it:
                assert (await it.jars.get("1", "2")).width == "3"

        asyncio.run(in_a_loop())


def test_modules_that_are_imported_with_the_package(fern: Folder) -> None:
    fern.put("fern/.keep", "")
    fern.put(".fernignore", "sdk/larder/tracing.py\n")
    fern.put("sdk/larder/tracing.py", "started = True\n")
    assert not generate(fern, "import_paths: [tracing, absent]").count("warning")
    with fern.imported():
        larder = importlib.import_module("larder")
        assert vars(larder)["tracing"].started
    fern.put("sdk/larder/tracing.py", "import not_installed\n")
    with (
        fern.imported(),
        pytest.raises(ImportError, match="not_installed"),
    ):
        importlib.import_module("larder")


def test_the_response_of_a_raw_call(fern: Folder, server: Server) -> None:
    generate(fern, "")
    with (
        fern.imported(),
        importlib.import_module("larder").LarderIncApi(base_url=server.url) as client,
    ):
        raw = client.jars.with_raw_response.get("1", "2")
        assert isinstance(raw.response, httpx.Response)
        assert raw.status_code == raw.response.status_code == 200


ODD_NAMES = """\
openapi: 3.1.0
info: {title: Larder, version: "1"}
paths:
  /jars/{request_options}:
    post:
      operationId: jars_make
      tags: [jars]
      parameters:
        - {name: request_options, in: path, required: true, schema: {type: string}}
        - {name: typing, in: query, schema: {type: string}, x-fern-default: glass}
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {str: {type: string}, bytes: {type: integer}}}}}}
      responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Jar"}}}}}
components:
  schemas:
    Jar:
      type: object
      required: [bytes]
      properties: {str: {type: string}, bytes: {type: integer}, tuple: {type: array, items: {type: string}}, last: {type: string}}
"""


@pytest.mark.parametrize(("version", "typing"), [("5.13.0", None), ("5.13.1", "glass")])
def test_arguments_and_fields_with_names_of_builtins(
    fern: Folder, server: Server, version: str, typing: str | None
) -> None:
    """As in Fern's packages; the options of a request are then `_request_options`. The CLI gives
    defaults of the client to newer versions of the generator only."""
    fern.put("fern/openapi.yml", ODD_NAMES)
    assert "warning" not in generate(fern, "", version)
    server.default.body = {"str": "a", "bytes": 3, "tuple": ["b"], "last": "c"}
    arguments = {
        "str": "s",
        "bytes": 7,
        "_request_options": {"additional_headers": {"X-Jar": "1"}},
    }
    with fern.imported():
        larder: Any = importlib.import_module("larder")
        with larder.LarderIncApi(base_url=server.url) as client:
            jar = client.jars.make("p q", **arguments)

        async def in_a_loop() -> Any:
            async with larder.AsyncLarderIncApi(base_url=server.url) as client:
                return await client.jars.make("p q", **arguments)

        assert jar == asyncio.run(in_a_loop())
        assert (jar.str, jar.bytes, jar.tuple, jar.last) == ("a", 3, ["b"], "c")
        assert larder.Jar(bytes=1, str="x").tuple is None
    for request in server.seen:
        assert request.target == "/jars/p%20q" + ("" if typing is None else f"?typing={typing}")
        assert request.json == {"str": "s", "bytes": 7}
        assert request.headers["x-jar"] == "1"
