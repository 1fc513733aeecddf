"""Regular expressions as trees: the subset whose matches can be made up and checked safely.

The expressions are those of ECMA 262 that Python understands too: literals, escapes, classes, `.`,
groups, alternatives, quantifiers (greedy or lazy), and the anchors `^` and `$` where a match begins
and ends. Lookaround, back-references, word boundaries, flags and Unicode properties are no part of
it. Python's own parser of expressions is private, and not the same in each version.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable
from typing import TypeAlias

from ..frozen import dataclass

MAX_LENGTH = 1000
"""The maximum length of a generated string."""
_MAX_PATTERN = 2000
_MAX_DEPTH = 40

ALPHABET = "".join(
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
class Chars:
    """One of several characters."""

    choices: str
    least = most = 1
    nested = False


@dataclass(frozen=True)
class Sequence:
    parts: tuple[Node, ...]

    @property
    def least(self) -> int:
        return sum(part.least for part in self.parts)

    @property
    def most(self) -> float:
        return sum(part.most for part in self.parts)

    @property
    def nested(self) -> bool:
        return any(part.nested for part in self.parts)


@dataclass(frozen=True)
class Choice:
    alternatives: tuple[Node, ...]

    @property
    def least(self) -> int:
        return min(alternative.least for alternative in self.alternatives)

    @property
    def most(self) -> float:
        return max(alternative.most for alternative in self.alternatives)

    @property
    def nested(self) -> bool:
        return any(alternative.nested for alternative in self.alternatives)


@dataclass(frozen=True)
class Repeat:
    """Repeats `item` at least `low` and at most `high` times."""

    item: Node
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
        varies = self.item.least != self.item.most or not isinstance(self.item, Chars | Sequence)
        return self.item.nested or (self.high > 1 and varies)


Node: TypeAlias = "Chars | Sequence | Choice | Repeat"


@functools.lru_cache(maxsize=1024)
def parsed(pattern: str) -> Node | None:
    """The tree of an expression; None if it is not supported, or its matches are too long."""
    if len(pattern) > _MAX_PATTERN:
        return None
    try:
        tree = _Parser(pattern).parse()
        re.compile(pattern)
    except (re.error, OverflowError, ValueError, _Unsupported):
        return None
    return tree if tree.least <= MAX_LENGTH else None


class _Parser:
    """Parses an expression; the result is undefined for expressions that `re` rejects."""

    def __init__(self, pattern: str) -> None:
        self._text, self._at, self._depth = pattern, 0, 0

    def parse(self) -> Node:
        tree = self._choice(starts=True, ends=True)
        if self._at < len(self._text):
            raise _Unsupported
        return tree

    def _choice(self, *, starts: bool, ends: bool) -> Node:
        """Alternatives, which are at the start of a match if `starts`, and at its end if `ends`."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _Unsupported
        result = [self._sequence(starts, ends)]
        while self._take("|"):
            result.append(self._sequence(starts, ends))
        self._depth -= 1
        return result[0] if len(result) == 1 else Choice(tuple(result))

    def _sequence(self, starts: bool, ends: bool) -> Node:
        parts: list[Node] = []
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
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, item: Node) -> Node:
        low, high = 1, 1.0
        if self._take("*"):
            low, high = 0, float("inf")
        elif self._take("+"):
            high = float("inf")
        elif self._take("?"):
            low = 0
        elif quantifier := re.compile(r"\{(\d+)(,?)(\d*)\}").match(self._text, self._at):
            self._at = quantifier.end()
            low = int(quantifier[1])
            high = float(quantifier[3] or "inf") if quantifier[2] else float(low)
        else:
            return item
        if not self._take("?") and self._text[self._at : self._at + 1] in ("*", "+", "{"):
            raise _Unsupported
        return Repeat(item, low, high)

    def _atom(self, starts: bool) -> Node:
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
            return _chars(lambda char: char != "\n")
        if self._take("\\"):
            return _chars(self._escape())
        char = self._text[self._at]
        if char in "*+?{":
            raise _Unsupported
        self._at += 1
        return Chars(char)

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
        name_match = re.compile(r"P<\w+>").match(self._text, self._at)
        self._at = name_match.end() if name_match else self._at
        return name_match is not None

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
            return lambda tested: tested in sets[char]
        if char and char in "DWS":
            return lambda tested: tested not in sets[char.lower()]
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


def _chars(test: str | Callable[[str], bool]) -> Chars:
    if not callable(test):
        return Chars(test)
    choices = "".join(filter(test, ALPHABET))
    if not choices and isinstance(test, _AnyOf):
        choices = "".join(item.first for item in test.tests if isinstance(item, _Range))
    choices = choices or "".join(filter(test, map(chr, range(0x20, 0x250))))
    if not choices:
        raise _Unsupported
    return Chars(choices)
