"""The severities that the settings give to codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..frozen import dataclass
from .span import Span


@dataclass(frozen=True)
class SeverityRule:
    """A severity for a code, everywhere or only inside the `spans`."""

    code: str
    severity: str
    spans: tuple[Span, ...] | None = None


def severity_of(rules: Iterable[SeverityRule], code: str, spans: Sequence[Span]) -> str | None:
    """The severity that rules give to a code at some locations; None if there is none.

    A rule with a location takes precedence over one without, and a smaller location over larger
    ones.
    """
    severity_rule: SeverityRule | None = None
    for rule in rules:
        if rule.code != code or (rule.spans is not None and not _covers(rule.spans, spans)):
            continue
        if (
            severity_rule is None
            or severity_rule.spans is None
            or (rule.spans is not None and _covers(severity_rule.spans, rule.spans))
        ):
            severity_rule = rule
    return severity_rule.severity if severity_rule is not None else None


def _covers(regions: Sequence[Span], spans: Sequence[Span]) -> bool:
    return any(_inside(span, region) for span in spans for region in regions)


def _inside(span: Span, region: Span) -> bool:
    start = (region.line, region.column)
    end = (region.end_line, region.end_column)
    return span.file == region.file and start <= (span.line, span.column) < end
