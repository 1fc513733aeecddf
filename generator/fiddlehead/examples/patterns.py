"""Texts that match the regular expressions of descriptions.

Values in examples are short and readable, the same for the same description, and as long as
`minLength` and `maxLength` want them. Libraries for this (rstr, exrex) know no limits of length,
and take characters and lengths at random.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from random import Random

from .regex_subset import ALPHABET, MAX_LENGTH, Chars, Choice, Node, Repeat, Sequence, parsed

_MAX_REPETITIONS = 6


def matcher(pattern: str) -> Callable[[str], bool] | None:
    """Whether a text matches, as a function; None where that is not known, or may take too long."""
    tree = parsed(pattern)
    repetitions = sum(map(pattern.count, "*+{"))
    if tree is None or tree.nested or repetitions > _MAX_REPETITIONS:
        return None
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def matching(pattern: str, least: int = 0, most: int | None = None, start: int = 0) -> str | None:
    """The text of a pattern that is made up, `least` to `most` characters long; None where the pattern is
    outside of the subset, or no such text is found. It is the same for the same arguments; `start`
    chooses other characters."""
    tree = parsed(pattern)
    if tree is None:
        return None
    compiled = re.compile(pattern)
    text = "".join(_texts(tree, least, _positions(start)))
    candidates = [text]
    if not tree.nested:
        # Without an anchor, more may stand around it.
        padding = "a" * (min(least, MAX_LENGTH) - len(text))
        candidates += [text + padding, padding + text]
    for each in candidates:
        if least <= len(each) <= (len(each) if most is None else most) and compiled.search(each):
            return each
    return None


def _positions(start: int) -> Iterator[int]:
    """What chooses the characters, one after the other: those of the alphabet, or others."""
    if not start:
        return itertools.count()
    random = Random(start)
    return iter(lambda: random.randrange(len(ALPHABET)), None)


def _texts(node: Node, least: int, position: Iterator[int]) -> Iterator[str]:
    """A text of a node in parts, which has `least` characters where the node allows so many."""
    match node:
        case Chars():
            yield node.choices[next(position) % len(node.choices)]
        case Sequence():
            yield from _row(node.parts, least, position)
        case Choice():
            long_enough = [each for each in node.alternatives if each.most >= least]
            yield from _texts((long_enough or node.alternatives)[0], least, position)
        case Repeat():
            item, count = node.item, node.low
            wanted = min(least, MAX_LENGTH)
            while (
                item.most
                and count < min(node.high, wanted)
                and (count == 0 or count * item.most < wanted)
            ):
                count += 1
            yield from _row((item,) * count, least, position)


def _row(parts: tuple[Node, ...], least: int, position: Iterator[int]) -> Iterator[str]:
    more = min(least, MAX_LENGTH) - sum(each.least for each in parts)
    for each in parts:
        given = int(min(max(more, 0), each.most - each.least))
        made = "".join(_texts(each, each.least + given, position))
        more -= len(made) - each.least
        yield made
