"""Reads JSON (RFC 8259) into nodes with locations.

YAML parsers do not support all of JSON: names of more than 1,024 characters, a line end between a
name and its colon, and characters such as U+007F.

In a large file, path items and components are first only scanned with the standard library's C
code. Their nodes are created on first access, because many, such as examples, are never used.
"""

from __future__ import annotations

import contextlib
import json
import json.decoder
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, cast

from .diagnostics import Diagnostics, SourceFile, Span
from .json_pointer import escape
from .node import MAX_DEPTH, Node, Scalar, Value

_scan_string = cast("Callable[[str, int, bool], tuple[str, int]]", vars(json.decoder)["scanstring"])
"""The standard library's string scanner, which has no type stub."""

_SPACES = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
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
_LARGE = 200_000
"""Files of at least this many characters are read lazily."""


class NotJson(ValueError):
    """The text is not JSON."""


class _TooDeep(ValueError):
    """Values are nested deeper than allowed."""


class _Repeated(ValueError):
    """An object has a duplicate name."""


def _no_value(pairs: list[tuple[str, object]]) -> None:
    """The value of an object of which only the end is needed."""
    if len(dict(pairs)) != len(pairs):
        raise _Repeated


def _no_constant(name: str) -> object:
    raise NotJson(f"{name} is not a JSON value")


_scanner = json.JSONDecoder(
    object_pairs_hook=_no_value, parse_constant=_no_constant, parse_int=len, parse_float=len
)
_skipper = json.JSONDecoder(object_pairs_hook=len, parse_int=len, parse_float=len)
"""Finds the end of a value that is known to be valid, except for duplicate names."""


def _end_of_value(text: str, start: int) -> int | None:
    """The offset of the end of a value; None if it is invalid."""
    with contextlib.suppress(ValueError, RecursionError):
        return _scanner.raw_decode(text, start)[1]
    return None


class _JsonSpan(Span):
    """A span that computes its line and column on first use; few are used."""

    __slots__ = ("_end", "_start")

    def __init__(self, source: SourceFile, start: int, end: int) -> None:
        object.__setattr__(self, "source", source)
        self._start = start
        self._end = end

    @property
    def identity(self) -> object:
        return (self.source.name, self._start)

    def __getattr__(self, name: str) -> int:
        # Called only if the slot is empty.
        if name not in ("line", "column", "end_line", "end_column"):
            raise AttributeError(name)
        starts, set_ = self.source.starts, object.__setattr__
        for offset, prefix in ((self._start, ""), (self._end, "end_")):
            line = bisect_right(starts, offset)
            set_(self, f"{prefix}line", line)
            set_(self, f"{prefix}column", offset - starts[line - 1] + 1)
        return cast("int", getattr(self, name))


class _JsonNode(Node):
    """A node that computes its location and those of its keys on first use; few are used."""

    __slots__ = ("_end", "_source", "_start")

    def __init__(
        self, value: Value, path: Path, pointer: str, source: SourceFile, start: int, end: int
    ) -> None:
        self.value = value
        self.file = path
        self.pointer = pointer
        self._span = None
        self._keys = None
        self._source = source
        self._start = start
        self._end = end

    def enclose(self, end: int) -> None:
        """Sets the end."""
        self._end = end

    def _find_span(self) -> Span:
        return _JsonSpan(self._source, self._start, self._end)

    def _find_keys(self) -> dict[str, Span]:
        if not isinstance(self.value, dict):
            return {}
        source = self._source
        return {
            key: _JsonSpan(source, start, end)
            for key, start, end in _key_places(source.text, self._start)
        }


