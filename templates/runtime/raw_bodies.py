"""Raw content as a request body: text, bytes, a file or an iterator."""

import inspect
import os
import pathlib
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, cast

from .request import Call
from .uploads import all_of, size_of

_PIECE = 65536


def body(call: Call, is_async: bool) -> dict[str, Any]:
    """The body, as arguments of `Client.build_request`."""
    value: Any = call.get("content")
    if value is None or value is ...:
        return {}
    again = not (hasattr(value, "__next__") or hasattr(value, "__anext__"))
    size = None
    if isinstance(value, str):
        value = _encoded(value, call.get("content_type", ""))
    elif isinstance(value, (bytearray, memoryview)):
        value = bytes(cast("bytearray", value))
    elif hasattr(value, "read") or isinstance(value, os.PathLike):
        value, again, size = _file(value, is_async)
    elif not again:  # as a generator, which HTTP libraries do not send twice
        value = (_once_async if is_async else _once)(value)
    elif is_async and hasattr(value, "__iter__") and not isinstance(value, bytes):
        value = _AsyncPieces(value)
    if not again:
        call["retries"] = False
    headers = {"Content-Type": call.get("content_type", "application/octet-stream")}
    headers |= {} if size is None else {"Content-Length": str(size)}
    return {"content": value, "headers": headers}


def _encoded(text: str, content_type: str) -> bytes:
    """``text`` in the charset of a content type, or UTF-8."""
    charset = re.search(r"""(?i);\s*charset\s*=\s*["']?([\w.:-]+)""", content_type)
    try:
        return text.encode(charset[1] if charset else "utf-8")
    except LookupError:  # not a charset that Python knows
        return text.encode()


def _file(file: Any, is_async: bool) -> tuple[Any, bool, int | None]:
    """A file as a whole body, whether it can be sent twice, and the size of a stream.

    An asynchronous client also accepts one whose ``read`` is a coroutine function.
    """
    if isinstance(file, os.PathLike):
        return pathlib.Path(cast("str", file)).read_bytes(), True, None
    if is_async and inspect.iscoroutinefunction(file.read):
        return _awaited(file), False, None
    if (size := size_of(file)) is not None:
        pieces = _Replayed(file, size)
        return _AsyncPieces(pieces) if is_async else pieces, True, size
    return all_of(file), True, None


def _once(pieces: Any) -> Iterator[bytes]:
    """The pieces of a body that can be read only once."""
    if hasattr(pieces, "__anext__"):
        raise TypeError("a synchronous client cannot send an asynchronous iterator")
    return (piece for piece in pieces)


async def _once_async(pieces: Any) -> AsyncIterator[bytes]:
    """The same for an asynchronous client."""
    if hasattr(pieces, "__anext__"):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece


async def _awaited(file: Any) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece


class _Replayed:
    """A part of a file, read from its current position on each iteration."""

    def __init__(self, file: Any, size: int) -> None:
        self._file, self._start, self._size = file, file.tell(), size

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        left = self._size
        while left and (piece := self._file.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece


class _AsyncPieces:
    """The pieces of a body for an asynchronous client."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece
