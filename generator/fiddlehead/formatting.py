"""Formats generated code like black, but calls black only for statements that need it.

Templates print black's format, using `fits`, and break long types themselves
(templates/types.jinja). Other lines of more than 88 columns are broken by line_breaks.py, if they are of a
common kind, or else by black (`format_module`). tests/python/test_layout.py compares the result with
black of whole files.

Black takes more than ten times as long for a whole method as for its long items, so it gets only
those (`_by_lines`), and importing it takes longer than generating a small client.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .line_breaks import broken, is_unbreakable

if TYPE_CHECKING:
    import black

WIDTH = 88
_MAYBE_WIDE = re.compile("[\u1100-\u115f\u231a-\U0010ffff]")
"""All characters that take two columns are among these."""
_QUOTES = '"""'
_TEXT = f"= {_QUOTES}"
"""The end of the first line of a text that is assigned."""
# Tokens that do not start a statement: closing brackets, and lines after a decorator.
_CLOSING = re.compile(r"[)\]}]")
_BLOCKS = ("class ", "if ", "else:")
_DECORATOR = re.compile(r"\s*@")


def format_module(text: str) -> str:
    """The text of a module as black formats it (line length 88)."""
    lines = text.split("\n")
    if text.isascii():
        long = {index for index, line in enumerate(lines) if len(line) > WIDTH}
    else:
        # No character takes more than two columns.
        long = {i for i, line in enumerate(lines) if len(line) * 2 > WIDTH and is_long(line)}
    prose = _prose(lines) if long else {}
    long -= prose.keys()
    if not long:
        return text
    out: list[str] = []
    starts = _starts(lines, prose)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        statement = lines[start:end]
        out += statement if long.isdisjoint(range(start, end)) else _formatted(statement)
    return "\n".join(out)


def fits(line: str, columns: int = 0) -> bool:
    """Whether an indented line is not too long."""
    return not is_long(line, WIDTH - columns)


def is_long(line: str, width: int = WIDTH) -> bool:
    """Whether a line is longer than the width; some characters take two columns (UAX #11)."""
    if len(line) > width or line.isascii():
        return len(line) > width
    if len(line) + len(_MAYBE_WIDE.findall(line)) <= width:
        return False
    from black.strings import str_width

    return str_width(line) > width


def _prose(lines: list[str]) -> dict[int, bool]:
    """The lines of docstrings and texts, which black does not break, and whether one starts there."""
    prose: dict[int, bool] = {}
    inside = False
    for index, line in enumerate(lines):
        if inside:
            prose[index] = False
            inside = _QUOTES not in line
        elif _QUOTES in line and line.lstrip().startswith(_QUOTES):
            prose[index] = True
            inside = _QUOTES not in line.lstrip()[3:]
        elif line.endswith(_TEXT):
            prose[index] = inside = True
    return prose


def _starts(lines: list[str], prose: dict[int, bool]) -> list[int]:
    """The first lines of statements, at the top level and in the bodies of classes."""
    starts: list[int] = [0]
    decorated = block = False
    for index, line in enumerate(lines):
        if not line or line.startswith("     ") or not prose.get(index, True):
            continue
        if _CLOSING.match(line.lstrip()):
            continue
        if not line.startswith(" "):
            block = line.startswith(_BLOCKS)
        elif not block:
            continue
        if not decorated:
            starts.append(index)
        decorated = bool(_DECORATOR.match(line))
    return sorted(set(starts))


def _formatted(statement: list[str]) -> list[str]:
    """One statement with the blank lines after it, formatted at its indentation."""
    tail = len(statement)
    while tail and not statement[tail - 1]:
        tail -= 1
    body, blank = statement[:tail], statement[tail:]
    columns = len(body[0]) - len(body[0].lstrip())
    dedented = [line[columns:] for line in body]
    width = WIDTH - columns
    formatted = _by_lines(dedented, width) or _format_statement(dedented, width)
    space = " " * columns
    return [*(f"{space}{line}" if line else "" for line in formatted), *blank]


def _format_statement(body: list[str], width: int) -> list[str]:
    # The first line of a class alone is not a statement, so a body is added.
    added = ["    pass"] if body[-1].endswith(":") else []
    formatted = _lines([*body, *added], width)
    return formatted[: len(formatted) - len(added)]


_DEFINITION = ("def ", "async def ")
_ENCLOSING_CODE = {
    "def": (["def f("], ["):", "    pass"]),
    "(": (["f("], [")"]),
    "[": (["l = ["], ["]"]),
    "{": (["d = {"], ["}"]),
}
"""The code around an item of a list with one item per line, for formatting it alone."""


def _by_lines(body: list[str], width: int) -> list[str] | None:
    """A statement whose long lines can be broken each by itself: they are of a common kind, or
    items of brackets with one item per line. None if another line is too long.
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
        if text.startswith((")", "]", "}")) and brackets:
            brackets.pop()
        bracket = brackets[-1] if brackets else None
        if not is_long(line, width) or is_unbreakable(text, bracket):
            out.append(line)
        else:
            indent = len(line) - len(text)
            lines = broken(text, indent, width)
            if lines is None and bracket is not None and text.endswith(","):
                lines = _item(text, bracket, indent, width)
            if lines is None:
                return None
            out += lines
        if text.endswith(("(", "[", "{")):
            brackets.append("def" if text.startswith(_DEFINITION) else text[-1])
    return out


def _item(text: str, bracket: str, indent: int, width: int) -> list[str]:
    """An item of a bracket as black prints it."""
    before, after = _ENCLOSING_CODE[bracket]
    formatted = _lines([*before, f"    {text}", *after], width - indent + 4)
    items = formatted[len(before) : len(formatted) - len(after)]
    return [f"{' ' * (indent - 4)}{line}" for line in items]


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


def import_statement(module: str, names: Sequence[str], columns: int = 0) -> list[str]:
    """`from module import names`, with one name per line if the line is too long."""
    line = f"from {module} import {', '.join(names)}"
    if fits(line, columns):
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in names), ")"]
