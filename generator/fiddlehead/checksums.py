"""Checksums of files and texts. Imports only what hashing needs, because `check --fast` starts with it."""

from __future__ import annotations

import binascii
import hashlib
import os

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_BLOCK = 1 << 16


def normalized(data: bytes) -> bytes:
    """Text with LF line endings. Data with a NUL byte is binary, as in git, and unchanged."""
    # One byte is found many times as fast as two.
    if b"\r" not in data or b"\r\n" not in data or b"\0" in data:
        return data
    return data.replace(b"\r\n", b"\n")


def digest(data: bytes) -> str:
    """The SHA-256 of a file's text with LF line endings, as hexadecimal digits."""
    return hashlib.sha256(normalized(data)).hexdigest()


def file_digest(path: str) -> str:
    """The same of a file, which is read in blocks unless its line endings may have to be replaced."""
    total = hashlib.sha256()
    for block in blocks(path):
        if b"\r" in block:
            return digest(b"".join(blocks(path)))
        total.update(block)
    return total.hexdigest()


def blocks(path: str) -> Generator[bytes, None, None]:
    """The content of a file in blocks. File objects of Python take twice the time for a small one, and
    new memory for all of a large one takes as long as hashing it."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        while block := os.read(handle, _BLOCK):
            yield block
    finally:
        os.close(handle)


def listed(checksums: Mapping[str, str]) -> bytes:
    """The SHA-256 of checksums by name, as a sorted list in the format of `sha256sum`."""
    lines = "".join(f"{checksums[name]}  {name}\n" for name in sorted(checksums))
    return hashlib.sha256(lines.encode()).digest()


def tree_hash(checksums: Mapping[str, str]) -> str:
    """One hash of many files: the `h1:` hash of Go modules (golang.org/x/mod/sumdb/dirhash)."""
    return "h1:" + binascii.b2a_base64(listed(checksums), newline=False).decode()


def combined(checksums: Mapping[str, str]) -> str:
    """The checksum of one file; for several files, the checksum of their list."""
    if len(checksums) == 1:
        return next(iter(checksums.values()))
    return listed(checksums).hex()
