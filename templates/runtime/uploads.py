"""Files in request bodies: read from their current position, also on retries."""

import inspect
import io
import os
from typing import Any, cast

from .encode import to_json


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


def part_content(file: Any) -> Any:
    """A file as part of a form. A file that cannot seek is read into memory."""
    return all_of(file) if size_of(file) is None else PartOfFile(file, file.tell())


def part_json(value: Any) -> bytes:
    """A value as a JSON part of a form."""
    return to_json(value)


def all_of(file: Any) -> bytes:
    """The content of a file after the current position."""
    content = file.read()
    if isinstance(content, str):
        return content.encode()
    if not isinstance(content, (bytes, bytearray)):
        if inspect.iscoroutine(content):  # it would never be awaited
            content.close()
        raise TypeError(f"read() has to give bytes, and gives {type(content).__name__}")
    return bytes(content)


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
