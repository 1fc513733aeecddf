"""Clients of an open WebSocket: sending, receiving, and events."""

import json
import logging
import sys
import types
import typing
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

import pydantic

from .decode import decode, problems
from .encode import to_json, wire_names
from .events import EventEmitterMixin, EventType
from .lazy import part

T = TypeVar("T")
MAX_MESSAGE_SIZE = 2**20
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])
_NOTHING: Any = object()


class Messages:
    """The messages of a server: JSON of the type ``json``, and text if ``text`` is set.

    A message of another kind is skipped with a warning if ``skip_unknown`` is set.
    Otherwise it is kept, parsed if it is JSON. A binary frame is bytes.
    """

    def __init__(
        self, json: Any = _NOTHING, *, text: bool = False, skip_unknown: bool = False
    ) -> None:
        self._json, self._text, self._skip_unknown = json, text, skip_unknown

    def read(self, frame: Any) -> tuple[Any, ...]:
        """The message in a frame, or nothing if it is to be skipped."""
        if not isinstance(frame, str):
            return (frame,)
        message: Any = frame
        if self._json is not _NOTHING:
            try:
                message = json.loads(frame)
                decoded = decode(self._json, frame.encode("utf-8", "surrogatepass"))
                if _is_known(self._json, decoded, message, frame):
                    return (decoded,)
                message = decoded if _is_unknown_variant(decoded) else message
            except (ValueError, RecursionError):
                message = frame
        if self._text:
            return (frame,)
        if not self._skip_unknown:
            return (message,)
        _log.warning("an unknown WebSocket message is skipped: %.200s", frame)
        return ()


class OpenSocket(EventEmitterMixin, Generic[T]):
    """An open WebSocket. Iteration returns the messages until the connection is closed.

    It ends with the codes 1000 and 1001, or without a code. Otherwise SocketClosedError
    is raised, or MessageTooBigError for a message over the limit.
    """

    _messages: ClassVar[Messages] = Messages()

    def __init__(
        self, *, websocket: Any, max_message_size: int | None = MAX_MESSAGE_SIZE
    ) -> None:
        super().__init__()
        self._websocket, self._limit = websocket, max_message_size
        self._ended = False

    def _failure(self, error: Any) -> Any:
        """The exception for the end of the connection; None if there was no error."""
        return error and part("socket_errors").closed(error, self._limit)

    def _is_first_end(self) -> bool:
        """Whether the events of the end are still to be emitted. They are emitted once."""
        was, self._ended = self._ended, True
        return not was


