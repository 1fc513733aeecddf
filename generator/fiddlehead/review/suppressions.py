"""Accepted breaking changes: which, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ..diagnostics import Diagnostics, Span
from ..frozen import dataclass, replace
from ..source import Node, Sources
from .findings import Accepted, Finding, Review
from .rules import RULES

KEYS = ("rule", "where", "reason", "until")


@dataclass(frozen=True)
class Accept:
    """One entry of an accept file. `where` is a location; `*` in it matches any text."""

    rule: str
    where: str
    reason: str
    until: date | None
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Whether the entry matches a finding."""
        pattern = ".*".join(re.escape(part) for part in self.where.split("*"))
        return self.rule == finding.rule and re.fullmatch(pattern, finding.location) is not None


def load_accepts(path: Path, diagnostics: Diagnostics, root: Path) -> tuple[Accept, ...]:
    """The entries of an accept file; problems go to `diagnostics`, with locations.

    The file is a YAML list of mappings with `rule`, `where`, `reason` and, optionally, `until`, the
    last day (YYYY-MM-DD) on which the entry applies.
    """
    node = Sources(diagnostics, root).load(path)
    if node is None or node.value is None:
        return ()
    if node.list is None:
        diagnostics.error(
            "bad-config",
            "an accept file is a list of entries",
            node.span,
            hint="- {rule: …, where: …, reason: …, until: 2030-12-31}",
        )
        return ()
    result = [_entry(entry, diagnostics) for entry in node.elements()]
    return tuple(suppression for suppression in result if suppression is not None)


def _entry(node: Node, diagnostics: Diagnostics) -> Accept | None:
    if node.mapping is None:
        diagnostics.error(
            "bad-config", "an entry must be a mapping with rule, where and reason", node.span
        )
        return None
    for key in node.mapping:
        if key not in KEYS:
            allowed = ", ".join(KEYS)
            diagnostics.error(
                "bad-config", f"unknown key '{key}'", node.key_span(key), hint=allowed
            )
    texts: dict[str, str] = {}
    for key in KEYS[:3]:
        value = node.get(key)
        if value is None:
            diagnostics.error("bad-config", f"an entry requires '{key}'", node.span)
        elif not value.string or not value.string.strip():
            diagnostics.error("bad-config", f"'{key}' must be a string", value.span)
        else:
            texts[key] = value.string.strip()
    rule = node.get("rule")
    if "rule" in texts and texts["rule"] not in RULES and rule is not None:
        diagnostics.error("bad-config", f"unknown rule '{texts['rule']}'", rule.span)
        return None
    until, valid = _day(node.get("until"), diagnostics)
    if len(texts) < 3 or not valid:
        return None
    return Accept(texts["rule"], texts["where"], texts["reason"], until, node.span)


def _day(node: Node | None, diagnostics: Diagnostics) -> tuple[date | None, bool]:
    if node is None:
        return None, True
    text = str(node.value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text), True
        except ValueError:
            pass
    diagnostics.error("bad-config", "'until' must be a date such as 2030-12-31", node.span)
    return None, False


def accept(review: Review, accepts: Sequence[Accept], today: date) -> Review:
    """The review with the breaking findings marked that a valid entry matches.

    Entries that expired or match no breaking finding are listed in `notes`.
    """
    used: set[int] = set()
    findings: list[Finding] = []
    for finding in review.findings:
        if finding.level == "breaking":
            for index, entry in enumerate(accepts):
                if entry.covers(finding):
                    used.add(index)
                    if not _expired(entry, today):
                        until = entry.until.isoformat() if entry.until else None
                        finding = replace(finding, accepted=Accepted(entry.reason, until))
                        break
        findings.append(finding)
    notes = tuple(_notes(accepts, used, today))
    return replace(review, findings=tuple(findings), notes=(*review.notes, *notes))


def _expired(entry: Accept, today: date) -> bool:
    return entry.until is not None and entry.until < today


def _notes(accepts: Sequence[Accept], used: set[int], today: date) -> Iterable[str]:
    for index, entry in enumerate(accepts):
        name = f"{entry.span}: the entry for {entry.rule} at {entry.where}"
        if _expired(entry, today):
            tail = "no longer has an effect" if index in used else "is no longer needed"
            yield f"{name} expired on {entry.until} and {tail}"
        elif index not in used:
            yield f"{name} matches no breaking change"
