"""Shows two texts side by side, line by line, and marks differences inside lines."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, unified_diff
from typing import Literal

from ..frozen import dataclass

_WORDS = re.compile(r"\w+|\W")

MOST_LINES = 1_500
"""The maximum number of lines in the diff of one file on a page."""

MOST_IN_ALL = 20_000
"""The maximum number of lines in all diffs on a page, to limit the layout time of browsers."""


@dataclass(frozen=True)
class Cell:
    """A line of one side: the text before, in and after the part that differs."""

    kind: Literal["same", "del", "ins", "none"]
    head: str = ""
    mark: str = ""
    tail: str = ""


def side_by_side(before: str, after: str) -> list[tuple[Cell, Cell]]:
    """Rows of two cells; a line without a counterpart is next to an empty cell."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[tuple[Cell, Cell]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            rows += [(Cell("same", line), Cell("same", line)) for line in old[i1:i2]]
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            left = old[i1 + offset] if i1 + offset < i2 else None
            right = new[j1 + offset] if j1 + offset < j2 else None
            rows.append(_row(left, right))
    return rows


def _row(left: str | None, right: str | None) -> tuple[Cell, Cell]:
    if left is None or right is None:
        return (
            Cell("none") if left is None else Cell("del", mark=left),
            Cell("none") if right is None else Cell("ins", mark=right),
        )
    old, new = _WORDS.findall(left), _WORDS.findall(right)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return _cell("del", old, start, end), _cell("ins", new, start, end)


def _cell(kind: Literal["del", "ins"], words: list[str], start: int, end: int) -> Cell:
    last = len(words) - end
    return Cell(kind, "".join(words[:start]), "".join(words[start:last]), "".join(words[last:]))


def _common(left: list[str], right: list[str]) -> int:
    """The number of equal words at the start of two lines."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


@dataclass(frozen=True)
class FileDiff:
    """The diff of one generated file; `lines` are (kind, text) pairs."""

    path: str
    status: Literal["added", "removed", "changed"]
    added: int
    removed: int
    lines: tuple[tuple[str, str], ...]
    left_out: int = 0


def diff_files(old: dict[str, str], new: dict[str, str]) -> list[FileDiff]:
    """The files that differ, by path; long diffs are truncated, with the number of omitted lines."""
    result: list[FileDiff] = []
    room = MOST_IN_ALL
    for path in sorted({*old, *new}):
        before, after = old.get(path), new.get(path)
        if before == after:
            continue
        lines = list(
            unified_diff((before or "").splitlines(), (after or "").splitlines(), lineterm="", n=3)
        )[2:]
        kinds = [_KINDS.get(line[:1], "same") for line in lines]
        count = min(len(lines), MOST_LINES, room)
        room -= count
        result.append(
            FileDiff(
                path,
                "added" if before is None else "removed" if after is None else "changed",
                kinds.count("ins"),
                kinds.count("del"),
                tuple(zip(kinds[:count], lines[:count], strict=True)),
                len(lines) - count,
            )
        )
    return result


_KINDS = {"+": "ins", "-": "del", "@": "hunk"}


def changed_lines(before: str | None, after: str | None) -> list[tuple[str, str]]:
    """Only the removed (-) and added (+) lines."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    result: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            result += [("-", line) for line in old[i1:i2]]
            result += [("+", line) for line in new[j1:j2]]
    return result
