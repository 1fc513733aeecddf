"""JSON (RFC 8259) to nodes with places.

A YAML parser refuses some of it: names of more than 1,024 characters, a line end between a name and
its colon, and characters such as U+007F.
"""

from __future__ import annotations

import json
import json.decoder
import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import cast

from .diagnostics import LINE_END, NOWHERE, Diagnostics, SourceFile, Span
from .json_pointer import escape
from .nesting import MAX_DEPTH
from .node import Node, Scalar

_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
"""The standard library's scanner of strings, which no type stub has."""

_SPACES = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_LONGEST_INTEGER = 400
"""Digits from which on an integer stays a string: Python limits the conversion."""


class NotJson(ValueError):
    """The text is not JSON."""


class _TooDeep(ValueError):
    """Values are nested deeper than is allowed."""


class JsonReader:
    """One file to a node."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._source = source
        self._text = source.text
        self._path = path
        self._diagnostics = diagnostics
        self._lines = [0, *(match.end() for match in re.finditer(LINE_END, source.text))]
        self._is_valid = True

    def read(self) -> Node | None:
        """The root; None, and an error, where a name is there twice or values are too deep.
        Raises `NotJson`."""
        try:
            node, end = self._value(self._space(0), "", 0)
        except _TooDeep:
            return None
        if self._space(end) != len(self._text):
            raise NotJson("there is more after the value")
        return node if self._is_valid else None

    def _space(self, index: int) -> int:
        if self._text[index : index + 1] not in _SPACES:
            return index
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def _line_span(self, start: int, end: int) -> Span:
        """The span of what has no line end in it, as no string or number has."""
        line = bisect_right(self._lines, start)
        first = self._lines[line - 1] - 1
        return Span(self._source, line, start - first, line, end - first)

    def _span(self, start: int, end: int) -> Span:
        line = bisect_right(self._lines, start)
        end_line = bisect_right(self._lines, end)
        return Span(
            self._source,
            line,
            start - self._lines[line - 1] + 1,
            end_line,
            end - self._lines[end_line - 1] + 1,
        )

    def _value(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        """A value and the offset of its end."""
        first = self._text[start : start + 1]
        if first == '"':
            text, end = self._string(start)
            return Node(text, self._line_span(start, end), self._path, pointer, {}), end
        if first and first in "{[":
            if depth > MAX_DEPTH:
                message = f"values are nested more than {MAX_DEPTH} levels deep"
                self._diagnostics.error("too-deep", message, self._span(start, start + 1))
                raise _TooDeep
            node = Node({}, NOWHERE, self._path, pointer, {})
            end = (
                self._object(node, start, pointer, depth)
                if first == "{"
                else self._array(node, start, pointer, depth)
            )
            node.span = self._span(start, end)
            return node, end
        match = _SCALAR.match(self._text, start)
        if match is None:
            raise NotJson("a value is missing")
        value = _WORDS[match[0]] if match[1] is None else _number(match)
        end = match.end()
        return Node(value, self._line_span(start, end), self._path, pointer, {}), end

    def _object(self, node: Node, start: int, pointer: str, depth: int) -> int:
        text = self._text
        entries: dict[str, Node] = {}
        node.value = entries
        index = self._space(start + 1)
        if text[index : index + 1] == "}":
            return index + 1
        while True:
            if text[index : index + 1] != '"':
                raise NotJson("a name is missing")
            key, end = self._string(index)
            colon = self._space(end)
            if text[colon : colon + 1] != ":":
                raise NotJson("a colon is missing")
            span = self._line_span(index, end)
            step = escape(key)
            child, end = self._value(self._space(colon + 1), f"{pointer}/{step}", depth + 1)
            if key in entries:
                self._is_valid = False
                self._diagnostics.error(
                    "duplicate-key",
                    f"the key '{key}' is here twice",
                    span,
                    hint="keep one of the two",
                    related=[("first here", node.keys[key])],
                )
            else:
                entries[key] = child
                node.keys[key] = span
            index = self._space(end)
            if text[index : index + 1] == "}":
                return index + 1
            if text[index : index + 1] != ",":
                raise NotJson("a comma is missing")
            index = self._space(index + 1)

    def _array(self, node: Node, start: int, pointer: str, depth: int) -> int:
        items: list[Node] = []
        node.value = items
        index = self._space(start + 1)
        if self._text[index : index + 1] == "]":
            return index + 1
        while True:
            child, end = self._value(index, f"{pointer}/{len(items)}", depth + 1)
            items.append(child)
            index = self._space(end)
            following = self._text[index : index + 1]
            if following == "]":
                return index + 1
            if following != ",":
                raise NotJson("a comma is missing")
            index = self._space(index + 1)

    def _string(self, start: int) -> tuple[str, int]:
        try:
            text, end = _scan_string(self._text, start + 1, True)
        except json.JSONDecodeError as error:
            raise NotJson(str(error)) from None
        if not text.isascii() and _SURROGATE.search(text):
            # Half of a surrogate pair is no character, and could not be written anywhere.
            text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        return text, end


_SURROGATE = re.compile("[\ud800-\udfff]")


def _number(match: re.Match[str]) -> Scalar:
    if match[2] or match[3]:
        return float(match[0])
    return int(match[1]) if len(match[1]) < _LONGEST_INTEGER else match[1]
