"""Black's layout, at the cost of the statements that need it.

Templates print what black would print as long as a line fits. Black itself, which is slower than
all the rest of a run, is given the statements with a line that does not, but for the two kinds
that large packages have by the thousand.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import black

WIDTH = 88
_QUOTES = '"""'
# What begins no statement: the end of one, and what follows a decorator.
_CLOSING = re.compile(r"[)\]}]")
_BLOCKS = ("class ", "if ", "else:")
_DECORATOR = re.compile(r"\s*@")


def laid_out(text: str) -> str:
    """The text of a module as black prints it (line length 88)."""
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


def _is_long(line: str, width: int = WIDTH) -> bool:
    """Whether a line has more columns than that: some characters take two (UAX #11)."""
    if len(line) > width or line.isascii() or 2 * len(line) <= width:
        return len(line) > width
    from black.strings import str_width

    return str_width(line) > width


def _statements(lines: list[str]) -> tuple[list[int], set[int]]:
    """Where statements begin, at the top level and in the bodies of classes; and the lines of
    docstrings, which black leaves as long as they are."""
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
    """One statement with the blank lines after it, formatted where it stands."""
    tail = len(statement)
    while tail and not statement[tail - 1]:
        tail -= 1
    body, blank = statement[:tail], statement[tail:]
    columns = len(body[0]) - len(body[0].lstrip())
    dedented = [line[columns:] for line in body]
    width = WIDTH - columns
    formatted = _frequent(dedented, width) or _by_items(dedented, width) or _whole(dedented, width)
    space = " " * columns
    return [*(f"{space}{line}" if line else "" for line in formatted), *blank]


def _whole(body: list[str], width: int) -> list[str]:
    # The first line of a class alone is no statement: it is lent a body.
    lent = ["    pass"] if body[-1].endswith(":") else []
    formatted = _lines([*body, *lent], width)
    return formatted[: len(formatted) - len(lent)]


_DEFINITION = ("def ", "async def ")
_LENT = {
    "def": (["def f("], ["):", "    pass"]),
    "(": (["f("], [")"]),
    "{": (["d = {"], ["}"]),
}
"""What an item of a list with one item per line is put into, to be formatted by itself."""


_NAME = r"[A-Za-z_]\w*"
_STRING = r'"[^"\\]*"'
_UNION = re.compile(
    rf"{_NAME} = (?:Literal\[({_STRING}(?:, {_STRING})*)\]|{_NAME})(?: \| {_NAME})+", re.ASCII
)
_CALL = re.compile(rf"({_NAME} = {_NAME}\()({_NAME}\.{_NAME})\)", re.ASCII)


def _frequent(body: list[str], width: int) -> list[str] | None:
    """The type of an enum, a union or a method with its response, as black lays it out."""
    [line, *more] = body
    if more or not line.isascii():  # black counts the columns of wide characters
        return None
    if (call := _CALL.fullmatch(line)) is not None:
        return [call[1], f"    {call[2]}", ")"] if len(call[1]) <= width else None
    if (union := _UNION.fullmatch(line)) is None:
        return None
    name, types = line.split(" = ", 1)
    if len(types) + 4 <= width:
        return [f"{name} = (", f"    {types}", ")"]
    values: str = union[1] or ""
    first = f"Literal[{values}]" if values else types.split(" ", 1)[0]
    others = types[len(first) :].split(" | ")[1:]
    lines = [first]
    if values and len(first) + 4 > width:
        items = [f"{each}," for each in re.findall(_STRING, values)]
        whole = len(values) + 8 <= width or len(items) == 1
        lines = ["Literal[", *(f"    {each}" for each in ([values] if whole else items)), "]"]
    lines += [f"| {each}" for each in others]
    return [f"{name} = (", *(f"    {each}" for each in lines), ")"]


_UNBREAKABLE = re.compile(rf"(?:{_NAME}|{_STRING})(?:(?: as|:) (?:{_NAME}|{_STRING}))?,", re.ASCII)
"""An item that black leaves as it is, however long: a name, a plain string, or two of them."""


def _by_items(body: list[str], width: int) -> list[str] | None:
    """A method whose long lines are items of brackets that are open over several lines: black
    lays each item out by itself. None where a long line is something else."""
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
        if not _is_long(line, width) or (brackets and _UNBREAKABLE.fullmatch(text)):
            out.append(line)
        elif text.endswith(",") and brackets:
            indent = len(line) - len(text)
            before, after = _LENT[brackets[-1]]
            formatted = _lines([*before, f"    {text}", *after], width - indent + 4)
            items = formatted[len(before) : len(formatted) - len(after)]
            out += (f"{' ' * (indent - 4)}{each}" for each in items)
        else:
            return None
        if text.endswith(("(", "{")):
            brackets.append("def" if text.startswith(_DEFINITION) else text[-1])
    return out


def _lines(body: list[str], width: int) -> list[str]:
    text = "\n".join(body)
    return format_text(f"{text}\n", width).rstrip("\n").split("\n")


@functools.cache  # Arguments and types recur, in the asynchronous client above all.
def format_text(text: str, width: int = WIDTH) -> str:
    """A text as black prints it."""
    # Imported here: `--help`, `verify` and an up-to-date `check` must not pay for it.
    from black import format_str

    return format_str(text, mode=_mode(width))


@functools.cache
def _mode(width: int) -> black.Mode:
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY310}, line_length=width)
