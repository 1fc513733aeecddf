"""Values of a file that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from .diagnostics import Span

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | dict[str, Node] | list[Node]"
Json: TypeAlias = "Scalar | dict[str, Json] | list[Json]"


@dataclass(eq=False, slots=True)
class Node:
    """A value of a file with its place and its JSON pointer (RFC 6901).

    `value` is a scalar, a dict of nodes or a list of nodes. `keys` has the place of each key.
    """

    value: Value
    span: Span
    file: Path
    pointer: str
    keys: dict[str, Span]

    def get(self, key: str) -> Node | None:
        """The value of a key, or None where this is no mapping or lacks the key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping; nothing where this is none."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def elements(self) -> Iterator[Node]:
        """The elements of a list; nothing where this is none."""
        if isinstance(self.value, list):
            yield from self.value

    @property
    def mapping(self) -> dict[str, Node] | None:
        return self.value if isinstance(self.value, dict) else None

    @property
    def list(self) -> list[Node] | None:
        return self.value if isinstance(self.value, list) else None

    @property
    def string(self) -> str | None:
        return self.value if isinstance(self.value, str) else None

    def json(self) -> Json:
        """The value without its places, as `json.loads` would give it."""
        if isinstance(self.value, dict):
            return {key: node.json() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.json() for node in self.value]
        return self.value

    def key_span(self, key: str) -> Span:
        """The place of a key, or of the whole mapping where it is not there."""
        return self.keys.get(key, self.span)
