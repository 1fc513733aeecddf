"""Events of a WebSocket, and the functions that are called with them."""

import enum
import inspect
from collections.abc import Callable
from typing import Any, Literal

Callback = Callable[[Any], Any]


class EventType(str, enum.Enum):
    """The kinds of events. A callback of MESSAGE gets the message, of ERROR the
    exception, and of the others None."""

    OPEN = "open"
    MESSAGE = "message"
    ERROR = "error"
    CLOSE = "close"


EventName = EventType | Literal["open", "message", "error", "close"]


class EventEmitterMixin:
    """Callbacks by event."""

    def __init__(self) -> None:
        self._callbacks: dict[EventType, list[Callback]] = {}

    def on(self, event_name: EventName, callback: Callback) -> None:
        """Add a callback for an event; callbacks run in the order in which they were
        added."""
        self._callbacks.setdefault(EventType(event_name), []).append(callback)

    def _emit(self, event: EventType, value: Any = None) -> None:
        for callback in [*self._callbacks.get(event, ())]:
            result = callback(value)
            if inspect.iscoroutine(result):
                result.close()
                raise TypeError("an asynchronous function in a synchronous client")

    async def _emit_async(self, event: EventType, value: Any = None) -> None:
        for callback in [*self._callbacks.get(event, ())]:
            result = callback(value)
            if inspect.isawaitable(result):
                await result
