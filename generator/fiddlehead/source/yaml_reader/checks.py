"""Problems of a YAML document that PyYAML does not report."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from ...diagnostics import Diagnostics, Span
from ..node import MAX_DEPTH
from .scalars import MERGE

_OPEN = 0
"""The size of a collection that is being counted."""


class Checks:
    """Reports duplicate keys, keys that are not scalars, and aliases that contain themselves."""

    def __init__(self, diagnostics: Diagnostics, span: Callable[[yaml.Node], Span]) -> None:
        """`span` returns the location of a node."""
        self._diagnostics = diagnostics
        self._span = span
        self._sizes: dict[int, int] = {}
        self.is_valid = True
        self.has_aliases = False
        """Whether a collection is used more than once."""

    def size(self, raw: yaml.Node, depth: int = 0) -> int:
        """The number of values in a value, with expanded aliases. Reports its problems."""
        if isinstance(raw, yaml.ScalarNode):
            return 1
        known = self._sizes.get(id(raw))
        if known == _OPEN:
            self._error("alias-bomb", "an alias contains itself", raw)
            return 1
        if known is not None:
            self.has_aliases = True
            return known
        if depth > MAX_DEPTH:
            self._error("too-deep", f"values are nested more than {MAX_DEPTH} levels deep", raw)
            return 1
        self._sizes[id(raw)] = _OPEN
        size = 1
        if isinstance(raw, yaml.MappingNode):
            size += self._size_of_entries(raw, depth)
        else:
            for item in raw.value:
                size += self.size(item, depth + 1)
        self._sizes[id(raw)] = size
        return size

    def _size_of_entries(self, raw: yaml.MappingNode, depth: int) -> int:
        size = 0
        keys: dict[str, yaml.ScalarNode] = {}
        for key, value in raw.value:
            if not isinstance(key, yaml.ScalarNode):
                self._error("invalid-yaml", "a key must be a scalar", key)
                continue
            size += 1 + self.size(value, depth + 1)
            first = keys.setdefault(key.value, key) if key.tag != MERGE else key
            if first is not key:
                self._duplicate(first, key)
        return size

    def _duplicate(self, first: yaml.ScalarNode, key: yaml.ScalarNode) -> None:
        self._diagnostics.warning(
            "duplicate-key",
            f"duplicate key '{key.value}'; the last one is used",
            self._span(key),
            hint="remove one of them",
            related=[("the first one is here", self._span(first))],
        )

    def _error(self, code: str, message: str, raw: yaml.Node) -> None:
        self.is_valid = False
        self._diagnostics.error(code, message, self._span(raw))
