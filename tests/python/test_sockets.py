"""Clients of WebSocket channels, with a server on loopback."""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import logging
import socket as sockets
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from websockets.datastructures import Headers
from websockets.frames import CloseCode
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection

from ..runtime.socket_server import SocketServer, running
from ..support import checkers, pipeline

DEFINITION = {
    "api.yml": """
name: talk
auth: bearer
default-environment: Production
environments: {Production: "wss://api.acme.test"}
headers: {X-Tenant: "optional<string>"}
""",
    "realtime.yml": """
channel:
  path: /realtime/{id}
  auth: true
  docs: A live conversation.
  path-parameters: {id: string}
  query-parameters: {model: "optional<string>", tags: {type: "optional<string>", allow-multiple: true}}
  headers: {X-Kind: "optional<string>"}
  messages:
    say: {origin: client, body: Say, docs: Say it.}
    raw: {origin: client, body: string}
    stop: {origin: client, body: Stop}
    heard: {origin: server, body: Heard}
    failed: {origin: server, body: Failed}
types:
  Say: {properties: {type: 'literal<"say">', text: string, at: "optional<datetime>"}}
  Stop: {properties: {type: 'literal<"stop">'}}
  Heard: {properties: {type: 'literal<"heard">', text: string, at: "optional<datetime>"}}
  Failed: {properties: {type: 'literal<"failed">', why: string}}
""",
    "echo.yml": """
channel:
  path: /echo
  auth: false
  connect-method-name: open
  messages:
    text: {origin: client, body: string, method-name: shout}
    answer: {origin: server, body: string}
    union: {origin: server, body: Event}
types:
  Event: {discriminant: kind, union: {a: {properties: {x: integer}}, b: {properties: {y: string}}}}
""",
}
LAYOUTS = ("compact", "fern")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a package of each layout, `talk_compact` and `talk_fern`."""
    folder = tmp_path_factory.mktemp("sockets")
    spec = folder / "definition"
    spec.mkdir()
    for name, text in DEFINITION.items():
        (spec / name).write_text(text)
    for layout in LAYOUTS:
        built = pipeline.make(spec, f"talk_{layout}", layout=layout, project=layout == "compact")
        assert not built.diagnostics.reported, built.diagnostics.reported
        built.write(folder / "out")
    sys.path.insert(0, str(folder / "out"))
    yield folder / "out"
    sys.path.remove(str(folder / "out"))


@pytest.fixture(scope="module")
def running_server() -> Iterator[SocketServer]:
    with running() as server:
        yield server


@pytest.fixture
def server(running_server: SocketServer) -> SocketServer:
    running_server.reset()
    return running_server


@pytest.fixture
def package(talk: Talk) -> ModuleType:
    return talk.package


class Talk:
    """Calls the synchronous or the asynchronous client from one test body."""

    def __init__(self, package: ModuleType, server: SocketServer, is_async: bool) -> None:
        self.package, self._is_async = package, is_async
        prefix = "Async" * is_async
        client = getattr(package, f"{prefix}{package.__name__.title().replace('_', '')}Client")
        self.url = server.url
        self._make = lambda **arguments: client(
            token="t0k", base_url=server.url, x_tenant="acme", **arguments
        )

    def run(
        self,
        body: Callable[[Any], Awaitable[Any]],
        *,
        opens: Callable[[Any], Any] = lambda client: client.realtime.connect("1"),
        **arguments: Any,
    ) -> Any:
        """The result of a coroutine function over an open WebSocket."""

        async def asynchronous() -> Any:
            async with self._make(**arguments) as client, opens(client) as socket:
                return await body(socket)

        def synchronous() -> Any:
            with self._make(**arguments) as client, opens(client) as socket:
                work = body(_Awaitable(socket))
                try:
                    work.send(None)
                except StopIteration as done:
                    return done.value
                raise AssertionError("a synchronous client has waited")

        return asyncio.run(asynchronous()) if self._is_async else synchronous()


class _Awaitable:
    """A synchronous WebSocket with the methods of the asynchronous one."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._socket, name)
        if name == "on":
            return method

        async def called(*arguments: Any, **named: Any) -> Any:
            return method(*arguments, **named)

        return called

    async def __aiter__(self) -> Any:
        for message in self._socket:
            yield message


