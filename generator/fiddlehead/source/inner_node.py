"""Nodes inside another node."""

from __future__ import annotations

from .json_pointer import escape
from .node import Node


class InnerNode(Node):
    """A node in a mapping or list, `_holder`, at `_key`. Its pointer is computed on first use."""

    __slots__ = ("_holder", "_key")

    _holder: Node
    _key: str | int

    def __getattr__(self, name: str) -> object:
        # Called only if the slot is empty.
        if name != "pointer":
            raise AttributeError(name)
        key = self._key
        step = escape(key) if isinstance(key, str) else key
        self.pointer = f"{self._holder.pointer}/{step}"
        return self.pointer
