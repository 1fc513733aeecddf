"""Fern's type syntax where OpenAPI borrows it: `x-fern-type: optional<map<string, integer>>`."""

from __future__ import annotations

import re
from collections.abc import Callable

from ... import ir
from ...diagnostics import Span

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[A-Za-z_][\w.-]*|[<>,])')

_PRIMITIVES: dict[str, ir.PrimitiveKind] = {
    "string": "string",
    "text": "string",
    "integer": "integer",
    "int": "integer",
    "long": "long",
    "uint": "uint",
    "uint64": "uint64",
    "bigint": "bigint",
    "float": "float",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "date-time",
    "datetime-rfc-2822": "date-time-rfc-2822",
    "uuid": "uuid",
    "base64": "base64",
    "bytes": "bytes",
    "file": "bytes",
}


class FernTypeError(ValueError):
    """The text is not a type in Fern's syntax."""


def parse(text: str, span: Span, named: Callable[[str], ir.Type | None]) -> tuple[ir.Type, bool]:
    """The type that a text stands for, and whether it is `optional<…>`.

    `named` gives the type of a name that is not one of Fern's own. Raises `FernTypeError`.
    """
    parser = _Parser(text, span, named)
    optional = parser.peek() == "optional"
    type_ = parser.type()
    if parser.peek() is not None:
        raise FernTypeError(f"unexpected '{parser.peek()}'")
    return type_, optional


class _Parser:
    def __init__(self, text: str, span: Span, named: Callable[[str], ir.Type | None]) -> None:
        self._tokens: list[str] = []
        position, text = 0, text.strip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise FernTypeError(f"unexpected '{text[position:]}'")
            self._tokens.append(match[1])
            position = match.end()
        if len(self._tokens) > 200:
            raise FernTypeError("it is too long")
        self._next = 0
        self._span = span
        self._named = named

    def peek(self) -> str | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self) -> str:
        token = self.peek()
        if token is None:
            raise FernTypeError("unexpected end")
        self._next += 1
        return token

    def _expect(self, token: str) -> None:
        next_token = self._take()
        if next_token != token:
            raise FernTypeError(f"expected '{token}', found '{next_token}'")

    def type(self) -> ir.Type:
        name = self._take()
        if name in ("optional", "nullable"):
            inner = self._argument()
            return inner if isinstance(inner, ir.Nullable) else ir.Nullable(inner, span=self._span)
        if name in ("list", "set"):
            return ir.ListOf(self._argument(), unique=name == "set", span=self._span)
        if name == "map":
            self._expect("<")
            key = self.type()
            self._expect(",")
            value = self.type()
            self._expect(">")
            return ir.MapOf(key, value, span=self._span)
        if name == "literal":
            return self._literal()
        if name in ("unknown", "any"):
            return ir.Unknown(span=self._span)
        if name in _PRIMITIVES:
            return ir.Primitive(_PRIMITIVES[name], span=self._span)
        named_type = self._named(name)
        if named_type is None:
            raise FernTypeError(f"unknown type '{name}'")
        return named_type

    def _argument(self) -> ir.Type:
        self._expect("<")
        item = self.type()
        self._expect(">")
        return item

    def _literal(self) -> ir.Literal:
        self._expect("<")
        token = self._take()
        self._expect(">")
        if token in ("true", "false"):
            return ir.Literal(token == "true", span=self._span)
        if token.startswith('"'):
            return ir.Literal(re.sub(r"\\(.)", r"\1", token[1:-1]), span=self._span)
        raise FernTypeError(f"'{token}' is not a literal: write literal<\"text\"> or literal<true>")