@pytest.fixture(params=[("compact", "sync"), ("fern", "async")], ids=" ".join)
def talk(packages: Path, server: SocketServer, request: pytest.FixtureRequest) -> Talk:
    """Each layout with one kind of client: neither depends on the other."""
    layout, kind = request.param
    return Talk(importlib.import_module(f"talk_{layout}"), server, kind == "async")


def sends(*frames: str | bytes, code: int | None = 1000, reason: str = "") -> Any:
    """A script: send frames, then close."""

    def play(connection: ServerConnection) -> None:
        for frame in frames:
            connection.send(frame)
        if code is None:
            # A close frame without a code: RFC 6455, section 7.4.1.
            connection.socket.sendall(b"\x88\x00")
        elif code == CloseCode.ABNORMAL_CLOSURE:
            connection.socket.shutdown(sockets.SHUT_WR)
        else:
            connection.close(code, reason)

    return play


async def everything(socket: Any) -> list[Any]:
    return [message async for message in socket]


HEARD = '{"type": "heard", "text": "hi", "at": "2024-01-15T09:30:00Z"}'


def test_the_handshake_has_the_arguments_of_the_call(talk: Talk, server: SocketServer) -> None:
    options = {
        "additional_headers": {"X-More": "1"},
        "additional_query_parameters": {"debug": True},
    }

    async def body(socket: Any) -> None:
        return None

    talk.run(
        body,
        opens=lambda client: client.realtime.connect(
            "a/b", model="big one", tags=["x", "y"], x_kind="k", request_options=options
        ),
        headers={"X-Own": "mine"},
    )
    request = server.requests[0]
    assert request.path == "/realtime/a%2Fb?model=big%20one&tags=x&tags=y&debug=true"
    for name, value in {
        "Authorization": "Bearer t0k",
        "X-Tenant": "acme",
        "X-Kind": "k",
        "X-Own": "mine",
        "X-More": "1",
    }.items():
        assert request.headers.get_all(name) == [value]
    assert len(request.headers.get_all("User-Agent")) == 1
    assert request.headers["User-Agent"].startswith("talk")


def test_messages_have_types_both_ways(talk: Talk, server: SocketServer) -> None:
    server.play = lambda connection: connection.send(HEARD)
    types: list[str] = []

    async def body(socket: Any) -> Any:
        message = await socket.recv()
        types.append(type(message).__name__)
        module = importlib.import_module(type(message).__module__.partition(".")[0])
        await socket.send_say(module.Say(text="hello", at=message.at))
        await socket.send_raw("plain text")
        return message.text, message.at.year

    assert talk.run(body) == ("hi", 2024)
    assert types == ["Heard"]
    wait_for(lambda: len(server.received) == 2)
    text, raw = server.received
    assert json.loads(text) == {"type": "say", "text": "hello", "at": "2024-01-15T09:30:00Z"}
    assert raw == "plain text"


def test_a_message_of_constants_needs_no_argument_in_layout_fern(
    talk: Talk, package: ModuleType, server: SocketServer
) -> None:
    async def body(socket: Any) -> None:
        await socket.send_stop(package.Stop())
        if package.__name__ == "talk_fern":
            await socket.send_stop()
        else:
            with pytest.raises(TypeError, match="message"):
                await socket.send_stop()

    talk.run(body)
    count = 2 if package.__name__ == "talk_fern" else 1
    wait_for(lambda: len(server.received) == count)
    assert server.received == ['{"type":"stop"}'] * count


@pytest.mark.parametrize("code", [1000, 1001, None])
def test_a_normal_close_ends_iteration_and_fires_close(
    talk: Talk, server: SocketServer, code: int | None
) -> None:
    server.play = sends(HEARD, code=code)
    fired: list[Any] = []

    async def body(socket: Any) -> list[Any]:
        socket.on("close", lambda value: fired.append(("close", value)))
        socket.on("error", lambda value: fired.append(("error", value)))
        return await everything(socket)

    assert [item.text for item in talk.run(body)] == ["hi"]
    assert fired == [("close", None)]


