"""Server-sent events, from bytes split anywhere (WHATWG HTML, section 9.2.6)."""

import typing
from collections.abc import Iterator


class ServerSentEvent(typing.NamedTuple):
    """One event; ``retry`` is in milliseconds."""

    event: str
    data: str
    id: str | None
    retry: int | None


class Lines:
    """Lines of bytes: an end may be LF, CR or CRLF, and nothing else."""

    def __init__(self) -> None:
        self._buffer = b""
        self._after_cr = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The lines that ``chunk`` completes, without line ends."""
        if self._after_cr and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if not chunk:
            return
        self._after_cr = chunk.endswith(b"\r")
        pieces = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for piece in pieces[:-1]:
            yield self._buffer + piece
            self._buffer = b""
        self._buffer += pieces[-1]

    def rest(self) -> bytes:
        """The rest of the input, which has no line end."""
        return self._buffer


class EventDecoder:
    """Parses events from bytes. ``last_id`` is the id to resume from."""

    def __init__(self) -> None:
        self.last_id: str | None = None
        self.retry: int | None = None
        self.restart()

    def restart(self) -> None:
        """Begin a new connection: an incomplete event is dropped, with its id."""
        self._lines, self._started = Lines(), False
        self._event, self._id = "", self.last_id
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that ``chunk`` completes. An incomplete event is dropped."""
        for raw in self._lines.feed(chunk):
            line = raw.decode("utf-8", "replace")
            if not self._started:
                self._started, line = True, line.removeprefix("\ufeff")
            if line:
                self._field(*line.partition(":")[::2])
                continue
            self.last_id = self._id
            if self._data:
                event, data = self._event or "message", "\n".join(self._data)
                yield ServerSentEvent(event, data, self.last_id, self.retry)
            self._event, self._data = "", []

    def _field(self, name: str, value: str) -> None:
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value)
