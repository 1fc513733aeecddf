"""Findings in machine-readable formats: JSON, GitHub annotations, and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Literal, TypeAlias

from .. import sarif
from ..diagnostics import CODES, Diagnostic
from ..frozen import dataclass

GITHUB_LIMIT = 10
"""The number of annotations of one level that GitHub shows for a step; the last one gives the
number of the others."""


Level: TypeAlias = Literal["error", "warning", "note"]
"""The levels of SARIF; GitHub calls the last one a notice."""


def level(severity: str) -> Level:
    """The level of a severity."""
    return "error" if severity == "error" else "warning" if severity == "warning" else "note"


@dataclass(frozen=True)
class Finding:
    """A message about a location in a file."""

    level: Level
    rule: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    hint: str | None = None


def from_diagnostics(diagnostics: Sequence[Diagnostic]) -> list[Finding]:
    """The problems of a description as findings."""
    return [
        Finding(
            level(diagnostic.severity),
            diagnostic.code,
            diagnostic.message,
            file=diagnostic.span.file if diagnostic.span else None,
            line=diagnostic.span.line if diagnostic.span else None,
            column=diagnostic.span.column if diagnostic.span else None,
            end_line=diagnostic.span.end_line if diagnostic.span else None,
            end_column=diagnostic.span.end_column if diagnostic.span else None,
            hint=diagnostic.hint,
        )
        for diagnostic in diagnostics
    ]


def to_json(findings: Sequence[Finding]) -> str:
    """A JSON array with one object for each finding."""
    return (
        json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False) + "\n"
    )


def to_github(findings: Sequence[Finding]) -> str:
    """One workflow command for each finding, up to the number that GitHub shows."""
    lines: list[str] = []
    for kind, command in (("error", "error"), ("warning", "warning"), ("note", "notice")):
        chosen = [finding for finding in findings if finding.level == kind]
        complete = len(chosen) <= GITHUB_LIMIT
        for finding in chosen if complete else chosen[: GITHUB_LIMIT - 1]:
            lines.append(f"::{command} {_properties(finding)}::{_escaped(_message(finding))}")
        if not complete:
            rest = len(chosen) - GITHUB_LIMIT + 1
            lines.append(f"::{command} title=fiddlehead::and {rest} more; see the log of this step")
    return "".join(f"{line}\n" for line in lines)


def _properties(finding: Finding) -> str:
    parameters = {
        "file": finding.file,
        "line": finding.line,
        "endLine": finding.end_line,
        "col": finding.column,
        "endColumn": finding.end_column,
        "title": f"fiddlehead: {finding.rule}",
    }
    return ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in parameters.items()
        if value is not None
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _message(finding: Finding) -> str:
    return f"{finding.message} (hint: {finding.hint})" if finding.hint else finding.message


def to_sarif(findings: Sequence[Finding], rules: Mapping[str, str] | None = None) -> str:
    """A SARIF log of one run; `rules` gives the meaning of each rule id (default: the codes of
    diagnostics)."""
    if rules is None:
        rules = {name: code.meaning for name, code in CODES.items()}
    used = sorted({finding.rule for finding in findings})
    described = [{"id": rule, "shortDescription": {"text": rules.get(rule, rule)}} for rule in used]
    return sarif.log(
        described, [_result(finding, used.index(finding.rule)) for finding in findings]
    )


def _result(finding: Finding, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": _message(finding)},
    }
    if finding.file:
        place = sarif.physical_location(
            finding.file,
            finding.line or 1,
            finding.column,
            finding.end_line,
            finding.end_column,
        )
        result["locations"] = [{"physicalLocation": place}]
    return result
