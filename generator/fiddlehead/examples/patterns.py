"""Generates strings that match regular expressions.

Values in examples are short, readable, deterministic, and as long as `minLength` and `maxLength`
require. Libraries for this (rstr, exrex) have no limits of length, and select characters and
lengths at random.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from random import Random

from .regex_subset import ALPHABET, MAX_LENGTH, Chars, Choice, Node, Repeat, Sequence, parsed

_MAX_REPETITIONS = 6


def matcher(pattern: str) -> Callable[[str], bool] | None:
    """A function that checks whether a text matches; None if this is not supported, or may be too
    slow."""
    tree = parsed(pattern)
    repetitions = sum(map(pattern.count, "*+{"))
    if tree is None or tree.nested or repetitions > _MAX_REPETITIONS:
        return None
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def matching(pattern: str, least: int = 0, most: int | None = None, start: int = 0) -> str | None:
    """A generated string for a pattern with `least` to `most` characters; None if the pattern is
    not supported, or no such string is found. The result is deterministic; `start` selects other
    characters."""
    tree = parsed(pattern)
    if tree is None:
        return None
    compiled = re.compile(pattern)
    text = "".join(_texts(tree, least, _positions(start)))
    candidates = [text]
    if not tree.nested:
        # Without an anchor, there can be other characters around it.
        padding = "a" * (min(least, MAX_LENGTH) - len(text))
        candidates += [text + padding, padding + text]
    for candidate in candidates:
        if least <= len(candidate) <= (
            len(candidate) if most is None else most
        ) and compiled.search(candidate):
            return candidate
    return None


def _positions(start: int) -> Iterator[int]:
    """Functions that select characters, tried in order: those of the alphabet, or others."""
    if not start:
        return itertools.count()
    random = Random(start)
    return iter(lambda: random.randrange(len(ALPHABET)), None)


def _texts(node: Node, least: int, position: Iterator[int]) -> Iterator[str]:
    """The string of a node in parts, with `least` characters if the node allows so many."""
    match node:
        case Chars():
            yield node.choices[next(position) % len(node.choices)]
        case Sequence():
            yield from _row(node.parts, least, position)
        case Choice():
            long_enough = [
                alternative for alternative in node.alternatives if alternative.most >= least
            ]
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
    more = min(least, MAX_LENGTH) - sum(part.least for part in parts)
    for part in parts:
        repetitions = int(min(max(more, 0), part.most - part.least))
        text = "".join(_texts(part, part.least + repetitions, position))
        more -= len(text) - part.least
        yield text