class SocketClient(OpenSocket[T]):
    """An open WebSocket of a synchronous client."""

    def recv(self, timeout: float | None = None) -> T:
        """The next message. Raises SocketClosed at the end, and TimeoutError after
        ``timeout`` seconds without a message."""
        while True:
            try:
                arguments = () if timeout is None else (timeout,)
                frame = self._websocket.recv(*arguments)
            except _closed() as error:
                raise self._end(error) from error
            for message in self._messages.read(frame):
                return cast("T", message)

    def __iter__(self) -> Iterator[T]:
        try:
            for frame in self._websocket:
                yield from self._messages.read(frame)
        except _closed() as error:
            failure = self._end(error)
            if not _is_normal(failure):
                raise failure from error
        self._end()

    def start_listening(self) -> None:
        """Call the callbacks of all events until the connection is closed.

        An error is raised unless there is a callback for errors.
        """
        self._emit(EventType.OPEN)
        try:
            for message in self:
                self._emit(EventType.MESSAGE, message)
        except _closed():
            if not self._callbacks.get(EventType.ERROR):
                raise
        finally:
            self._end()

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the connection, and wait until the server has closed it too."""
        self._websocket.close(code, reason)

    def _end(self, error: Any = None) -> Any:
        """Emit the closing events once. Gives the exception for the end, if any."""
        failure = self._failure(error)
        if self._is_first_end():
            if failure and not _is_normal(failure):
                self._emit(EventType.ERROR, failure)
            self._emit(EventType.CLOSE)
        return failure

    def _send_json(self, message: Any, *raw: type[str | bytes]) -> None:
        """Send a message as JSON, but one of the types ``raw`` as it is."""
        self._send(message if isinstance(message, raw) else to_json(message).decode())

    def _send(self, frame: str | bytes) -> None:
        try:
            self._websocket.send(frame)
        except _closed() as error:
            raise self._failure(error) from error


class AsyncSocketClient(OpenSocket[T]):
    """An open WebSocket of an asynchronous client."""

    async def recv(self) -> T:
        """The next message. Raises SocketClosed at the end."""
        while True:
            try:
                frame = await self._websocket.recv()
            except _closed() as error:
                raise await self._end(error) from error
            for message in self._messages.read(frame):
                return cast("T", message)

    async def __aiter__(self) -> AsyncIterator[T]:
        try:
            async for frame in self._websocket:
                for message in self._messages.read(frame):
                    yield message
        except _closed() as error:
            failure = await self._end(error)
            if not _is_normal(failure):
                raise failure from error
        await self._end()

    async def start_listening(self) -> None:
        """Call the callbacks of all events until the connection is closed.

        An error is raised unless there is a callback for errors. A callback may be a
        coroutine function, which is awaited.
        """
        await self._emit_async(EventType.OPEN)
        try:
            async for message in self:
                await self._emit_async(EventType.MESSAGE, message)
        except _closed():
            if not self._callbacks.get(EventType.ERROR):
                raise
        finally:
            await self._end()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the connection, and wait until the server has closed it too."""
        await self._websocket.close(code, reason)

    async def _end(self, error: Any = None) -> Any:
        """Emit the closing events once. Gives the exception for the end, if any."""
        failure = self._failure(error)
        if self._is_first_end():
            if failure and not _is_normal(failure):
                await self._emit_async(EventType.ERROR, failure)
            await self._emit_async(EventType.CLOSE)
        return failure

    async def _send_json(self, message: Any, *raw: type[str | bytes]) -> None:
        """Send a message as JSON, but one of the types ``raw`` as it is."""
        frame = message if isinstance(message, raw) else to_json(message).decode()
        await self._send(frame)

    async def _send(self, frame: str | bytes) -> None:
        try:
            await self._websocket.send(frame)
        except _closed() as error:
            raise self._failure(error) from error


def _closed() -> type[Exception]:
    """The library's exception for the end, which is imported when it is raised."""
    return cast("type[Exception]", part("socket_errors").ConnectionClosed)


def _is_normal(failure: Any) -> bool:
    return isinstance(failure, part("socket_errors").SocketClosedOK)


def _is_known(type_: Any, message: Any, value: Any, frame: str) -> bool:
    """Whether a decoded message is, at least in part, one of the API description."""
    if _is_unknown_variant(message):
        return False
    if isinstance(message, pydantic.BaseModel):
        return _resembles(type(message), value)
    if isinstance(message, dict) and not _has_objects(type_):
        return False
    return not problems(type_, frame.encode("utf-8", "surrogatepass"))


def _has_objects(type_: Any) -> bool:
    """Whether a plain dict is one of the values of a type."""
    if hasattr(type_, "__value__"):
        return _has_objects(type_.__value__)
    origin = typing.get_origin(type_)
    if origin is typing.Annotated:
        return _has_objects(typing.get_args(type_)[0])
    if origin in (typing.Union, types.UnionType):
        return any(map(_has_objects, typing.get_args(type_)))
    return type_ in (Any, object, dict) or origin is dict


def _is_unknown_variant(message: Any) -> bool:
    # If its module is not imported, there are no instances of its classes.
    unions = sys.modules.get(f"{__package__}.unions")
    return isinstance(message, getattr(unions, "UnknownVariant", ()))


def _resembles(cls: type[pydantic.BaseModel], value: Mapping[str, Any]) -> bool:
    """Whether ``value`` has a property of the model and contradicts none of its
    constants."""
    names = wire_names(cls)
    for name, wire in names.items():
        constants = _constants(cls.model_fields[name].annotation)
        if constants and wire in value and value[wire] not in constants:
            return False
    return not names or not value or any(wire in value for wire in names.values())


def _constants(annotation: Any) -> tuple[Any, ...]:
    """The values of a field that accepts only constants."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = [_constants(arg) for arg in typing.get_args(annotation)]
        return tuple(v for item in inner for v in item) if all(inner) else ()
    if annotation is type(None):
        return (None,)
    literal = typing.get_origin(annotation) is typing.Literal
    return typing.get_args(annotation) if literal else ()
