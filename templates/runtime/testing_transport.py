"""The transport in memory that the fakes of `testing` send their requests over."""

import copy
import functools
import json
import pathlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any, cast

from .api_error import ApiError
from .connection import ClientWrapper, maybe_await, run
from .encode import to_json
from .http_library import Response
from .request import Call as Sent

JSON = "application/json"


class SentRequest:
    """A request that a fake sent. ``path`` is below the base URL, without the query."""

    def __init__(self, request: Any, base: Any) -> None:
        target: str = request.url.raw_path.decode()
        target = target.removeprefix(
            base.raw_path.decode().partition("?")[0].rstrip("/")
        )
        self.path, _, self.query = target.partition("?")
        self.method: str = request.method
        self.headers: Mapping[str, str] = request.headers
        self.content: bytes = request.content

    @property
    def json(self) -> Any:
        """The body, if it is JSON. Raises ValueError if it is not."""
        return json.loads(self.content)


class Examples:
    """The shared data of the fakes of one client: its requests, and the description's
    examples by method, which are read on first use.

    ``wanted`` is whether a method for which nothing is set responds with its example.
    """

    server: Any = None  # of `testing_server`, which requests go to

    def __init__(self, path: pathlib.Path, wanted: bool) -> None:
        self._path, self.wanted = path, wanted
        self.requests: list[SentRequest] = []

    def of(self, method: str) -> Any:
        """The body of the response of a method, or None."""
        return self._all.get(method)

    @functools.cached_property
    def _all(self) -> dict[str, Any]:
        lines = map(json.loads, self._path.read_bytes().splitlines())
        return {line["method"]: line["response"] for line in lines}


class Exchange:
    """The requests of one call and their responses.

    ``outcome`` is the result that is set for the method; None selects its example.
    ``content`` encodes it as a body. ``sent`` is the call of the client's code,
    ``count`` the number of requests.
    """

    def __init__(
        self,
        outcome: Callable[[], Any] | None,
        content: "Content",
        status: int,
        examples: Examples,
        path: str,
    ) -> None:
        self._outcome, self._content, self._status = outcome, content, status
        self._examples, self._path = examples, path
        self._error: ApiError | None = None
        self._base: Any = None
        self.sent: Sent = {}
        self.count = 0

    @property
    def is_example(self) -> bool:
        return self._outcome is None

    @functools.cached_property
    def example(self) -> Any:
        return self._examples.of(self._path)

    def wrapper(self, shared: ClientWrapper) -> ClientWrapper:
        """A copy of the client's connection, with another transport."""
        copied, send = copy.copy(shared), type(shared).send

        async def sending(method: str, path: str, call: Sent) -> Response:
            self.sent = call
            base = call.get("base", copied.settings["base_url"])
            self._base = copied.library.URL(str(base))
            try:
                return await send(copied, method, path, call)
            except ApiError as error:
                if self._error is None or isinstance(error, type(self._error)):
                    raise
                raise self._error from None

        vars(copied)["send"] = sending
        vars(copied)["client"] = client_over(copied, self.respond)
        return copied

    async def respond(self, library: Any, is_async: bool, request: Any) -> Any:
        """The response to the next request."""
        self.count += 1
        self._examples.requests.append(SentRequest(request, self._base))
        try:
            value = (
                await maybe_await(self._outcome()) if self._outcome else self.example
            )
            kind, body = self._content(value, self)
        except ApiError as error:
            if not 400 <= (error.status_code or 0) < 600:
                raise
            self._error = error
            return _refusal(library, error)
        if is_async and not isinstance(body, (bytes, bytearray)):
            body = _awaited(body)
        headers = {"content-type": kind} if kind else {}
        return library.Response(self._status, headers=headers, content=body)


Content = Callable[[Any, Exchange], tuple[str, Any]]
"""Builds the content type and the body (bytes or an iterable of bytes) of a value."""


def content(value: Any, exchange: Exchange) -> tuple[str, Any]:
    """The `Content` of a method that makes a request and returns its response."""
    if kind := exchange.sent.get("result"):
        media = "text/plain" if kind == "text" else "application/octet-stream"
        return media, value.encode() if isinstance(value, str) else value or b""
    if value is None and not exchange.sent.get("unwrap"):
        return "", b""
    if not exchange.is_example and "unwrap" in exchange.sent:
        for name in reversed(exchange.sent["unwrap"].split(".")):
            value = {name: value}
    return JSON, to_json(value)


def client_over(wrapper: ClientWrapper, respond: "Respond") -> Any:
    """An HTTP client of the wrapper's library that gets its responses from ``respond``."""
    library = wrapper.library

    def handle(request: Any) -> Any:
        return run(cast("Any", respond(library, False, request)))

    async def async_handle(request: Any) -> Any:
        return await respond(library, True, request)

    server = wrapper.settings["fake"].server
    if server is not None:
        transport = server.transport(library, wrapper.is_async, respond)
    else:
        handler = async_handle if wrapper.is_async else handle
        transport = library.MockTransport(handler)
    make = library.AsyncClient if wrapper.is_async else library.Client
    return make(transport=transport, trust_env=False)


Respond = Callable[[Any, bool, Any], Awaitable[Any]]
"""Builds a response. Arguments: library, whether it is asynchronous, request."""


async def refuse(_: Any, __: bool, request: Any) -> Any:
    """Refuse a request that was not sent by a method of a fake."""
    raise AssertionError(
        f"{request.method} {request.url}: a fake client sends no requests but those of"
        " its methods"
    )


def _refusal(library: Any, error: ApiError) -> Any:
    """The response for ``error``."""
    body, kind = b"", JSON
    if isinstance(error.body, str):
        body, kind = error.body.encode(), "text/plain"
    elif error.body is not None:
        body = to_json(error.body)
    headers = {**(error.headers or {}), "content-type": kind}
    return library.Response(error.status_code, headers=headers, content=body)


async def _awaited(body: Iterable[bytes]) -> AsyncIterator[bytes]:
    for value in body:
        yield value
