"""A review as SARIF 2.1.0 (OASIS), the format of code scanning services."""

from __future__ import annotations

from typing import TypeAlias

from .. import sarif
from ..diagnostics import Span
from .findings import Finding, Level, Review
from .rules import RULES

_LEVELS: dict[Level, str] = {"breaking": "error", "notice": "warning", "info": "note"}

_Object: TypeAlias = sarif.Object


def to_sarif(review: Review) -> str:
    """A log of one run: the rules with findings, and a result for each finding."""
    names = sorted({finding.rule for finding in review.findings})
    index = {name: number for number, name in enumerate(names)}
    results = [_result(finding, index) for finding in review.findings]
    return sarif.log([_rule(name) for name in names], results)


def _rule(name: str) -> _Object:
    rule = RULES[name]
    level: Level = "breaking" if rule.bump == "major" else "notice"
    return {
        "id": name,
        "shortDescription": {"text": rule.meaning},
        "defaultConfiguration": {"level": _LEVELS["info" if rule.kind == "INFO" else level]},
        "properties": {"layer": rule.layer, "class": rule.kind, "bump": rule.bump},
    }


def _result(finding: Finding, index: dict[str, int]) -> _Object:
    result: _Object = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "partialFingerprints": {"fiddlehead/v1": f"{finding.rule} {finding.location}"},
        "properties": {
            "class": finding.kind,
            "layer": finding.layer,
            "bump": finding.bump,
            "location": finding.location,
            "operations": list(finding.operations),
        },
    }
    if finding.new is not None:
        result["locations"] = [{"physicalLocation": _place(finding.new)}]
    if finding.old is not None:
        result["relatedLocations"] = [
            {"id": 1, "physicalLocation": _place(finding.old), "message": {"text": "before"}}
        ]
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted.reason}]
    return result


def _place(span: Span) -> _Object:
    return sarif.physical_location(
        span.file, span.line, span.column, span.end_line, span.end_column
    )
