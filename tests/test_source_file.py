"""The lines of a packed file are those of its text."""

from __future__ import annotations

from fiddlehead.diagnostics import SourceFile
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
def test_a_packed_text_has_the_same_lines_at_the_same_offsets(text: str) -> None:
    plain, packed = SourceFile("api.json", text), SourceFile("api.json", text)
    packed.pack()
    assert packed.starts == plain.starts
    count = len(plain.starts)
    assert [packed.line(each) for each in range(count + 2)] == [
        plain.line(each) for each in range(count + 2)
    ]
    assert [plain.line(each) for each in range(1, len(plain.lines) + 1)] == plain.lines
