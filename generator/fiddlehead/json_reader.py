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
from functools import cached_property
from pathlib import Path
from typing import cast

from .diagnostics import LINE_END, Diagnostics, SourceFile, Span
from .json_pointer import escape
from .nesting import MAX_DEPTH
from .node import Node, Scalar, Value

_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
"""The standard library's scanner of strings, which no type stub has."""

_SPACES = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null")
_MEMBER = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
"""A key without escapes, up to its value."""
_PLAIN_STRING = re.compile(r'"([^"\\\x00-\x1f]*)"')
"""A string without escapes."""
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_LONGEST_INTEGER = 400
"""Digits from which on an integer stays a string: Python limits the conversion."""


class NotJson(ValueError):
    """The text is not JSON."""


class _TooDeep(ValueError):
    """Values are nested deeper than is allowed."""


class _Places:
    """Places of one file by offsets."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self.text = source.text

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(LINE_END, self.text))]

    def span(self, start: int, end: int) -> Span:
        lines = self._lines
        line, end_line = bisect_right(lines, start), bisect_right(lines, end)
        column, end_column = start - lines[line - 1] + 1, end - lines[end_line - 1] + 1
        return Span(self._source, line, column, end_line, end_column)

    def string_span(self, start: int) -> Span:
        """The span of a valid string."""
        return self.span(start, _scan_string(self.text, start + 1, True)[1])


class _JsonNode(Node):
    """A node that finds its line and column when they are asked for: few ever are."""

    __slots__ = ("_end", "_key_starts", "_places", "_start")

    def __init__(
        self, value: Value, path: Path, pointer: str, places: _Places, start: int, end: int
    ) -> None:
        self.value = value
        self.file = path
        self.pointer = pointer
        self._span = None
        self._keys = None
        self._places = places
        self._start = start
        self._end = end
        self._key_starts: dict[str, int] | None = None

    def enclose(self, end: int, key_starts: dict[str, int] | None = None) -> None:
        """Sets the end, and the offset of each key of an object."""
        self._end = end
        self._key_starts = key_starts

    def release(self) -> None:
        super().release()
        self._key_starts = None

    def _find_span(self) -> Span:
        return self._places.span(self._start, self._end)

    def _find_keys(self) -> dict[str, Span]:
        starts, span = self._key_starts or {}, self._places.string_span
        return {key: span(start) for key, start in starts.items()}


class JsonReader:
    """One file to a node."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._text = source.text
        self._path = path
        self._diagnostics = diagnostics
        self._places = _Places(source)
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

    def _node(self, value: Value, pointer: str, start: int, end: int) -> _JsonNode:
        return _JsonNode(value, self._path, pointer, self._places, start, end)

    def _value(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        """A value and the offset of its end."""
        first = self._text[start : start + 1]
        if first == '"':
            text, end = self._string(start)
            return self._node(text, pointer, start, end), end
        if first == "{":
            return self._object(start, pointer, depth)
        if first == "[":
            return self._array(start, pointer, depth)
        match = _SCALAR.match(self._text, start)
        if match is None:
            raise NotJson("a value is missing")
        value = _WORDS[match[0]] if match[1] is None else _number(match)
        end = match.end()
        return self._node(value, pointer, start, end), end

    def _check_depth(self, start: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._diagnostics.error("too-deep", message, self._places.span(start, start + 1))
            raise _TooDeep

    def _object(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        self._check_depth(start, depth)
        text, path, places = self._text, self._path, self._places
        entries: dict[str, Node] = {}
        starts: dict[str, int] = {}
        node = self._node(entries, pointer, start, start)
        index = self._space(start + 1)
        if text[index : index + 1] == "}":
            node.enclose(index + 1)
            return node, index + 1
        while True:
            member = _MEMBER.match(text, index)
            if member is not None:
                key, at = member[1], member.end()
                key_start = member.start(1) - 1
            else:
                key, key_start, at = self._key(index)
            step = escape(key) if "/" in key or "~" in key else key
            plain = _PLAIN_STRING.match(text, at)
            child: Node
            if plain is not None:
                end = plain.end()
                child = _JsonNode(plain[1], path, f"{pointer}/{step}", places, at, end)
            else:
                child, end = self._value(at, f"{pointer}/{step}", depth + 1)
            if key in entries:
                self._is_valid = False
                self._diagnostics.error(
                    "duplicate-key",
                    f"the key '{key}' is here twice",
                    places.string_span(key_start),
                    hint="keep one of the two",
                    related=[("first here", places.string_span(starts[key]))],
                )
            else:
                entries[key] = child
                starts[key] = key_start
            following = text[end : end + 1]
            if following != ",":
                end = self._space(end)
                following = text[end : end + 1]
                if following == "}":
                    node.enclose(end + 1, starts)
                    return node, end + 1
                if following != ",":
                    raise NotJson("a comma is missing")
            index = end + 1

    def _key(self, index: int) -> tuple[str, int, int]:
        """A key with escapes, its offset, and the offset of its value."""
        start = self._space(index)
        if self._text[start : start + 1] != '"':
            raise NotJson("a name is missing")
        key, end = self._string(start)
        colon = self._space(end)
        if self._text[colon : colon + 1] != ":":
            raise NotJson("a colon is missing")
        return key, start, self._space(colon + 1)

    def _array(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        self._check_depth(start, depth)
        text = self._text
        items: list[Node] = []
        node = self._node(items, pointer, start, start)
        index = self._space(start + 1)
        if text[index : index + 1] == "]":
            node.enclose(index + 1)
            return node, index + 1
        while True:
            child, end = self._value(index, f"{pointer}/{len(items)}", depth + 1)
            items.append(child)
            index = self._space(end)
            following = text[index : index + 1]
            if following == "]":
                node.enclose(index + 1)
                return node, index + 1
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
