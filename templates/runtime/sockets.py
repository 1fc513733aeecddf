"""Resources that open WebSockets, with the library `websockets`."""

import contextlib
import copy
import importlib
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from typing_extensions import Unpack

from .connection import ClientWrapper, maybe_await, run
from .request import Call, Request
from .request_options import RequestOptions
from .resource import AsyncResource, Method, Resource
from .socket_client import MAX_MESSAGE_SIZE, OpenSocket

P = ParamSpec("P")
S = TypeVar("S", covariant=True)
T = TypeVar("T")


class SocketOptions(RequestOptions, total=False):
    """Settings of one WebSocket."""

    max_message_size: int | None
    """The size of the largest message that is accepted, in bytes; None: no limit."""
    connect_options: dict[str, Any]
    """Further arguments of `websockets.connect`: ``ssl``, ``ping_interval``, …"""


class MakesSocket(Protocol[S]):
    """The class of the client of a WebSocket."""

    def __call__(self, *, websocket: Any, max_message_size: int | None) -> S: ...


class SocketResource(Resource):
    """A resource with channels."""

    def _connect(
        self, socket: MakesSocket[S], url: str, /, **call: Unpack[Request]
    ) -> AbstractContextManager[S]:
        """Open a WebSocket, which is closed at the end of the context."""
        return _opened(self._client_wrapper, socket, url, {**call})


class AsyncSocketResource(AsyncResource):
    """A resource with channels."""

    def _connect(
        self, socket: MakesSocket[S], url: str, /, **call: Unpack[Request]
    ) -> AbstractAsyncContextManager[S]:
        """Open a WebSocket, which is closed at the end of the context."""
        return _async_opened(self._client_wrapper, socket, url, {**call})


def raw_socket(method: Method[P, T]) -> Method[P, T]:
    """The ``method`` itself: a WebSocket has no raw response."""
    return method


@contextlib.contextmanager
def _opened(
    wrapper: ClientWrapper, socket: MakesSocket[S], url: str, call: Call
) -> Generator[S, None, None]:
    limit = _limit(call)
    with run(_handshake(wrapper, url, call, limit)) as websocket:
        yield _socket_of(socket, websocket, limit)


@contextlib.asynccontextmanager
async def _async_opened(
    wrapper: ClientWrapper, socket: MakesSocket[S], url: str, call: Call
) -> AsyncGenerator[S, None]:
    limit = _limit(call)
    try:
        async with await _handshake(wrapper, url, call, limit) as websocket:
            yield _socket_of(socket, websocket, limit)
    finally:
        # The task that sends pings ends one step of the loop after the connection.
        await importlib.import_module("asyncio").sleep(0)


def _socket_of(socket: MakesSocket[S], websocket: Any, limit: int | None) -> S:
    bases: tuple[type, ...] = getattr(socket, "__mro__", (OpenSocket,))
    if OpenSocket in bases:
        return socket(websocket=websocket, max_message_size=limit)
    # A class that is written by hand takes the connection alone.
    make: Any = socket
    return cast("S", make(websocket=websocket))


def _limit(call: Call) -> int | None:
    options: Call = call.get("options") or {}
    return cast("int | None", options.get("max_message_size", MAX_MESSAGE_SIZE))


async def _handshake(
    wrapper: ClientWrapper, path: str, call: Call, limit: int | None
) -> Any:
    """A connection. Raises ApiError if the server refuses.

    The handshake is sent like other requests, with another HTTP client.
    """
    options: Call = call.get("options") or {}
    arguments = {"max_size": limit, **options.get("connect_options", {})}
    client, copied = _HandshakeClient(wrapper, arguments), copy.copy(wrapper)
    vars(copied)["client"] = client
    vars(copied).pop("httpx_client", None)  # layout fern: it has the client of requests
    await copied.send("GET", path, call)
    return client.connection


class _HandshakeClient:
    """An HTTP client that sends a request as the handshake of a WebSocket.

    It follows no redirects, so that credentials stay with their origin.
    """

    follow_redirects = False
    connection: Any = None

    def __init__(self, wrapper: ClientWrapper, arguments: dict[str, Any]) -> None:
        self._client, self._library = wrapper.client, wrapper.library
        self._is_async, self._arguments = wrapper.is_async, arguments
        self._connect = _connecter(wrapper.is_async)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def send(self, request: Any, **_: object) -> Any:
        """The response, which an asynchronous client awaits."""
        response = self._send(request)
        return response if self._is_async else run(response)

    async def _send(self, request: Any) -> Any:
        """The response. If it accepts, ``connection`` is set."""
        scheme = {"http": "ws", "https": "wss"}.get(request.url.scheme)
        url = str(request.url.copy_with(scheme=scheme) if scheme else request.url)
        headers = [
            pair
            for pair in request.headers.multi_items()
            if pair[0] not in _OWN_HEADERS
        ]
        arguments = {
            "additional_headers": headers,
            "user_agent_header": None,
            "open_timeout": request.extensions.get("timeout", {}).get("connect"),
            **self._arguments,
        }
        try:
            self.connection = await maybe_await(self._connect(url, **arguments))
        except _websockets("exceptions").InvalidStatus as error:
            return self._library.Response(
                error.response.status_code,
                headers=[*error.response.headers.raw_items()],
                content=bytes(error.response.body or b""),
                request=request,
            )
        except _websockets("exceptions").InvalidHandshake as error:
            failure = self._library.RemoteProtocolError(str(error), request=request)
            raise failure from error
        except TimeoutError as error:
            raise self._library.ConnectTimeout(str(error), request=request) from error
        except OSError as error:
            raise self._library.ConnectError(str(error), request=request) from error
        accepted = type("Response", (self._library.Response,), {"is_success": True})
        return accepted(101, request=request)


# Of a request, and not of a handshake.
_OWN_HEADERS = frozenset({"accept-encoding", "connection", "content-length", "host"})


def _connecter(is_async: bool) -> Any:
    client = _websockets("asyncio.client" if is_async else "sync.client")
    if client.connect.__module__ != client.__name__:
        return client.connect  # a test replaced it
    if is_async:
        return _without_redirects(client.connect)
    if not hasattr(client, "reconnect"):
        return client.connect  # before version 17, it follows no redirects
    connecter = _without_redirects(client.reconnect)

    def connect(url: str, **arguments: Any) -> Any:
        return connecter(url, **arguments).connect()

    return connect


def _without_redirects(base: Any) -> Any:
    def process_redirect(_: Any, exc: Exception) -> Exception:
        return exc

    return type("connect", (base,), {"process_redirect": process_redirect})


def _websockets(module: str) -> Any:
    """A module of the library, which is imported when it is used."""
    try:
        return importlib.import_module(f"websockets.{module}")
    except ImportError as error:
        raise ImportError(
            "WebSockets need the library: pip install websockets"
        ) from error