@pytest.mark.parametrize(
    ("code", "reason", "way"),
    [
        (1008, "policy", "iteration"),
        (1006, "", "iteration"),
        (4001, "", "recv"),
        (1011, "it broke", "start_listening"),
    ],
)
def test_other_codes_raise_with_code_and_reason(
    talk: Talk, package: ModuleType, server: SocketServer, code: int, reason: str, way: str
) -> None:
    server.play = sends(HEARD, code=code, reason=reason)
    fired: list[str] = []
    seen: list[str] = []

    async def body(socket: Any) -> None:
        socket.on("close", lambda value: fired.append("close"))
        if way == "iteration":
            async for message in socket:
                seen.append(message.text)
        elif way == "recv":
            seen.append((await socket.recv()).text)
            await socket.recv()
        else:
            socket.on("message", lambda message: seen.append(message.text))
            await socket.start_listening()

    with pytest.raises(package.SocketClosedError) as caught:
        talk.run(body)
    assert (caught.value.code, caught.value.reason) == (code, reason)
    assert seen == ["hi"]
    assert fired == ["close"]


def test_recv_after_a_normal_close_raises(
    talk: Talk, package: ModuleType, server: SocketServer
) -> None:
    server.play = sends(code=1000, reason="bye")

    async def body(socket: Any) -> None:
        await socket.recv()

    with pytest.raises(package.SocketClosedOK) as caught:
        talk.run(body)
    assert (caught.value.code, caught.value.reason) == (1000, "bye")


def test_listening_calls_back_in_order(
    talk: Talk, package: ModuleType, server: SocketServer
) -> None:
    server.play = sends(HEARD, b"\x00\x01", '{"type": "failed", "why": "x"}')
    fired: list[tuple[str, Any]] = []

    async def body(socket: Any) -> None:
        for event in package.EventType:
            socket.on(event, lambda value, name=event.value: fired.append((name, value)))
        await socket.start_listening()

    talk.run(body)
    names = [name for name, _ in fired]
    assert names == ["open", "message", "message", "message", "close"]
    assert fired[2][1] == b"\x00\x01"
    assert fired[3][1].why == "x"


def test_an_error_is_passed_to_its_callback(talk: Talk, server: SocketServer) -> None:
    server.play = sends(code=1011, reason="it broke")
    fired: list[Any] = []

    async def body(socket: Any) -> None:
        socket.on("error", lambda error: fired.append((error.code, error.reason)))
        socket.on("close", lambda value: fired.append("close"))
        await socket.start_listening()

    talk.run(body)
    assert fired == [(1011, "it broke"), "close"]


UNKNOWN = ['{"type": "new", "text": "?"}', '{"other": 1}', "no JSON", "[1]", "{}x"]


