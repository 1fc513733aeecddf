"""Offsets, lines and columns of a file, whose text is kept in UTF-8."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

import pytest
from fiddlehead.diagnostics import LINE_END, SourceFile
from hypothesis import given
from hypothesis import strategies as st

PIECES = (
    "a",
    "bc",
    "\n",
    "\r",
    "\r\n",
    "\x85",
    "\u2028",
    "\u2029",
    "é",
    "漢字",
    "\N{GRINNING FACE}",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_lines_and_columns_are_those_of_the_text(text: str) -> None:
    source = SourceFile("api.json", text)
    assert source.text == text
    starts = [0, *(match.end() for match in re.finditer(LINE_END, text))]
    for line, start in enumerate(starts, 1):
        end = (*starts, len(text) + 1)[line]
        for column, index in enumerate(range(start, end), 1):
            offset = len(text[:index].encode())
            assert source.position(offset) == (line, column)
            assert source.offset(line, column) == offset


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_line_is_found_by_its_number(text: str) -> None:
    source = SourceFile("api.json", text)
    numbers = range(1, len(source.lines) + 1)
    assert [source.line(number) for number in numbers] == source.lines == text_lines(text)
    assert source.line(0) is None and source.line(len(source.lines) + 1) is None


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), st.integers(0, 9))
def test_the_bytes_of_a_file_are_its_text(text: str, before: int) -> None:
    """Also where a character is divided between two blocks."""
    text = "a" * (2**16 - before) + text
    for data in (text.encode(), BOM_UTF8 + text.encode()):
        assert SourceFile("api.json", data).text == text


@pytest.mark.parametrize("wrong", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"a\xf0\x9f\x98a"])
@pytest.mark.parametrize("before", [b"", b"a" * 100_000, "é".encode() * 70_000, BOM_UTF8])
def test_bytes_that_are_not_utf_8_have_a_place(before: bytes, wrong: bytes) -> None:
    with pytest.raises(UnicodeDecodeError) as expected:
        (before + wrong).decode("utf-8-sig")
    with pytest.raises(UnicodeDecodeError) as error:
        SourceFile("api.json", before + wrong)
    assert error.value.args == expected.value.args


def text_lines(text: str) -> list[str]:
    lines = re.split(LINE_END, text)
    return lines if lines[-1] else lines[:-1]
