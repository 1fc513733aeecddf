"""Nodes that are made from those of PyYAML on first use: many, such as examples, are never used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import yaml

from ...diagnostics import SourceFile, Span
from ..json_pointer import escape
from ..node import Node, Value
from .scalars import MERGE, scalar


class YamlDocument:
    """A parsed file."""

    def __init__(self, source: SourceFile, text: str, path: Path) -> None:
        """`text` is what was parsed."""
        self._source = source
        self.text = text
        self.path = path
        self._anchored: dict[int, YamlCollection] | None = None

    def root(self, raw: yaml.Node, *, has_aliases: bool) -> Node:
        """The root of the document, if it has no problems (`Checks`)."""
        self._anchored = {} if has_aliases else None
        if isinstance(raw, yaml.ScalarNode):
            return Node(scalar(raw, self.text), self.span(raw), self.path, "", {})
        root = YamlCollection(raw, self, None, "")
        root.pointer = ""
        return root

    def node(self, raw: yaml.Node, holder: YamlCollection, key: str | int) -> Node:
        """A node in a mapping or list."""
        if isinstance(raw, yaml.ScalarNode):
            return YamlScalar(raw, holder, key)
        node = YamlCollection(raw, self, holder, key)
        if self._anchored is None:
            return node
        anchored = self._anchored.setdefault(id(raw), node)
        if anchored is node:
            # With aliases, nodes are made in the order of the file: an alias has the nodes, and so
            # the pointers, of its anchor.
            _ = node.value
            return node
        # A schema of its own, if it is one: `Two: *one` is another name than `One: &one {...}`.
        return Node(anchored.value, anchored.span, self.path, node.pointer, anchored.keys)

    def span(self, raw: yaml.Node) -> Span:
        """The location of a node."""
        start, end = raw.start_mark, raw.end_mark
        return Span(self._source, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


class _Inside(Node):
    """A node in a mapping or list, `_holder`, at `_key`. Its pointer is computed on first use."""

    __slots__ = ("_holder", "_key")

    _holder: Node
    _key: str | int

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name != "pointer":
            raise AttributeError(name)
        step = escape(self._key) if isinstance(self._key, str) else self._key
        self.pointer = f"{self._holder.pointer}/{step}"
        return self.pointer


class YamlScalar(_Inside):
    """A scalar in a mapping or list."""

    __slots__ = ("_document", "_raw")

    may_hold_nodes: ClassVar[bool] = False

    def __init__(self, raw: yaml.ScalarNode, holder: YamlCollection, key: str | int) -> None:
        self.value = scalar(raw, holder.document.text)
        self.file = holder.file
        self._span = None
        self._keys = None
        self._holder = holder
        self._key = key
        self._raw = raw
        self._document = holder.document

    @property
    def written(self) -> str | None:
        return str(self._raw.value)

    def _find_span(self) -> Span:
        return self._document.span(self._raw)


class YamlCollection(_Inside):
    """A mapping or list; its nodes are made on first use."""

    __slots__ = ("_is_read", "_raw", "document")

    def __init__(
        self, raw: yaml.Node, document: YamlDocument, holder: YamlCollection | None, key: str | int
    ) -> None:
        """The root has no `holder`; its pointer must be set."""
        self.file = document.path
        self._span = None
        self._keys = None
        if holder is not None:
            self._holder = holder
        self._key = key
        self._raw = raw
        self._is_read = False
        self.document = document

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name != "value":
            return super().__getattr__(name)
        self.value = self._read()
        self._is_read = True
        return self.value

    def _read(self) -> Value:
        raw, node = self._raw, self.document.node
        if not isinstance(raw, yaml.MappingNode):
            return [node(item, self, index) for index, item in enumerate(raw.value)]
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for key, value in raw.value:
            if key.tag == MERGE:
                for source in self._merged(value):
                    for name, child in source.items():
                        merged.setdefault(name, child)
            else:
                # Keys such as the response 200 or the property null are strings.
                entries[key.value] = node(value, self, key.value)
        return {**merged, **entries} if merged else entries

    def _merged(self, raw: yaml.Node) -> Iterator[Node]:
        """The mappings of a merge key."""
        node = self.document.node(raw, self, "<<")
        yield from node.elements() if node.list is not None else [node]

    def _find_span(self) -> Span:
        return self.document.span(self._raw)

    def _find_keys(self) -> dict[str, Span]:
        keys: dict[str, Span] = {}
        for key, value in self._raw.value if isinstance(self._raw, yaml.MappingNode) else ():
            if key.tag == MERGE:
                for source in self._merged(value):
                    for name, _ in source.items():
                        keys.setdefault(name, source.key_span(name))
            else:
                keys[key.value] = self.document.span(key)
        return keys

    def children(self) -> list[Node]:
        return super().children() if self._is_read else []

    def release(self) -> list[Node]:
        inside = super().release()
        self._is_read = True
        return inside
