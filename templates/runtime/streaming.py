"""Streamed responses: server-sent events, JSON lines, text.

A call has keywords in addition to those of `request`: its ``format`` (sse, json or
text), the ``terminator`` after the last item, the property that the ``event:`` line
contains (``event_discriminator``), the events whose data is text (``text_events``;
True: all), and whether it is ``resumable``.
"""

import typing
from collections.abc import AsyncIterator, Generator, Iterator
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
        self._chunks: Iterator[bytes] | None = None
        self._items: Generator[T, None, None] = self._run()

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    def start(self) -> Response:
        """Send the request. Raises ApiError for an error response."""

        def begin(response: Any) -> None:
            if not self._reader.opens(response):
                response.read()
                raise self._reader.refused(response)
            chunks = response.iter_bytes()
            self._chunks = _after(next(chunks, b""), chunks)

        send = self._reader.wrapper.send(*self._reader.arguments(begin))
        opened = run(send)
        self._reader.response = opened
        return opened

    def _run(self) -> Generator[T, None, None]:
        pause: float | None = 0.0
        while pause is not None:
            broken: Exception | None = None
            try:
                if self._chunks is None:
                    self.start()
                chunks, self._chunks = self._chunks or iter(()), None
                for chunk in chunks:
                    yield from self._reader.feed(chunk)
                    if self._reader.ended:
                        return
                yield from self._reader.finish()
            except self._reader.wrapper.library.TransportError as error:
                if self._reader.response is None:
                    raise  # the first request failed
                broken = error
            finally:
                if self._reader.response is not None:
                    self._reader.response.close()
            pause = self._reader.pause(broken)
            if pause:
                run(self._reader.wrapper.sleep(pause))

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
        self._chunks: AsyncIterator[bytes] | None = None
        self._items = self._run()

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    async def start(self) -> Response:
        """Send the request. Raises ApiError for an error response."""

        async def begin(response: Any) -> None:
            if not self._reader.opens(response):
                await response.aread()
                raise self._reader.refused(response)
            chunks = response.aiter_bytes()
            self._chunks = _async_after(await anext(chunks, b""), chunks)

        send = self._reader.wrapper.send(*self._reader.arguments(begin))
        opened = await send
        self._reader.response = opened
        return opened

    async def _run(self) -> typing.AsyncGenerator[T, None]:
        pause: float | None = 0.0
        while pause is not None:
            broken: Exception | None = None
            try:
                if self._chunks is None:
                    await self.start()
                chunks, self._chunks = self._chunks, None
                async for chunk in typing.cast("AsyncIterator[bytes]", chunks):
                    for item in self._reader.feed(chunk):
                        yield item
                    if self._reader.ended:
                        return
                for item in self._reader.finish():
                    yield item
            except self._reader.wrapper.library.TransportError as error:
                if self._reader.response is None:
                    raise  # the first request failed
                broken = error
            finally:
                if self._reader.response is not None:
                    await self._reader.response.aclose()
            pause = self._reader.pause(broken)
            if pause:
                await self._reader.wrapper.sleep(pause)

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


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


async def _async_after(
    first: bytes, rest: AsyncIterator[bytes]
) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk
