"""A review as one self-contained HTML page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence

from ..frozen import dataclass
from ..template_files import templates
from .findings import KINDS, Finding, Review
from .rules import RULES
from .side_by_side import Cell, FileDiff, diff_files, side_by_side
from .text import printable

MOST = 3_000
"""The maximum number of findings on a page, to limit the layout time of browsers."""


@dataclass(frozen=True)
class Card:
    """A finding as shown on the page."""

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
    # Imported here, because the other formats do not need it.
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
            (kind, meaning, sum(finding.kind == kind for finding in review.findings))
            for kind, meaning in KINDS.items()
        ],
        layers=[
            (layer, title, sum(finding.layer == layer for finding in review.findings))
            for layer, title in (("api", "API"), ("python", "Python"))
        ],
        files=files,
        totals=_totals(files or []),
        style=Markup(style),
        script=Markup(script),
        # The content security policy allows only this script and this style, whatever a description
        # contains.
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
        visible = findings[:room]
        room -= len(visible)
        if visible:
            cards = [_card(f"{name}-{n}", finding) for n, finding in enumerate(visible, 1)]
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
    """The changed lines of a finding; the whole signatures, which can contain lines of other
    findings, only if it has none."""
    if finding.before is None and finding.after is None and finding.signatures is not None:
        return finding.signatures
    return finding.before or "", finding.after or ""


def _totals(files: Sequence[FileDiff]) -> tuple[int, int]:
    return sum(file.added for file in files), sum(file.removed for file in files)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _printable_lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))
