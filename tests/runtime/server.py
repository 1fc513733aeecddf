"""A scripted HTTP server on loopback: each request gets the next reply, or that of a handler."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from ..support.loopback import LoopbackServer


@dataclass
class Reply:
    """A reply; `chunks` are sent separately, `cut` then breaks the connection."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    chunks: Iterable[bytes] | None = None
    cut: bool = False
    hang_up: bool = False


@dataclass
class Seen:
    """A received request."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """Responds on a port of loopback until it is closed, and records the requests."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.default = Reply(body={})
        self.handler: Callable[[Seen], Reply] | None = None
        self.seen: list[Seen] = []
        self.closed_early = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def _read(self) -> bytes:
                if "chunked" in self.headers.get("Transfer-Encoding", ""):
                    body = b""
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                    return body
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def _respond(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen = Seen(self.command, self.path, headers, self._read())
                owner.seen.append(seen)
                if owner.handler is not None:
                    reply = owner.handler(seen)
                else:
                    reply = owner.replies.pop(0) if owner.replies else owner.default
                if reply.hang_up:
                    self._break()
                    return
                self.send_response(reply.status)
                body = reply.body
                if body is not None and not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.chunks is None:
                    self.send_header("Content-Length", str(len(body or b"")))
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(body or b"")
                    return
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                try:
                    for chunk in reply.chunks:
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                        self.wfile.flush()
                    if reply.cut:  # a reset could discard chunks that are not read yet
                        self.close_connection = True
                    else:
                        self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    owner.closed_early.set()

            def _break(self) -> None:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                self.connection.close()

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _respond

            def finish(self) -> None:
                with contextlib.suppress(OSError, ValueError):
                    super().finish()

        self._http = LoopbackServer(Handler)
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a cut is no news
        self.url = self._http.url
        self._http.start()

    def close(self) -> None:
        self._http.stop()
