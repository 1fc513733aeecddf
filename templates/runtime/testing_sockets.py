"""Fakes of methods that open a WebSocket; see `testing`."""

import contextlib
import copy
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from .connection import maybe_await
from .encode import to_json
from .lazy import part
from .testing import FakeMethod, Stub

P = ParamSpec("P")
Q = ParamSpec("Q")
C = TypeVar("C")
S = TypeVar("S")


class FakeSocketMethod(FakeMethod[P, S, Sequence[object], Q, C], Generic[P, S, Q, C]):
    """A method that opens a WebSocket. A test sets the messages that the server sends, after
    which it closes the connection. ``sent`` are the frames that the application sent.
    """

    def __init__(
        self, function: Callable[..., Any], record: Callable[..., Any], **settings: Any
    ) -> None:
        super().__init__(function, record, **settings)
        self.sent: list[str | bytes] = []

    def copied(self) -> Any:
        fake = super().copied()
        fake.sent = []
        return fake

    def _called(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        clone: Any = copy.copy(target)
        set_ = self._set(target, args, kwargs) or list[Any]

        @contextlib.contextmanager
        def opened(socket: Any) -> Generator[Any, None, None]:
            yield socket(websocket=_WebSocket(set_(), self.sent), max_message_size=None)

        @contextlib.asynccontextmanager
        async def async_opened(socket: Any) -> AsyncGenerator[Any, None]:
            websocket = _AsyncWebSocket(await maybe_await(set_()), self.sent)
            yield socket(websocket=websocket, max_message_size=None)

        is_async = target._client_wrapper.is_async

        def connect(socket: Any, *_: Any, **__: Any) -> Any:
            return async_opened(socket) if is_async else opened(socket)

        vars(clone)["_connect"] = connect
        return self._function(clone, *args, **kwargs)


class _Frames:
    """The frames that a server sends and receives."""

    def __init__(self, messages: Iterable[Any], sent: list[str | bytes]) -> None:
        self._frames = deque(map(_frame, messages))
        self._sent, self._closed = sent, False

    def take(self) -> str | bytes:
        if self._closed or not self._frames:
            raise part("socket_errors").closed_normally()
        return self._frames.popleft()

    def give(self, frame: Any) -> None:
        if self._closed:
            raise part("socket_errors").closed_normally()
        self._sent.append(frame)

    def end(self) -> None:
        self._closed = True


class _WebSocket(_Frames):
    """An open connection of the library, in memory."""

    def recv(self, timeout: float | None = None) -> str | bytes:
        return self.take()

    def send(self, frame: Any) -> None:
        self.give(frame)

    def close(self, code: int = 1000, reason: str = "") -> None:
        self.end()

    def __iter__(self) -> Iterator[str | bytes]:
        while self._frames and not self._closed:
            yield self.take()


class _AsyncWebSocket(_Frames):
    """The same for an asynchronous client."""

    async def recv(self) -> str | bytes:
        return self.take()

    async def send(self, frame: Any) -> None:
        self.give(frame)

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.end()

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        while self._frames and not self._closed:
            yield self.take()


def _messages(_: Any) -> Any:
    return Sequence[Any]


def _frame(message: Any) -> str | bytes:
    if isinstance(message, (bytes, str)):
        return message
    return to_json(message).decode()


def fake_socket(
    method: Callable[Concatenate[Any, P], AbstractContextManager[S]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeSocketMethod[P, AbstractContextManager[S], Q, C]]:
    """Decorator: the fake of ``method``, for which a test sets lists of messages."""
    return lambda _: FakeSocketMethod(method, call, value=_messages, **settings)


def async_fake_socket(
    method: Callable[Concatenate[Any, P], AbstractAsyncContextManager[S]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeSocketMethod[P, AbstractAsyncContextManager[S], Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: FakeSocketMethod(method, call, value=_messages, **settings)
