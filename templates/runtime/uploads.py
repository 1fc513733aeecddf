"""Files in request bodies: read from their current position, also on retries."""

import inspect
import io
import os
import pathlib
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, cast

from .encode import to_json

_PIECE = 65536


def size_of(file: Any) -> int | None:
    """The number of bytes after the current position, or None if a file cannot be read
    again; TypeError for one in text mode."""
    if isinstance(file, io.TextIOBase):
        raise TypeError("a file to upload must be opened in binary mode ('rb')")
    if not getattr(file, "seekable", lambda: False)():
        return None
    try:
        start = file.tell()
        file.seek(0, os.SEEK_END)
    except OSError:
        return None
    end = file.tell()
    file.seek(start)
    return max(0, int(end) - int(start))


def body_content(file: Any, is_async: bool) -> tuple[Any, bool, int | None]:
    """A file as a whole body, whether it can be sent twice, and the size of a stream.

    An asynchronous client also accepts one whose ``read`` is a coroutine function.
    """
    if isinstance(file, os.PathLike):
        return pathlib.Path(cast("str", file)).read_bytes(), True, None
    if is_async and inspect.iscoroutinefunction(file.read):
        return _awaited(file), False, None
    if (size := size_of(file)) is not None:
        pieces = _Replayed(file, size)
        return AsyncPieces(pieces) if is_async else pieces, True, size
    return _all_of(file), True, None


def once(pieces: Any) -> Iterator[bytes]:
    """The pieces of a body that can be read only once."""
    if hasattr(pieces, "__anext__"):
        raise TypeError("a synchronous client cannot send an asynchronous iterator")
    return (piece for piece in pieces)


async def once_async(pieces: Any) -> AsyncIterator[bytes]:
    """The same for an asynchronous client."""
    if hasattr(pieces, "__anext__"):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece


def part_content(file: Any) -> Any:
    """A file as part of a form. A file that cannot seek is read into memory."""
    return _all_of(file) if size_of(file) is None else PartOfFile(file, file.tell())


def part_json(value: Any) -> bytes:
    """A value as a JSON part of a form."""
    return to_json(value)


def _all_of(file: Any) -> bytes:
    content = file.read()
    if isinstance(content, str):
        return content.encode()
    if not isinstance(content, (bytes, bytearray)):
        if inspect.iscoroutine(content):  # it would never be awaited
            content.close()
        raise TypeError(f"read() has to give bytes, and gives {type(content).__name__}")
    return bytes(content)


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


class AsyncPieces:
    """The pieces of a body for an asynchronous client."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class PartOfFile:
    """A view of a file whose position 0 is at ``start``."""

    def __init__(self, file: Any, start: int) -> None:
        self._file, self._start = file, start

    def read(self, size: int = -1) -> bytes:
        return cast("bytes", self._file.read(size))

    def tell(self) -> int:
        return cast("int", self._file.tell()) - self._start

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = self._start if whence == os.SEEK_SET else 0
        try:
            self._file.seek(base + offset, whence)
        except io.UnsupportedOperation as error:  # which HTTP libraries ignore
            raise OSError(f"a file cannot be read again: {error}") from error
        return self.tell()
