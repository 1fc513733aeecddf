"""Groups findings with the same cause: a change that both layers report, or several rules of one
layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..diagnostics import Span
from .findings import Finding

_OF_CLASSES = {
    "api-schema-added": frozenset({"python-class-added"}),
    "api-schema-removed": frozenset({"python-class-removed", "python-class-renamed"}),
}
"""Rules that add nothing to the finding about the class of the schema."""


def without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those of schemas that the finding of their class already covers."""
    result = list(findings)
    classes = {
        (finding.rule, _place(cause(finding))) for finding in result if finding.layer == "python"
    }
    return [
        finding
        for finding in result
        if not any(
            (rule, _place(cause(finding))) in classes for rule in _OF_CLASSES.get(finding.rule, ())
        )
    ]


def cause(finding: Finding) -> Span | None:
    """The location of the edit that caused a finding: in the new description, if it is there."""
    if "removed" in finding.rule and finding.old is not None:
        return finding.old
    return finding.new or finding.old


def by_cause(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings grouped by cause, in the order of the first finding of each group."""
    groups: dict[object, list[Finding]] = {}
    for index, finding in enumerate(findings):
        span = cause(finding)
        groups.setdefault(index if span is None else _place(span), []).append(finding)
    return list(groups.values())


def _place(span: Span | None) -> tuple[str, int, int] | None:
    return None if span is None else (span.file, span.line, span.column)
