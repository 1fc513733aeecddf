"""TOML files as nodes with locations: tomllib parses, and a scanner finds the locations."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path
from typing import TypeAlias, cast

from ..diagnostics import Diagnostics, SourceFile, Span
from ..settings_text import loads, text_of
from ..source import Node
from ..source.json_pointer import escape

Step: TypeAlias = "tuple[str | int, ...]"


def read(path: Path, label: str, diagnostics: Diagnostics) -> Node | None:
    """The root node of a TOML file; None and an error if it cannot be read.

    `label` is the name of the file in messages. Dates are kept as text.
    """
    try:
        text = text_of(path.read_bytes())
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        diagnostics.error("missing-file", f"'{label}': {reason}")
        return None
    except UnicodeDecodeError as error:
        diagnostics.error("bad-config", f"'{label}' is not UTF-8: byte {error.start} is not valid")
        return None
    source = SourceFile(label, text)
    try:
        values: object = loads(text)
    except (ValueError, RecursionError) as error:
        problem, line, column = _problem(str(error), source)
        span = Span(source, line, column, line, column + 1)
        diagnostics.error("bad-config", f"invalid TOML: {problem}", span)
        return None
    places = _Scan(source).run()
    return _node(values, (), Span(source, 1, 1, 1, 1), path, places)


def _problem(message: str, source: SourceFile) -> tuple[str, int, int]:
    match = re.search(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if match is None:
        return message, 1, 1
    problem = message[: match.start()].lower()
    if match[1] is None:
        return f"{problem} at the end", max(1, len(source.lines)), 1
    return problem, int(match[1]), int(match[2])


class _Places:
    def __init__(self) -> None:
        self.keys: dict[Step, Span] = {}
        self.values: dict[Step, Span] = {}


def _node(value: object, at: Step, default: Span, path: Path, places: _Places) -> Node:
    span = places.values.get(at) or places.keys.get(at) or default
    pointer = "".join(f"/{escape(str(step))}" for step in at)
    node = Node(None, span, path, pointer, {})
    if isinstance(value, dict):
        entries = cast("dict[str, object]", value)
        node.value = {
            key: _node(item, (*at, key), span, path, places) for key, item in entries.items()
        }
        node.keys = {key: places.keys.get((*at, key), span) for key in entries}
    elif isinstance(value, list):
        items = cast("list[object]", value)
        node.value = [
            _node(item, (*at, index), span, path, places) for index, item in enumerate(items)
        ]
    elif isinstance(value, str | int | float | bool):
        node.value = value
    else:
        node.value = str(value)
    return node


_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


class _Scan:
    """Scans a valid TOML document and records the locations of keys and values."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._text = source.text
        self._at = 0
        self._places = _Places()
        self._starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self._counts: dict[Step, int] = {}

    def run(self) -> _Places:
        table: Step = ()
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self._places

    def _header(self) -> Step:
        start = self._at
        many = self._text.startswith("[[", start)
        self._at += 2 if many else 1
        self._skip()
        names = self._key()
        self._skip()
        self._at += 2 if many else 1
        # An array of tables in a dotted name means its last element (TOML 1.0).
        path: Step = ()
        for index, name in enumerate(names):
            path = (*path, name)
            itself = many and index == len(names) - 1
            if path in self._counts and not itself:
                path = (*path, self._counts[path])
        span = self._span(start, self._at)
        self._places.keys.setdefault(path, span)
        if many:
            self._counts[path] = self._counts.get(path, -1) + 1
            path = (*path, self._counts[path])
            self._places.keys[path] = span
        return path

    def _key(self) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            match = _BARE.match(self._text, self._at) or _STRING.match(self._text, self._at)
            if match is None:
                return tuple(names)
            self._at = match.end()
            raw = match[0]
            names.append(raw if raw[0] not in "\"'" else str(loads(f"k={raw}")["k"]))
            dot = re.compile(r"[ \t]*\.[ \t]*").match(self._text, self._at)
            if dot is None:
                return tuple(names)
            self._at = dot.end()

    def _pair(self, table: Step) -> None:
        start = self._at
        path: Step = (*table, *self._key())
        span = self._span(start, self._at)
        for length in range(len(table) + 1, len(path) + 1):
            self._places.keys.setdefault(path[:length], span)
        self._at = self._text.index("=", self._at) + 1
        self._skip()
        self._value(path)

    def _value(self, path: Step) -> None:
        start = self._at
        opening = self._text[start]
        if opening == "[":
            self._at += 1
            index = 0
            while not self._closed("]"):
                self._value((*path, index))
                index += 1
        elif opening == "{":
            self._at += 1
            while not self._closed("}"):
                self._pair(path)
        else:
            pattern = _STRING if opening in "\"'" else _PLAIN
            match = pattern.match(self._text, start)
            assert match is not None
            self._at = start + len(match[0].rstrip())
        self._places.values[path] = self._span(start, self._at)

    def _closed(self, bracket: str) -> bool:
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip()
        if self._text[self._at] != bracket:
            return False
        self._at += 1
        return True

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        assert match is not None
        self._at = match.end()

    def _span(self, start: int, end: int) -> Span:
        line, column = self._position(start)
        end_line, end_column = self._position(end)
        return Span(self._source, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
