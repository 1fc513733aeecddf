"""Collects findings of the API layer, with the operations that each of them affects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypeAlias

from .. import ir
from ..diagnostics import NOWHERE, Span
from ..frozen import replace
from .findings import Finding
from .rules import RULES
from .value_location import ValueLocation

Node: TypeAlias = tuple[str, ...]
"""("operation", id), or ("schemas", old id, new id, direction)."""


class Collector:
    """Collects findings; the comparers set the current node, so that the affected operations are
    known."""

    def __init__(self) -> None:
        self._findings: list[tuple[Finding, Node | None]] = []
        self._callers: dict[Node, set[Node]] = defaultdict(set)
        self._seen: set[Node] = set()
        self._path: list[Node] = []

    @contextmanager
    def inside(self, node: Node) -> Generator[bool, None, None]:
        """Everything found in the block belongs to `node`; yields whether this is the first visit."""
        if self._path:
            self._callers[node].add(self._path[-1])
        first = node not in self._seen
        self._seen.add(node)
        self._path.append(node)
        try:
            yield first
        finally:
            self._path.pop()

    def add(
        self,
        rule: str,
        location: str,
        message: str,
        *,
        old: Span | None = None,
        new: Span | None = None,
        before: str | None = None,
        after: str | None = None,
        setting: str | None = None,
        signatures: tuple[str, str] | None = None,
    ) -> None:
        """Add a finding; class and bump are those of the rule. Spans without a file are ignored."""
        known = RULES[rule]
        finding = Finding(
            rule,
            known.layer,
            known.kind,
            known.bump,
            location,
            message,
            old if old is not None and old is not NOWHERE else None,
            new if new is not None and new is not NOWHERE else None,
            setting,
            before,
            after,
            signatures=signatures,
        )
        self._findings.append((finding, self._path[-1] if self._path else None))

    def add_at(
        self,
        at: ValueLocation,
        change: str,
        message: str,
        before: object = None,
        after: object = None,
    ) -> None:
        """Add a finding about a value; the rule is the change with the prefix of the location."""
        self.add(
            f"{at.prefix}-{change}",
            at.location,
            message,
            old=at.old,
            new=at.new,
            before=None if before is None else str(before),
            after=None if after is None else str(after),
        )

    def add_endpoint(
        self,
        rule: str,
        old: ir.Endpoint,
        new: ir.Endpoint,
        text: str,
        before: object = None,
        after: object = None,
    ) -> None:
        """Add a finding about a whole endpoint."""
        self.add(
            rule,
            old.id,
            f"{old.id}: {text}",
            old=old.span,
            new=new.span,
            before=None if before is None else str(before),
            after=None if after is None else str(after),
        )

    def findings(self) -> list[Finding]:
        """All findings without duplicates, with the operations that they affect."""
        findings: dict[tuple[str, str, str], Finding] = {}
        for finding, node in self._findings:
            reached = tuple(sorted(self._operations(node))) if node else ()
            key = (finding.rule, finding.location, finding.message)
            if key in findings:
                reached = tuple(sorted({*reached, *findings[key].operations}))
            findings[key] = replace(finding, operations=reached)
        return list(findings.values())

    def _operations(self, node: Node) -> set[str]:
        todo, seen = [node], {node}
        while todo:
            for caller in self._callers[todo.pop()]:
                if caller not in seen:
                    seen.add(caller)
                    todo.append(caller)
        return {place[1] for place in seen if place[0] == "operation"}
