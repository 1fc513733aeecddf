"""The text of an input file, and where its lines begin."""

from __future__ import annotations

import contextlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from itertools import accumulate

LINE_END = "\r\n?|[\n\x85\u2028\u2029]"
"""The line ends of YAML parsers (YAML 1.1, section 5.4)."""
_RARE_LINE_ENDS = "\r\x85\u2028\u2029"


class SourceFile:
    """The text of one input file, and its name in messages."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text: str | bytes = text

    @property
    def text(self) -> str:
        return self._text if isinstance(self._text, str) else self._text.decode("utf-8")

    def pack(self) -> None:
        """Compresses the text, once it is rarely needed: a single emoji makes each character of a
        string take four bytes."""
        if isinstance(self._text, str) and not self._text.isascii():
            with contextlib.suppress(UnicodeEncodeError):
                self._text = self._text.encode("utf-8")

    @cached_property
    def lines(self) -> list[str]:
        lines = re.split(LINE_END, self.text)
        return lines if lines[-1] else lines[:-1]

    @cached_property
    def starts(self) -> array[int]:
        """The offset of each line, in characters."""
        if isinstance(self._text, bytes):
            return _in_characters(self._byte_starts, self._text)
        text = self._text
        if any(end in text for end in _RARE_LINE_ENDS):
            return array("L", [0, *(match.end() for match in re.finditer(LINE_END, text))])
        # Most files have no others: to look for them alone takes a third of the time.
        found = array("L", [0])
        end = text.find("\n")
        while end >= 0:
            found.append(end + 1)
            end = text.find("\n", end + 1)
        return found

    @cached_property
    def _byte_starts(self) -> array[int]:
        """The offset of each line in a text that is packed."""
        assert isinstance(self._text, bytes)
        text = self._text
        if b"\r" in text or _RARE.search(text):
            return array("L", [0, *(match.end() for match in _BYTES_OF_LINE_END.finditer(text))])
        found = array("L", [0, *accumulate(map(len, BytesIO(text)))])
        if not text.endswith(b"\n"):
            found.pop()  # The last line has no end.
        return found

    def line(self, number: int) -> str | None:
        """The line of that number, which counts from 1, without its end; None where there is
        none."""
        text = self._text
        starts = self.starts if isinstance(text, str) else self._byte_starts
        if not 0 < number <= len(starts):
            return None
        start, end = starts[number - 1], starts[number] if number < len(starts) else len(text)
        if start == len(text):
            return None
        part = text[start:end]
        line = part if isinstance(part, str) else part.decode("utf-8")
        return re.split(LINE_END, line, maxsplit=1)[0]


_RARE_BYTES = rb"\xc2\x85|\xe2\x80[\xa8\xa9]"
_RARE = re.compile(_RARE_BYTES)
_BYTES_OF_LINE_END = re.compile(rb"\r\n?|\n|" + _RARE_BYTES)
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


def _in_characters(starts: array[int], text: bytes) -> array[int]:
    """Offsets of lines in UTF-8 as offsets in the decoded text, which may be many times as long."""
    found, extra, done = array("L"), 0, 0
    for start, end in _runs(text):
        until = bisect_right(starts, start, done)
        found.extend(each - extra for each in starts[done:until])
        done = until
        extra += end - start - len(text[start:end].decode("utf-8"))
    found.extend(each - extra for each in starts[done:])
    return found


def _runs(text: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of characters with more than one byte; a line end is the last character of its
    range."""
    for run in _NOT_ASCII.finditer(text):
        start = run.start()
        for line_end in _RARE.finditer(text, start, run.end()):
            yield start, line_end.end()
            start = line_end.end()
        if start < run.end():
            yield start, run.end()
