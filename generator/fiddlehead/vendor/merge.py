"""Three-way merge of texts by lines, as in diff3."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from ..frozen import dataclass


@dataclass(frozen=True)
class Merged:
    """The merged text; conflicts have both versions between markers."""

    text: str
    conflicts: int


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Combine the changes from `base` to `ours` with those from `base` to `theirs`."""
    lines: list[str] = []
    conflicts = 0
    for old, left, right in _regions(_lines(base), _lines(ours), _lines(theirs)):
        if left == right or right == old:
            lines += left
        elif left == old:
            lines += right
        else:
            conflicts += 1
            lines += _marked(left, right)
    return Merged("".join(lines), conflicts)


def mark_differences(ours: str, theirs: str) -> Merged:
    """Both texts in one, without a common base: all differences are between markers."""
    left, right = _lines(ours), _lines(theirs)
    lines: list[str] = []
    conflicts = at_left = at_right = 0
    for block in _blocks(left, right):
        one, other = left[at_left : block.a], right[at_right : block.b]
        if one or other:
            conflicts += 1
            lines += _marked(one, other)
        lines += left[block.a : block.a + block.size]
        at_left, at_right = block.a + block.size, block.b + block.size
    return Merged("".join(lines), conflicts)


def _marked(left: Sequence[str], right: Sequence[str]) -> list[str]:
    return ["<<<<<<< yours\n", *_ended(left), "=======\n", *_ended(right), ">>>>>>> new\n"]


def _lines(text: str) -> list[str]:
    """Lines with their ends; only `\\n` ends a line, as in git."""
    parts = text.split("\n")
    return [*(part + "\n" for part in parts[:-1]), *([parts[-1]] if parts[-1] else [])]


def _ended(lines: Sequence[str]) -> list[str]:
    return [line if line.endswith("\n") else line + "\n" for line in lines]


def _regions(
    base: list[str], ours: list[str], theirs: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three texts split at common parts: each piece of the base with both its versions."""
    at, at_ours, at_theirs = 0, 0, 0
    for start, start_ours, start_theirs, length in _common(base, ours, theirs):
        if (start, start_ours, start_theirs) != (at, at_ours, at_theirs):
            yield base[at:start], ours[at_ours:start_ours], theirs[at_theirs:start_theirs]
        alike = base[start : start + length]
        if alike:
            yield alike, alike, alike
        at, at_ours, at_theirs = start + length, start_ours + length, start_theirs + length


def _common(
    base: list[str], ours: list[str], theirs: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """The parts of the base that both sides have, as positions and length; the end is the last one."""
    left, right = _blocks(base, ours), _blocks(base, theirs)
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].a, right[j].a)
        end = min(left[i].a + left[i].size, right[j].a + right[j].size)
        if start < end:
            yield (
                start,
                left[i].b + start - left[i].a,
                right[j].b + start - right[j].a,
                end - start,
            )
        if left[i].a + left[i].size < right[j].a + right[j].size:
            i += 1
        else:
            j += 1
    yield len(base), len(ours), len(theirs), 0


def _blocks(one: list[str], other: list[str]) -> list[difflib.Match]:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
