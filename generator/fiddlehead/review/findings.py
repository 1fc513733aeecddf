"""What a review finds: one value per change, with its rule, class, bump, places and remedy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ..diagnostics import Span

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
"""Every class of a finding, worst first, and what it stands for."""

BUMPS: tuple[Bump, ...] = ("patch", "minor", "major")


@dataclass(frozen=True)
class Accepted:
    """Why somebody let a break pass, and until which day (ISO 8601), if not for ever."""

    reason: str
    until: str | None = None


@dataclass(frozen=True)
class Finding:
    """One change.

    `location` is what an accept file names: stable words, no line numbers. `old` and `new` are
    the places in both descriptions, None where the thing is not there. `setting` is the piece of
    the settings that would avoid the break. `before` and `after` are the types or the lines that
    differ; `signatures` are the two signatures that hold these lines. `operations` are the
    operations that reach a change of a shared schema.
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
    """The level that settings give to the rule."""

    @property
    def level(self) -> Level:
        """breaking asks for a major version; notice is worth a look; info is not."""
        if self.weighed is not None:
            return self.weighed
        if self.bump == "major":
            return "breaking"
        return "info" if self.kind == "INFO" else "notice"


@dataclass(frozen=True)
class Review:
    """Everything that changed between two descriptions of an API and the clients made of them."""

    findings: tuple[Finding, ...]
    old_label: str = "old"
    new_label: str = "new"
    notes: tuple[str, ...] = field(default=())
    """What a reader must know besides: accepts that expired or match nothing."""

    @property
    def breaking(self) -> tuple[Finding, ...]:
        """What breaks and was not accepted."""
        return tuple(
            each for each in self.findings if each.level == "breaking" and not each.accepted
        )

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """What breaks and was accepted."""
        return tuple(each for each in self.findings if each.level == "breaking" and each.accepted)

    @property
    def notices(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == "notice")

    @property
    def infos(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == "info")

    @property
    def breaks(self) -> bool:
        """Whether something breaks that nobody accepted: exit code 1."""
        return bool(self.breaking)

    @property
    def bump(self) -> Bump | None:
        """The smallest version step that is honest; None where nothing changed.

        What was accepted still breaks, so it still counts.
        """
        if not self.findings:
            return None
        return BUMPS[max(BUMPS.index(each.bump) for each in self.findings)]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many breaking findings of each class there are, worst class first."""
        return {
            kind: sum(each.kind == kind and each.level == "breaking" for each in self.findings)
            for kind in KINDS
            if kind != "INFO"
        }

    @property
    def headline(self) -> str:
        """Whether it breaks, in a few words."""
        if not self.findings:
            return "Nothing changed"
        count = len(self.breaking)
        if count:
            return "1 breaking change" if count == 1 else f"{count} breaking changes"
        return "Every breaking change was accepted" if self.accepted else "No breaking change"

    @property
    def advice(self) -> str:
        """What follows from it: the bump, and what breaks by class."""
        if not self.findings:
            return "The API and the client are the same."
        also = f"{len(self.accepted)} more accepted. " if self.accepted and self.breaking else ""
        why = ", ".join(f"{count} {kind}" for kind, count in self.counts.items() if count)
        return f"{also}Suggested bump: {self.bump}{f' ({why})' if why else ''}."

    @property
    def verdict(self) -> str:
        """Whether it breaks, and the bump that it asks for."""
        return f"{self.headline}. {self.advice}"


def order(finding: Finding) -> tuple[int, int, str, str, str, str]:
    """Breaking first, then by class, then by place: never by the order of a description."""
    levels: tuple[Level, ...] = ("breaking", "notice", "info")
    return (
        levels.index(finding.level),
        list(KINDS).index(finding.kind),
        finding.layer,
        finding.location,
        finding.rule,
        finding.message,
    )
