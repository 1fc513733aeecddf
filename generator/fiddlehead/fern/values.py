"""Typed access to the nodes of a Fern definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..diagnostics import Diagnostics, Span
from ..frontend_kit.node_reader import NodeReader
from ..ir import Availability
from ..source import Node
from . import keys


@dataclass
class Values(NodeReader):
    """Reads the nodes of a Fern definition."""

    diagnostics: Diagnostics
    doc_key: ClassVar[str] = "docs"

    def places_hint(self, key: str) -> str | None:
        places = keys.places(key)
        return f"it is a key of {', '.join(places)}" if places else None

    def entries(self, node: Node, key: str) -> Iterator[tuple[str, Span, Node]]:
        """The name, the location of the name and the value of each entry under a key."""
        child = self.mapping(node, key)
        if child is not None:
            for name, value in child.items():
                yield name, child.key_span(name), value

    def required(self, node: Node, key: str, what: str) -> Node | None:
        """The value of a required key."""
        child = self.get(node, key)
        if child is None:
            self.warning("missing-key", f"{what} requires '{key}'", node.key_span(key))
        return child

    def availability(self, node: Node) -> Availability | None:
        """`availability:` as a status, or as a mapping of a status and a message."""
        child = self.get(node, "availability")
        if child is None:
            return None
        message = None
        if child.mapping is not None:
            self.is_mapping(child, "an availability", ("status", "message"))
            status, message = self.string(child, "status"), self.doc(child, "message")
        else:
            status = self.as_string(child, "'availability'")
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
            f"unknown availability '{status}'",
            child.span,
            hint="write one of in-development, pre-release, beta, generally-available, deprecated, "
            "alpha, preview, legacy",
        )
        return None


def within(span: Span, start: int, end: int) -> Span:
    """The span of a part of a scalar on one line, by offsets into its text; the whole span if it is
    unclear."""
    line = span.source.lines[span.line - 1] if span.line <= len(span.source.lines) else ""
    raw = line[span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""
    if not raw or raw[0] in "|>&*!" or "\\" in raw or "''" in raw:
        return span
    first = span.column + (1 if raw[0] in "\"'" else 0)
    return Span(span.source, span.line, first + start, span.line, first + max(end, start + 1))
