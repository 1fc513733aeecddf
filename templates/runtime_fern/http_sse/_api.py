"""Event streams over an HTTP client of one's own."""

import contextlib
import re
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from typing import Any

from ..sse import Lines
from ._decoders import SSEDecoder
from ._exceptions import SSEError
from ._models import ServerSentEvent


class EventSource:
    """The events of ``response``, an open response of httpx."""

    def __init__(self, response: Any) -> None:
        self._response = response
        self._lines, self._decoder, self._started = Lines(), SSEDecoder(), False

    @property
    def response(self) -> Any:
        """The HTTP response."""
        return self._response

    def _check_content_type(self) -> None:
        found = str(self._response.headers.get("content-type", ""))
        if found.partition(";")[0].strip().lower() != "text/event-stream":
            raise SSEError(
                "Expected response header Content-Type to contain "
                f"'text/event-stream', got {found!r}"
            )

    def _get_charset(self) -> str:
        found = str(self._response.headers.get("content-type", ""))
        named = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", found, re.I)
        with contextlib.suppress(LookupError):
            "".encode(named[1] if named else "utf-8")
            return named[1] if named else "utf-8"
        return "utf-8"

    def _decoded(self, line: bytes) -> ServerSentEvent | None:
        text = line.decode(self._get_charset(), "replace")
        if not self._started:
            self._started, text = True, text.removeprefix("\ufeff")
        return self._decoder.decode(text)

    def _feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        for line in self._lines.feed(chunk):
            event = self._decoded(line)
            if event is not None:
                yield event

    def _rest(self) -> Iterator[ServerSentEvent]:
        """The event that the end of the stream ends, without an empty line after it."""
        yield from self._feed(b"\n\n" if self._lines.rest() else b"\n")

    def iter_sse(self) -> Iterator[ServerSentEvent]:
        """The events. SSEError for a response of another type."""
        self._check_content_type()
        for chunk in self._response.iter_bytes():
            yield from self._feed(chunk)
        yield from self._rest()

    async def aiter_sse(self) -> AsyncGenerator[ServerSentEvent, None]:
        """The events of a response of an asynchronous client."""
        self._check_content_type()
        chunks: AsyncIterator[bytes] = self._response.aiter_bytes()
        async for chunk in chunks:
            for event in self._feed(chunk):
                yield event
        for event in self._rest():
            yield event


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
