"""Values of a file with their locations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, TypeAlias

from ..diagnostics import NOWHERE, Span

MAX_DEPTH = 200
"""The limit for nested values; GitHub's description, the largest known, has 25 levels."""

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | dict[str, Node] | list[Node]"
Unread: TypeAlias = "dict[str, Json] | list[Json]"
"""An object or an array of which no nodes were made."""
Json: TypeAlias = "Scalar | dict[str, Json] | list[Json]"


class Node:
    """A value of a file with its location and its JSON pointer (RFC 6901).

    `value` is a scalar, a dict of nodes or a list of nodes. `keys` has the location of each key.
    """

    __slots__ = ("_keys", "_span", "file", "pointer", "value")

    may_hold_nodes: ClassVar[bool] = True
    """Whether it can contain other nodes, which must be released; a string cannot."""

    def __init__(
        self,
        value: Value,
        span: Span | None,
        file: Path,
        pointer: str,
        keys: dict[str, Span] | None,
    ) -> None:
        """A `span` or `keys` of None is computed on first use, by a subclass."""
        self.value = value
        self.file = file
        self.pointer = pointer
        self._span = span
        self._keys = keys

    @property
    def span(self) -> Span:
        if self._span is None:
            self._span = self._find_span()
        return self._span

    @property
    def keys(self) -> dict[str, Span]:
        if self._keys is None:
            self._keys = self._find_keys()
        return self._keys

    @keys.setter
    def keys(self, keys: dict[str, Span]) -> None:
        self._keys = keys

    @property
    def unread(self) -> Unread | None:
        """What the value will be made of, if that is known and was not done yet."""
        return None

    def release(self) -> list[Node]:
        """Free the value of the node; its location is kept. Returns the nodes inside it that may
        contain others."""
        inside = [child for child in self.children() if child.may_hold_nodes]
        self.value = None
        self._keys = None
        return inside

    def forget(self) -> bool:
        """Free the value if it can be read again; returns whether it can."""
        return False

    def _find_span(self) -> Span:
        return NOWHERE

    def _find_keys(self) -> dict[str, Span]:
        return {}

    def get(self, key: str) -> Node | None:
        """The value of a key, or None if the node is not a mapping or has no such key."""
        value = self.value
        return value.get(key) if isinstance(value, dict) else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping; empty for other nodes."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def children(self) -> list[Node]:
        """The child nodes, without those that were not read yet."""
        return [*self.value.values()] if isinstance(self.value, dict) else [*self.elements()]

    def elements(self) -> Iterator[Node]:
        """The elements of a list; empty for other nodes."""
        if isinstance(self.value, list):
            yield from self.value

    @property
    def mapping(self) -> dict[str, Node] | None:
        value = self.value
        return value if isinstance(value, dict) else None

    @property
    def list(self) -> list[Node] | None:
        return self.value if isinstance(self.value, list) else None

    @property
    def string(self) -> str | None:
        return self.value if isinstance(self.value, str) else None

    @property
    def written(self) -> str | None:
        """The text of a scalar as it is written, without quotes; None if it is not known."""
        return None

    def json(self) -> Json:
        """The value without locations, as `json.loads` would return it."""
        if isinstance(self.value, dict):
            return {key: node.json() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.json() for node in self.value]
        return self.value

    def key_span(self, key: str) -> Span:
        """The location of a key, or of the whole mapping if it has no such key."""
        return self.keys.get(key, self.span)


def release_all(nodes: Iterable[Node]) -> None:
    """Free the values of nodes, and of all nodes inside them."""
    waiting = [*nodes]
    while waiting:
        waiting += waiting.pop().release()
