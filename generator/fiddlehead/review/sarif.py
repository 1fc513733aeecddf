"""A review as SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..diagnostics import Span
from .findings import Finding, Level, Review
from .rules import RULES

_LEVELS: dict[Level, str] = {"breaking": "error", "notice": "warning", "info": "note"}

# Any: SARIF is JSON of many shapes, and only written here.
_Object = dict[str, Any]


def to_sarif(review: Review) -> str:
    """A log of one run: the rules that were met, and a result for each finding."""
    names = sorted({finding.rule for finding in review.findings})
    index = {name: number for number, name in enumerate(names)}
    log: _Object = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "fiddlehead",
                        "semanticVersion": __version__,
                        "rules": [_rule(name) for name in names],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, index) for finding in review.findings],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


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
    return {
        "artifactLocation": {"uri": quote(span.file)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
