"""Unified diffs of bytes for `git apply`."""

from __future__ import annotations

import difflib
import re

_NO_NEWLINE = b"\\ No newline at end of file\n"


def unified(path: str, old: bytes | None, new: bytes | None) -> bytes:
    """The diff of one file; None means that the file does not exist. Empty if there is no
    difference.

    `path` is relative to the folder where the diff will be applied. Only `\\n` ends a line, as in
    git.
    """
    if old == new:
        return b""
    before, after = _quoted("a/", path), _quoted("b/", path)
    head = [b"diff --git " + before + b" " + after + b"\n"]
    if old is None:
        head.append(b"new file mode 100644\n")
    if new is None:
        head.append(b"deleted file mode 100644\n")
    body = list(
        difflib.diff_bytes(
            difflib.unified_diff,
            _lines(old or b""),
            _lines(new or b""),
            b"/dev/null" if old is None else before + _tab(path),
            b"/dev/null" if new is None else after + _tab(path),
            lineterm=b"\n",
        )
    )
    complete = (line if line.endswith(b"\n") else line + b"\n" + _NO_NEWLINE for line in body)
    return b"".join([*head, *complete])


def _lines(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+$", data)


def _quoted(prefix: str, path: str) -> bytes:
    """A path as in git's diffs: quoted like a C string if it has unusual characters."""
    raw = (prefix + path).encode("utf-8", "surrogateescape")
    if not re.search(rb'["\\\x00-\x1f\x7f-\xff]', raw):
        return raw
    escaped = b"".join(
        (
            b"\\%03o" % byte
            if byte < 32 or byte > 126
            else b"\\" + bytes([byte]) if byte in b'"\\' else bytes([byte])
        )
        for byte in raw
    )
    return b'"' + escaped + b'"'


def _tab(path: str) -> bytes:
    # git writes and expects a tab after a name with spaces.
    return b"\t" if " " in path else b""
