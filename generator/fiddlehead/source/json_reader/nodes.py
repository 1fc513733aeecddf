"""Nodes of JSON that compute their locations, or read their values, on first use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, cast

from ...diagnostics import SourceFile, Span
from ..json_pointer import escape
from ..node import Node, Value
from .scanning import key_places


class JsonSpan(Span):
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


class JsonNode(Node):
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
        return JsonSpan(self._source, self._start, self._end)

    def _find_keys(self) -> dict[str, Span]:
        if not isinstance(self.value, dict):
            return {}
        source = self._source
        return {
            key: JsonSpan(source, start, end)
            for key, start, end in key_places(source.text, self._start)
        }


class StringNode(JsonNode):
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


class LaterNode(JsonNode):
    """A valid object whose value is read on first use."""

    __slots__ = ("_read",)

    def __init__(
        self,
        read: Callable[[int, str], Value],
        path: Path,
        pointer: str,
        source: SourceFile,
        start: int,
        end: int,
    ) -> None:
        """`read` returns the value of the object at an offset, for its pointer."""
        super().__init__(None, path, pointer, source, start, end)
        self._read: Callable[[int, str], Value] | None = read
        del self.value

    def __getattr__(self, name: str) -> Value:
        # Called only if the slot is empty.
        if name != "value":
            raise AttributeError(name)
        assert self._read is not None
        self.value = self._read(self._start, self.pointer)
        self._read = None
        return self.value

    @property
    def extent(self) -> tuple[int, int]:
        """Its start and end in the file."""
        return self._start, self._end

    def children(self) -> list[Node]:
        return super().children() if self._read is None else []

    def release(self) -> None:
        super().release()
        self._read = None


def span_at(source: SourceFile, start: int, end: int) -> Span:
    """The span between two offsets of a file."""
    return JsonSpan(source, start, end)


def later_parts(root: Node) -> dict[str, tuple[int, int]]:
    """The lazily read parts of a large file: start and end by JSON pointer, in the order of the
    file."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, LaterNode):
            found[node.pointer] = node.extent
        elif node.pointer.count("/") < 3:
            waiting += reversed(node.children())
    return found
