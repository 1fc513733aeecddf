"""Merges override files into a description."""

from __future__ import annotations

from ...diagnostics import Diagnostics, Span
from ...source import Node
from ...source.json_pointer import escape


def merge(base: Node, override: Node, diagnostics: Diagnostics) -> Node:
    """The description with the values of an override file; null removes a key.

    Mappings are merged, and other values are replaced, including lists, except that lists of
    mappings are merged element by element (as in Fern). Each value keeps its location; references
    in an override are relative to the description, not to the override file. An empty file, or one
    with only comments, changes nothing.
    """
    if override.value is None:
        return base
    if base.mapping is not None and override.mapping is None:
        diagnostics.warning(
            "wrong-type",
            "a file of overrides must be a mapping; it is left out",
            override.span,
        )
        return base
    return _merge(base, override)


def _merge(base: Node, override: Node) -> Node:
    if base.mapping is not None and override.mapping is not None:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = dict(base.keys)
        for key, child in base.mapping.items():
            change = override.mapping.get(key)
            if change is None:
                entries[key] = child
            elif change.value is not None:
                entries[key] = _merge(child, change)
        for key, change in override.mapping.items():
            if key not in base.mapping and change.value is not None:
                entries[key] = moved(change, base, f"{base.pointer}/{token(key)}")
                keys[key] = override.key_span(key)
        return Node(entries, base.span, base.file, base.pointer, keys)
    if _is_mappings(base) and _is_mappings(override):
        assert base.list is not None and override.list is not None
        elements = [_merge(one, two) for one, two in zip(base.list, override.list, strict=False)]
        shared = len(elements)
        elements += base.list[shared:]
        elements += [
            moved(node, base, f"{base.pointer}/{shared + index}")
            for index, node in enumerate(override.list[shared:])
        ]
        return Node(elements, base.span, base.file, base.pointer, {})
    return moved(override, base, base.pointer)


def _is_mappings(node: Node) -> bool:
    return bool(node.list) and all(element.mapping is not None for element in node.elements())


def moved(node: Node, base: Node, pointer: str) -> Node:
    """A value of the override as a part of the description, with its file and pointer."""
    if node.mapping is not None:
        entries = {
            key: moved(child, base, f"{pointer}/{token(key)}")
            for key, child in node.mapping.items()
        }
        return Node(entries, node.span, base.file, pointer, node.keys)
    if node.list is not None:
        elements = [
            moved(child, base, f"{pointer}/{index}") for index, child in enumerate(node.list)
        ]
        return Node(elements, node.span, base.file, pointer, {})
    return Node(node.value, node.span, base.file, pointer, {})


def token(key: str) -> str:
    return escape(key)
