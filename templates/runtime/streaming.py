"""Responses that come item by item: server-sent events, JSON lines, text.

A call says beside what it says in `request`: its ``format`` (sse, json or text), the
``terminator`` after the last item, the property that the ``event:`` line stands for
(``event_discriminator``), the events whose data is text (``text_events``; True: all),
and whether it is ``resumable``.
"""

import codecs
import json
import logging
import typing
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any

from typing_extensions import Self, Unpack

from . import retries
from .api_error import ApiError, ParsingError
from .connection import ClientWrapper, run
from .decode import construct_type, decode
from .http_library import Response
from .http_response import HttpResponse, described
from .request import Call, Request
from .resource import AsyncResource, Method, Resource
from .sse import EventDecoder, Lines, ServerSentEvent

P = typing.ParamSpec("P")
T = typing.TypeVar("T")
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class StreamRequest(Request, total=False):
    """The keywords of a generated call that streams."""

    format: typing.Literal["sse", "json", "text"]
    terminator: str
    event_discriminator: str
    text_events: typing.Literal[True] | tuple[str, ...]
    resumable: bool


class StreamError(ApiError):
    """The connection broke before the end; ``body`` is the text of the last item."""


class _Reader:
    """Turns the bytes of one stream into items, over as many connections as it takes."""

    def __init__(
        self,
        wrapper: ClientWrapper,
        returns: Any,
        request: tuple[str, str],
        call: Call,
    ) -> None:
        self.wrapper, self._returns, self._call = wrapper, returns, call
        self._request = request
        self.format = call.get("format", "sse")
        self._end = {call.get("terminator"), "[DONE]"}
        self._type = ""
        self.ended = False
        self._events, self._lines = EventDecoder(), Lines()
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._last = ""
        settings: dict[str, Any] = {**wrapper.settings, **(call.get("options") or {})}
        allowed = settings.get("stream_reconnection_enabled")
        self._resumable = call.get("resumable", False) and allowed is not False
        attempts = settings.get("max_stream_reconnection_attempts")
        self._attempts = 5 if attempts is None else attempts
        self._failed = 0
        self.response: Response | None = None

    def arguments(self) -> tuple[str, str, Call]:
        """The request, from where the last connection broke."""
        call: Any = {**self._call}
        if self.format == "sse":
            call.setdefault("accept", "text/event-stream")
        if self._events.last_id is not None:
            resume = {"Last-Event-ID": self._events.last_id}
            call["headers"] = {**call.get("headers", {}), **resume}
        return (*self._request, call)

    def opens(self, response: Response) -> bool:
        """Whether a response is a stream of this format, by its content type.

        One without a type may be. JSON lines have many types, but no page is one.
        """
        header = response.headers.get("content-type", "")
        type_ = header.partition(";")[0].strip().lower()
        if type_ == "text/event-stream" and self.format == "json":
            self.format = "sse"
        is_page = type_ in ("text/html", "application/xhtml+xml")
        wrong = type_ and type_ != "text/event-stream" if self.format == "sse" else is_page
        return self.format == "text" or not wrong

    def refused(self, response: Response) -> ParsingError:
        """The error for a response, which has been read, that is no such stream."""
        return described(ParsingError(body=response.text), response)

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """The items that ``chunk`` completes."""
        if self.format == "text":
            text = self._text.decode(chunk)
            yield from [text] if text else []
        elif self.format == "json":
            for line in self._lines.feed(chunk):
                yield from self._item(line.decode("utf-8", "replace"))
        else:
            for event in self._events.feed(chunk):
                self._failed = 0
                yield from self._item(event.data, event)
                if self.ended:
                    return

    def finish(self) -> Iterator[Any]:
        """The items that the end of the answer completes."""
        if self.format == "text":
            text = self._text.decode(b"", True)
            yield from [text] if text else []
        elif self.format == "json":
            yield from self._item(self._lines.rest().decode("utf-8", "replace"))

    def _item(self, text: str, event: ServerSentEvent | None = None) -> Iterator[Any]:
        self._last = text
        if self.ended or not (text.strip() or self._is_text(event)):
            return
        if text.strip() in self._end:
            self.ended = True
            return
        try:
            yield self._decoded(text, event)
        except (ValueError, RecursionError) as error:
            assert self.response is not None
            raise described(ParsingError(body=text), self.response) from error

    def _is_text(self, event: ServerSentEvent | None) -> bool:
        """Whether the data of an event is text, and not JSON."""
        texts = self._call.get("text_events", self._returns is str)
        return event is not None and (texts is True or (texts and event.event in texts))

    def _decoded(self, text: str, event: ServerSentEvent | None) -> Any:
        discriminator = self._call.get("event_discriminator")
        if event is None or not discriminator:
            if self._is_text(event):
                return construct_type(self._returns, text)
            try:
                return decode(self._returns, text.encode())
            except ValueError:
                if self._returns is str:
                    return text
                raise
        try:
            data = event.data if self._is_text(event) else json.loads(event.data)
        except ValueError:
            data = event.data
        envelope = {discriminator: event.event, "data": data}
        more = {"id": event.id, "retry": event.retry}
        envelope.update({name: v for name, v in more.items() if v is not None})
        return construct_type(self._returns, envelope)

    def pause(self, error: Exception | None) -> float | None:
        """Seconds until it connects again; None when the stream is over."""
        terminator = self._call.get("terminator")
        if self.ended or (error is None and (not terminator or self.format == "text")):
            return None
        self._failed += 1
        resumable = self._resumable and self._events.last_id is not None
        if resumable and self._failed <= self._attempts:
            retry = self._events.retry
            return 1.0 if retry is None else min(retry / 1000, 30.0)
        if error is None:
            _log.warning(
                "%s %s: the stream ended before %r", *self._request, terminator
            )
            return None
        assert self.response is not None
        raise described(StreamError(body=self._last), self.response) from error


