"""A server on loopback for the fakes of `testing`: their requests go over a real connection, and
get the same responses. The tests of a package use it where they are generated so.
"""

import http.server
import itertools
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from typing_extensions import Self

from .connection import run

T = TypeVar("T")
Respond = Callable[[Any, bool, Any], Awaitable[Any]]
_HEADER = "x-exchange"


class Server:
    """A server on a free port of 127.0.0.1, while its context is open."""

    def __init__(self) -> None:
        self._exchanges: dict[str, tuple[Any, Respond]] = {}
        self._numbers = map(str, itertools.count(1))
        self._http = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), _handler(self._exchanges)
        )
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def transport(self, library: Any, is_async: bool, respond: Respond) -> Any:
        """A transport that sends every request here, where ``respond`` makes its response."""
        number, address = next(self._numbers), ("127.0.0.1", self._http.server_port)
        self._exchanges[number] = (library, respond)

        def directed(request: Any) -> Any:
            host, port = address
            request.url = request.url.copy_with(scheme="http", host=host, port=port)
            request.headers[_HEADER] = number
            return request

        if is_async:

            class AsyncTransport(library.AsyncHTTPTransport):  # type: ignore[misc]
                async def handle_async_request(self, request: Any) -> Any:
                    base: Any = super()  # of a library that is not known here
                    return await base.handle_async_request(directed(request))

            return AsyncTransport()

        class Transport(library.HTTPTransport):  # type: ignore[misc]
            def handle_request(self, request: Any) -> Any:
                base: Any = super()
                return base.handle_request(directed(request))

        return Transport()


def over_http(fake: T, server: Server) -> T:
    """``fake``, whose requests go to ``server``."""
    cast("Any", fake)._client_wrapper.settings["fake"].server = server
    return fake


def _handler(example_calls: dict[str, tuple[Any, Respond]]) -> type[Any]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_request(self) -> None:
            library, respond = example_calls[self.headers[_HEADER]]
            url = f"http://{self.headers['host']}{self.path}"
            request = library.Request(
                self.command, url, headers=[*self.headers.items()], content=self._body()
            )
            response = run(cast("Any", respond(library, False, request)))
            content = b"".join(response.iter_bytes())
            self.send_response(response.status_code)
            for name, value in response.headers.items():
                if name not in ("content-length", "transfer-encoding"):
                    self.send_header(name, value)
            if response.status_code != 204:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD" and response.status_code != 204:
                self.wfile.write(content)

        def _body(self) -> bytes:
            if "chunked" not in self.headers.get("transfer-encoding", ""):
                return self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *_: Any) -> None:
            """Nothing is logged."""

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self.handle_request
            raise AttributeError(name)

    return Handler
