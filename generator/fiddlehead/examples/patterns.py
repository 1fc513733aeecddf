"""Generates strings that match regular expressions.

Supported is a common subset of ECMA 262 and Python: literals, escapes, classes, `.`, groups,
alternatives, quantifiers (greedy or lazy), and the anchors `^` and `$` at the start and end of a
match. Lookaround, back-references, word boundaries, flags and Unicode properties are not supported.
"""

from __future__ import annotations

import functools
import itertools
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

MAX_LENGTH = 1000
"""The maximum length of a generated string."""
_MAX_PATTERN = 2000
_MAX_DEPTH = 40
_MAX_REPETITIONS = 6

_ALPHABET = "".join(
    dict.fromkeys(
        f"{string.ascii_lowercase}1234567890{string.ascii_uppercase}-_.~ {string.punctuation}"
    )
)
"""The preferred characters, in order."""
_SPACE = " \t\n\r\f\v"
_WORD = string.ascii_letters + string.digits + "_"
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


class _Unsupported(Exception):
    """The expression is not in the supported subset."""


@dataclass(frozen=True)
class _Chars:
    """One of several characters."""

    choices: str
    least = most = 1
    nested = False


@dataclass(frozen=True)
class _Sequence:
    parts: tuple[_Node, ...]

    @property
    def least(self) -> int:
        return sum(each.least for each in self.parts)

    @property
    def most(self) -> float:
        return sum(each.most for each in self.parts)

    @property
    def nested(self) -> bool:
        return any(each.nested for each in self.parts)


@dataclass(frozen=True)
class _Choice:
    alternatives: tuple[_Node, ...]

    @property
    def least(self) -> int:
        return min(each.least for each in self.alternatives)

    @property
    def most(self) -> float:
        return max(each.most for each in self.alternatives)

    @property
    def nested(self) -> bool:
        return any(each.nested for each in self.alternatives)


@dataclass(frozen=True)
class _Repeat:
    """Repeats `item` at least `low` and at most `high` times."""

    item: _Node
    low: int
    high: float

    @property
    def least(self) -> int:
        return self.low * self.item.least

    @property
    def most(self) -> float:
        return self.item.most * self.high if self.item.most and self.high else 0

    @property
    def nested(self) -> bool:
        """Whether repetitions are nested, which can make a search exponential."""
        varies = self.item.least != self.item.most or not isinstance(self.item, _Chars | _Sequence)
        return self.item.nested or (self.high > 1 and varies)


_Node: TypeAlias = "_Chars | _Sequence | _Choice | _Repeat"


def matcher(pattern: str) -> Callable[[str], bool] | None:
    """A function that checks whether a text matches; None if this is not supported, or may be too
    slow."""
    tree = _tree(pattern)
    repetitions = sum(map(pattern.count, "*+{"))
    if tree is None or tree.nested or repetitions > _MAX_REPETITIONS:
        return None
    compiled = re.compile(pattern)
    return lambda text: compiled.search(text) is not None


def matching(pattern: str, least: int = 0, most: int | None = None, start: int = 0) -> str | None:
    """A generated string for a pattern with `least` to `most` characters; None if the pattern is
    not supported, or no such string is found. The result is deterministic; `start` selects other
    characters."""
    tree = _tree(pattern)
    if tree is None:
        return None
    compiled = re.compile(pattern)
    text = "".join(_texts(tree, least, _positions(start)))
    candidates = [text]
    if not tree.nested:
        # Without an anchor, there can be other characters around it.
        padding = "a" * (min(least, MAX_LENGTH) - len(text))
        candidates += [text + padding, padding + text]
    for each in candidates:
        if least <= len(each) <= (len(each) if most is None else most) and compiled.search(each):
            return each
    return None


def _positions(start: int) -> Iterator[int]:
    """Functions that select characters, tried in order: those of the alphabet, or others."""
    if not start:
        return itertools.count()
    random = Random(start)
    return iter(lambda: random.randrange(len(_ALPHABET)), None)


@functools.lru_cache(maxsize=1024)
def _tree(pattern: str) -> _Node | None:
    if len(pattern) > _MAX_PATTERN:
        return None
    try:
        tree = _Parser(pattern).parse()
        re.compile(pattern)
    except (re.error, OverflowError, ValueError, _Unsupported):
        return None
    return tree if tree.least <= MAX_LENGTH else None


def _texts(node: _Node, least: int, position: Iterator[int]) -> Iterator[str]:
    """The string of a node in parts, with `least` characters if the node allows so many."""
    match node:
        case _Chars():
            yield node.choices[next(position) % len(node.choices)]
        case _Sequence():
            yield from _row(node.parts, least, position)
        case _Choice():
            long_enough = [each for each in node.alternatives if each.most >= least]
            yield from _texts((long_enough or node.alternatives)[0], least, position)
        case _Repeat():
            item, count = node.item, node.low
            wanted = min(least, MAX_LENGTH)
            while (
                item.most
                and count < min(node.high, wanted)
                and (count == 0 or count * item.most < wanted)
            ):
                count += 1
            yield from _row((item,) * count, least, position)


def _row(parts: tuple[_Node, ...], least: int, position: Iterator[int]) -> Iterator[str]:
    more = min(least, MAX_LENGTH) - sum(each.least for each in parts)
    for each in parts:
        given = int(min(max(more, 0), each.most - each.least))
        made = "".join(_texts(each, each.least + given, position))
        more -= len(made) - each.least
        yield made