def test_an_unknown_message_is_kept_or_skipped(
    package: ModuleType, talk: Talk, server: SocketServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.play = sends(*UNKNOWN, HEARD)
    with caplog.at_level(logging.WARNING):
        outcome = talk.run(everything)
    if package.__name__ == "talk_fern":
        assert [item.text for item in outcome] == ["hi"]
        assert len(caplog.records) == len(UNKNOWN)
        assert "unknown WebSocket message" in caplog.text
    else:
        expected = [{"type": "new", "text": "?"}, {"other": 1}, "no JSON", [1], "{}x"]
        assert outcome[:-1] == expected
        assert outcome[-1].text == "hi"
        assert not caplog.records


def test_recv_skips_or_keeps_too(package: ModuleType, talk: Talk, server: SocketServer) -> None:
    server.play = sends(UNKNOWN[0], HEARD)

    async def body(socket: Any) -> Any:
        return await socket.recv()

    outcome = talk.run(body)
    remaining = package.__name__ == "talk_compact"
    assert outcome == {"type": "new", "text": "?"} if remaining else outcome.text == "hi"


def test_a_message_that_misses_a_field_is_no_unknown_one(talk: Talk, server: SocketServer) -> None:
    server.play = sends('{"type": "heard"}', '{"type": "heard", "text": 7}')
    first, second = talk.run(everything)
    assert (first.type, second.text) == ("heard", 7)


def test_text_and_unions(package: ModuleType, talk: Talk, server: SocketServer) -> None:
    frames = ('{"kind": "a", "x": 1}', "just text", '{"kind": "new", "z": 1}', b"bin")

    def play(connection: ServerConnection) -> None:
        server.received.append(connection.recv())
        sends(*frames)(connection)

    server.play = play

    async def body(socket: Any) -> list[Any]:
        await socket.shout("HEY")
        return await everything(socket)

    event, text, other, binary = talk.run(body, opens=lambda client: client.echo.open())
    assert (event.x, text, binary) == (1, "just text", b"bin")
    assert server.received == ["HEY"]
    # A message that may be text is never unknown.
    assert other == '{"kind": "new", "z": 1}'
    has_auth = "Authorization" in server.requests[0].headers
    assert has_auth == (package.__name__ == "talk_fern")


def test_a_message_over_the_limit_names_limit_and_option(
    talk: Talk, package: ModuleType, server: SocketServer
) -> None:
    big = json.dumps({"type": "heard", "text": "x" * 5000})
    server.play = sends(big, code=1000)

    def opens(size: int | None) -> Any:
        options = {"max_message_size": size}
        return lambda client: client.realtime.connect("1", request_options=options)

    with pytest.raises(package.MessageTooBigError) as caught:
        talk.run(everything, opens=opens(1000))
    assert "1000 bytes" in str(caught.value)
    assert "max_message_size" in str(caught.value)
    assert caught.value.code == 1009
    assert [len(item.text) for item in talk.run(everything, opens=opens(None))] == [5000]


def test_a_refused_handshake_is_an_api_error(
    talk: Talk, package: ModuleType, server: SocketServer
) -> None:
    def refuse(connection: ServerConnection, request: Request) -> Response:
        body = b'{"detail": "no"}'
        headers = Headers({"X-Request-Id": "r1", "Content-Length": str(len(body))})
        return Response(401, "Unauthorized", headers, body)

    server.refuse = refuse
    with pytest.raises(package.ApiError) as caught:
        talk.run(everything)
    error = caught.value
    assert (error.status_code, error.body, error.request_id) == (401, {"detail": "no"}, "r1")


def test_a_server_without_websockets_is_an_error_of_the_http_library(
    packages: Path, server: SocketServer
) -> None:
    package = importlib.import_module("talk_compact")
    with sockets.create_server(("127.0.0.1", 0)) as listening:

        def respond() -> None:
            accepted, _ = listening.accept()
            with accepted:
                accepted.recv(4096)
                accepted.sendall(b"no HTTP\r\n\r\n")

        thread = threading.Thread(target=respond)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with package.TalkCompactClient(
            token="t0k", base_url=url, x_tenant="acme", max_retries=0
        ) as client:
            library = client._client_wrapper.library
            with pytest.raises(library.RemoteProtocolError, match="valid HTTP"):
                client.realtime.connect("1").__enter__()
        thread.join()


def test_redirects_are_not_followed(talk: Talk, package: ModuleType, server: SocketServer) -> None:
    def refuse(connection: ServerConnection, request: Request) -> Response | None:
        if request.path != "/realtime/1":
            return None
        location = f"ws://localhost:{server.port}/elsewhere"
        return Response(302, "Found", Headers({"Location": location, "Content-Length": "0"}), b"")

    server.refuse = refuse
    with pytest.raises(package.ApiError) as caught:
        talk.run(everything)
    assert caught.value.status_code == 302
    assert len(server.requests) == 1


def test_the_client_closes_with_a_code(talk: Talk, server: SocketServer) -> None:
    async def body(socket: Any) -> None:
        await socket.close(4000, "enough")

    talk.run(body)
    wait_for(lambda: server.closed == [4000])


@pytest.mark.parametrize("ends", ["normally", "by an exception", "while the server is silent"])
def test_closing_leaves_nothing_behind(
    talk: Talk, server: SocketServer, ends: str, recwarn: pytest.WarningsRecorder
) -> None:
    if ends != "while the server is silent":
        server.play = lambda connection: connection.send(HEARD)
    gc.collect()  # what other tests left
    recwarn.clear()
    before = set(threading.enumerate())
    left: list[Any] = []

    async def body(socket: Any) -> None:
        left.append(socket)
        if ends != "while the server is silent":
            await socket.recv()
        if ends == "by an exception":
            raise KeyError("of the caller")

    if ends == "by an exception":
        with pytest.raises(KeyError):
            talk.run(body)
    else:
        talk.run(body)
    wait_for(lambda: bool(server.closed))
    socket = getattr(left[0], "_socket", left[0])._websocket
    transport = getattr(socket, "transport", None)
    assert socket.socket.fileno() == -1 if transport is None else transport.is_closing()

    # The server's threads for its connection end with it.
    wait_for(lambda: set(threading.enumerate()) <= before)
    gc.collect()
    assert not [item for item in recwarn if issubclass(item.category, ResourceWarning)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_task_runs_after_the_end_of_a_connection(
    packages: Path, server: SocketServer, layout: str
) -> None:
    """The library has a task that sends pings."""
    server.play = lambda connection: connection.close(1001, "done")
    package = importlib.import_module(f"talk_{layout}")

    async def tasks_after_the_end() -> set[Any]:
        client = getattr(package, f"AsyncTalk{layout.title()}Client")
        async with (
            client(token="t", base_url=server.url) as talk,
            talk.realtime.connect("1") as socket,
        ):
            assert [message async for message in socket] == []
        return asyncio.all_tasks() - {asyncio.current_task()}

    for _ in range(10):
        assert asyncio.run(tasks_after_the_end()) == set()


def test_a_thread_can_listen_while_another_sends(packages: Path, server: SocketServer) -> None:
    package = importlib.import_module("talk_compact")

    def play(connection: ServerConnection) -> None:
        for frame in connection:
            server.received.append(frame)
            connection.send(HEARD)

    server.play = play
    heard: list[str] = []
    closed = threading.Event()
    client = package.TalkCompactClient(token="t", base_url=server.url)
    with client.realtime.connect("1") as socket:
        socket.on("message", lambda message: heard.append(message.text))
        socket.on("close", lambda _: closed.set())
        thread = threading.Thread(target=socket.start_listening)
        thread.start()
        for _ in range(3):
            socket.send_say(package.Say(text="x"))
        wait_for(lambda: len(heard) == 3)
    thread.join(5)
    assert closed.is_set() and not thread.is_alive()
    client.close()


def test_the_raw_client_opens_it_too(package: ModuleType, talk: Talk, server: SocketServer) -> None:
    server.play = sends(HEARD)
    outcome = talk.run(
        everything, opens=lambda client: client.realtime.with_raw_response.connect("1")
    )
    assert [item.text for item in outcome] == ["hi"]


def test_a_coroutine_function_is_no_callback_of_the_synchronous_client(
    packages: Path, server: SocketServer
) -> None:
    package = importlib.import_module("talk_compact")
    server.play = sends(HEARD)

    async def callback(message: Any) -> None:
        return None

    async def body(socket: Any) -> None:
        socket.on("message", callback)
        await socket.start_listening()

    with pytest.raises(TypeError, match="synchronous client"):
        Talk(package, server, False).run(body)
    Talk(package, server, True).run(body)


def test_the_library_is_imported_when_it_is_used(packages: Path) -> None:
    code = (
        "import sys, talk_{0} as talk; client = talk.Talk{1}Client(token='t');"
        "client.realtime.connect; client.realtime.connect('1');"
        "assert not any(name.startswith('websockets') for name in sys.modules)"
    )
    for layout in LAYOUTS:
        command = [sys.executable, "-c", code.format(layout, layout.title())]
        done = subprocess.run(command, cwd=packages, capture_output=True, text=True)
        assert not done.returncode, done.stderr


USES = """
from {package} import {client}, Async{client}, EventType, Heard, Failed, Say, SocketClosedError as Ended
from {package}.realtime import RealtimeSocketClient
from {package}.core.request_options import RequestOptions


def sync(client: {client}, options: RequestOptions) -> None:
    with client.realtime.connect("1", model="m", request_options=options) as socket:
        exact: RealtimeSocketClient = socket
        exact.send_say(Say(text="x"))
        exact.send_raw("x")
        for message in socket:
            either: Heard | Failed = message
            print(either)
        socket.on(EventType.MESSAGE, print)
        socket.on("close", lambda _: None)
        socket.start_listening()
    with client.realtime.with_raw_response.connect("1", request_options={{"max_message_size": None}}) as raw:
        raw.send_say("x")  # expected: a mistake
    with client.echo.open() as other:
        try:
            print(other.recv(timeout=1))
        except Ended as error:
            code: int = error.code
            print(code, error.reason.upper())


async def asynchronous(client: Async{client}) -> None:
    async with client.realtime.connect("1") as socket:
        await socket.send_say(Say(text="x"))
        async for message in socket:
            either: Heard | Failed = message
            print(either)
        await socket.start_listening()
"""


def test_type_checkers_accept_intended_use(packages: Path) -> None:
    names = [f"talk_{layout}" for layout in LAYOUTS]
    for layout, name in zip(LAYOUTS, names, strict=True):
        text = USES.format(package=name, client=f"Talk{layout.title()}Client")
        (packages / name / "uses.py").write_text(text)
    for checker in (checkers.mypy, checkers.pyright):
        result = checker(packages, names)
        for name in names:
            line = next(n for n, use in enumerate(USES.split("\n"), 1) if "a mistake" in use)
            assert len(result[name]) == 1, "\n".join(result[name])
            (mistake,) = result[name]
            assert mistake.startswith(f"{name}/uses.py:{line}:")


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits until a condition is true; fails after some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it has not come true"
        time.sleep(0.005)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_fake(packages: Path, layout: str) -> None:
    """A fake connection returns the configured messages, and records sent ones."""
    name = f"talk_{layout}"
    testing = importlib.import_module(f"{name}.testing")
    heard = {"type": "heard", "text": "hello"}
    (sync_name,) = [
        var
        for var in vars(testing)
        if var.startswith("Fake") and "Async" not in var and var != "Fake"
    ]
    fake = getattr(testing, sync_name)()
    with pytest.raises(AssertionError, match=r"realtime\.connect: nothing is set"):
        fake.realtime.connect("1")
    fake.realtime.connect.returns([heard, b"raw"])
    with fake.realtime.connect("1", model="m") as socket:
        socket.send_raw("hi")
        first, second = socket
        assert (first.text, second) == ("hello", b"raw")
        with pytest.raises(Exception, match="1000"):
            socket.recv()
    assert fake.realtime.connect.sent == ["hi"]
    assert fake.realtime.connect.calls[-1].model == "m"
    afake = getattr(testing, sync_name.replace("Fake", "FakeAsync"))()
    afake.realtime.connect.returns([heard])

    async def main() -> None:
        async with afake.realtime.connect("1") as socket:
            await socket.send_raw("hi")
            assert (await socket.recv()).text == "hello"
            assert [item async for item in socket] == []
        async with getattr(testing, sync_name.replace("Fake", "FakeAsync"))(
            examples=True
        ).echo.open() as socket:
            assert [item async for item in socket] == []

    asyncio.run(main())
    assert afake.realtime.connect.sent == ["hi"]


def test_two_messages_are_all_that_an_api_has_of_unions(
    server: SocketServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "definition"
    spec.mkdir()
    (spec / "api.yml").write_text("name: duo\n")
    (spec / "live.yml").write_text("""
channel:
  path: /live
  auth: false
  messages:
    heard: {origin: server, body: Heard}
    failed: {origin: server, body: Failed}
types:
  Heard: {properties: {type: 'literal<"heard">', text: string}}
  Failed: {properties: {type: 'literal<"failed">', why: string}}
""")
    pipeline.make(spec, "duo", layout="compact").write(tmp_path / "out")
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    duo = importlib.import_module("duo")
    server.play = sends('{"type": "heard", "text": "hi"}', '{"type": "failed", "why": "x"}')
    with duo.DuoClient(base_url=server.url) as client, client.live.connect() as socket:
        assert list(socket) == [duo.Heard(text="hi"), duo.Failed(why="x")]
