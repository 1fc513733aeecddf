"""Lays out Python expressions the way black does, without black."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias


@dataclass(frozen=True)
class Atom:
    """Source that stays on one line."""

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


def laid_out(
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
        # A single item gets no comma: black sees nothing to split at.
        comma = "," if len(expression.items) > 1 else ""
        for prefix, value in expression.items:
            lines += laid_out(value, width, indent + 4, prefix, comma)
    return [*lines, pad + expression.close + after]


def quoted(text: str) -> str:
    """A string literal, with double quotes where that needs no more escapes, as black has it."""
    plain = repr(text)
    if '"' not in text:
        return '"' + plain[1:-1] + '"' if plain[0] == "'" else plain
    if "'" not in text or text.count('"') > text.count("'"):
        return plain
    body = "".join(each if each in "'\"" else repr(each)[1:-1] for each in text)
    return '"' + body.replace('"', '\\"') + '"'