class Stream(Iterator[T]):
    """Items as they arrive. The request is made when the first one is asked for.

    The connection ends with the last item, with `close`, and with the stream itself.
    """

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._chunks: Iterator[bytes] | None = None
        self._items: Generator[T, None, None] = self._run()

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    def start(self) -> Response:
        """Make the request; ApiError where the answer is an error."""

        def begin(response: Any) -> None:
            if not self._reader.opens(response):
                response.read()
                raise self._reader.refused(response)
            chunks = response.iter_bytes()
            self._chunks = _after(next(chunks, b""), chunks)

        send = self._reader.wrapper.send(*self._reader.arguments(), begin)
        self._reader.response = run(send)
        return self._reader.response

    def _run(self) -> Generator[T, None, None]:
        pause: float | None = 0.0
        while pause is not None:
            response = self._reader.response
            if response is None or self._chunks is None:
                response = self.start()
            chunks, self._chunks, broken = self._chunks or iter(()), None, None
            try:
                for chunk in chunks:
                    yield from self._reader.feed(chunk)
                    if self._reader.ended:
                        return
                yield from self._reader.finish()
            except self._reader.wrapper.library.TransportError as error:
                broken = error
            finally:
                response.close()
            pause = self._reader.pause(broken)
            if pause:
                retries.sleep(pause)

    def __next__(self) -> T:
        return next(self._items)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._items.close()
        if self._reader.response is not None:
            self._reader.response.close()


class AsyncStream(AsyncIterator[T]):
    """Items as they arrive. The request is made when the first one is asked for."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._chunks: AsyncIterator[bytes] | None = None
        self._items = self._run()

    @property
    def response(self) -> Response | None:
        """The response, once there is one."""
        return self._reader.response

    async def start(self) -> Response:
        """Make the request; ApiError where the answer is an error."""

        async def begin(response: Any) -> None:
            if not self._reader.opens(response):
                await response.aread()
                raise self._reader.refused(response)
            chunks = response.aiter_bytes()
            self._chunks = _async_after(await anext(chunks, b""), chunks)

        send = self._reader.wrapper.send(*self._reader.arguments(), begin)
        self._reader.response = await send
        return self._reader.response

    async def _run(self) -> typing.AsyncGenerator[T, None]:
        pause: float | None = 0.0
        while pause is not None:
            response = self._reader.response
            if response is None or self._chunks is None:
                response = await self.start()
            chunks, self._chunks, broken = self._chunks, None, None
            try:
                async for chunk in typing.cast("AsyncIterator[bytes]", chunks):
                    for item in self._reader.feed(chunk):
                        yield item
                    if self._reader.ended:
                        return
                for item in self._reader.finish():
                    yield item
            except self._reader.wrapper.library.TransportError as error:
                broken = error
            finally:
                await response.aclose()
            pause = self._reader.pause(broken)
            if pause:
                await retries.async_sleep(pause)

    async def __anext__(self) -> T:
        return await anext(self._items)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the connection."""
        await self._items.aclose()
        if self._reader.response is not None:
            await self._reader.response.aclose()

    close = aclose


class _Opened(AbstractContextManager[Any]):
    """A stream with its response, for as long as the context lasts."""

    def __init__(self, stream: Stream[Any]) -> None:
        self._stream = stream

    def __enter__(self) -> HttpResponse[Any]:
        return HttpResponse(self._stream.start(), self._stream)

    def __exit__(self, *_: object) -> None:
        self._stream.close()


class _AsyncOpened(AbstractAsyncContextManager[Any]):
    """A stream with its response, for as long as the context lasts."""

    def __init__(self, stream: AsyncStream[Any]) -> None:
        self._stream = stream

    async def __aenter__(self) -> HttpResponse[Any]:
        return HttpResponse(await self._stream.start(), self._stream)

    async def __aexit__(self, *_: object) -> None:
        await self._stream.aclose()


class StreamingResource(Resource):
    """A group of endpoints, some of which stream."""

    def _stream(
        self,
        returns: type[T] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[StreamRequest],
    ) -> Stream[T]:
        wrapper = self._client_wrapper
        reader = _Reader(wrapper, returns, (method, url), {**call})
        stream: Any = Stream[T](reader)
        return _Opened(stream) if self._raw else stream  # type: ignore[return-value]


class AsyncStreamingResource(AsyncResource):
    """A group of endpoints, some of which stream."""

    def _stream(
        self,
        returns: type[T] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[StreamRequest],
    ) -> AsyncStream[T]:
        wrapper = self._client_wrapper
        reader = _Reader(wrapper, returns, (method, url), {**call})
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
) -> Method[P, AbstractAsyncContextManager[HttpResponse[AsyncIterator[T]]]]:
    """The streaming ``method`` of a resource in its raw resource."""
    return typing.cast(
        "Method[P, AbstractAsyncContextManager[HttpResponse[AsyncIterator[T]]]]",
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
