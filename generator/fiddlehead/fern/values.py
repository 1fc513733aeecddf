"""Typed access to the nodes of a definition: what is of another type is a warning and left out."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ..diagnostics import Diagnostics, Span
from ..ir import Availability
from ..node_values import kind
from ..source import Node

T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class Values:
    """Reads values by key. A key without a value, as in `docs:`, counts as absent."""

    diagnostics: Diagnostics

    def get(self, node: Node, key: str) -> Node | None:
        child = node.get(key)
        return child if child is not None and child.value is not None else None

    def text(self, node: Node, key: str) -> str | None:
        """The text under a key; a number or a boolean, as of forgotten quotes, as it is in JSON."""
        child = self.get(node, key)
        return None if child is None else self.as_text(child, f"'{key}'")

    def as_text(self, node: Node, what: str) -> str | None:
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node.value, int | float):
            return str(node.value)
        self.wrong(node, what, "a string")
        return None

    def docs(self, node: Node, key: str = "docs") -> str | None:
        """Documentation as it is written, without trailing space; None where it is empty."""
        return (self.text(node, key) or "").rstrip() or None

    def flag(self, node: Node, key: str) -> bool | None:
        child = self.get(node, key)
        if child is None:
            return None
        if isinstance(child.value, bool):
            return child.value
        self.wrong(child, f"'{key}'", "true or false")
        return None

    def number(self, node: Node, key: str) -> float | None:
        child = self.get(node, key)
        if child is None:
            return None
        if isinstance(child.value, int | float) and not isinstance(child.value, bool):
            return child.value
        self.wrong(child, f"'{key}'", "a number")
        return None

    def integer(self, node: Node, key: str) -> int | None:
        value = self.number(node, key)
        if value is None or isinstance(value, int):
            return value
        if value.is_integer():
            return int(value)
        self.wrong(node.get(key) or node, f"'{key}'", "a whole number")
        return None

    def mapping(self, node: Node, key: str) -> Node | None:
        child = self.get(node, key)
        if child is None or child.mapping is not None:
            return child
        self.wrong(child, f"'{key}'", "a mapping")
        return None

    def entries(self, node: Node, key: str) -> Iterator[tuple[str, Span, Node]]:
        """The name, the place of the name and the value of each entry under a key."""
        child = self.mapping(node, key)
        if child is not None:
            for name, value in child.items():
                yield name, child.key_span(name), value

    def elements(self, node: Node, key: str) -> list[Node]:
        child = self.get(node, key)
        if child is None:
            return []
        if child.list is not None:
            return child.list
        self.wrong(child, f"'{key}'", "a list")
        return []

    def texts(self, node: Node, key: str) -> list[tuple[str, Span]]:
        """The texts of a list under a key; one text alone counts as a list of one."""
        child = self.get(node, key)
        if child is None:
            return []
        if isinstance(child.value, str):
            return [(child.value, child.span)]
        found = (
            (self.as_text(item, f"an item of '{key}'"), item.span)
            for item in self.elements(node, key)
        )
        return [(text, span) for text, span in found if text is not None]

    def is_mapping(self, node: Node, what: str, known: Collection[str]) -> bool:
        """Whether a node is a mapping (an error if not); warns about keys that are not known."""
        if node.mapping is None:
            self.wrong(node, what, "a mapping")
            return False
        for key, _ in node.items():
            if key not in known:
                self.warning(
                    "unknown-key",
                    f"'{key}' is not a key of {what}",
                    node.key_span(key),
                    hint=nearest(key, known) or f"known here: {', '.join(sorted(known))}",
                )
        return True

    def required(self, node: Node, key: str, what: str) -> Node | None:
        """The value of a key that has to be there."""
        child = self.get(node, key)
        if child is None:
            self.warning("missing-key", f"{what} needs '{key}'", node.key_span(key))
        return child

    def availability(self, node: Node) -> Availability | None:
        """`availability:` as a status, or as a mapping of a status and a message."""
        child = self.get(node, "availability")
        if child is None:
            return None
        message = None
        if child.mapping is not None:
            self.is_mapping(child, "an availability", ("status", "message"))
            status, message = self.text(child, "status"), self.docs(child, "message")
        else:
            status = self.as_text(child, "'availability'")
        if status in ("in-development", "alpha"):
            return Availability("in-development", message)
        if status in ("pre-release", "preview"):
            return Availability("pre-release", message)
        if status in ("deprecated", "legacy"):
            return Availability("deprecated", message)
        if status == "beta":
            return Availability("beta", message)
        if status == "generally-available":
            return Availability("generally-available", message)
        self.warning(
            "bad-value",
            f"'{status}' is not an availability",
            child.span,
            hint="one of in-development, pre-release, beta, generally-available, deprecated, "
            "alpha, preview, legacy",
        )
        return None

    def choice(self, node: Node, key: str, allowed: Iterable[T]) -> T | None:
        """One of some texts; an error where it is another."""
        text = self.text(node, key)
        if text is None:
            return None
        allowed = list(allowed)
        for each in allowed:
            if text == each:
                return each
        span = (node.get(key) or node).span
        hint = f"one of {', '.join(allowed)}"
        self.warning("bad-value", f"'{key}' cannot be '{text}'", span, hint=hint)
        return None

    def wrong(self, node: Node, what: str, expected: str) -> None:
        self.warning(
            "wrong-type",
            f"expected {expected} for {what}, found {kind(node)}; it is left out",
            node.span,
        )

    def warning(self, code: str, message: str, span: Span | None, hint: str | None = None) -> None:
        self.diagnostics.warning(code, message, span, hint=hint)


def nearest(name: str, names: Collection[str]) -> str | None:
    """A hint that names the most similar of some names, if one is similar."""
    close = difflib.get_close_matches(name, sorted(names), n=1)
    return f"did you mean '{close[0]}'?" if close else None


def within(span: Span, start: int, end: int) -> Span:
    """A part of a scalar on one line, by offsets into its text; the whole where that is unclear."""
    line = span.source.lines[span.line - 1] if span.line <= len(span.source.lines) else ""
    raw = line[span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""
    if not raw or raw[0] in "|>&*!" or "\\" in raw or "''" in raw:
        return span
    first = span.column + (1 if raw[0] in "\"'" else 0)
    return Span(span.source, span.line, first + start, span.line, first + max(end, start + 1))
