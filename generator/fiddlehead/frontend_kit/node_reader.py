"""Typed access to the nodes of a description: a value of the wrong type is a warning, and is left
out."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import ClassVar, TypeVar

from ..diagnostics import Diagnostics, Span
from ..source.node import Node
from .node_values import kind

T = TypeVar("T", bound=str)
LEFT_OUT = "; it is left out"


class NodeReader:
    """Reads the values of a mapping by key; no method raises.

    `null` and a key without a value (`docs:`) count as missing. Each frontend has a subclass for
    its language.
    """

    diagnostics: Diagnostics
    doc_key: ClassVar[str] = "description"
    """The key of the documentation."""

    def get(self, node: Node, key: str) -> Node | None:
        """The value of a key, or None where it is absent or null."""
        child = node.get(key)
        return child if child is not None and child.value is not None else None

    def string(self, node: Node, key: str) -> str | None:
        """The string under a key."""
        child = self.get(node, key)
        return None if child is None else self.as_string(child, f"'{key}'")

    def as_string(self, node: Node, what: str) -> str | None:
        """A node as a string. Numbers and booleans are accepted in JSON notation, for values
        without quotes in YAML (`version: 1.0`), with a warning if the text changes."""
        if isinstance(node.value, str):
            return node.value
        if not isinstance(node.value, (bool, int, float)):
            self.wrong_type(node, what, "a string")
            return None
        text = str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
        if node.written not in (None, text):
            message = f"'{node.written}' without quotes is {kind(node)}; it is read as '{text}'"
            self.warning("bad-value", message, node.span, "write it in quotes")
        return text

    def choice(
        self, node: Node, key: str, allowed: Iterable[T], code: str = "bad-value"
    ) -> T | None:
        """One of several strings; a warning with `code` for any other string."""
        text = self.string(node, key)
        if text is None:
            return None
        allowed = list(allowed)
        for choice in allowed:
            if text == choice:
                return choice
        span = (node.get(key) or node).span
        hint = f"one of {', '.join(allowed)}"
        self.warning(code, f"'{text}' is not a valid value of '{key}'", span, hint=hint)
        return None

    def doc(self, node: Node, key: str | None = None) -> str | None:
        """Documentation without trailing whitespace; None if it is empty."""
        return (self.string(node, key or self.doc_key) or "").rstrip() or None

    def boolean(self, node: Node, key: str) -> bool | None:
        """The boolean under a key. `"true"` and `"false"` in quotes are accepted."""
        child = self.get(node, key)
        if child is None:
            return None
        if isinstance(child.value, bool):
            return child.value
        if isinstance(child.value, str) and child.value.lower() in ("true", "false"):
            return child.value.lower() == "true"
        self.wrong_type(child, f"'{key}'", "true or false")
        return None

    def number(self, node: Node, key: str) -> float | None:
        child = self.get(node, key)
        if child is None:
            return None
        if isinstance(child.value, (int, float)) and not isinstance(child.value, bool):
            return child.value
        self.wrong_type(child, f"'{key}'", "a number")
        return None

    def integer(self, node: Node, key: str) -> int | None:
        """The integer under a key; `1.0` is an integer."""
        value = self.number(node, key)
        if value is None or isinstance(value, int):
            return value
        if value.is_integer():
            return int(value)
        self.wrong_type(node.get(key) or node, f"'{key}'", "an integer")
        return None

    def mapping(self, node: Node, key: str) -> Node | None:
        child = self.get(node, key)
        if child is None or child.mapping is not None:
            return child
        self.wrong_type(child, f"'{key}'", "a mapping")
        return None

    def elements(self, node: Node, key: str) -> list[Node]:
        """The elements of the list under a key."""
        child = self.get(node, key)
        if child is None:
            return []
        if child.list is not None:
            return child.list
        self.wrong_type(child, f"'{key}'", "a list")
        return []

    def strings(self, node: Node, key: str) -> list[str]:
        """The strings of a list; a single string counts as a list of one."""
        return [text for text, _ in self._strings(node, key)]

    def located_strings(self, node: Node, key: str) -> list[tuple[str, Span]]:
        """The strings of a list with their spans; a single string counts as a list of one."""
        return [(text, item.span) for text, item in self._strings(node, key)]

    def _strings(self, node: Node, key: str) -> list[tuple[str, Node]]:
        child = node.get(key)
        if child is not None and isinstance(child.value, str):
            return [(child.value, child)]
        what = f"an item of '{key}'"
        result = ((self.as_string(item, what), item) for item in self.elements(node, key))
        return [(text, item) for text, item in result if text is not None]

    def is_mapping(self, node: Node, what: str, known: Collection[str] | None = None) -> bool:
        """Whether a node is a mapping, with a warning if it is not.

        Args:
            node: The node.
            what: What the node describes, for the message.
            known: The keys that it may have; each other key is a warning. None accepts all.
        """
        if node.mapping is None:
            self.wrong_type(node, what, "a mapping")
            return False
        for key, _ in node.items() if known is not None else ():
            if known is not None and key not in known:
                self.warning(
                    "unknown-key",
                    f"unknown key '{key}' of {what}",
                    node.key_span(key),
                    hint=nearest(key, known)
                    or self.places_hint(key)
                    or f"known keys: {', '.join(sorted(known))}",
                )
        return True

    def places_hint(self, key: str) -> str | None:
        """A hint about the elements that have an unknown key; None if there are none."""
        return None

    def wrong_type(self, node: Node, what: str, expected: str) -> None:
        self.warning(
            "wrong-type", f"expected {expected} for {what}, found {kind(node)}{LEFT_OUT}", node.span
        )

    def warning(self, code: str, message: str, span: Span | None, hint: str | None = None) -> None:
        self.diagnostics.warning(code, message, span, hint=hint)


def nearest(name: str, names: Collection[str]) -> str | None:
    """A hint with the most similar of some names, or None if none is similar."""
    close = difflib.get_close_matches(name, sorted(names), n=1)
    return f"did you mean '{close[0]}'?" if close else None
