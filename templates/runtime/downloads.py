"""File downloads, in chunks."""

import typing
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Generator,
    Iterator,
)
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from typing import Any

from typing_extensions import Unpack

from .async_response import AsyncHttpResponse
from .connection import run
from .http_response import HttpResponse
from .request import Call, Request, Values
from .resource import AsyncResource, Method, Resource

P = typing.ParamSpec("P")


class DownloadResource(Resource):
    """A resource with endpoints that return files."""

    def _download(
        self, method: str, url: str, /, **call: Unpack[Request]
    ) -> Iterator[bytes]:
        """The chunks of a file. The request is sent when the first chunk is read."""
        opened = self._open(method, url, {**call})
        return typing.cast("Any", opened) if self._raw else _pieces(opened)

    @contextmanager
    def _open(
        self, method: str, url: str, call: Call
    ) -> Generator[HttpResponse[Iterator[bytes]], None, None]:
        size = _chunk_size(self._client_wrapper.settings, call)
        pieces: Iterator[bytes] = iter(())

        def begin(response: Any) -> None:
            nonlocal pieces
            chunks = response.iter_bytes(size)
            pieces = _after(next(chunks, b""), chunks)

        response = run(self._client_wrapper.send(method, url, {**call, "begin": begin}))
        try:
            yield HttpResponse(response, pieces)
        finally:
            response.close()


class AsyncDownloadResource(AsyncResource):
    """A resource with endpoints that return files."""

    def _download(
        self, method: str, url: str, /, **call: Unpack[Request]
    ) -> AsyncIterator[bytes]:
        """The chunks of a file. The request is sent when the first chunk is read."""
        opened = self._open(method, url, {**call})
        return typing.cast("Any", opened) if self._raw else _async_pieces(opened)

    @asynccontextmanager
    async def _open(
        self, method: str, url: str, call: Call
    ) -> AsyncGenerator[AsyncHttpResponse[AsyncIterator[bytes]], None]:
        size = _chunk_size(self._client_wrapper.settings, call)
        state: dict[str, AsyncIterator[bytes]] = {}

        async def begin(response: Any) -> None:
            chunks = response.aiter_bytes(size)
            state["pieces"] = _async_after(await anext(chunks, b""), chunks)

        response = await self._client_wrapper.send(
            method, url, {**call, "begin": begin}
        )
        try:
            yield AsyncHttpResponse(response, state["pieces"])
        finally:
            await response.aclose()


def raw_download(
    method: Method[P, Iterator[bytes]],
) -> Method[P, AbstractContextManager[HttpResponse[Iterator[bytes]]]]:
    """The downloading ``method`` of a resource in its raw resource."""
    return typing.cast(
        "Method[P, AbstractContextManager[HttpResponse[Iterator[bytes]]]]", method
    )


def async_raw_download(
    method: Method[P, AsyncIterator[bytes]],
) -> Method[P, AbstractAsyncContextManager[AsyncHttpResponse[AsyncIterator[bytes]]]]:
    """The downloading ``method`` of a resource in its raw resource."""
    return typing.cast(
        "Method[P, AbstractAsyncContextManager[AsyncHttpResponse[AsyncIterator[bytes]]]]",
        method,
    )


Opened = AbstractContextManager[HttpResponse[Iterator[bytes]]]
AsyncOpened = AbstractAsyncContextManager[AsyncHttpResponse[AsyncIterator[bytes]]]


def _chunk_size(settings: Values, call: Call) -> int | None:
    """The chunk size in bytes. None: chunks as they arrive. Raises ValueError."""
    options: Values = call.get("options") or {}
    size: int | None = options.get("chunk_size", settings.get("default_chunk_size"))
    if size is not None and (type(size) is not int or size < 1):
        raise ValueError(f"chunk_size: expected 1 or more bytes, found {size!r}")
    return size


def _pieces(opened: Opened) -> Generator[bytes, None, None]:
    with opened as response:
        yield from response.data


async def _async_pieces(opened: AsyncOpened) -> AsyncIterator[bytes]:
    async with opened as response:
        async for piece in response.data:
            yield piece


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from [first] if first else []
    yield from rest


async def _async_after(
    first: bytes, rest: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for chunk in rest:
        yield chunk
