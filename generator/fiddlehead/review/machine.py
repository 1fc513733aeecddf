"""Machine-readable reports: JSON (docs/review.schema.json), and GitHub workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..diagnostics import Span
from .causes import by_cause
from .findings import Finding, Review

SCHEMA_VERSION = 1
"""Increased when a key of the JSON is renamed, removed or changes its meaning; not for new keys."""

MOST = 10
"""The number of annotations of one level that GitHub shows for a step."""


def to_json(review: Review) -> str:
    """The review as one JSON object."""
    return json.dumps(as_value(review), indent=2, ensure_ascii=False) + "\n"


def as_value(review: Review) -> dict[str, object]:
    """The review as JSON values, as docs/review.schema.json describes them."""
    return {
        "schema_version": SCHEMA_VERSION,
        "old": review.old_label,
        "new": review.new_label,
        "verdict": review.verdict,
        "breaks": review.breaks,
        "bump": review.bump,
        "counts": {
            "breaking": len(review.breaking),
            "accepted": len(review.accepted),
            "notice": len(review.notices),
            "info": len(review.infos),
        },
        "notes": list(review.notes),
        "findings": [_finding(finding) for finding in review.findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    accepted = finding.accepted
    return {
        "rule": finding.rule,
        "layer": finding.layer,
        "class": finding.kind,
        "level": finding.level,
        "bump": finding.bump,
        "location": finding.location,
        "message": finding.message,
        "old": _place(finding.old),
        "new": _place(finding.new),
        "before": finding.before,
        "after": finding.after,
        "setting": finding.setting,
        "operations": list(finding.operations),
        "accepted": accepted and {"reason": accepted.reason, "until": accepted.until},
    }


def _place(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def to_github(review: Review) -> str:
    """Workflow commands that GitHub shows at the lines of the new description.

    All findings of one edit are one annotation, most severe first. GitHub shows ten of each level,
    so the last one gives the number of the others.
    """
    groups = by_cause((*review.breaking, *review.accepted, *review.notices))
    unaccepted = set(map(id, review.breaking))
    errors = [group for group in groups if id(group[0]) in unaccepted]
    warnings = [group for group in groups if id(group[0]) not in unaccepted]
    lines = [*_commands("error", errors), *_commands("warning", warnings)]
    title = _property("fiddlehead diff")
    lines.append(f"::notice title={title}::{_data(review.verdict)}")
    lines += [f"::warning title={title}::{_data(note)}" for note in review.notes]
    return "\n".join(lines) + "\n"


def _commands(command: str, groups: Sequence[Sequence[Finding]]) -> Iterator[str]:
    visible = groups if len(groups) <= MOST else groups[: MOST - 1]
    for findings in visible:
        message = "\n".join(_message(finding) for finding in findings)
        yield f"::{command} {','.join(_properties(findings))}::{_data(message)}"
    rest = sum(len(group) for group in groups[len(visible) :])
    if rest:
        yield f"::{command} title={_property('fiddlehead diff')}::{rest} more: see the report"


def _properties(findings: Sequence[Finding]) -> Iterator[str]:
    span = next((finding.new for finding in findings if finding.new is not None), None)
    if span is not None:
        yield f"file={_property(span.file)}"
        yield f"line={span.line}"
        yield f"col={span.column}"
    yield f"title={_property(f'{findings[0].kind} {findings[0].rule}')}"


def _message(finding: Finding) -> str:
    parts = [finding.message]
    if finding.old is not None:
        parts.append(f"was at {finding.old}")
    if finding.setting is not None:
        parts.append(f"to avoid it, in the settings:\n{finding.setting}")
    if finding.accepted is not None:
        parts.append(f"accepted: {finding.accepted.reason}")
    return "\n".join(parts)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
