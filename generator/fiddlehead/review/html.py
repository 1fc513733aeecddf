"""A review as one page of HTML that needs nothing else: no network, no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..template_files import templates
from .findings import KINDS, Finding, Review
from .rules import RULES
from .side_by_side import Cell, FileDiff, diff_files, side_by_side
from .text import printable

MOST = 3_000
"""How many findings a page shows: a browser has to lay them out."""


@dataclass(frozen=True)
class Card:
    """A finding as the page shows it."""

    id: str
    finding: Finding
    places: tuple[tuple[str, str], ...]
    rows: Sequence[tuple[Cell, Cell]]
    meaning: str
    adjusted: str | None
    oasdiff: bool


@dataclass(frozen=True)
class Section:
    """The cards of one level."""

    id: str
    title: str
    note: str
    cards: Sequence[Card]
    open: bool


def to_html(
    review: Review, old_files: Mapping[str, str] | None, new_files: Mapping[str, str] | None
) -> str:
    """The page; `old_files` and `new_files` are the generated files, whose diff it shows."""
    # Imported here: the other formats, and their users' start-up, do without it.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = templates()
    style = (folder / "report.css").read_text(encoding="utf-8")
    script = (folder / "report.js").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["printable"] = _printable_lines
    files = None
    if old_files is not None and new_files is not None:
        files = diff_files(dict(old_files), dict(new_files))
    sections = list(_sections(review))
    return environment.get_template("report.html.jinja").render(
        review=review,
        sections=sections,
        left_out=max(0, len(review.findings) - MOST),
        kinds=[
            (kind, meaning, sum(each.kind == kind for each in review.findings))
            for kind, meaning in KINDS.items()
        ],
        layers=[
            (layer, title, sum(each.layer == layer for each in review.findings))
            for layer, title in (("api", "API"), ("python", "Python"))
        ],
        files=files,
        totals=_totals(files or []),
        style=Markup(style),
        script=Markup(script),
        # Only this script and this style run, whatever a description manages to write here.
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _sections(review: Review) -> Iterator[Section]:
    room = MOST
    for name, title, note, findings in (
        ("breaking", "Breaking", "Requires a major version.", review.breaking),
        (
            "accepted",
            "Accepted",
            "Breaking changes that were accepted, with the reason.",
            review.accepted,
        ),
        ("notice", "Worth a look", "Not breaking.", review.notices),
        ("info", "Information", "Nothing that worked stops working.", review.infos),
    ):
        shown = findings[:room]
        room -= len(shown)
        if shown:
            cards = [_card(f"{name}-{n}", each) for n, each in enumerate(shown, 1)]
            yield Section(name, title, note, cards, name in ("breaking", "accepted"))


def _card(name: str, finding: Finding) -> Card:
    places = [("before", finding.old), ("after", finding.new)]
    rule = RULES[finding.rule]
    return Card(
        name,
        finding,
        tuple((label, str(span)) for label, span in places if span is not None),
        side_by_side(*_lines(finding)),
        rule.meaning,
        rule.adjusted,
        rule.origin == "oasdiff",
    )


def _lines(finding: Finding) -> tuple[str, str]:
    """The lines of a finding itself; both signatures, which may have the lines of other findings
    too, only where it has none."""
    if finding.before is None and finding.after is None and finding.signatures is not None:
        return finding.signatures
    return finding.before or "", finding.after or ""


def _totals(files: Sequence[FileDiff]) -> tuple[int, int]:
    return sum(each.added for each in files), sum(each.removed for each in files)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _printable_lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))
