"""Event streams over an HTTP client of one's own."""

import asyncio
import contextlib
import functools
import re
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
)
from typing import Any

from ..sse import Lines
from ._decoders import SSEDecoder
from ._exceptions import SSEError
from ._models import ServerSentEvent

DEFAULT_MAX_RECONNECTION_ATTEMPTS = 5
DEFAULT_RECONNECT_DELAY_MS = 1000
MAX_RECONNECT_DELAY_MS = 30_000


class EventSource:
    """The events of ``response``, an open response of httpx.

    A ``resumable`` stream with a ``stream_terminator`` is resumed after its last event
    that has an id: ``reconnect`` is called with that id, and returns a context manager
    with the next response.
    """

    def __init__(
        self,
        response: Any,
        *,
        resumable: bool = False,
        stream_reconnection_enabled: bool = True,
        max_stream_reconnection_attempts: int | None = None,
        stream_terminator: str | None = None,
        reconnect: Callable[[str], Any] | None = None,
    ) -> None:
        self._response = response
        self._lines, self._decoder, self._started = Lines(), SSEDecoder(), False
        wanted = (
            resumable and stream_reconnection_enabled and stream_terminator is not None
        )
        self._reconnect = reconnect if wanted else None
        most = max_stream_reconnection_attempts
        self._most = DEFAULT_MAX_RECONNECTION_ATTEMPTS if most is None else most
        self._failed, self._last_id = 0, ""
        self._delay = DEFAULT_RECONNECT_DELAY_MS / 1000

    @property
    def response(self) -> Any:
        """The HTTP response."""
        return self._response

    def _check_content_type(self) -> None:
        if not _is_event_stream(self._response):
            content_type = str(self._response.headers.get("content-type", ""))
            raise SSEError(
                "Expected response header Content-Type to contain "
                f"'text/event-stream', got {content_type!r}"
            )

    def _get_charset(self, response: Any = None) -> str:
        headers = (self._response if response is None else response).headers
        content_type = str(headers.get("content-type", ""))
        named = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", content_type, re.I)
        charset = named[1] if named else "utf-8"
        with contextlib.suppress(LookupError, UnicodeError):
            b"\xff".decode(charset, "replace")  # some codecs are not for text
            return charset
        return "utf-8"

    def _decoded(self, line: bytes, charset: str) -> ServerSentEvent | None:
        text = line.decode(charset, "replace")
        if not self._started:
            self._started, text = True, text.removeprefix("\ufeff")
        return self._decoder.decode(text)

    def _feed(self, chunk: bytes, charset: str) -> Iterator[ServerSentEvent]:
        for line in self._lines.feed(chunk):
            event = self._decoded(line, charset)
            if event is not None:
                self._failed = 0
                self._last_id = event.id or self._last_id
                if event.retry:
                    self._delay = min(event.retry, MAX_RECONNECT_DELAY_MS) / 1000
                yield event

    def _rest(self, charset: str) -> Iterator[ServerSentEvent]:
        """The last event, if the stream ends without an empty line after it."""
        if self._reconnect is None:
            rest = b"\n\n" if self._lines.rest() else b"\n"
            yield from self._feed(rest, charset)

    def _is_lost(self, error: Exception) -> bool:
        """Whether an error is a lost connection of a stream that can be resumed."""
        names = {cls.__name__ for cls in type(error).__mro__}
        return self._reconnect is not None and "TransportError" in names

    def _next(self) -> Callable[[], Any] | None:
        """Opens the next response; None if the stream is not resumed."""
        if self._reconnect is None or not self._last_id or self._failed >= self._most:
            return None
        self._failed += 1
        self._lines, self._started = Lines(), False
        self._decoder.drop()
        return functools.partial(self._reconnect, self._last_id)

    def iter_sse(self) -> Iterator[ServerSentEvent]:
        """The events. SSEError for a response of another type."""
        self._check_content_type()
        response, stack = self._response, contextlib.ExitStack()
        with stack:
            while True:
                if response is not None:
                    charset = self._get_charset(response)
                    for chunk in self._chunks(response):
                        yield from self._feed(chunk, charset)
                    yield from self._rest(charset)
                stack.close()
                if (opening := self._next()) is None:
                    return
                time.sleep(self._delay)
                response = None
                with contextlib.suppress(Exception):  # the attempt has failed
                    response = _usable(stack.enter_context(opening()))

    def _chunks(self, response: Any) -> Iterator[bytes]:
        try:
            yield from response.iter_bytes()
        except Exception as error:
            if not self._is_lost(error):
                raise

    async def aiter_sse(self) -> AsyncGenerator[ServerSentEvent, None]:
        """The events of a response of an asynchronous client."""
        self._check_content_type()
        response, stack = self._response, contextlib.AsyncExitStack()
        async with stack:
            while True:
                if response is not None:
                    charset = self._get_charset(response)
                    async for chunk in self._achunks(response):
                        for event in self._feed(chunk, charset):
                            yield event
                    for event in self._rest(charset):
                        yield event
                await stack.aclose()
                if (opening := self._next()) is None:
                    return
                await asyncio.sleep(self._delay)
                response = None
                with contextlib.suppress(Exception):  # the attempt has failed
                    response = _usable(await stack.enter_async_context(opening()))

    async def _achunks(self, response: Any) -> AsyncIterator[bytes]:
        try:
            if not hasattr(response, "aiter_bytes"):  # a fake of an older test
                async for line in response.aiter_lines():
                    yield f"{line.rstrip()}\n".encode()
                return
            async for chunk in response.aiter_bytes():
                yield chunk
        except Exception as error:
            if not self._is_lost(error):
                raise


def _usable(response: Any) -> Any:
    is_stream = response is not None and response.status_code < 400
    return response if is_stream and _is_event_stream(response) else None


def _is_event_stream(response: Any) -> bool:
    content_type = str(response.headers.get("content-type", ""))
    return content_type.partition(";")[0].strip().lower() == "text/event-stream"


def _asking(kwargs: dict[str, Any]) -> dict[str, Any]:
    headers = dict(kwargs.pop("headers", None) or {})
    asked = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
    return {**kwargs, "headers": {**headers, **asked}}


@contextlib.contextmanager
def connect_sse(
    client: Any, method: str, url: str, **kwargs: Any
) -> Generator[EventSource, None, None]:
    """Open an event stream with an `httpx.Client`; ``kwargs`` are passed to it."""
    with client.stream(method, url, **_asking(kwargs)) as response:
        yield EventSource(response)


@contextlib.asynccontextmanager
async def aconnect_sse(
    client: Any, method: str, url: str, **kwargs: Any
) -> AsyncGenerator[EventSource, None]:
    """Open an event stream with an `httpx.AsyncClient`; ``kwargs`` are passed to it."""
    async with client.stream(method, url, **_asking(kwargs)) as response:
        yield EventSource(response)