class _Parser:
    """Parses an expression; the result is undefined for expressions that `re` rejects."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._depth = pattern, 0, 0

    def parse(self) -> _Node:
        tree = self._choice(starts=True, ends=True)
        if self._at < len(self._text):
            raise _Unsupported
        return tree

    def _choice(self, *, starts: bool, ends: bool) -> _Node:
        """Alternatives, which are at the start of a match if `starts`, and at its end if `ends`."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _Unsupported
        found = [self._sequence(starts, ends)]
        while self._take("|"):
            found.append(self._sequence(starts, ends))
        self._depth -= 1
        return found[0] if len(found) == 1 else _Choice(tuple(found))

    def _sequence(self, starts: bool, ends: bool) -> _Node:
        parts: list[_Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            if self._take("^"):
                if not starts or parts:
                    raise _Unsupported
                continue
            if self._take("$"):
                if not ends or self._text[self._at : self._at + 1] not in ("", "|", ")"):
                    raise _Unsupported
                continue
            parts.append(self._repeated(self._atom(starts and not parts)))
        return parts[0] if len(parts) == 1 else _Sequence(tuple(parts))

    def _repeated(self, item: _Node) -> _Node:
        low, high = 1, 1.0
        if self._take("*"):
            low, high = 0, float("inf")
        elif self._take("+"):
            high = float("inf")
        elif self._take("?"):
            low = 0
        elif found := re.compile(r"\{(\d+)(,?)(\d*)\}").match(self._text, self._at):
            self._at = found.end()
            low = int(found[1])
            high = float(found[3] or "inf") if found[2] else float(low)
        else:
            return item
        if not self._take("?") and self._text[self._at : self._at + 1] in ("*", "+", "{"):
            raise _Unsupported
        return _Repeat(item, low, high)

    def _atom(self, starts: bool) -> _Node:
        if self._take("("):
            if self._take("?") and not (self._take(":") or self._take_name()):
                raise _Unsupported
            # The end of a match can be in the last group, if it is not repeated.
            tree = self._choice(starts=starts, ends=self._is_last_group())
            if not self._take(")"):
                raise _Unsupported
            return tree
        if self._take("["):
            return _chars(self._class())
        if self._take("."):
            return _chars(lambda each: each != "\n")
        if self._take("\\"):
            return _chars(self._escape())
        char = self._text[self._at]
        if char in "*+?{":
            raise _Unsupported
        self._at += 1
        return _Chars(char)

    def _is_last_group(self) -> bool:
        depth, at, in_class = 1, self._at, False
        while at < len(self._text) and depth:
            char = self._text[at]
            if char == "\\":
                at += 1
            elif in_class:
                in_class = char != "]"
            elif char == "[":
                in_class = True
            else:
                depth += (char == "(") - (char == ")")
            at += 1
        rest = self._text[at:]
        return not rest.strip(")$") or rest.startswith("|")

    def _take_name(self) -> bool:
        found = re.compile(r"P<\w+>").match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found is not None

    def _class(self) -> Callable[[str], bool]:
        negated = self._take("^")
        tests: list[Callable[[str], bool]] = []
        while not self._take("]"):
            first = self._member()
            last = first
            if self._text[self._at + 1 : self._at + 2] != "]" and self._take("-"):
                last = self._member()
            if not callable(first) and not callable(last):
                tests.append(_Range(first, last))
            elif callable(first) and last is first:
                tests.append(first)
            else:
                raise _Unsupported
        if negated:
            return lambda char: not any(test(char) for test in tests)
        return _AnyOf(tuple(tests))

    def _member(self) -> str | Callable[[str], bool]:
        if self._take("\\"):
            return "\b" if self._take("b") else self._escape()
        char = self._text[self._at : self._at + 1]
        # Python warns about nested sets, whose meaning may change.
        if (
            not char
            or char == "["
            or self._text[self._at : self._at + 2] in ("--", "&&", "~~", "||")
        ):
            raise _Unsupported
        self._at += 1
        return char

    def _escape(self) -> str | Callable[[str], bool]:
        """The expression after a backslash: a character, or a character class."""
        char = self._text[self._at : self._at + 1]
        self._at += 1
        sets = {"d": string.digits, "w": _WORD, "s": _SPACE}
        if char in sets:
            return lambda each: each in sets[char]
        if char and char in "DWS":
            return lambda each: each not in sets[char.lower()]
        if char in ("x", "u"):
            digits = self._text[self._at : self._at + (2 if char == "x" else 4)]
            self._at += len(digits)
            return chr(int(digits, 16))
        if char in _ESCAPED:
            return _ESCAPED[char]
        if not char or char.isalnum():
            raise _Unsupported
        return char

    def _take(self, text: str) -> bool:
        taken = self._text.startswith(text, self._at)
        self._at += len(text) if taken else 0
        return taken


@dataclass(frozen=True)
class _Range:
    first: str
    last: str

    def __call__(self, char: str) -> bool:
        return self.first <= char <= self.last


@dataclass(frozen=True)
class _AnyOf:
    tests: tuple[Callable[[str], bool], ...]

    def __call__(self, char: str) -> bool:
        return any(test(char) for test in self.tests)


def _chars(test: str | Callable[[str], bool]) -> _Chars:
    if not callable(test):
        return _Chars(test)
    choices = "".join(filter(test, _ALPHABET))
    if not choices and isinstance(test, _AnyOf):
        choices = "".join(each.first for each in test.tests if isinstance(each, _Range))
    choices = choices or "".join(filter(test, map(chr, range(0x20, 0x250))))
    if not choices:
        raise _Unsupported
    return _Chars(choices)
