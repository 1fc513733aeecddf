"""A WebSocket server on loopback that runs a script for each connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve


@dataclass
class SocketServer:
    """Records connections; `play` is called with each connection."""

    port: int = 0
    play: Callable[[ServerConnection], object] = lambda connection: None
    refuse: Callable[[ServerConnection, Request], Response | None] = (
        lambda connection, request: None
    )
    requests: list[Request] = field(default_factory=list[Request])
    received: list[str | bytes] = field(default_factory=list[str | bytes])
    closed: list[int | None] = field(default_factory=list[Any])
    options: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        self.play = lambda connection: None
        self.refuse = lambda connection, request: None
        for item in (self.requests, self.received, self.closed):
            item.clear()


@contextmanager
def running() -> Iterator[SocketServer]:
    """A server, until the end of the block."""
    state = SocketServer()

    def handler(connection: ServerConnection) -> None:
        state.play(connection)
        with suppress(ConnectionClosed):
            for frame in connection:
                state.received.append(frame)
        state.closed.append(connection.protocol.close_code)

    def process_request(connection: ServerConnection, request: Request) -> Response | None:
        state.requests.append(request)
        return state.refuse(connection, request)

    with serve(handler, "127.0.0.1", 0, process_request=process_request) as server:
        state.port = server.socket.getsockname()[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
