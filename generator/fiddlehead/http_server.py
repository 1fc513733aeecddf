"""The mock server over HTTP: `Service` with aiohttp, the extra `fiddlehead[serve]`."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from signal import SIGINT, SIGTERM

from aiohttp import StreamReader, web

from .frozen import replace
from .server import Request, Response, Service

MAX_BODY = 64 * 1024 * 1024
"""The maximum size of a request body in bytes."""
BODY_TIMEOUT = 20.0
"""The time limit for receiving a body, in seconds."""
IDLE = 0.5
"""Idle connections are closed after this many seconds."""
SHUTDOWN = 1.0
"""The time limit for open connections when the server stops, in seconds."""


_SILENT = logging.getLogger(f"{__name__}.access")
_SILENT.setLevel(logging.CRITICAL)


class _CutOff(Exception):
    """The client closed the connection before the body was complete."""


class _TooLarge(Exception):
    """The body is larger than the limit."""


class _Connection(web.RequestHandler):
    """A connection that still responds after the client has closed its sending side."""

    reading: StreamReader | None = None
    """The body that is being read."""
    ended = False
    """Whether the client has closed its sending side."""
    answering = False

    # aiohttp returns None, where asyncio.Protocol allows a bool.
    def eof_received(self) -> bool:  # type: ignore[override]
        self.ended = True
        if self.reading is not None:
            self.reading.feed_eof()
        # The last request may not have been handled yet.
        asyncio.get_running_loop().call_later(IDLE, self._close_idle)
        # Keep the other direction open for the response.
        return True

    def _close_idle(self) -> None:
        if not self.answering and self.transport is not None:
            self.transport.close()


class _Handler:
    def __init__(self, service: Service, latency: float) -> None:
        self._service = service
        self._latency = latency

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """The response to a request."""
        connection = request.protocol
        assert isinstance(connection, _Connection)
        connection.answering = True
        try:
            response = await self._respond(request, connection)
            if connection.ended:
                response.force_close()
            return response
        finally:
            connection.answering = False

    async def _respond(
        self, request: web.BaseRequest, connection: _Connection
    ) -> web.StreamResponse:
        url = request.rel_url
        headers = {name.lower(): text for name, text in request.headers.items()}
        received = Request(request.method, url.raw_path, url.raw_query_string, headers)
        refused: tuple[int, str] | None = None
        try:
            if request.can_read_body:
                if request.content.is_eof():
                    # Most bodies arrive together with the headers, and need no timeout.
                    body = await request.content.read()
                else:
                    body = await asyncio.wait_for(_read(request, connection), BODY_TIMEOUT)
                if len(body) > MAX_BODY:
                    raise _TooLarge
                received = replace(received, body=body)
        except _TooLarge:
            refused = 413, f"has more than {MAX_BODY // 1024**2} MB"
        except asyncio.TimeoutError:
            refused = 408, "did not arrive in time"
        except (_CutOff, web.RequestPayloadError):
            refused = 400, "is incomplete, or cannot be read"
        if self._latency:
            await asyncio.sleep(self._latency)
        if refused is None:
            return await _send(request, self._service.respond(received))
        response = await _send(request, self._service.refuse(received, *refused))
        # The rest of the body is not read.
        response.force_close()
        return response


async def _read(request: web.BaseRequest, connection: _Connection) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise _TooLarge
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0
    content = request.content
    if connection.ended:
        raise _CutOff
    connection.reading = content
    body = bytearray()
    try:
        async for chunk in content.iter_any():
            body += chunk
            if len(body) > MAX_BODY:
                raise _TooLarge
    finally:
        connection.reading = None
    if connection.ended:
        raise _CutOff
    return bytes(body)


async def _send(request: web.BaseRequest, result: Response) -> web.StreamResponse:
    headers = dict(result.headers)
    if result.content_type:
        headers["Content-Type"] = result.content_type
    if not result.streamed or request.method == "HEAD":
        return web.Response(status=result.status, body=result.body or None, headers=headers)
    response = web.StreamResponse(status=result.status, headers=headers)
    await response.prepare(request)
    for chunk in result.chunks:
        await response.write(chunk)
    await response.write_eof()
    return response


def listen(port: int) -> socket.socket:
    """A socket on a port of the loopback interface; 0 uses a free port. Raises OSError."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def run(
    service: Service, listening: socket.socket, latency: float, ready: Callable[[str], None]
) -> None:
    """Serve until SIGINT or SIGTERM.

    `latency` is in seconds. `ready` is called with the address when the server accepts requests.
    """
    asyncio.run(_serve(service, listening, latency, ready))


async def _serve(
    service: Service, listening: socket.socket, latency: float, ready: Callable[[str], None]
) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for signal_number in (SIGINT, SIGTERM):
        loop.add_signal_handler(signal_number, stopped.set)
    server = web.Server(_Handler(service, latency))
    started = await loop.create_server(
        lambda: _Connection(server, loop=loop, access_log=_SILENT, lingering_time=1), sock=listening
    )
    ready(f"http://127.0.0.1:{listening.getsockname()[1]}")
    await stopped.wait()
    started.close()
    server.pre_shutdown()
    await server.shutdown(SHUTDOWN)
