"""Applies overlays: documents of actions that change a description (Overlay Specification 1.0 and
1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from ...diagnostics import Diagnostics
from ...frontend_kit.node_values import kind, unsupported_version
from ...source import Json, Node
from .overrides import moved, token

Location: TypeAlias = "tuple[str | int, ...]"
"""The keys and indexes from the root to a node."""

_KNOWN = ("target", "description", "update", "remove", "copy")

_NESTING = 500
"""The maximum depth for `..` in the library: more than `node.MAX_DEPTH`."""


def apply(base: Node, overlay: Node, diagnostics: Diagnostics) -> Node:
    """The description after all actions of an overlay, applied in order.

    Each value keeps its location. A target that selects nothing is a warning; an invalid action is
    an error.
    """
    version = overlay.get("overlay")
    if version is None:
        diagnostics.error(
            "bad-overlay",
            "'overlay' is missing: this file is not an overlay",
            overlay.span,
            hint="add overlay: 1.1.0 at the top",
        )
        return base
    if not re.fullmatch(r"1\.[01](\..*)?", str(version.value)):
        diagnostics.error(
            "bad-overlay",
            unsupported_version("overlay", "overlay", version),
            version.span,
            hint="the supported versions are 1.0 and 1.1",
        )
        return base
    actions = overlay.get("actions")
    if actions is None or actions.list is None:
        diagnostics.error(
            "bad-overlay",
            "an overlay requires 'actions', a list",
            actions.span if actions is not None else overlay.span,
        )
        return base
    queries = _Queries()
    old = str(version.value).startswith("1.0")
    for action in actions.list:
        base = _Action(action, queries, diagnostics, appends=old).apply(base)
    return base


class _BadQuery(ValueError):
    """A text that is not a JSONPath."""


class _Queries:
    """JSONPath (RFC 9535) on nodes, with a library for plain values.

    An action changes only a small part of a description, so the plain value of each node is cached.
    """

    def __init__(self) -> None:
        self._plain: dict[int, tuple[Node, Json]] = {}

    def find(self, root: Node, query: str) -> list[Location]:
        """The nodes that a query selects, without duplicates. Raises `_BadQuery`."""
        from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

        environment = JSONPathEnvironment()
        environment.max_recursion_depth = _NESTING
        try:
            result = environment.find(query, self._value(root))
        except (JSONPathError, RecursionError) as error:
            raise _BadQuery(str(error).split("\n")[0] or "nested too deeply") from None
        return list(dict.fromkeys(node.location for node in result))

    def _value(self, node: Node) -> Json:
        known = self._plain.get(id(node))
        if known is not None:
            return known[1]
        if node.mapping is not None:
            value: Json = {key: self._value(child) for key, child in node.mapping.items()}
        elif node.list is not None:
            value = [self._value(child) for child in node.list]
        else:
            return node.json()
        # The node is kept with its value, because an id is unique only while its object lives.
        self._plain[id(node)] = (node, value)
        return value


class _Action:
    def __init__(
        self, node: Node, queries: _Queries, diagnostics: Diagnostics, *, appends: bool
    ) -> None:
        self._node = node
        self._queries = queries
        self._diagnostics = diagnostics
        self._appends = appends
        """Whether a list is added as one element, as in Overlay 1.0."""

    def apply(self, base: Node) -> Node:
        node, target = self._node, self._node.get("target")
        if target is None or target.string is None:
            self._error("an action requires 'target', a JSONPath", node)
            return base
        for key, _ in node.items():
            if key not in _KNOWN and not key.startswith("x-"):
                self._diagnostics.warning(
                    "unknown-key", f"'{key}' of an action has no effect", node.key_span(key)
                )
        result = self._find(base, target)
        if result is None:
            return base
        if not result:
            self._diagnostics.warning(
                "unused-setting",
                f"'{target.string}' selects nothing; the action has no effect",
                target.span,
            )
        remove, update, copy = node.get("remove"), node.get("update"), node.get("copy")
        if remove is not None and remove.value is True:
            return self._removed(base, result, target)
        if copy is not None and update is not None:
            self._diagnostics.warning(
                "unused-setting",
                "'copy' and 'update' in one action have no effect",
                node.key_span("copy"),
                hint="write two actions",
            )
            return base
        if copy is not None:
            update = self._copied(base, copy)
        elif update is None:
            self._error("an action requires 'update', 'copy' or 'remove: true'", node)
        if update is None:
            return base
        for at in result:
            base = _changed(base, at, lambda it: self._updated(it, update))
        return base

    def _find(self, base: Node, query: Node) -> list[Location] | None:
        """The nodes that a JSONPath selects; None, and an error, if it is invalid."""
        try:
            return self._queries.find(base, query.string or "")
        except _BadQuery as problem:
            hint = None
            if re.search(r"\.[\w-]*[-/~{]", query.string or ""):
                hint = "write names with characters other than letters and digits as ['name']"
            self._error(f"'{query.string}' is not a JSONPath: {problem}", query, hint)
            return None

    def _copied(self, base: Node, copy: Node) -> Node | None:
        """The only node that `copy` selects."""
        if copy.string is None:
            self._error(f"expected a JSONPath for 'copy', found {kind(copy)}", copy)
            return None
        copied_nodes = self._find(base, copy)
        if copied_nodes is None:
            return None
        if len(copied_nodes) != 1:
            count = "nothing" if not copied_nodes else f"{len(copied_nodes)} values"
            self._error(f"'{copy.value}' must select one value, but selects {count}", copy)
            return None
        node = base
        for step in copied_nodes[0]:
            node = _child(node, step)
        return node

    def _removed(self, base: Node, nodes: list[Location], target: Node) -> Node:
        if () in nodes:
            self._error("the whole description cannot be removed", target)
            return base
        # Elements are removed from the end, so that the indexes of the others do not change.
        for at in sorted(nodes, key=_order, reverse=True):
            base = _changed(base, at[:-1], partial(_without, step=at[-1]))
        return base

    def _updated(self, node: Node, update: Node) -> Node:
        if node.list is not None and (update.list is None or self._appends):
            return _extended(node, [update])
        return self._merged(node, update)

    def _merged(self, node: Node, update: Node) -> Node:
        """Mappings are merged, lists are concatenated, and other values are replaced."""
        if node.mapping is not None and update.mapping is not None:
            entries, keys = dict(node.mapping), dict(node.keys)
            for key, value in update.mapping.items():
                old = entries.get(key)
                keys.setdefault(key, update.key_span(key))
                entries[key] = (
                    moved(value, node, f"{node.pointer}/{token(key)}")
                    if old is None
                    else self._merged(old, value)
                )
            return Node(entries, node.span, node.file, node.pointer, keys)
        if node.list is not None and update.list is not None:
            return _extended(node, update.list)
        if isinstance(node.value, dict | list) or isinstance(update.value, dict | list):
            copy = self._node.get("copy")
            self._error(
                f"{kind(node)} cannot be replaced by {kind(update)}",
                update if copy is None else copy,
                "remove it in an earlier action",
            )
            return node
        return moved(update, node, node.pointer)

    def _error(self, message: str, node: Node, hint: str | None = None) -> None:
        self._diagnostics.error("bad-overlay", message, node.span, hint=hint)


def _extended(node: Node, added: Iterable[Node]) -> Node:
    elements = list(node.elements())
    for element in added:
        elements.append(moved(element, node, f"{node.pointer}/{len(elements)}"))
    return Node(elements, node.span, node.file, node.pointer, {})


def _child(node: Node, step: str | int) -> Node:
    """The entry or element of a node; it must exist."""
    if isinstance(step, int):
        assert node.list is not None
        return node.list[step]
    assert node.mapping is not None
    return node.mapping[step]


def _changed(root: Node, at: Location, change: Callable[[Node], Node]) -> Node:
    """A copy of the document with one node changed; other uses of the same YAML alias are
    unchanged."""
    if not at:
        return change(root)
    inner = _changed(_child(root, at[0]), at[1:], change)
    if root.list is not None:
        elements = [inner if index == at[0] else node for index, node in enumerate(root.list)]
        return Node(elements, root.span, root.file, root.pointer, {})
    entries = {**(root.mapping or {}), str(at[0]): inner}
    return Node(entries, root.span, root.file, root.pointer, root.keys)


def _without(node: Node, step: str | int) -> Node:
    if node.list is not None:
        elements = [element for index, element in enumerate(node.list) if index != step]
        return Node(elements, node.span, node.file, node.pointer, {})
    entries = {key: child for key, child in node.items() if key != step}
    return Node(entries, node.span, node.file, node.pointer, node.keys)


def _order(at: Location) -> tuple[tuple[bool, int, str], ...]:
    return tuple((True, step, "") if isinstance(step, int) else (False, 0, step) for step in at)
