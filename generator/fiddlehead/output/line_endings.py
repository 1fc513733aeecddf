"""Line endings: a checkout with CRLF (git's `core.autocrlf`) has the same text as one with LF."""

from __future__ import annotations

from ..checksums import normalized


def same_text(one: bytes | None, other: bytes | None) -> bool:
    """Whether two files differ at most in line endings. None means a missing file."""
    if one is None or other is None:
        return one is other
    return one == other or normalized(one) == normalized(other)


def with_endings_of(data: bytes, old: bytes | None) -> bytes:
    """`data` with the line endings of the file that it replaces: CRLF if all its lines have CRLF."""
    if old is None or b"\0" in data or not _has_crlf_only(old):
        return data
    return normalized(data).replace(b"\n", b"\r\n")


def _has_crlf_only(data: bytes) -> bool:
    return b"\r\n" in data and data.count(b"\n") == data.count(b"\r\n")
