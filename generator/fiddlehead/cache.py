"""The cache folder. It may be deleted at any time.

An entry is one file, which is written atomically and has a checksum. A damaged entry counts as
missing. Nothing in an entry is executed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .paths import CACHE_SUFFIX, cache_folder

MOST_BYTES = 256 * 1024 * 1024
"""The size limit of the folder; the least recently used entries are deleted first."""
_LARGEST = 512 * 1024 * 1024
"""The maximum size of an unpacked entry in bytes."""
_MAGIC = b"fiddlehead cache 2\n"


def folder() -> Path:
    """The folder of the entries: `FIDDLEHEAD_CACHE`, or the user's cache folder."""
    return Path(cache_folder())


class Store:
    """Entries by key."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def read(self, key: str) -> tuple[bytes, ...] | None:
        """The sections of an entry; None if there is no valid entry."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            # Marks the entry as recently used.
            os.utime(path)
        except OSError:
            return None
        head = len(_MAGIC) + 32
        if not data.startswith(_MAGIC):
            return None
        packed = memoryview(data)[head:]
        if hashlib.sha256(packed).digest() != data[len(_MAGIC) : head]:
            return None
        try:
            return tuple(_unpacked(packed))
        except (zlib.error, struct.error, ValueError):
            return None

    def write(self, key: str, sections: Iterable[bytes]) -> None:
        """Writes an entry; does nothing if the folder cannot be written to."""
        packed = b"".join(map(_packed, sections))
        self.write_plain(key, _MAGIC, packed)

    def write_plain(self, key: str, magic: bytes, data: bytes) -> None:
        """The same for a file of another kind, whose data is not packed."""
        with contextlib.suppress(OSError):
            self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._place, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(magic + hashlib.sha256(data).digest())
                    file.write(data)
                Path(name).replace(self._path(key))
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
            self._trim()

    def _path(self, key: str) -> Path:
        return self._place / f"{key}{CACHE_SUFFIX}"

    def _trim(self) -> None:
        """Delete entries until the folder is small enough, and temporary files of interrupted runs."""
        entries: list[tuple[float, int, Path]] = []
        for path in self._place.iterdir():
            # Another process may have deleted it.
            with contextlib.suppress(OSError):
                if path.suffix in (CACHE_SUFFIX, ".part"):
                    stat = path.stat()
                    entries.append((stat.st_mtime, stat.st_size, path))
        total = 0
        for _, size, path in sorted(entries, reverse=True):
            total += size
            if total > MOST_BYTES:
                with contextlib.suppress(OSError):
                    path.unlink()


class Reading:
    """An entry that is read in a thread: unpacking does not hold Python's lock, so that modules are
    imported meanwhile."""

    def __init__(self, place: Path, key: str) -> None:
        self.key = key
        self._store = Store(place)
        self._sections: tuple[bytes, ...] | None = None
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        self._sections = self._store.read(self.key)

    def sections(self) -> tuple[bytes, ...] | None:
        """The sections of the entry; None if there is no valid entry."""
        self._thread.join()
        return self._sections


_LENGTH = struct.Struct("<Q")


def _packed(section: bytes) -> bytes:
    packed = zlib.compress(section, 1)
    return _LENGTH.pack(len(packed)) + packed


def _unpacked(data: memoryview) -> Iterator[bytes]:
    left = _LARGEST
    while data:
        (length,) = _LENGTH.unpack_from(data)
        unpacker = zlib.decompressobj()
        section = unpacker.decompress(data[_LENGTH.size : _LENGTH.size + length], left)
        if not unpacker.eof:
            raise ValueError("cut off, or too large")
        left = max(1, left - len(section))
        data = data[_LENGTH.size + length :]
        yield section
