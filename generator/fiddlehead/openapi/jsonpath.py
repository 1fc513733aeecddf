"""JSONPath (RFC 9535), as far as overlays need it: which nodes of a document a query selects."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..source import Node

Location: TypeAlias = "tuple[str | int, ...]"
"""The keys and indexes that lead to a node from the root."""
Selector: TypeAlias = Callable[[Node], "Iterator[str | int]"]
Test: TypeAlias = Callable[[Node], bool]


class BadQuery(ValueError):
    """A query that is no JSONPath, or has a part that is not known here."""


@dataclass(frozen=True)
class Segment:
    """One step: what it selects of a node, or of the node and everything in it."""

    selectors: tuple[Selector, ...]
    deep: bool = False


def find(root: Node, query: str) -> list[Location]:
    """The nodes that a query selects, each once, in the order of the document.

    Known are names, indexes, wildcards, `..` and filters of existence and equality, with `&&`,
    `||` and `!`; slices and functions are not. Raises `BadQuery`.
    """
    found: list[tuple[Location, Node]] = [((), root)]
    for segment in _Parser(query).query():
        following: dict[Location, Node] = {}
        for at, node in found:
            for place, each in _descendants(at, node) if segment.deep else [(at, node)]:
                for selector in segment.selectors:
                    for step in selector(each):
                        following.setdefault((*place, step), child(each, step))
        found = list(following.items())
    return [at for at, _ in found]


def child(node: Node, step: str | int) -> Node:
    """The entry or the element of a node; it has to be there."""
    if isinstance(step, int):
        assert node.list is not None
        return node.list[step]
    assert node.mapping is not None
    return node.mapping[step]


def _descendants(at: Location, node: Node) -> Iterator[tuple[Location, Node]]:
    yield at, node
    for step in _every(node):
        yield from _descendants((*at, step), child(node, step))


def _every(node: Node) -> Iterator[str | int]:
    yield from node.mapping or ()
    yield from range(len(node.list or ()))


def _named(name: str) -> Selector:
    return lambda node: iter([name] if name in (node.mapping or {}) else [])


def _indexed(index: int) -> Selector:
    def select(node: Node) -> Iterator[str | int]:
        size = len(node.list or ())
        if -size <= index < size:
            yield index % size

    return select


def _filtered(test: Test) -> Selector:
    return lambda node: (step for step in _every(node) if test(child(node, step)))


_NAME = re.compile(r"[A-Za-z_\u0080-\U0010ffff][\w\u0080-\U0010ffff-]*")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_LITERAL = re.compile(r"true|false|null|-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._at = 0

    def query(self) -> list[Segment]:
        self._expect("$")
        segments = self._segments()
        if self._at < len(self._text):
            raise self._bad()
        return segments

    def _segments(self) -> list[Segment]:
        segments: list[Segment] = []
        while True:
            if self._take(".."):
                deep = True
                selectors = self._brackets() if self._peek("[") else (self._dotted(),)
            elif self._take("."):
                deep, selectors = False, (self._dotted(),)
            elif self._peek("["):
                deep, selectors = False, self._brackets()
            else:
                return segments
            segments.append(Segment(selectors, deep))

    def _dotted(self) -> Selector:
        if self._take("*"):
            return _every
        return _named(self._match(_NAME))

    def _brackets(self) -> tuple[Selector, ...]:
        self._expect("[")
        selectors = [self._selector()]
        while self._take(","):
            selectors.append(self._selector())
        self._expect("]")
        return tuple(selectors)

    def _selector(self) -> Selector:
        self._space()
        if self._take("*"):
            found: Selector = _every
        elif self._take("?"):
            found = _filtered(self._either())
        elif self._peek("'") or self._peek('"'):
            found = _named(self._string())
        else:
            found = _indexed(int(self._match(_INTEGER)))
        self._space()
        return found

    # --- filters ---

    def _either(self) -> Test:
        tests = [self._both()]
        while self._take("||"):
            tests.append(self._both())
        return lambda node: any(test(node) for test in tests)

    def _both(self) -> Test:
        tests = [self._test()]
        while self._take("&&"):
            tests.append(self._test())
        return lambda node: all(test(node) for test in tests)

    def _test(self) -> Test:
        self._space()
        if self._take("!"):
            inner = self._test()
            return lambda node: not inner(node)
        if self._take("("):
            inner = self._either()
            self._expect(")")
            self._space()
            return inner
        self._expect("@")
        segments = self._segments()
        self._space()
        for sign in ("==", "!="):
            if self._take(sign):
                self._space()
                wanted = self._value()
                self._space()
                return _compared(segments, wanted, sign == "==")
        return lambda node: bool(list(_relative(node, segments)))

    def _value(self) -> object:
        if self._peek("'") or self._peek('"'):
            return self._string()
        return json.loads(self._match(_LITERAL))

    # --- characters ---

    def _string(self) -> str:
        text = self._match(_STRING)
        if text[0] == "'":
            text = '"' + text[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
        try:
            return str(json.loads(text))
        except ValueError:
            raise self._bad() from None

    def _space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
            self._at += 1

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _take(self, text: str) -> bool:
        found = self._peek(text)
        self._at += len(text) * found
        return found

    def _expect(self, text: str) -> None:
        self._space()
        if not self._take(text):
            raise self._bad()

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise self._bad()
        self._at = match.end()
        return match[0]

    def _bad(self) -> BadQuery:
        rest = self._text[self._at :]
        return BadQuery(f"not understood from '{rest}' on" if rest else "it ends too early")


def _relative(node: Node, segments: list[Segment]) -> Iterator[Node]:
    found = [node]
    for segment in segments:
        found = [
            child(each, step)
            for start in found
            for _, each in (_descendants((), start) if segment.deep else [((), start)])
            for selector in segment.selectors
            for step in selector(each)
        ]
    yield from found


def _compared(segments: list[Segment], wanted: object, equal: bool) -> Test:
    def test(node: Node) -> bool:
        # `true` is not 1, as it would be in Python.
        found = any(
            each.value == wanted and isinstance(each.value, bool) == isinstance(wanted, bool)
            for each in _relative(node, segments)
        )
        return found == equal

    return test
