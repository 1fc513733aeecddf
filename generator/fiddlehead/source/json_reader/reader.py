"""Reads JSON (RFC 8259) into nodes with locations.

YAML parsers do not support all of JSON: names of more than 1,024 characters, a line end between a
name and its colon, and characters such as U+007F.

In a large file, path items and components are first only scanned with the standard library's C
code. Their nodes are created on first access, because many, such as examples, are never used.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ...diagnostics import Diagnostics, SourceFile, Span
from ..json_pointer import escape
from ..node import MAX_DEPTH, Node, Scalar, Value
from .nodes import JsonNode, JsonSpan, LaterNode, StringNode
from .scanning import NotJson, end_of_value, key_places, scan_string, skip_space

_SCALAR = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null")
_MEMBER = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
"""A key without escapes, up to its value."""
_STRING_MEMBER = re.compile(
    r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*([,}]?)'
)
"""A key and a string, both without escapes, and what follows them."""
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_LONGEST_INTEGER = 400
"""Integers with at least this many digits stay strings: Python limits the conversion."""
_SHORT = 24
"""Strings up to this length are likely to be repeated, and are cached."""
LARGE = 200_000
"""Files of at least this many characters are read lazily."""


class _TooDeep(ValueError):
    """Values are nested deeper than allowed."""


def is_large(data: bytes) -> bool:
    """Whether a file is JSON and large enough to be read lazily."""
    return len(data) > LARGE and data[:100].lstrip(b" \t\r\n").startswith(b"{")


class JsonReader:
    """One file to a node."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._text = source.text
        self._path = path
        self._diagnostics = diagnostics
        self._source = source
        self._is_valid = True
        self._is_large = len(self._text) > LARGE
        self._shared: dict[str, str] = {}
        """Names and short strings, each stored once."""

    def read(self) -> Node | None:
        """The root; None, and an error, if there is a duplicate name or values are nested too
        deeply. Raises `NotJson`."""
        try:
            node, end = self._value(self._space(0), "", 0)
        except _TooDeep:
            return None
        self._is_large = False
        if self._space(end) != len(self._text):
            raise NotJson("unexpected text after the value")
        return node if self._is_valid else None

    def value_at(self, start: int, pointer: str) -> Value:
        """The value of an object that was only scanned before."""
        try:
            return self._object(start, pointer, pointer.count("/"))[0].value
        except _TooDeep:
            return {}

    def _space(self, index: int) -> int:
        return skip_space(self._text, index)

    def _later(self, start: int, pointer: str, depth: int) -> tuple[Node, int] | None:
        """A lazy node for an object; None if it must be read now."""
        if depth != (3 if pointer.startswith("/components/") else 2):
            return None
        end = end_of_value(self._text, start)
        if end is None:
            return None
        return LaterNode(self.value_at, self._path, pointer, self._source, start, end), end

    def _node(self, value: Value, pointer: str, start: int, end: int) -> JsonNode:
        return JsonNode(value, self._path, pointer, self._source, start, end)

    def _value(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        """A value and the offset of its end."""
        first = self._text[start : start + 1]
        if first == '"':
            text, end = self._string(start)
            return self._node(text, pointer, start, end), end
        if first == "{":
            later = self._later(start, pointer, depth) if self._is_large else None
            return later or self._object(start, pointer, depth)
        if first == "[":
            return self._array(start, pointer, depth)
        match = _SCALAR.match(self._text, start)
        if match is None:
            raise NotJson("missing value")
        value = _WORDS[match[0]] if match[1] is None else _number(match)
        end = match.end()
        return self._node(value, pointer, start, end), end

    def _check_depth(self, start: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._diagnostics.error("too-deep", message, JsonSpan(self._source, start, start + 1))
            raise _TooDeep

    def _object(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        self._check_depth(start, depth)
        text, path, source, shared = self._text, self._path, self._source, self._shared
        entries: dict[str, Node] = {}
        node = self._node(entries, pointer, start, start)
        index = self._space(start + 1)
        if text[index : index + 1] == "}":
            node.enclose(index + 1)
            return node, index + 1
        while True:
            member = _STRING_MEMBER.match(text, index)
            child: Node
            following = ""
            if member is not None:
                key, value, following = member.groups()
                key_start, at = member.start(1) - 1, member.start(2) - 1
                end = at + len(value) + 2
                key = shared.setdefault(key, key)
                if len(value) < _SHORT:
                    value = shared.setdefault(value, value)
                child = StringNode(value, path, pointer, key, source, at, end)
                after = member.end()
            else:
                member = _MEMBER.match(text, index)
                if member is not None:
                    key, key_start, at = member[1], member.start(1) - 1, member.end()
                else:
                    key, key_start, at = self._key(index)
                key = shared.setdefault(key, key)
                step = escape(key) if "/" in key or "~" in key else key
                child, after = self._value(at, f"{pointer}/{step}", depth + 1)
            if key in entries:
                self._is_valid = False
                self._diagnostics.error(
                    "duplicate-key",
                    f"duplicate key '{key}'",
                    self._string_span(key_start),
                    hint="remove one of them",
                    related=[("the first one is here", self._string_span(self._first(start, key)))],
                )
            else:
                entries[key] = child
            if not following:
                after = self._space(after) + 1
                following = text[after - 1 : after]
            if following == "}":
                node.enclose(after)
                return node, after
            if following != ",":
                raise NotJson("missing comma")
            index = after

    def _first(self, start: int, key: str) -> int:
        """The offset of the first key with a name in the object at an offset."""
        return next(each[1] for each in key_places(self._text, start) if each[0] == key)

    def _string_span(self, start: int) -> Span:
        return JsonSpan(self._source, start, scan_string(self._text, start + 1, True)[1])

    def _key(self, index: int) -> tuple[str, int, int]:
        """A key with escapes, its offset, and the offset of its value."""
        start = self._space(index)
        if self._text[start : start + 1] != '"':
            raise NotJson("missing name")
        key, end = self._string(start)
        colon = self._space(end)
        if self._text[colon : colon + 1] != ":":
            raise NotJson("missing colon")
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
                raise NotJson("missing comma")
            index = self._space(index + 1)

    def _string(self, start: int) -> tuple[str, int]:
        try:
            text, end = scan_string(self._text, start + 1, True)
        except json.JSONDecodeError as error:
            raise NotJson(str(error)) from None
        if not text.isascii() and _SURROGATE.search(text):
            # Half of a surrogate pair is not a character, and cannot be encoded.
            text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        return text, end


_SURROGATE = re.compile("[\ud800-\udfff]")


def _number(match: re.Match[str]) -> Scalar:
    if match[2] or match[3]:
        return float(match[0])
    return int(match[1]) if len(match[1]) < _LONGEST_INTEGER else match[1]
