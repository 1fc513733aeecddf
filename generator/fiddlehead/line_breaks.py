"""Breaks long statements of common kinds over lines as black does, without black.

Black takes a millisecond for each, more than anything else that is printed. Other statements are left
to black (formatting.py). tests/python/test_layout.py compares each kind with black, wherever the line ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeAlias

from .frozen import dataclass


@dataclass(frozen=True)
class Atom:
    """Source code on one line."""

    text: str

    @cached_property
    def flat(self) -> str:
        return self.text


@dataclass(frozen=True)
class Group:
    """A bracket with items, each a prefix (`name=`, `"key": `) and a value; "(" alone is a tuple."""

    open: str
    items: tuple[tuple[str, Expression], ...]
    close: str

    @cached_property
    def flat(self) -> str:
        return self.open + self.inner + self.close

    @cached_property
    def inner(self) -> str:
        """The text in the brackets, on one line."""
        text = ", ".join(prefix + value.flat for prefix, value in self.items)
        return f"{text}," if self.open == "(" and len(self.items) == 1 else text


Expression: TypeAlias = Atom | Group


def expression_lines(
    expression: Expression, width: int, indent: int = 0, before: str = "", after: str = ""
) -> list[str]:
    """The lines of `before` + expression + `after`, at most `width` columns wide where possible."""
    pad = " " * indent
    line = pad + before + expression.flat + after
    if len(line) <= width or isinstance(expression, Atom) or not expression.items:
        return [line]
    inner = " " * (indent + 4) + expression.inner
    lines = [pad + before + expression.open]
    # The arguments of a call may share a line, the items of a list or a dict may not.
    if len(inner) <= width and (len(expression.items) == 1 or len(expression.open) > 1):
        lines.append(inner)
    else:
        # A single item gets no trailing comma, because black does not split it.
        comma = "," if len(expression.items) > 1 or expression.open == "(" else ""
        for prefix, value in expression.items:
            lines += expression_lines(value, width, indent + 4, prefix, comma)
    return [*lines, pad + expression.close + after]


# --- lines ------------------------------------------------------------------------------------

_NAME = r"[A-Za-z_]\w*"
_PATH = rf"{_NAME}(?:\.{_NAME})*"
_STRING = r'"[^"\\]*"'
_UNBREAKABLE = re.compile(
    rf"(?:\| )?{_PATH},?|{_STRING},|(?:{_NAME}|{_STRING})(?: as|:) (?:{_NAME}|{_STRING}),|\d+: {_PATH},",
    re.ASCII,
)
"""A line in brackets that black never changes: a name, a plain string, or two of them."""
_PLAIN_PARAMETER = re.compile(rf"{_NAME}: {_PATH},", re.ASCII)
"""A parameter whose type is a class, without a default."""
_OPENING = re.compile(rf"{_NAME} = \(|from [\w.]+ import \(", re.ASCII)
"""The first line of an alias or an import that templates have broken; its name alone is too long."""


def is_unbreakable(line: str, bracket: str | None) -> bool:
    """Whether black does not change a line, however long it is. `bracket` is the innermost open one,
    or `def` for that of a method's parameters."""
    if bracket is None:
        return bool(_OPENING.fullmatch(line))
    return bool(
        _UNBREAKABLE.fullmatch(line) or (bracket == "def" and _PLAIN_PARAMETER.fullmatch(line))
    )


def broken(line: str, indent: int, width: int) -> list[str] | None:
    """A long line without its indentation, as black breaks it, indented; None for other kinds."""
    if not line.isascii():
        return None
    for pattern, lines in _KINDS:
        match = pattern.fullmatch(line)
        if match is not None:
            space = " " * indent
            result = lines(match, width - indent)
            return None if result is None else [f"{space}{text}" for text in result]
    return None


def _call(match: re.Match[str], width: int) -> list[str] | None:
    return _inside(match.groups(), width)


def _inside(parts: Sequence[str], width: int) -> list[str] | None:
    """What is in brackets on a line of its own, if it fits there."""
    before, inner, after = parts
    if len(before) > width or len(inner) + 4 > width or len(after) > width:
        return None
    return [before, f"    {inner}", after]


