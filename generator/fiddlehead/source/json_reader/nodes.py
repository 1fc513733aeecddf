"""Nodes of JSON that compute their locations, or read their values, on first use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, cast

from ...diagnostics import SourceFile, Span
from ..json_pointer import escape
from ..node import MAX_DEPTH, Json, Node, Scalar, Unread, Value
from .scanning import Place, Raw, inner_places, key_places


class JsonSpan(Span):
    """A span that computes its line and column on first use; few are used."""

    __slots__ = ("_inner",)

    def place(self) -> Place:
        """The offsets of its start and its end."""
        raise NotImplementedError

    def inner(self, key: str | int) -> Place:
        """The place of a value in the object or array that is here."""
        if not hasattr(self, "_inner"):
            self._inner = inner_places(self.source.octets, self.place()[0])
        return self._inner[key]

    @property
    def identity(self) -> object:
        return (self.source.name, self.place()[0])

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name not in ("line", "column", "end_line", "end_column"):
            raise AttributeError(name)
        set_slot = object.__setattr__
        for offset, prefix in zip(self.place(), ("", "end_"), strict=True):
            line, column = self.source.position(offset)
            set_slot(self, f"{prefix}line", line)
            set_slot(self, f"{prefix}column", column)
        return getattr(self, name)


class PlacedSpan(JsonSpan):
    """A span of which the offsets are known."""

    __slots__ = ("_place",)

    def __init__(self, source: SourceFile, start: int, end: int) -> None:
        object.__setattr__(self, "source", source)
        self._place = (start, end)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.source, *self._place)

    def place(self) -> Place:
        return self._place


class PartSpan(PlacedSpan):
    """The span of an object that is read on first use, with its JSON pointer."""

    __slots__ = ("pointer",)

    def __init__(self, source: SourceFile, start: int, end: int, pointer: str) -> None:
        super().__init__(source, start, end)
        self.pointer = pointer

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.source, *self._place, self.pointer)


class InnerSpan(JsonSpan):
    """The span of a value in an object or array, which is looked for on first use."""

    __slots__ = ("_holder", "_key")

    def __init__(self, holder: PartSpan | InnerSpan, key: str | int) -> None:
        self._holder = holder
        self._key = key

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name != "source":
            return super().__getattr__(name)
        object.__setattr__(self, name, self._holder.source)
        return self.source

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self._holder, self._key)

    @property
    def pointer(self) -> str:
        """The JSON pointer of the value."""
        step = escape(self._key) if isinstance(self._key, str) else self._key
        return f"{self._holder.pointer}/{step}"

    def place(self) -> Place:
        return self._holder.inner(self._key)


JSON_SPANS = (PlacedSpan, PartSpan, InnerSpan)
"""The spans of nodes."""


class JsonNode(Node):
    """A node of which the offsets are known."""

    __slots__ = ()

    def __init__(self, value: Value, path: Path, pointer: str, span: JsonSpan) -> None:
        super().__init__(value, span, path, pointer, None)

    def _find_keys(self) -> dict[str, Span]:
        return _keys(self)


class LaterNode(JsonNode):
    """A valid object whose value is read on first use."""

    __slots__ = ("_is_read", "_raw", "_read")

    def __init__(
        self,
        read: Callable[[LaterNode], Value],
        path: Path,
        pointer: str,
        span: PartSpan,
        raw: Raw,
    ) -> None:
        """`read` returns the value of the node; `raw` is what it is made from, if that is known."""
        super().__init__(None, path, pointer, span)
        self._read = read
        self._raw = raw
        self._is_read = False
        del self.value

    def __getattr__(self, name: str) -> Value:
        # Called only if the slot is empty.
        if name != "value":
            raise AttributeError(name)
        self.value = self._read(self)
        self._is_read = True
        return self.value

    def take_raw(self) -> Raw:
        """What the value is made from, if that is known and not taken yet."""
        raw, self._raw = self._raw, None
        return raw

    @property
    def extent(self) -> Place:
        """Its start and end in the file."""
        return cast("JsonSpan", self.span).place()

    def children(self) -> list[Node]:
        return super().children() if self._is_read else []

    def release(self) -> list[Node]:
        # The nodes inside do not refer to those that hold them, so they are freed with the value.
        self.value = self._keys = self._raw = None
        self._is_read = True
        return []

    def forget(self) -> bool:
        self._raw = None
        if self._is_read:
            self.release()
            del self.value
            self._is_read = False
        return True


class _InnerNode(Node):
    """A node in one that is read on first use. Its pointer and its location are found on first use,
    from the location of what holds it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name != "pointer":
            raise AttributeError(name)
        self.pointer = cast("InnerSpan", self.span).pointer
        return self.pointer


