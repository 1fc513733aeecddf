"""Compares two descriptions of an API, for HTTP and for Python, and writes reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .. import ir
from ..diagnostics import Span
from ..frozen import replace
from .api import compare_apis
from .causes import without_repeats
from .findings import Finding, Review, order
from .reports import FORMATS, report
from .rules import RULES, Rule
from .severities import apply_severities
from .suppressions import Accept, accept, load_accepts

__all__ = [
    "FORMATS",
    "RULES",
    "Accept",
    "Finding",
    "Review",
    "Rule",
    "accept",
    "apply_severities",
    "compare",
    "load_accepts",
    "report",
]


def compare(
    old: ir.Api,
    new: ir.Api,
    clients: Iterable[Finding] = (),
    *,
    labels: tuple[str, str] = ("old", "new"),
    place: Callable[[Span | None], Span | None] | None = None,
) -> Review:
    """All changes, most severe first; a pure function.

    `clients` are the changes of the generated output, as reported by its target. `place` converts a
    location in the old description to the new one, for elements that both share.
    """
    findings = [*compare_apis(old, new), *clients]
    if place is not None:
        findings = [replace(finding, new=place(finding.new)) for finding in findings]
    repeats = without_repeats(findings)
    return Review(tuple(sorted(repeats, key=order)), *labels)
