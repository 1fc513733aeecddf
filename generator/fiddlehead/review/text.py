"""A review for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TypeAlias

from .findings import Finding, Kind, Review
from .rules import RULES
from .side_by_side import changed_lines

_Paint: TypeAlias = Callable[[str, str], str]

_COLORS: dict[Kind, str] = {
    "SOURCE": "31",
    "TYPE": "35",
    "WIRE": "31",
    "BEHAVIOUR": "33",
    "INFO": "36",
}
_INDENT = " " * 12


def to_text(review: Review, *, color: bool = False, width: int = 100) -> str:
    """The verdict, then every finding, worst first; escape codes only where `color` is set."""
    paint = _painted if color else _plain
    lines = [f"{review.old_label} -> {review.new_label}", ""]
    lines += [paint(review.verdict, "1;31" if review.breaks else "1;32")]
    for note in review.notes:
        lines.append(paint(f"note: {printable(note)}", "33"))
    for title, findings in (
        ("Breaking", review.breaking),
        ("Accepted", review.accepted),
        ("Worth a look", review.notices),
        ("Information", review.infos),
    ):
        if findings:
            lines += ["", paint(f"{title} ({len(findings)})", "1")]
            for finding in findings:
                lines += _lines(finding, paint, max(40, width))
    return "\n".join(lines) + "\n"


def _lines(finding: Finding, paint: _Paint, width: int) -> Iterator[str]:
    kind = paint(f"{finding.kind:<10}", _COLORS[finding.kind])
    wrapped = textwrap.wrap(printable(finding.message), max(20, width - len(_INDENT))) or [""]
    yield f"  {kind}{wrapped[0]}"
    for line in wrapped[1:]:
        yield _INDENT + line
    rule = f"{finding.rule} ({finding.bump}) at {printable(finding.location)}"
    yield _INDENT + paint(rule, "2")
    places = [str(span) for span in (finding.old, finding.new) if span is not None]
    if places:
        yield _INDENT + paint(printable(" -> ".join(places)), "2")
    if finding.operations and finding.level != "info":
        yield _INDENT + paint(printable(f"reached by {listed(finding.operations)}"), "2")
    if finding.level != "info":
        for sign, line in changed_lines(finding.before, finding.after):
            yield _INDENT + paint(f"{sign} {printable(line)}", "31" if sign == "-" else "32")
    adjusted = RULES[finding.rule].adjusted
    if adjusted and finding.level == "breaking":
        yield _INDENT + paint(adjusted, "2")
    if finding.setting and finding.level == "breaking":
        yield _INDENT + "to avoid it, in the settings:"
        for line in finding.setting.splitlines():
            yield f"{_INDENT}  {printable(line)}"
    if finding.accepted is not None:
        until = f" (until {finding.accepted.until})" if finding.accepted.until else ""
        yield _INDENT + paint(printable(f"accepted: {finding.accepted.reason}{until}"), "32")


def listed(names: tuple[str, ...], most: int = 4) -> str:
    """Some names and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def printable(text: str) -> str:
    """Text that cannot move a terminal's cursor or colour it: control characters show as code."""
    return "".join(
        char if char.isprintable() or char == " " else f"\\x{ord(char):02x}" for char in text
    )


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:
    return text
