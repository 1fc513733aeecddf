"""Streamed responses: server-sent events, JSON lines, text.

A call has keywords in addition to those of `request`: its ``format`` (sse, json or
text), the ``terminator`` after the last item, the property that the ``event:`` line
contains (``event_discriminator``), the events whose data is text (``text_events``;
True: all), and whether it is ``resumable``.
"""

import typing
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
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
        return _start(self._reader)

    def __next__(self) -> T:
        return next(self._items)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._items.close()
        if self._reader.response is not None:
            self._reader.response.close()


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
        return await _async_start(self._reader)

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        await self._items.aclose()
        if self._reader.response is not None:
            await self._reader.response.aclose()

    close = aclose


class _Opened(AbstractContextManager[Any]):
    """A context manager that yields a stream with its response, and closes it."""

    def __init__(self, stream: Stream[Any]) -> None:
        self._stream = stream

    def __enter__(self) -> HttpResponse[Any]:
        return HttpResponse(self._stream.start(), self._stream)

    def __exit__(self, *_: object) -> None:
        self._stream.close()


class _AsyncOpened(AbstractAsyncContextManager[Any]):
    def __init__(self, stream: AsyncStream[Any]) -> None:
        self._stream = stream

    async def __aenter__(self) -> AsyncHttpResponse[Any]:
        return AsyncHttpResponse(await self._stream.start(), self._stream)

    async def __aexit__(self, *_: object) -> None:
        await self._stream.aclose()


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
        return _Opened(stream) if self._raw else stream  # type: ignore[return-value]


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
        return _AsyncOpened(stream) if self._raw else stream  # type: ignore[return-value]


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


def _start(reader: StreamReader) -> Response:
    def begin(response: Any) -> None:
        if not reader.opens(response):
            response.read()
            raise reader.refused(response)
        chunks = response.iter_bytes()
        reader.chunks = _after(next(chunks, b""), chunks)

    reader.response = run(reader.wrapper.send(*reader.arguments(begin)))
    return reader.response


def _items(reader: StreamReader) -> Generator[Any, None, None]:
    lost: type[Exception] = reader.wrapper.library.TransportError
    pause: float | None = 0.0
    while pause is not None:
        broken: Exception | None = None
        try:
            if reader.chunks is None:
                _start(reader)
            for chunk in reader.take_chunks():
                yield from reader.feed(chunk)
                if reader.ended:
                    return
            yield from reader.finish()
        except lost as error:
            if reader.response is None:
                raise  # the first request failed
            broken = error
        finally:
            if reader.response is not None:
                reader.response.close()
        pause = reader.pause(broken)
        if pause:
            run(reader.wrapper.sleep(pause))


async def _async_start(reader: StreamReader) -> Response:
    async def begin(response: Any) -> None:
        if not reader.opens(response):
            await response.aread()
            raise reader.refused(response)
        chunks = response.aiter_bytes()
        reader.chunks = _async_after(await anext(chunks, b""), chunks)

    reader.response = await reader.wrapper.send(*reader.arguments(begin))
    return reader.response


async def _async_items(reader: StreamReader) -> AsyncGenerator[Any, None]:
    lost: type[Exception] = reader.wrapper.library.TransportError
    pause: float | None = 0.0
    while pause is not None:
        broken: Exception | None = None
        try:
            if reader.chunks is None:
                await _async_start(reader)
            async for chunk in reader.take_chunks():
                for item in reader.feed(chunk):
                    yield item
                if reader.ended:
                    return
            for item in reader.finish():
                yield item
        except lost as error:
            if reader.response is None:
                raise  # the first request failed
            broken = error
        finally:
            if reader.response is not None:
                await reader.response.aclose()
        pause = reader.pause(broken)
        if pause:
            await reader.wrapper.sleep(pause)


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


async def _async_after(
    first: bytes, rest: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
