"""The text of an input file, and where its lines begin."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from codecs import BOM_UTF8, getincrementaldecoder
from functools import cached_property
from io import BytesIO
from itertools import accumulate

LINE_END = "\r\n?|[\n\x85\u2028\u2029]"
"""The line ends of YAML parsers (YAML 1.1, section 5.4)."""
_RARE_LINE_ENDS = ("\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9")
_LINE_END_IN_OCTETS = re.compile("\r\n|\n|" + "|".join(_RARE_LINE_ENDS))


def decoded(octets: str) -> str:
    """A part of `SourceFile.octets` as text."""
    return octets if octets.isascii() else octets.encode("latin-1").decode("utf-8")


def _encoded(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("latin-1")


def _checked(data: bytes) -> str:
    """The octets of a file, which raises UnicodeDecodeError if it is not UTF-8.

    It is decoded by blocks, because a whole text takes four bytes for each character.
    """
    decoder = getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        data.decode("utf-8-sig")  # This error has the place in the file.
        raise
    return data.removeprefix(BOM_UTF8).decode("latin-1")


_BLOCK = 1 << 16


class SourceFile:
    """The text of one input file, and its name in messages.

    Attributes:
        name: The name.
        octets: The text in UTF-8, with a character for each byte. In a string, a single emoji makes
        each character of it take four bytes.
    """

    def __init__(self, name: str, content: str | bytes) -> None:
        """`content` is its text, or the bytes of the file; raises UnicodeDecodeError."""
        self.name = name
        self.octets = _encoded(content) if isinstance(content, str) else _checked(content)

    @property
    def text(self) -> str:
        return decoded(self.octets)

    @cached_property
    def lines(self) -> list[str]:
        lines = re.split(LINE_END, self.text)
        return lines if lines[-1] else lines[:-1]

    @cached_property
    def _starts(self) -> array[int]:
        """The offset of each line in the octets."""
        octets = self.octets
        # `in` takes a twentieth of the time of a regular expression.
        if any(end in octets for end in _RARE_LINE_ENDS):
            ends = (match.end() for match in _LINE_END_IN_OCTETS.finditer(octets))
            return array("L", [0, *ends])
        # Most files have no others: this takes a third of the time.
        result = array("L", [0, *accumulate(map(len, BytesIO(octets.encode("latin-1"))))])
        if octets and not octets.endswith("\n"):
            result.pop()  # The last line has no end.
        return result

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column at an offset in the octets."""
        line = bisect_right(self._starts, offset)
        return line, len(decoded(self.octets[self._starts[line - 1] : offset])) + 1

    def offset(self, line: int, column: int) -> int:
        """The offset in the octets of a line and a column."""
        start = self._starts[line - 1]
        before = decoded(self._octets_of(line))[: column - 1]
        return start + len(_encoded(before))

    def _octets_of(self, line: int) -> str:
        """The octets of a line, with its end."""
        starts = self._starts
        end = starts[line] if line < len(starts) else len(self.octets)
        return self.octets[starts[line - 1] : end]

    def line(self, number: int) -> str | None:
        """The line of that number, which counts from 1, without its end; None where there is
        none."""
        line = self._octets_of(number) if 0 < number <= len(self._starts) else ""
        return re.split(LINE_END, decoded(line), maxsplit=1)[0] if line else None
