"""Formats generated code like black, but calls black only for statements that need it.

Templates print black's format, using `fits`, and break long types themselves
(templates/types.jinja). Other statements with a line of more than 88 columns are formatted by black
(`format_module`). tests/python/test_layout.py compares the result with black of whole files.

Three special cases save time, measured with GitHub's description. Black takes more than ten times
as long for a whole method as for its long items, so `_by_items` formats only the items. Skipping
items that cannot be broken (`_is_unbreakable`) saves a third of the whole run. Two common kinds (a
dictionary of names, and the first line of a class) are formatted here: 167 of 453 calls of black,
about 2 % of the run.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import black

WIDTH = 88
_QUOTES = '"""'
# Tokens that do not start a statement: closing brackets, and lines after a decorator.
_CLOSING = re.compile(r"[)\]}]")
_BLOCKS = ("class ", "if ", "else:")
_DECORATOR = re.compile(r"\s*@")


def format_module(text: str) -> str:
    """The text of a module as black formats it (line length 88)."""
    lines = text.split("\n")
    if not any(map(_is_long, lines)):
        return text
    starts, prose = _statements(lines)
    out: list[str] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        statement = lines[start:end]
        long = any(
            _is_long(line) and index not in prose for index, line in enumerate(statement, start)
        )
        out += _formatted(statement) if long else statement
    return "\n".join(out)


def fits(line: str, columns: int = 0) -> bool:
    """Whether an indented line is not too long."""
    return not _is_long(line, WIDTH - columns)


def load() -> None:
    """Import black, which most modules need."""
    import black

    _mode(WIDTH)
    black.format_str("", mode=_mode(WIDTH))


def _is_long(line: str, width: int = WIDTH) -> bool:
    """Whether a line is longer than the width; some characters take two columns (UAX #11)."""
    if len(line) > width or line.isascii() or 2 * len(line) <= width:
        return len(line) > width
    from black.strings import str_width

    return str_width(line) > width


def _statements(lines: list[str]) -> tuple[list[int], set[int]]:
    """The first lines of statements, at the top level and in the bodies of classes; and the lines
    of docstrings, which black does not break."""
    starts: list[int] = [0]
    prose: set[int] = set()
    inside = decorated = block = False
    for index, line in enumerate(lines):
        if inside or line.lstrip().startswith(_QUOTES):
            prose.add(index)
            opens = not inside
            rest = line.lstrip()[3:] if opens else line
            inside = _QUOTES not in rest
            if not (opens and not _indented(line, 5)):
                continue
        if not line or _indented(line, 5) or _CLOSING.match(line.lstrip()):
            continue
        if not _indented(line, 1):
            block = line.startswith(_BLOCKS)
        elif not block:
            continue
        if not decorated:
            starts.append(index)
        decorated = bool(_DECORATOR.match(line))
    return sorted(set(starts)), prose


def _indented(line: str, columns: int) -> bool:
    return line.startswith(" " * columns)


def _formatted(statement: list[str]) -> list[str]:
    """One statement with the blank lines after it, formatted at its indentation."""
    tail = len(statement)
    while tail and not statement[tail - 1]:
        tail -= 1
    body, blank = statement[:tail], statement[tail:]
    columns = len(body[0]) - len(body[0].lstrip())
    dedented = [line[columns:] for line in body]
    width = WIDTH - columns
    formatted = _by_items(dedented, width) or _format_statement(dedented, width)
    space = " " * columns
    return [*(f"{space}{line}" if line else "" for line in formatted), *blank]


def _format_statement(body: list[str], width: int) -> list[str]:
    header = _CLASS.fullmatch(body[0]) if len(body) == 1 else None
    if header is not None and not _is_long(f"    {header[2]}", width):
        return [header[1], f"    {header[2]}", "):"]
    # The first line of a class alone is not a statement, so a body is added.
    added = ["    pass"] if body[-1].endswith(":") else []
    formatted = _lines([*body, *added], width)
    return formatted[: len(formatted) - len(added)]


_DEFINITION = ("def ", "async def ")
_ENCLOSING_CODE = {
    "def": (["def f("], ["):", "    pass"]),
    "(": (["f("], [")"]),
    "{": (["d = {"], ["}"]),
}
"""The code around an item of a list with one item per line, for formatting it alone."""


_NAME = r"[A-Za-z_]\w*"
_STRING = r'"[^"\\]*"'
_UNBREAKABLE = re.compile(rf"(?:{_NAME}|{_STRING})(?:(?: as|:) (?:{_NAME}|{_STRING}))?,", re.ASCII)
"""An item that black never changes: a name, a plain string, or two of them."""
_PATH = rf"{_NAME}(?:\.{_NAME})*"
_CLASS = re.compile(rf"(class {_NAME}\()({_PATH}(?:, {_PATH})*)\):", re.ASCII)
"""The first line of a class, and its bases."""
_PLAIN_PARAMETER = re.compile(rf"{_NAME}: {_PATH},", re.ASCII)
"""A parameter whose type is a class, without a default."""
_DICT = re.compile(rf"({_NAME}=)\{{({_STRING}: {_NAME}(?:, {_STRING}: {_NAME})*)\}},", re.ASCII)
"""An argument that is a dictionary of names."""


