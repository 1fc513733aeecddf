"""Groups findings of one rule about parts of the same element under one heading."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Span
from ..frozen import dataclass
from .findings import Finding

LEAST = 3
"""The minimum number of findings for a group."""


@dataclass(frozen=True)
class Group:
    """One finding, or several findings of one rule about `parent`, in the order of the report."""

    findings: tuple[Finding, ...]
    parent: str

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def several(self) -> bool:
        return len(self.findings) > 1

    @property
    def files(self) -> tuple[str | None, str | None]:
        """The file of each side that all findings are in; None if there are several."""
        return _file([finding.old for finding in self.findings]), _file(
            [finding.new for finding in self.findings]
        )


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """The findings of a section; a group is at the place of its first finding."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_heading(finding), []).append(finding)
    result: list[Group] = []
    for group in groups.values():
        parent = _parent(group[0])
        if len(group) >= LEAST:
            result.append(Group(tuple(group), parent))
        else:
            result += [Group((finding,), parent) for finding in group]
    order = {id(finding): index for index, finding in enumerate(findings)}
    return sorted(result, key=lambda group: order[id(group.first)])


def places(group: Group, finding: Finding) -> str:
    """The locations of a finding of a group: `12:3 -> 14:3`, with files that are not in the
    heading.

    A single finding has its files.
    """
    labels: list[str] = []
    for span, file in zip((finding.old, finding.new), group.files, strict=True):
        if span is not None:
            text = f"{span.line}:{span.column}"
            labels.append(text if group.several and file else str(span))
    return " -> ".join(labels)


def headed_files(group: Group) -> str:
    """The files in the heading of the group."""
    return " -> ".join(dict.fromkeys(file for file in group.files if file))


def _heading(finding: Finding) -> object:
    return (
        finding.rule,
        finding.bump,
        finding.kind,
        _parent(finding),
        finding.operations,
        finding.setting,
        finding.accepted,
    )


def _parent(finding: Finding) -> str:
    """The element that contains another: `pots.add` for `pots.add.id`, `POST /pots body` for `…
    body.id`."""
    head, _, _ = finding.location.rpartition(".")
    return head or finding.location


def _file(spans: Sequence[Span | None]) -> str | None:
    files = {span.file for span in spans if span is not None}
    return files.pop() if len(files) == 1 else None