def _class(match: re.Match[str], width: int) -> list[str] | None:
    before, inner, after = match.groups()
    return _inside(match.groups(), width) or (
        None if "," in inner else [before, f"    {inner}", after]
    )


def _value(match: re.Match[str], width: int) -> list[str] | None:
    """A value in parentheses, if it fits on a line of its own; otherwise nothing helps."""
    before, inner, after = match.groups()
    if len(inner) + 4 > width and not after:
        return [match[0]]
    return _inside((f"{before}(", inner, f"){after}"), width)


def _getter(match: re.Match[str], width: int) -> list[str] | None:
    """The first line of a method without arguments."""
    name, returns = match.groups()
    after = f") -> {returns}:"
    return None if len(after) > width else [f"def {name}(", "    self,", after]


def _import(match: re.Match[str], width: int) -> list[str]:
    return [f"{match[1]}(", *(f"    {name}," for name in match[2].split(", ")), ")"]


def _union(match: re.Match[str], width: int) -> list[str] | None:
    """An argument that is a union, with a line for each member."""
    first, *others = match[1].split(" | ")
    return [first, *(f"| {member}" for member in others[:-1]), f"| {others[-1]},"]


def _dictionary(match: re.Match[str], width: int) -> list[str]:
    pairs = tuple(("", Atom(pair)) for pair in re.findall(rf"{_STRING}: {_NAME}", match[2]))
    return expression_lines(Group("{", pairs, "}"), width, 0, match[1], ",")


def _nested_calls(match: re.Match[str], width: int) -> list[str] | None:
    """An argument that is a call of calls and dictionaries, as credentials are; None if another
    value does not fit."""
    lines = expression_lines(_tree(match[2]), width, 0, match[1], ",")
    return None if any(len(line) > width for line in lines) else lines


def _tree(text: str) -> Expression:
    opened = _OPENED.match(text)
    inner = _items(text[opened.end() : -1]) if opened is not None else None
    if opened is None or not inner:
        return Atom(text)
    items: list[tuple[str, Expression]] = []
    for item in inner:
        prefix = _PREFIX.match(item)
        start = prefix.end() if prefix is not None else 0
        items.append((item[:start], _tree(item[start:])))
    return Group(opened[0], tuple(items), text[-1])


def _items(text: str) -> list[str] | None:
    """The items in a bracket; None if the bracket ends before the text."""
    items: list[str] = []
    depth = start = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
        elif token[0] == ", " and depth == 0:
            items.append(text[start : token.start()])
            start = token.end()
        if depth < 0:
            return None
    return [*items, text[start:]]


_OPENED = re.compile(rf"{_PATH}\((?=.*\)$)|\{{(?=.*\}}$)", re.ASCII)
_PREFIX = re.compile(rf"(?:{_NAME}=|{_STRING}: )?(?:lambda: )?", re.ASCII)
_TOKEN = re.compile(rf"{_STRING}|, |[()\[\]{{}}]")
_Lines: TypeAlias = Callable[[re.Match[str], int], list[str] | None]
_IMPORTED = rf"{_NAME}(?: as {_NAME})?"
_PATTERNS: tuple[tuple[str, _Lines], ...] = (
    (rf"(class {_NAME}\()({_PATH}(?:, {_PATH})*)(\):)", _class),
    (rf"(return {_PATH}\()({_NAME}={_PATH})(\))", _call),
    (rf"(self\.{_NAME} = )({_NAME})()", _value),
    (rf"({_NAME}: )({_NAME})()", _value),
    (rf"(\) -> )({_PATH})(:)", _value),
    (rf"(\) -> {_PATH}\[)({_PATH})(\]:)", _call),
    (rf"def ({_NAME})\(self\) -> ({_PATH}|{_STRING}):", _getter),
    (rf"(from [\w.]+ import )({_IMPORTED}(?:, {_IMPORTED})*)", _import),
    (rf"({_PATH}(?: \| {_PATH})+),", _union),
    (rf"({_NAME}=)\{{({_STRING}: {_NAME}(?:, {_STRING}: {_NAME})*)\}},", _dictionary),
    (rf"({_NAME}=)({_PATH}\(.*\)),", _nested_calls),
)
_KINDS = tuple((re.compile(pattern, re.ASCII), lines) for pattern, lines in _PATTERNS)
