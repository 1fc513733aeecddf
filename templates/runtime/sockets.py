"""Resources that open WebSockets, with the library `websockets`."""

import contextlib
import copy
import importlib
from collections.abc import AsyncGenerator, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from typing_extensions import Unpack

from . import request as parts
from .connection import ClientWrapper, run, settle
from .decode import part
from .http_response import error_of
from .request import OMIT, Request, Values, given
from .request_options import RequestOptions
from .resource import AsyncResource, Method, Resource
from .socket_client import MAX_MESSAGE_SIZE

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
    """The ``method`` of a resource in its raw resource: there is no response around it."""
    return method


@contextlib.contextmanager
def _opened(
    wrapper: ClientWrapper, socket: MakesSocket[S], url: str, call: parts.Call
) -> Generator[S, None, None]:
    connection, size = run(_handshake(wrapper, url, call))
    with connection as websocket:
        yield socket(websocket=websocket, max_message_size=size)


@contextlib.asynccontextmanager
async def _async_opened(
    wrapper: ClientWrapper, socket: MakesSocket[S], url: str, call: parts.Call
) -> AsyncGenerator[S, None]:
    connection, size = await _handshake(wrapper, url, call)
    async with connection as websocket:
        yield socket(websocket=websocket, max_message_size=size)


async def _handshake(
    wrapper: ClientWrapper, path: str, call: parts.Call
) -> tuple[Any, int | None]:
    """A connection, and the limit of its messages. ApiError if the server refuses."""
    if call.get("auth") is False:
        wrapper = part("anonymous").anonymous(wrapper)
    elif hasattr(wrapper.auth, "of"):
        wrapper = copy.copy(wrapper)
        wrapper.auth = cast("Any", wrapper.auth).of(call)
    options = cast("Values", call.get("options") or {})
    limit: int | None = options.get("max_message_size", MAX_MESSAGE_SIZE)
    arguments = {
        "open_timeout": _seconds(wrapper, options),
        "max_size": limit,
        **options.get("connect_options", {}),
    }
    url, connect, renewed = _url(wrapper, path, call), _connecter(wrapper), False
    while True:
        own, added = await wrapper.async_get_headers(), options.get(
            "additional_headers", {}
        )
        headers = [
            (name.decode(), value.decode())
            for name, value in parts.headers_of(own, given(call.get("headers")), added)
        ]
        named = {name.lower() for name, _ in headers}
        agent = {"user_agent_header": None} if "user-agent" in named else {}
        wrapper.log(wrapper.library.Request("GET", url), "WebSocket handshake")
        try:
            made = connect(url, additional_headers=headers, **{**agent, **arguments})
            return await settle(made), limit
        except _websockets("exceptions").InvalidStatus as error:
            answer, sent = error.response, wrapper.library.Request(
                "GET", url, headers=headers
            )
            refused = answer.status_code == 401 and not renewed
            if refused and wrapper.auth.renew(sent.headers):
                renewed = True
                continue
            response = wrapper.library.Response(
                answer.status_code,
                headers=[*answer.headers.raw_items()],
                content=bytes(answer.body or b""),
                request=sent,
            )
            raise error_of(wrapper.settings, response, call) from error


def _url(wrapper: ClientWrapper, path: str, call: parts.Call) -> str:
    """The address: that of an HTTP request, but for the scheme."""
    options = cast("Values", call.get("options") or {})
    params = {**wrapper.auth.params(), **given(call.get("params"))}
    params |= given(options.get("additional_query_parameters"))
    url = parts.url_of(call.get("base", wrapper.get_base_url()), path, call)
    url = parts.with_query(url, parts.query_of(params, call.get("styles", {})))
    return f"ws{url[4:]}" if url.startswith(("http://", "https://")) else url


def _seconds(wrapper: ClientWrapper, options: Values) -> float | None:
    """How long opening may take."""
    seconds = options.get("timeout_in_seconds", wrapper.settings.get("timeout", OMIT))
    timeout: Any = options.get("timeout", seconds)
    if timeout is OMIT:
        timeout = wrapper.settings.get("default_timeout")
    if hasattr(timeout, "as_dict"):
        timeout = timeout.as_dict().get("connect")
    return cast("float | None", timeout)


def _connecter(wrapper: ClientWrapper) -> Any:
    """What connects, and follows no redirects: credentials stay with their origin."""
    if wrapper.is_async:
        return _without_redirects(_websockets("asyncio.client").connect)
    client = _websockets("sync.client")
    if not hasattr(client, "reconnect"):  # before version 17, which follows none
        return client.connect
    made = _without_redirects(client.reconnect)

    def connect(url: str, **arguments: Any) -> Any:
        return made(url, **arguments).connect()

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
