"""Streamed responses: server-sent events, JSON lines, text.

A call has keywords in addition to those of `request`: its ``format`` (sse, json or
text), the ``terminator`` after the last item, the property that the ``event:`` line
contains (``event_discriminator``), the events whose data is text (``text_events``;
True: all), and whether it is ``resumable``.
"""

import typing
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from typing import Any

from typing_extensions import Self, Unpack

from .async_response import AsyncHttpResponse
from .connection import run
from .http_library import Response
from .http_response import HttpResponse
from .request import Request
from .resource import AsyncResource, Method, Resource
from .stream_reader import StreamError as StreamError
from .stream_reader import StreamReader

P = typing.ParamSpec("P")
T = typing.TypeVar("T")


class StreamRequest(Request, total=False):
    """The keywords of a generated call that streams."""

    format: typing.Literal["sse", "json", "text"]
    terminator: str
    event_discriminator: str
    text_events: typing.Literal[True] | tuple[str, ...]
    resumable: bool


class Stream(Iterator[T]):
    """Items as they arrive. The request is sent when the first item is read.

    The connection is closed after the last item, by `close`, and when the stream object
    is deleted.
    """

    def __init__(self, reader: StreamReader) -> None:
        self._reader = reader
        # It does not refer to the stream: so the stream is deleted without a cycle.
        self._items: Generator[T, None, None] = _items(reader)

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    def start(self) -> Response:
        """Send the request. Raises ApiError for an error response."""
        return run(self._reader.start())

    def __next__(self) -> T:
        return next(self._items)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._items.close()
        run(self._reader.close())


class AsyncStream(AsyncIterator[T]):
    """Items as they arrive. The request is sent when the first item is read."""

    def __init__(self, reader: StreamReader) -> None:
        self._reader = reader
        self._items: AsyncGenerator[T, None] = _async_items(reader)

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    async def start(self) -> Response:
        """Send the request. Raises ApiError for an error response."""
        return await self._reader.start()

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        await self._items.aclose()
        await self._reader.close()

    close = aclose


class StreamingResource(Resource):
    """A resource with streaming endpoints."""

    def _stream(
        self,
        returns: type[T] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[StreamRequest],
    ) -> Stream[T]:
        reader = StreamReader(self._client_wrapper, returns, (method, url), {**call})
        stream: Any = Stream[T](reader)
        return _opened(stream) if self._raw else stream  # type: ignore[return-value]


class AsyncStreamingResource(AsyncResource):
    """A resource with streaming endpoints."""

    def _stream(
        self,
        returns: type[T] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[StreamRequest],
    ) -> AsyncStream[T]:
        reader = StreamReader(self._client_wrapper, returns, (method, url), {**call})
        stream: Any = AsyncStream[T](reader)
        return _async_opened(stream) if self._raw else stream  # type: ignore[return-value]


def raw_stream(
    method: Method[P, Iterator[T]],
) -> Method[P, AbstractContextManager[HttpResponse[Iterator[T]]]]:
    """The streaming ``method`` of a resource in its raw resource."""
    return typing.cast(
        "Method[P, AbstractContextManager[HttpResponse[Iterator[T]]]]", method
    )


def async_raw_stream(
    method: Method[P, AsyncIterator[T]],
) -> Method[P, AbstractAsyncContextManager[AsyncHttpResponse[AsyncIterator[T]]]]:
    return typing.cast(
        "Method[P, AbstractAsyncContextManager[AsyncHttpResponse[AsyncIterator[T]]]]",
        method,
    )


@contextmanager
def _opened(stream: Stream[T]) -> Generator[HttpResponse[Stream[T]], None, None]:
    with stream:
        yield HttpResponse(stream.start(), stream)


@asynccontextmanager
async def _async_opened(
    stream: AsyncStream[T],
) -> AsyncGenerator[AsyncHttpResponse[AsyncStream[T]], None]:
    async with stream:
        yield AsyncHttpResponse(await stream.start(), stream)


def _items(reader: StreamReader) -> Generator[Any, None, None]:
    try:
        while reader.pause is not None:
            with reader.connection():
                for chunk in run(reader.chunks()):
                    yield from reader.feed(chunk)
                    if reader.ended:
                        return
                yield from reader.finish()
    finally:
        run(reader.close())


async def _async_items(reader: StreamReader) -> AsyncGenerator[Any, None]:
    try:
        while reader.pause is not None:
            with reader.connection():
                async for chunk in await reader.chunks():
                    for item in reader.feed(chunk):
                        yield item
                    if reader.ended:
                        return
                for item in reader.finish():
                    yield item
    finally:
        await reader.close()
