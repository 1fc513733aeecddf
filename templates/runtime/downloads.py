"""File downloads, in chunks."""

import typing
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from typing import Any

from typing_extensions import Unpack

from .async_response import AsyncHttpResponse
from .chunks import chunks_of
from .connection import ClientWrapper, run
from .http_library import Response
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
        response, chunks = run(_begun(self._client_wrapper, method, url, call))
        try:
            yield HttpResponse(response, chunks)
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
        response, chunks = await _begun(self._client_wrapper, method, url, call)
        try:
            yield AsyncHttpResponse(response, chunks)
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


async def _begun(
    wrapper: ClientWrapper, method: str, url: str, call: Call
) -> tuple[Response, Any]:
    """The response and the iterator of its chunks, of which the first was read."""
    size = _chunk_size(wrapper.settings, call)
    chunks: Any = None

    async def begin(response: Response) -> None:
        nonlocal chunks
        chunks = await chunks_of(response, wrapper.is_async, size)

    response = await wrapper.send(method, url, {**call, "begin": begin})
    return response, chunks


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