class _StringNode(_JsonNode):
    """A string in an object: its pointer is computed on first use."""

    __slots__ = ("_holder", "_key")

    may_hold_nodes: ClassVar[bool] = False

    def __init__(
        self,
        value: str,
        path: Path,
        holder: str,
        key: str,
        source: SourceFile,
        start: int,
        end: int,
    ) -> None:
        """`holder` is the pointer of the object, `key` its name in the object."""
        self.value = value
        self.file = path
        self._span = None
        self._keys = None
        self._source = source
        self._start = start
        self._end = end
        self._holder = holder
        self._key = key

    def __getattr__(self, name: str) -> str:
        # Called only if the slot is empty.
        if name != "pointer":
            raise AttributeError(name)
        self.pointer = f"{self._holder}/{escape(self._key)}"
        return self.pointer


class _LaterNode(_JsonNode):
    """A valid object whose value is read on first use."""

    __slots__ = ("_reader",)

    def __init__(
        self, reader: JsonReader, path: Path, pointer: str, source: SourceFile, start: int, end: int
    ) -> None:
        super().__init__(None, path, pointer, source, start, end)
        self._reader: JsonReader | None = reader
        del self.value

    def __getattr__(self, name: str) -> Value:
        # Called only if the slot is empty.
        if name != "value":
            raise AttributeError(name)
        assert self._reader is not None
        self.value = self._reader.value_at(self._start, self.pointer)
        self._reader = None
        return self.value

    @property
    def extent(self) -> tuple[int, int]:
        """Its start and end in the file."""
        return self._start, self._end

    def children(self) -> list[Node]:
        return super().children() if self._reader is None else []

    def release(self) -> None:
        super().release()
        self._reader = None


def _key_places(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The keys of a valid object, each with the offsets of its start and of its end."""
    index = start + 1
    while True:
        index = _skip_space(text, index)
        if text[index] == "}":
            return
        key, end = _scan_string(text, index + 1, True)
        yield key, index, end
        index = _skip_space(text, _skip_space(text, end) + 1)
        index = _skip_space(text, _skipper.raw_decode(text, index)[1])
        index += text[index] == ","


def _skip_space(text: str, index: int) -> int:
    if text[index : index + 1] not in _SPACES:
        return index
    match = _SPACE.match(text, index)
    return match.end() if match else index


def is_large(data: bytes) -> bool:
    """Whether a file is JSON and large enough to be read lazily."""
    return len(data) > _LARGE and data[:100].lstrip(b" \t\r\n").startswith(b"{")


def span_at(source: SourceFile, start: int, end: int) -> Span:
    """The span between two offsets of a file."""
    return _JsonSpan(source, start, end)


def later_parts(root: Node) -> dict[str, tuple[int, int]]:
    """The lazily read parts of a large file: start and end by JSON pointer, in the order of the
    file."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _LaterNode):
            found[node.pointer] = node.extent
        elif node.pointer.count("/") < 3:
            waiting += reversed(node.children())
    return found


class JsonReader:
    """One file to a node."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._text = source.text
        self._path = path
        self._diagnostics = diagnostics
        self._source = source
        self._is_valid = True
        self._is_large = len(self._text) > _LARGE
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
        return _skip_space(self._text, index)

    def _later(self, start: int, pointer: str, depth: int) -> tuple[Node, int] | None:
        """A lazy node for an object; None if it must be read now."""
        if depth != (3 if pointer.startswith("/components/") else 2):
            return None
        end = _end_of_value(self._text, start)
        if end is None:
            return None
        return _LaterNode(self, self._path, pointer, self._source, start, end), end

    def _node(self, value: Value, pointer: str, start: int, end: int) -> _JsonNode:
        return _JsonNode(value, self._path, pointer, self._source, start, end)

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
            self._diagnostics.error("too-deep", message, _JsonSpan(self._source, start, start + 1))
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
                child = _StringNode(value, path, pointer, key, source, at, end)
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
        return next(each[1] for each in _key_places(self._text, start) if each[0] == key)

    def _string_span(self, start: int) -> Span:
        return _JsonSpan(self._source, start, _scan_string(self._text, start + 1, True)[1])

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
            text, end = _scan_string(self._text, start + 1, True)
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