def _by_items(body: list[str], width: int) -> list[str] | None:
    """A method whose long lines are items of brackets with one item per line.

    Black formats each item separately. None if another line is too long.
    """
    out: list[str] = []
    brackets: list[str] = []
    prose = False
    for line in body:
        text = line.lstrip()
        if prose or text.startswith(_QUOTES):
            prose = _QUOTES not in (text[3:] if not prose else line)
            out.append(line)
            continue
        if text.startswith((")", "}")) and brackets:
            brackets.pop()
        if not _is_long(line, width) or (brackets and _is_unbreakable(text, brackets[-1])):
            out.append(line)
        elif text.endswith(",") and brackets:
            indent = len(line) - len(text)
            known = _without_black(text, indent, width)
            if known is not None:
                out += known
                continue
            before, after = _ENCLOSING_CODE[brackets[-1]]
            formatted = _lines([*before, f"    {text}", *after], width - indent + 4)
            items = formatted[len(before) : len(formatted) - len(after)]
            out += (f"{' ' * (indent - 4)}{item}" for item in items)
        else:
            return None
        if text.endswith(("(", "{")):
            brackets.append("def" if text.startswith(_DEFINITION) else text[-1])
    return out


def _is_unbreakable(item: str, bracket: str) -> bool:
    """Whether black does not change an item in brackets, however long it is."""
    return bool(
        _UNBREAKABLE.fullmatch(item) or (bracket == "def" and _PLAIN_PARAMETER.fullmatch(item))
    )


def _without_black(item: str, indent: int, width: int) -> list[str] | None:
    """A long item of a common kind as black breaks it; None for other kinds."""
    entries = _DICT.fullmatch(item)
    if entries is not None and item.isascii():
        pairs = tuple(("", Atom(entry)) for entry in re.findall(rf"{_STRING}: {_NAME}", entries[2]))
        return expression_lines(Group("{", pairs, "}"), width, indent, entries[1], ",")
    return None


def _lines(body: list[str], width: int) -> list[str]:
    text = "\n".join(body)
    return format_text(f"{text}\n", width).rstrip("\n").split("\n")


@functools.cache  # Arguments and types recur, especially in the asynchronous client.
def format_text(text: str, width: int = WIDTH) -> str:
    """A text as black prints it."""
    # Imported here because `--help`, `verify` and an up-to-date `check` do not need it.
    from black import format_str

    return format_str(text, mode=_mode(width))


def reformat(text: str, *, magic_commas: bool) -> str:
    """A module that may have been edited, as black prints it; raises ValueError where it is no Python.

    With `magic_commas`, a trailing comma keeps the items before it on lines of their own.
    """
    import black

    return black.format_str(text, mode=black.Mode(magic_trailing_comma=magic_commas))


@functools.cache
def _mode(width: int) -> black.Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY310}, line_length=width)


# --- statements that are broken without black ------------------------------------------------


def import_statement(module: str, names: Sequence[str], columns: int = 0) -> list[str]:
    """`from module import names`, with one name per line if the line is too long."""
    line = f"from {module} import {', '.join(names)}"
    if fits(line, columns):
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in names), ")"]


@dataclass(frozen=True)
class Atom:
    """Source code on one line."""

    text: str

    @cached_property
    def flat(self) -> str:
        return self.text


@dataclass(frozen=True)
class Group:
    """A bracket with items, each a prefix (`name=`, `"key": `) and a value."""

    open: str
    items: tuple[tuple[str, Expression], ...]
    close: str

    @cached_property
    def flat(self) -> str:
        return (
            self.open + ", ".join(prefix + value.flat for prefix, value in self.items) + self.close
        )


Expression: TypeAlias = Atom | Group


def expression_lines(
    expression: Expression, width: int, indent: int = 0, before: str = "", after: str = ""
) -> list[str]:
    """The lines of `before` + expression + `after`, at most `width` columns wide where possible."""
    pad = " " * indent
    line = pad + before + expression.flat + after
    if len(line) <= width or isinstance(expression, Atom) or not expression.items:
        return [line]
    inner = " " * (indent + 4) + ", ".join(
        prefix + value.flat for prefix, value in expression.items
    )
    lines = [pad + before + expression.open]
    # The arguments of a call may share a line, the items of a list or a dict may not.
    if len(inner) <= width and (len(expression.items) == 1 or len(expression.open) > 1):
        lines.append(inner)
    else:
        # A single item gets no trailing comma, because black does not split it.
        comma = "," if len(expression.items) > 1 else ""
        for prefix, value in expression.items:
            lines += expression_lines(value, width, indent + 4, prefix, comma)
    return [*lines, pad + expression.close + after]
