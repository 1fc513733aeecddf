"""Reads JSON (RFC 8259) into nodes with locations.

YAML parsers do not support all of JSON: names of more than 1,024 characters, a line end between a
name and its colon, and characters such as U+007F.

The standard library's C code reads valid JSON: a small file at once, a large file by path items and
components, whose nodes are made on first use. If few of them are used, as in a description that is compared
with another, they are also read on first use. What holds these parts is read here, and so are parts
with a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from ...diagnostics import Diagnostics, SourceFile
from ..json_pointer import escape
from ..node import MAX_DEPTH, Node, Scalar, Value
from .nodes import JsonNode, LaterNode, PartSpan, PlacedSpan, inner_nodes, is_too_deep
from .scanning import (
    NotJson,
    Raw,
    end_of_value,
    integer,
    key_places,
    scan_string,
    skip_space,
    value_at,
    value_between,
)

_SCALAR = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
LARGE = 200_000
"""Files of at least this many bytes are read lazily."""


class _TooDeep(ValueError):
    """Values are nested deeper than allowed."""


def is_large(data: bytes) -> bool:
    """Whether a file is JSON and large enough to be read lazily."""
    return len(data) > LARGE and data[:100].lstrip(b" \t\r\n").startswith(b"{")


class JsonReader:
    """One file to a node."""

    def __init__(
        self,
        source: SourceFile,
        path: Path,
        diagnostics: Diagnostics,
        similar: Callable[[str], str] | None = None,
    ) -> None:
        """`similar` returns the part of another large file at a pointer, or "": an equal one is not
        scanned again. With it, few parts are used: they are only scanned at first."""
        self._text = source.octets
        self._path = path
        self._diagnostics = diagnostics
        self._source = source
        self._similar = similar
        self._is_large = len(self._text) > LARGE

    def read(self) -> Node | None:
        """The root; None, and an error, if values are nested too deeply. Raises `NotJson`."""
        try:
            node, end = self._value(self._space(0), "", 0)
        except _TooDeep:
            return None
        if self._space(end) != len(self._text):
            raise NotJson("unexpected text after the value")
        return node

    def _read_part(self, part: LaterNode) -> Value:
        """The value of an object that was only scanned before."""
        start, end = part.extent
        depth = part.pointer.count("/")
        raw = part.take_raw() or value_between(self._text, start, end)
        if not self._may_be_too_deep(start, end, depth) or not is_too_deep(raw, depth):
            return inner_nodes(raw, self._path, cast("PartSpan", part.span))
        try:
            return self._object(start, part.pointer, depth)[0].value
        except _TooDeep:
            return {}

    def _may_be_too_deep(self, start: int, end: int, depth: int) -> bool:
        """Whether a value has enough brackets, which are counted faster than its levels."""
        brackets = self._text.count("{", start, end) + self._text.count("[", start, end)
        return brackets + depth > MAX_DEPTH

    def _space(self, index: int) -> int:
        return skip_space(self._text, index)

    def _part(self, start: int, pointer: str, depth: int) -> tuple[Node, int] | None:
        """An object that is read on first use; None if it must be read now."""
        wanted = 0
        if self._is_large:
            wanted = 3 if pointer.startswith("/components/") else 2
        if depth != wanted:
            return None
        other = self._similar(pointer) if self._similar is not None else ""
        raw: Raw = None
        if other and self._text.startswith(other, start):
            end: int | None = start + len(other)
        elif self._is_large and self._similar is None:
            raw, end = value_at(self._text, start)
        else:
            end = end_of_value(self._text, start)
        if end is None or _ESCAPED_SURROGATE.search(self._text, start, end):
            return None
        if not self._is_large and is_too_deep(value_between(self._text, start, end), depth):
            return None
        if not self._text[start:end].isascii():
            raw = None  # Its strings are octets.
        span = PartSpan(self._source, start, end, pointer)
        return LaterNode(self._read_part, self._path, pointer, span, raw), end

    def _span(self, start: int, end: int) -> PlacedSpan:
        return PlacedSpan(self._source, start, end)

    def _value(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        """A value and the offset of its end."""
        first = self._text[start : start + 1]
        if first == "{":
            return self._part(start, pointer, depth) or self._object(start, pointer, depth)
        if first == "[":
            return self._array(start, pointer, depth)
        value, end = self._string(start) if first == '"' else self._scalar(start)
        return JsonNode(value, self._path, pointer, self._span(start, end)), end

    def _check_depth(self, start: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._diagnostics.error("too-deep", message, self._span(start, start + 1))
            raise _TooDeep

    def _object(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        self._check_depth(start, depth)
        text = self._text
        entries: dict[str, Node] = {}
        index = self._space(start + 1)
        following = text[index : index + 1]
        while following != "}":
            key, at = self._key(index)
            child, end = self._value(at, f"{pointer}/{escape(key)}", depth + 1)
            if key in entries:
                self._diagnostics.warning(
                    "duplicate-key",
                    f"duplicate key '{key}'; the last one is used",
                    self._string_span(index),
                    hint="remove one of them",
                    related=[("the first one is here", self._string_span(self._first(start, key)))],
                )
            entries[key] = child
            index = self._space(end)
            following = text[index : index + 1]
            if following == ",":
                index = self._space(index + 1)
            elif following != "}":
                raise NotJson("missing comma")
        span = self._span(start, index + 1)
        return JsonNode(entries, self._path, pointer, span), index + 1

    def _first(self, start: int, key: str) -> int:
        """The offset of the first key with a name in the object at an offset."""
        return next(place[0] for name, place, _ in key_places(self._text, start) if name == key)

    def _string_span(self, start: int) -> PlacedSpan:
        return self._span(start, scan_string(self._text, start)[1])

    def _key(self, start: int) -> tuple[str, int]:
        """The key at an offset, and the offset of its value."""
        if self._text[start : start + 1] != '"':
            raise NotJson("missing name")
        key, end = self._string(start)
        colon = self._space(end)
        if self._text[colon : colon + 1] != ":":
            raise NotJson("missing colon")
        return key, self._space(colon + 1)

    def _array(self, start: int, pointer: str, depth: int) -> tuple[Node, int]:
        self._check_depth(start, depth)
        text = self._text
        items: list[Node] = []
        index = self._space(start + 1)
        following = text[index : index + 1]
        while following != "]":
            child, end = self._value(index, f"{pointer}/{len(items)}", depth + 1)
            items.append(child)
            index = self._space(end)
            following = text[index : index + 1]
            if following == ",":
                index = self._space(index + 1)
            elif following != "]":
                raise NotJson("missing comma")
        return JsonNode(items, self._path, pointer, self._span(start, index + 1)), index + 1

    def _string(self, start: int) -> tuple[str, int]:
        text, end = scan_string(self._text, start)
        # Half of a surrogate pair is not a character, and cannot be encoded.
        return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text), end

    def _scalar(self, start: int) -> tuple[Scalar, int]:
        match = _SCALAR.match(self._text, start)
        if match is None:
            raise NotJson("missing value")
        if match[1] is None:
            value = _WORDS[match[0]]
        else:
            value = float(match[0]) if match[2] or match[3] else integer(match[1])
        return value, match.end()
