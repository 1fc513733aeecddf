"""Events from lines (WHATWG HTML, section 9.2.6)."""

from ._models import ServerSentEvent


class SSEDecoder:
    """Collects the fields of an event, and returns it at the empty line after it."""

    def __init__(self) -> None:
        self._event = ""
        self._data: list[str] = []
        self._last_id = ""
        self._retry: int | None = None
        self._any = False

    def decode(self, line: str) -> ServerSentEvent | None:
        """The event that an empty ``line`` ends; None for any other line."""
        if not line:
            return self._ended()
        if line.startswith(":"):
            return None
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        self._any = True
        if name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self._last_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value)
        return None

    def _ended(self) -> ServerSentEvent | None:
        if not self._any:
            return None
        event = ServerSentEvent(
            event=self._event or "message",
            data="\n".join(self._data),
            id=self._last_id,
            retry=self._retry,
        )
        # The id stays that of the following events.
        self._event, self._data, self._retry, self._any = "", [], None, False
        return event
