"""Decoding of streams into items, with reconnects."""

import codecs
import contextlib
import json
import logging
import re
from collections.abc import Generator, Iterator
from typing import Any

from .api_error import ApiError, ParsingError
from .chunks import chunks_of
from .connection import ClientWrapper, maybe_await
from .decode import construct_type, decode, problems
from .encode import to_json
from .http_library import Response
from .http_response import body_text, described
from .request import Call
from .sse import EventDecoder, Lines, ServerSentEvent

_UTF_8 = codecs.getincrementaldecoder("utf-8")
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class StreamError(ApiError):
    """The connection was lost before the end. ``body`` is the text of the last item."""


class _JsonTexts(Lines):
    """The texts of a JSON text sequence (RFC 7464): RS before each, LF after it."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The texts that ``chunk`` completes."""
        *records, self._buffer = (self._buffer + chunk).split(b"\x1e")
        yield from records
        if self._buffer.endswith(b"\n"):
            try:
                json.loads(self._buffer)
            except (ValueError, RecursionError):
                return
            yield self._buffer
            self._buffer = b""


class StreamReader:
    """Decodes the bytes of one stream into items, with reconnects.

    The coroutines serve both kinds of client: a synchronous one calls them with `run`.
    """

    def __init__(
        self,
        wrapper: ClientWrapper,
        returns: Any,
        request: tuple[str, str],
        call: Call,
    ) -> None:
        self.wrapper, self._returns, self._call = wrapper, returns, call
        self._request, self._is_async = request, wrapper.is_async
        self._format = call.get("format", "sse")
        self._end = {call.get("terminator"), "[DONE]"}
        self._text_events = call.get("text_events", returns is str)
        self.ended = False
        self._events, self._lines = EventDecoder(), Lines()
        self._charset = "utf-8"
        self._text: codecs.IncrementalDecoder = _UTF_8("replace")
        self._last = ""
        settings: dict[str, Any] = {**wrapper.settings, **(call.get("options") or {})}
        allowed = settings.get("stream_reconnection_enabled")
        self._resumable = call.get("resumable", False) and allowed is not False
        attempts = settings.get("max_stream_reconnection_attempts")
        self._attempts = 5 if attempts is None else attempts
        self._failed = 0
        self.pause: float | None = 0.0
        """Seconds until the next connection, or None if there is none."""
        self.response: Response | None = None
        self._chunks: Any = None  # of a response that is not read yet

    async def start(self) -> Response:
        """Send the request. Raises ApiError for an error response."""
        self.response = await self.wrapper.send(*self._arguments())
        return self.response

    async def chunks(self) -> Any:
        """The chunks of the response of `start`, or else of the next request."""
        if self._chunks is None:
            await self.close()
            if self.pause:
                await self.wrapper.sleep(self.pause)
            await self.start()
        chunks, self._chunks = self._chunks, None
        return chunks

    @contextlib.contextmanager
    def connection(self) -> Generator[None, None, None]:
        """A context for reading a response. At its end, ``pause`` is set."""
        error: Exception | None = None
        try:
            yield
        except self.wrapper.library.TransportError as lost:
            if self.response is None:
                raise  # the first request failed
            error = lost
        self.pause = self._pause_after(error)

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self.response is not None and self._is_async:
            await self.response.aclose()
        elif self.response is not None:
            self.response.close()

    async def _begin(self, response: Any) -> None:
        """Read the first chunk: if that fails, the request is sent again."""
        if not self._opens(response):
            await maybe_await(response.aread() if self._is_async else response.read())
            raise described(ParsingError(), response, body_text(response))
        self._chunks = await chunks_of(response, self._is_async)

    def _arguments(self) -> tuple[str, str, Call]:
        """The request that resumes where the last connection was lost."""
        call: Any = {**self._call, "begin": self._begin}
        if self._format == "sse":
            call.setdefault("accept", "text/event-stream")
        self._events.restart()
        if last_id := self._last_id():
            resume = {"Last-Event-ID": last_id}
            call["headers"] = {**call.get("headers", {}), **resume}
        return (*self._request, call)

    def _last_id(self) -> str:
        """The id to resume after; empty if there is none that HTTP can send."""
        last_id = (self._events.last_id or "").strip(" \t")
        return "" if re.search(r"[\0-\x08\n-\x1f\x7f]", last_id) else last_id

    def _opens(self, response: Any) -> bool:
        """Whether a response is a stream of this format, by its content type.

        A response without a content type may be one. JSON lines have many types, but
        HTML is not one of them.
        """
        media: str = response.headers.get("content-type", "").lower()
        type_ = media.partition(";")[0].strip()
        self.ended = response.status_code == 204  # there are no more events
        if type_ == "text/event-stream" and self._format == "json":
            self._format = "sse"
        if type_ == "application/json-seq":
            self._lines = _JsonTexts()
        with contextlib.suppress(LookupError, UnicodeError):
            charset: str = response.encoding
            b"\xff".decode(charset, "replace")  # one that does not raise in the stream
            self._charset = charset
            self._text = codecs.getincrementaldecoder(charset)("replace")
        is_page = type_ in ("text/html", "application/xhtml+xml")
        if self._format == "sse":
            return type_ in ("", "text/event-stream")
        return self._format == "text" or not is_page

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """The items that ``chunk`` completes."""
        if self._format == "text":
            yield from self._decoded_text(chunk)
        elif self._format == "json":
            for line in self._lines.feed(chunk):
                yield from self._item(self._line(line))
        else:
            for event in self._events.feed(chunk):
                self._failed = 0
                yield from self._item(event.data, event)
                if self.ended:
                    return

    def finish(self) -> Iterator[Any]:
        """The items that the end of the response completes."""
        if self._format == "text":
            yield from self._decoded_text(b"", True)
        elif self._format == "json":
            yield from self._item(self._line(self._lines.rest()))

    def _line(self, line: bytes) -> str:
        """A line of JSON, which is UTF-8; some servers use the charset of the response."""
        try:
            return line.decode()
        except UnicodeDecodeError:
            return line.decode(self._charset, "replace")

    def _decoded_text(self, chunk: bytes, final: bool = False) -> Iterator[str]:
        try:
            text = self._text.decode(chunk, final)
        except UnicodeError:  # UTF-16 without a byte order mark
            self._text = _UTF_8("replace")
            text = self._text.decode(chunk, final)
        if text:
            yield text

    def _item(self, text: str, event: ServerSentEvent | None = None) -> Iterator[Any]:
        self._last, content = text, text.strip()
        if self.ended or not (content or self._is_text(event)):
            return
        if content in self._end:
            self.ended = True
            return
        try:
            yield self._decoded(text, event)
        except (ValueError, RecursionError) as error:
            assert self.response is not None
            raise described(ParsingError(), self.response, text, str(error)) from error

    def _is_text(self, event: ServerSentEvent | None) -> bool:
        """Whether the data of an event is plain text instead of JSON."""
        texts = self._text_events
        return event is not None and (texts is True or (texts and event.event in texts))

    def _decoded(self, text: str, event: ServerSentEvent | None) -> Any:
        discriminator = self._call.get("event_discriminator")
        if event is None or not discriminator:
            if self._is_text(event):
                return construct_type(self._returns, text)
            try:
                value = decode(self._returns, text.encode())
            except ValueError:
                if self._returns is str or (event and self._admits(to_json(text))):
                    return construct_type(self._returns, text)
                raise
            scalar = event and isinstance(value, (int, float, type(None)))
            if scalar and not self._admits(text.encode()):
                quoted = to_json(text)
                return decode(self._returns, quoted) if self._admits(quoted) else value
            return value
        try:
            data: Any = json.loads(event.data)
        except (ValueError, RecursionError):
            data = event.data
        item: Any = {name: v for name, v in event._asdict().items() if v is not None}
        item[discriminator] = item.pop("event")
        item["data"] = event.data if self._is_text(event) else data
        complete: Any = data if hasattr(data, "keys") else {}
        is_complete = {discriminator, "data"} <= {
            *complete
        }  # beside the name, or without it
        if is_complete and event.event in ("message", complete[discriminator]):
            item = complete
        return construct_type(self._returns, item)

    def _admits(self, data: bytes) -> bool:
        """Whether JSON is a valid item: a union may have text beside models."""
        return not problems(self._returns, data)

    def _pause_after(self, error: Exception | None) -> float | None:
        """Seconds until the next reconnect, or None if the stream has ended."""
        end = self._call.get("terminator")
        if self.ended or (error is None and (not end or self._format == "text")):
            return None
        self._failed += 1
        resumable = self._resumable and self._last_id()
        if resumable and self._failed <= self._attempts:
            retry = self._events.retry
            return 1.0 if retry is None else min(retry / 1000, 30.0)
        if error is None:
            _log.warning("%s %s: the stream ended before %r", *self._request, end)
            return None
        assert self.response is not None
        raise described(StreamError(), self.response, self._last) from error
