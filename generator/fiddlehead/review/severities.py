"""Applies the severities of the settings to findings."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import SeverityRule, severity_of
from ..frozen import replace
from .findings import Finding, Level, Review, order

_LEVELS: dict[str, Level] = {"error": "breaking", "warning": "notice", "info": "info"}


def apply_severities(review: Review, rules: Sequence[SeverityRule]) -> Review:
    """The review with the findings that are not turned off, at the levels of the rules."""
    if not rules:
        return review
    result: list[Finding] = []
    for finding in review.findings:
        spans = [span for span in (finding.old, finding.new) if span is not None]
        severity = severity_of(rules, finding.rule, spans)
        if severity is None:
            result.append(finding)
        elif severity != "off":
            result.append(replace(finding, weighed=_LEVELS[severity]))
    return replace(review, findings=tuple(sorted(result, key=order)))
