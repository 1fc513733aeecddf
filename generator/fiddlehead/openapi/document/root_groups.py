"""Puts groups of the root that are in other files (`components: {$ref: …}`) in their places."""

from __future__ import annotations

from ...diagnostics import Diagnostics, Span
from ...source import Node, Sources
from .references import References

_GROUPS = (
    "info",
    "servers",
    "tags",
    "paths",
    "webhooks",
    "components",
    "channels",
    "operations",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
)
"""Groups of OpenAPI, AsyncAPI and Swagger 2.0. None of them allows a reference."""


def resolved(root: Node, sources: Sources, diagnostics: Diagnostics) -> Node:
    """The root with every group that is a reference, every group of the components, and every
    server of a list, each with a warning. The entries next to `$ref` are kept, and have precedence.

    The same root if there are no such references.
    """
    return _Groups(References(sources, diagnostics), diagnostics).root(root)


class _Groups:
    def __init__(self, references: References, diagnostics: Diagnostics) -> None:
        self._references = references
        self._diagnostics = diagnostics
        self._language = "OpenAPI"

    def root(self, root: Node) -> Node:
        self._language = "AsyncAPI" if root.get("asyncapi") is not None else "OpenAPI"
        changed: dict[str, Node] = {}
        for key in _GROUPS:
            group = root.get(key)
            if group is None:
                continue
            complete = self._group(group, f"'{key}'")
            if key == "components":
                complete = self._components(complete)
            elif key == "servers" and complete.list is not None:
                complete = self._servers(complete)
            if complete is not group:
                changed[key] = complete
        return _with(root, changed)

    def _components(self, components: Node) -> Node:
        groups = {key: (group, self._group(group, f"'{key}'")) for key, group in components.items()}
        return _with(
            components,
            {key: complete for key, (group, complete) in groups.items() if complete is not group},
        )

    def _servers(self, servers: Node) -> Node:
        elements = [self._group(server, "a server") for server in servers.elements()]
        if all(one is other for one, other in zip(elements, servers.elements(), strict=True)):
            return servers
        return Node(elements, servers.span, servers.file, servers.pointer, {})

    def _group(self, group: Node, what: str) -> Node:
        """The target of a group that is a reference, with its other entries."""
        reference = group.get("$ref")
        if reference is None or reference.string is None:
            return group
        self._diagnostics.warning(
            "misplaced-reference",
            f"{self._language} allows no '$ref' for {what}; it is resolved anyway",
            reference.span,
        )
        target = self._references.final(group)
        others = {key: node for key, node in group.items() if key != "$ref"}
        if target is not None and (not others or target.mapping is None):
            return target
        entries = {**(target.mapping or {} if target is not None else {}), **others}
        keys: dict[str, Span] = {**(target.keys if target is not None else {}), **group.keys}
        return Node(entries, group.span, group.file, group.pointer, keys)


def _with(node: Node, changed: dict[str, Node]) -> Node:
    """A mapping with other values of some keys; the same if there are none."""
    if not changed:
        return node
    entries = {**(node.mapping or {}), **changed}
    return Node(entries, node.span, node.file, node.pointer, node.keys)
