"""Finds the schema that a bare name in a `$ref` stands for (`$ref: Pet`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .node import Node


class SchemaNames:
    """The schemas of files by `$id`, and by `$anchor`; each file is searched once."""

    def __init__(self) -> None:
        # A root is kept with its ids, because an id is unique only while its object lives.
        self._by_id: dict[int, tuple[Node, dict[str, Node]]] = {}

    def with_id(self, roots: Iterable[Node], name: str) -> Node | None:
        """The first schema with this `$id` (JSON Schema 2020-12, section 8.2.1)."""
        for root in roots:
            known = self._by_id.get(id(root))
            if known is None:
                known = self._by_id[id(root)] = (root, dict(_ids(root)))
            if name in known[1]:
                return known[1][name]
        return None

    def with_anchor(self, root: Node, name: str) -> Node | None:
        """The schema of a file with this `$anchor` (JSON Schema 2020-12, section 8.2.2)."""
        return self.with_id([root], f"#{name}")

    def clear(self) -> None:
        self._by_id.clear()


def component(roots: Iterable[Node], name: str) -> Node | None:
    """The first component schema with this name."""
    for root in roots:
        node: Node | None = root
        for key in ("components", "schemas", name):
            node = node.get(key) if node is not None else None
        if node is not None:
            return node
    return None


def _ids(root: Node) -> Iterator[tuple[str, Node]]:
    """The `$id` of each schema, and its `$anchor` after a `#`, with the schema; of equal ones, the
    first is last."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for key, prefix in (("$id", ""), ("$anchor", "#")):
            name = node.get(key)
            if name is not None and name.string is not None:
                yield prefix + name.string, node
        waiting += [child for _, child in node.items()]
        waiting += node.elements()
