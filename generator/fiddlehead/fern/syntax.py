"""Parses Fern's type syntax, `optional<list<commons.Tag>>`, into a tree with offsets."""

from __future__ import annotations

import re

from ..frozen import dataclass

_NAME = re.compile(r"[^\s<>,\"]+(?: +[^\s<>,\"]+)*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DEPTH = 50
"""The maximum nesting of containers, because the parser is recursive."""


@dataclass(frozen=True)
class Expression:
    """A name with its type arguments, or the value of a literal.

    `start` and `end` are offsets into the parsed text.
    """

    name: str
    arguments: tuple[Expression, ...] = ()
    value: str | bool | None = None
    """The string or boolean of `literal<…>`."""
    start: int = 0
    end: int = 0


class BadType(Exception):
    """The text is not a type; `offset` is the location of the error."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def parse(text: str) -> Expression:
    """The tree of a type; raises `BadType`."""
    expression, end = _expression(text, _space(text, 0), 0)
    end = _space(text, end)
    if end != len(text):
        raise BadType(f"unexpected '{text[end]}'", end)
    return expression


def _space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _expression(text: str, start: int, depth: int) -> tuple[Expression, int]:
    if depth > _DEPTH:
        raise BadType(f"types are nested more than {_DEPTH} deep", start)
    match = _NAME.match(text, start)
    if match is None:
        raise BadType("missing type", min(start, max(len(text) - 1, 0)))
    name, at = match[0], _space(text, match.end())
    if at >= len(text) or text[at] != "<":
        return Expression(name, start=start, end=match.end()), match.end()
    at = _space(text, at + 1)
    if name == "literal":
        return _literal(text, start, at)
    arguments: list[Expression] = []
    while True:
        argument, at = _expression(text, _space(text, at), depth + 1)
        arguments.append(argument)
        at = _space(text, at)
        if at < len(text) and text[at] == ",":
            at += 1
            continue
        if at < len(text) and text[at] == ">":
            return Expression(name, tuple(arguments), None, start, at + 1), at + 1
        raise BadType("missing '>'", min(at, len(text) - 1))


def _literal(text: str, start: int, at: int) -> tuple[Expression, int]:
    quoted = _QUOTED.match(text, at)
    word = _NAME.match(text, at)
    value: str | bool
    if quoted is not None:
        value, end = re.sub(r"\\(.)", r"\1", quoted[1]), quoted.end()
    elif word is not None and word[0] in ("true", "false"):
        value, end = word[0] == "true", word.end()
    else:
        raise BadType(
            'a literal is text in quotes, true or false: literal<"text">', min(at, len(text) - 1)
        )
    end = _space(text, end)
    if end >= len(text) or text[end] != ">":
        raise BadType("missing '>'", min(end, len(text) - 1))
    return Expression("literal", (), value, start, end + 1), end + 1
