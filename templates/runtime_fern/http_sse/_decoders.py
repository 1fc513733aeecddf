"""Events from lines (WHATWG HTML, section 9.2.6)."""

from ..sse import EventDecoder
from ._models import ServerSentEvent


class SSEDecoder(EventDecoder):
    """Collects the fields of an event, and returns it at the empty line after it."""

    _has_fields = False

    def decode(self, line: str) -> ServerSentEvent | None:
        """The event if ``line`` is empty, even one without data; otherwise None."""
        if line:
            name, _, value = line.partition(":")
            self._field(name, value)
            self._has_fields = self._has_fields or bool(name)
            return None
        self.last_id = self._id
        event = ServerSentEvent(
            event=self._event or "message",
            data="\n".join(self._data),
            id=self.last_id or "",
            retry=self.retry,
        )
        has_fields = self._has_fields
        # The following events have the same id.
        self.drop()
        return event if has_fields else None

    def drop(self) -> None:
        """Forget an incomplete event; the last id is kept."""
        self._event, self._data, self.retry, self._has_fields = "", [], None, False
        self._id = self.last_id