class InnerScalar(_InnerNode):
    """A scalar in a node that is read on first use."""

    __slots__ = ("_holder", "_key")

    may_hold_nodes: ClassVar[bool] = False

    def __init__(self, value: Scalar, file: Path, holder: PartSpan | InnerSpan, key: str | int):
        self.value = value
        self.file = file
        self._span = None
        self._keys = None
        self._holder = holder
        self._key = key

    def _find_span(self) -> Span:
        return InnerSpan(self._holder, self._key)


class InnerContainer(_InnerNode):
    """An object or array in a node that is read on first use; its own nodes are made on first use."""

    __slots__ = ("_raw",)

    def __init__(
        self,
        raw: dict[str, Raw] | list[Raw],
        file: Path,
        holder: PartSpan | InnerSpan,
        key: str | int,
    ) -> None:
        self.file = file
        self._span = InnerSpan(holder, key)
        self._keys = None
        self._raw: dict[str, Raw] | list[Raw] | None = raw

    def __getattr__(self, name: str) -> object:
        if name != "value":
            return super().__getattr__(name)
        self.value = inner_nodes(self._raw, self.file, cast("InnerSpan", self.span))
        self._raw = None
        return self.value

    @property
    def unread(self) -> Unread | None:
        return self._raw

    def _find_keys(self) -> dict[str, Span]:
        return _keys(self)

    def children(self) -> list[Node]:
        return super().children() if self._raw is None else []

    def json(self) -> Json:
        return super().json() if self._raw is None else self._raw


def inner_nodes(raw: Raw, file: Path, holder: PartSpan | InnerSpan) -> Value:
    """The value of a node at a place, as nodes."""
    if isinstance(raw, dict):
        return {
            key: (
                InnerContainer(value, file, holder, key)
                if isinstance(value, (dict, list))
                else InnerScalar(value, file, holder, key)
            )
            for key, value in raw.items()
        }
    if isinstance(raw, list):
        return [
            (
                InnerContainer(item, file, holder, index)
                if isinstance(item, (dict, list))
                else InnerScalar(item, file, holder, index)
            )
            for index, item in enumerate(raw)
        ]
    return raw


def _keys(node: Node) -> dict[str, Span]:
    """The spans of the keys of an object."""
    if not isinstance(node.value, dict):
        return {}
    span = cast("JsonSpan", node.span)
    source = span.source
    return {
        key: PlacedSpan(source, *place)
        for key, place, _ in key_places(source.octets, span.place()[0])
    }


def is_too_deep(raw: Raw, depth: int) -> bool:
    """Whether a value at a depth has values that are nested too deeply."""
    holders = [raw] if isinstance(raw, (dict, list)) else []
    while holders and depth <= MAX_DEPTH:
        holders = [
            item
            for holder in holders
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, (dict, list))
        ]
        depth += 1
    return bool(holders)


def span_at(source: SourceFile, start: int, end: int) -> Span:
    """The span between two offsets of a file."""
    return PlacedSpan(source, start, end)


def later_parts(root: Node) -> dict[str, Place]:
    """The lazily read parts of a large file: start and end by JSON pointer, in the order of the
    file."""
    result: dict[str, Place] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, LaterNode):
            result[node.pointer] = node.extent
        elif node.pointer.count("/") < 3:
            waiting += reversed(node.children())
    return result
