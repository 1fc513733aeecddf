"""A review as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TypeAlias

from .finding_groups import Group, grouped, headed_files, places
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

MOST = 12
"""The maximum number of lines of a class or signature in a finding."""


def to_text(review: Review, *, color: bool = False, width: int = 100) -> str:
    """The verdict, then all findings, most severe first; escape codes only if `color` is set."""
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
            for group in grouped(findings):
                lines += _lines(group, paint, max(40, width))
    return "\n".join(lines) + "\n"


def _lines(group: Group, paint: _Paint, width: int) -> Iterator[str]:
    finding = group.first
    kind = paint(f"{finding.kind:<10}", _COLORS[finding.kind])
    if not group.several:
        first, *rest = _message(finding, paint, width, places(group, finding))
        yield f"  {kind}{first.removeprefix(_INDENT)}"
        yield from rest
        yield from _notes(finding, paint)
        return
    where = printable(group.parent)
    title = f"{finding.rule} ({finding.bump}), {len(group.findings)} times in {where}"
    yield f"  {kind}{title}"
    yield _INDENT + paint(printable(f"in {headed_files(group)}"), "2")
    yield from _notes(finding, paint)
    for item in group.findings:
        yield from _member(group, item, paint, width)


def _message(finding: Finding, paint: _Paint, width: int, where: str) -> Iterator[str]:
    """The message, the rule and location, and the lines that differ."""
    yield from _wrapped(finding.message, width)
    rule = f"{finding.rule} ({finding.bump}) at {printable(finding.location)}"
    where = printable(where)
    if where and len(_INDENT) + len(rule) + len(where) + 3 <= width and finding.level == "info":
        yield _INDENT + paint(f"{rule} · {where}", "2")
    else:
        yield _INDENT + paint(rule, "2")
        if where:
            yield _INDENT + paint(where, "2")
    if finding.level != "info":
        yield from _changed(finding, paint, _INDENT)


def _member(group: Group, finding: Finding, paint: _Paint, width: int) -> Iterator[str]:
    """One of several findings under a heading."""
    message, where = printable(finding.message), printable(places(group, finding))
    if finding.location not in finding.message:
        message += f" (at {printable(finding.location)})"
    if where and len(_INDENT) + len(message) + len(where) + 2 <= width:
        yield f"{_INDENT}{message}  {paint(where, '2')}"
    else:
        yield from _wrapped(message, width)
        if where:
            yield _INDENT + paint(where, "2")
    if finding.level != "info":
        yield from _changed(finding, paint, _INDENT + "  ")


def _wrapped(text: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(printable(text), max(20, width - len(_INDENT))) or [""]
    return (_INDENT + line for line in lines)


def _changed(finding: Finding, paint: _Paint, indent: str) -> Iterator[str]:
    lines = changed_lines(finding.before, finding.after)
    visible = lines if len(lines) <= MOST else lines[: MOST - 1]
    for sign, line in visible:
        yield indent + paint(f"{sign} {printable(line)}", "31" if sign == "-" else "32")
    if len(visible) < len(lines):
        yield indent + paint(f"… {len(lines) - len(visible)} more lines", "2")


def _notes(finding: Finding, paint: _Paint) -> Iterator[str]:
    """Further information about a finding or a group."""
    if finding.operations and finding.level != "info" and not _is_obvious(finding):
        yield _INDENT + paint(printable(f"used by {listed(finding.operations)}"), "2")
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


def _is_obvious(finding: Finding) -> bool:
    """Whether the location already contains the operation."""
    return len(finding.operations) == 1 and f"{finding.location} ".startswith(
        f"{finding.operations[0]} "
    )


def listed(names: tuple[str, ...], most: int = 4) -> str:
    """Some names, and the number of the others."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def printable(text: str) -> str:
    """Text in which control characters are escaped, so that it cannot control the terminal."""
    return "".join(
        char if char.isprintable() or char == " " else f"\\x{ord(char):02x}" for char in text
    )


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:
    return text
