"""Overlays: documents of actions that change a description (Overlay Specification 1.0 and 1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ..diagnostics import Diagnostics
from ..source import Node
from .context import kind
from .jsonpath import BadQuery, Location, child, find
from .overrides import moved, token

_KNOWN = ("target", "description", "update", "remove")


def apply(base: Node, overlay: Node, diagnostics: Diagnostics) -> Node:
    """The description after all actions of an overlay, each on what those before it left.

    Each value keeps the place that it was written at. A target that selects nothing is a warning.
    """
    version = overlay.get("overlay")
    if version is None:
        diagnostics.error(
            "missing-key",
            "'overlay' is missing: this is no overlay",
            overlay.span,
            hint="write overlay: 1.0.0 at the top",
        )
        return base
    if not re.fullmatch(r"1\.[01](\..*)?", str(version.value)):
        diagnostics.error(
            "unsupported-version",
            f"'{version.value}' is no version of overlays that fiddlehead reads",
            version.span,
            hint="it reads 1.0 and 1.1",
        )
        return base
    actions = overlay.get("actions")
    if actions is None or actions.list is None:
        diagnostics.error(
            "missing-key",
            "an overlay needs 'actions', a list",
            actions.span if actions is not None else overlay.span,
        )
        return base
    for action in actions.list:
        base = _Action(action, diagnostics).apply(base)
    return base


class _Action:
    def __init__(self, node: Node, diagnostics: Diagnostics) -> None:
        self._node = node
        self._diagnostics = diagnostics

    def apply(self, base: Node) -> Node:
        node, target = self._node, self._node.get("target")
        if target is None or target.string is None:
            self._error("missing-key", "an action needs 'target', a JSONPath as text", node)
            return base
        for key, _ in node.items():
            if key not in _KNOWN and not key.startswith("x-"):
                code = "not-expressible" if key == "copy" else "unknown-key"
                self._diagnostics.warning(
                    code, f"'{key}' of an action has no effect here", node.key_span(key)
                )
        try:
            found = find(base, target.string)
        except BadQuery as problem:
            self._error("bad-value", f"'{target.string}': {problem}", target)
            return base
        if not found:
            self._diagnostics.warning(
                "unused-setting",
                f"'{target.string}' selects nothing: the action changes nothing",
                target.span,
            )
        remove, update = node.get("remove"), node.get("update")
        if remove is not None and remove.value is True:
            return self._removed(base, found, target)
        if update is None:
            if node.get("copy") is None:
                self._error("missing-key", "an action needs 'update' or 'remove: true'", node)
            return base
        for at in found:
            base = _changed(base, at, lambda it: self._updated(it, update))
        return base

    def _removed(self, base: Node, found: list[Location], target: Node) -> Node:
        if () in found:
            self._error("bad-value", "the whole description cannot be removed", target)
            return base
        # Elements from the last on: so those before them stay where they are.
        for at in sorted(found, key=_order, reverse=True):
            base = _changed(base, at[:-1], partial(_without, step=at[-1]))
        return base

    def _updated(self, node: Node, update: Node) -> Node:
        if node.list is not None:
            added = moved(update, node, f"{node.pointer}/{len(node.list)}")
            return Node([*node.list, added], node.span, node.file, node.pointer, {})
        if node.mapping is None or update.mapping is None:
            self._error(
                "bad-value",
                f"an update of {kind(node)} cannot be {kind(update)}",
                update,
                "select the mapping around it" if node.mapping is None else None,
            )
            return node
        return self._merged(node, update)

    def _merged(self, node: Node, update: Node) -> Node:
        """Mappings are merged, lists put behind each other, other values replaced."""
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
            elements = list(node.list)
            for each in update.list:
                elements.append(moved(each, node, f"{node.pointer}/{len(elements)}"))
            return Node(elements, node.span, node.file, node.pointer, {})
        if isinstance(node.value, dict | list) or isinstance(update.value, dict | list):
            self._error("bad-value", f"{kind(node)} cannot become {kind(update)}", update)
            return node
        return moved(update, node, node.pointer)

    def _error(self, code: str, message: str, node: Node, hint: str | None = None) -> None:
        self._diagnostics.error(code, message, node.span, hint=hint)


def _changed(root: Node, at: Location, change: Callable[[Node], Node]) -> Node:
    """A copy of the document with one node changed; what stands there by a YAML alias stays as it
    is in other places."""
    if not at:
        return change(root)
    inner = _changed(child(root, at[0]), at[1:], change)
    if root.list is not None:
        elements = [inner if index == at[0] else each for index, each in enumerate(root.list)]
        return Node(elements, root.span, root.file, root.pointer, {})
    entries = {**(root.mapping or {}), str(at[0]): inner}
    return Node(entries, root.span, root.file, root.pointer, root.keys)


def _without(node: Node, step: str | int) -> Node:
    if node.list is not None:
        elements = [each for index, each in enumerate(node.list) if index != step]
        return Node(elements, node.span, node.file, node.pointer, {})
    entries = {key: each for key, each in node.items() if key != step}
    return Node(entries, node.span, node.file, node.pointer, node.keys)


def _order(at: Location) -> tuple[tuple[bool, int, str], ...]:
    return tuple((True, step, "") if isinstance(step, int) else (False, 0, step) for step in at)
