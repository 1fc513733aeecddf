"""The findings of a review: for each change its rule, class, bump, locations and remedy."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Literal, TypeAlias

from ..diagnostics import Span
from ..frozen import dataclass

Layer: TypeAlias = Literal["api", "python"]
Kind: TypeAlias = Literal["SOURCE", "TYPE", "WIRE", "BEHAVIOUR", "INFO"]
Bump: TypeAlias = Literal["major", "minor", "patch"]
Level: TypeAlias = Literal["breaking", "notice", "info"]

KINDS: dict[Kind, str] = {
    "SOURCE": "Code fails: an import, a call or an attribute no longer exists.",
    "TYPE": "Code still runs, but a type checker reports an error.",
    "WIRE": "Requests or responses change: the server rejects requests that it accepted, or responds differently.",
    "BEHAVIOUR": "The same call has a different effect: another default, address, retry or page.",
    "INFO": "Nothing that worked stops working.",
}
"""Every class of a finding, most severe first, with its meaning."""

BUMPS: tuple[Bump, ...] = ("patch", "minor", "major")


@dataclass(frozen=True)
class Accepted:
    """The reason for accepting a breaking change, and the last day (ISO 8601), if it is limited."""

    reason: str
    until: str | None = None


@dataclass(frozen=True)
class Finding:
    """One change.

    `location` identifies the change in an accept file: stable names without line numbers. `old` and
    `new` are the locations in both descriptions; None if the element does not exist there.
    `setting` is the part of the settings that would avoid the breaking change. `before` and `after`
    are the types or lines that differ; `signatures` are the two signatures with these lines.
    `operations` are the operations that use a changed shared schema.
    """

    rule: str
    layer: Layer
    kind: Kind
    bump: Bump
    location: str
    message: str
    old: Span | None = None
    new: Span | None = None
    setting: str | None = None
    before: str | None = None
    after: str | None = None
    operations: tuple[str, ...] = ()
    signatures: tuple[str, str] | None = None
    accepted: Accepted | None = None
    weighed: Level | None = None
    """The level that the settings give to the rule."""

    @property
    def level(self) -> Level:
        """breaking requires a major version; notice deserves attention; info does not."""
        if self.weighed is not None:
            return self.weighed
        if self.bump == "major":
            return "breaking"
        return "info" if self.kind == "INFO" else "notice"

    @property
    def sides(self) -> tuple[str, str] | None:
        """What was before and what is now, each on one line, if the message does not say it."""
        if not self.before or not self.after:
            return None
        before, after = (_one_line(text) for text in (self.before, self.after))
        (old, _, taken), (new, _, takes) = (text.partition("(") for text in (before, after))
        in_message = all(
            re.search(rf"(?<!\w){re.escape(x)}(?!\w)", self.message) for x in (old, new)
        )
        return None if in_message and taken == takes else (before, after)


def _one_line(text: str) -> str:
    """Code on one line, without the spaces of an argument list on several lines."""
    text = " ".join(text.split())
    return re.sub(r",? \)", ")", text.replace("( ", "("))


@dataclass(frozen=True)
class Review:
    """All changes between two descriptions of an API and the generated clients."""

    findings: tuple[Finding, ...]
    old_label: str = "old"
    new_label: str = "new"
    notes: tuple[str, ...] = field(default=())
    """Notes for the reader, such as accept entries that expired or match nothing."""

    @property
    def breaking(self) -> tuple[Finding, ...]:
        """Breaking findings that were not accepted."""
        return tuple(
            finding
            for finding in self.findings
            if finding.level == "breaking" and not finding.accepted
        )

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """Breaking findings that were accepted."""
        return tuple(
            finding for finding in self.findings if finding.level == "breaking" and finding.accepted
        )

    @property
    def notices(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "notice")

    @property
    def infos(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == "info")

    @property
    def breaks(self) -> bool:
        """Whether there is a breaking finding that was not accepted: exit code 1."""
        return bool(self.breaking)

    @property
    def bump(self) -> Bump | None:
        """The smallest version bump for the changes; None if nothing changed.

        Accepted findings are still breaking, so they count.
        """
        if not self.findings:
            return None
        return BUMPS[max(BUMPS.index(finding.bump) for finding in self.findings)]

    @property
    def counts(self) -> dict[Kind, int]:
        """The number of breaking findings of each class, most severe class first."""
        return {
            kind: sum(
                finding.kind == kind and finding.level == "breaking" for finding in self.findings
            )
            for kind in KINDS
            if kind != "INFO"
        }

    @property
    def headline(self) -> str:
        """A short text: whether there are breaking changes."""
        if not self.findings:
            return "Nothing changed"
        count = len(self.breaking)
        if count:
            return "1 breaking change" if count == 1 else f"{count} breaking changes"
        return "All breaking changes are accepted" if self.accepted else "No breaking change"

    @property
    def advice(self) -> str:
        """The suggested bump, and the breaking findings by class."""
        if not self.findings:
            return "The API and the client are the same."
        also = f"{len(self.accepted)} more accepted. " if self.accepted and self.breaking else ""
        why = ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if count)
        return f"{also}Suggested bump: {self.bump}{f' ({why})' if why else ''}."

    @property
    def verdict(self) -> str:
        """The headline and the advice in one text."""
        return f"{self.headline}. {self.advice}"


def order(finding: Finding) -> tuple[int, int, str, str, str, str]:
    """The sort key: breaking first, then by class, then by location; independent of the order of
    the description."""
    levels: tuple[Level, ...] = ("breaking", "notice", "info")
    return (
        levels.index(finding.level),
        list(KINDS).index(finding.kind),
        finding.layer,
        finding.location,
        finding.rule,
        finding.message,
    )
