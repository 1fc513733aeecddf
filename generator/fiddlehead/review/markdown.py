"""A review as a comment on a pull request: the verdict first, details folded, limited in size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .finding_groups import Group, grouped, headed_files, places
from .findings import Finding, Review
from .side_by_side import changed_lines
from .text import listed, printable

LIMIT = 65_536
"""The maximum size of a comment on GitHub; counted in bytes, to be safe for all characters."""

_ROOM = 600
"""Bytes reserved for the note about omitted findings, and for closing tags."""

_CLIP = 300
_LINES = 30


def to_markdown(review: Review) -> str:
    """GitHub-flavoured Markdown below 65,536 bytes; the number of omitted findings is given."""
    head = [f"**{'❌' if review.breaks else '✅'} {text(review.verdict)}**", ""]
    head += [f"{code(review.old_label)} → {code(review.new_label)}", ""]
    head += [f"> {text(note)}" for note in review.notes[:20]]
    if review.notes:
        head.append("")
    page = _Page("\n".join(head) + "\n", review.new_label)
    page.section("Breaking", review.breaking, folded=False)
    page.section("Accepted", review.accepted, folded=True)
    page.section("Worth a look", review.notices, folded=True)
    page.section("Information", review.infos, folded=True)
    return page.finish()


def marker(label: str) -> str:
    """A hidden line that identifies the comment of a description.

    HTML ends a comment at `--`, so the label must not contain it.
    """
    clean = re.sub(r"[^\w./@ :-]|-(?=-)", "_", _short(label), flags=re.ASCII)
    return f"<!-- fiddlehead diff {clean} -->"


class _Page:
    """Markdown that grows up to the size limit."""

    def __init__(self, head: str, label: str) -> None:
        self._label = label
        self._parts = [head]
        self._size = len(head.encode())
        self._left_out = 0

    def section(self, title: str, findings: Sequence[Finding], *, folded: bool) -> None:
        if not findings:
            return
        start = (
            f"<details>\n<summary>{title} ({len(findings)})</summary>\n\n"
            if folded
            else f"### {title} ({len(findings)})\n\n"
        )
        end = "\n</details>\n\n" if folded else "\n"
        if not self._fits(start + end):
            self._left_out += len(findings)
            return
        self._add(start)
        left = len(findings)
        for group in grouped(findings):
            for entry, count in _entries(group):
                if not self._fits(entry + end):
                    break
                self._add(entry)
                left -= count
            else:
                continue
            break
        if left:
            self._left_out += left
            self._add(f"\n_{left} more in this section._\n")
        self._add(end)

    def finish(self) -> str:
        if self._left_out:
            self._add(
                f"\n_{self._left_out} more findings exceed the size of a comment: "
                "see the HTML report, or run `fiddlehead diff`._\n"
            )
        self._add(f"\n{marker(self._label)}\n")
        return "".join(self._parts)

    def _fits(self, more: str) -> bool:
        return self._size + len(more.encode()) < LIMIT - _ROOM

    def _add(self, more: str) -> None:
        self._parts.append(more)
        self._size += len(more.encode())


def _entries(group: Group) -> Iterator[tuple[str, int]]:
    """The pieces of a group, with the number of findings in each."""
    if not group.several:
        yield "\n".join(_entry(group)) + "\n", 1
        return
    lines = list(_heading(group))
    for finding in group.findings:
        lines += _member(group, finding)
        yield "\n".join(lines) + "\n", 1
        lines = []


def _entry(group: Group) -> Iterator[str]:
    finding = group.first
    yield f"- **{finding.kind}** {text(finding.message)} ({code(finding.rule)})"
    spans = [code(str(span)) for span in (finding.old, finding.new) if span is not None]
    if spans:
        yield f"  {' → '.join(spans)}"
    yield from _notes(finding)
    if finding.level != "info":
        lines = list(_lines(finding))
        if lines:
            yield from _fenced("diff", lines)
        yield from _setting(finding)


def _heading(group: Group) -> Iterator[str]:
    finding = group.first
    title = f"{code(finding.rule)}, {len(group.findings)} times in {code(group.parent)}"
    yield f"- **{finding.kind}** {title}"
    yield f"  {code(headed_files(group))}"
    yield from _notes(finding)
    if finding.level != "info":
        yield from _setting(finding)


def _member(group: Group, finding: Finding) -> Iterator[str]:
    where = places(group, finding)
    yield f"  - {text(finding.message)}" + (f" {code(where)}" if where else "")
    if finding.level == "info":
        return
    sides = [name for name in (finding.before, finding.after) if name is not None]
    if any("\n" in side for side in sides):
        yield from (f"  {line}" for line in _fenced("diff", list(_lines(finding))))
    elif sides:
        yield f"    {' → '.join(map(code, sides))}"


def _notes(finding: Finding) -> Iterator[str]:
    if finding.accepted is not None:
        until = f" until {finding.accepted.until}" if finding.accepted.until else ""
        yield f"  _accepted{until}:_ {text(finding.accepted.reason)}"
    if finding.level != "info" and finding.operations:
        yield f"  used by {text(listed(finding.operations))}"


def _setting(finding: Finding) -> Iterator[str]:
    if finding.setting is not None:
        yield "  to avoid it, in the settings:"
        yield from _fenced("toml", finding.setting.splitlines())


def _fenced(language: str, lines: Sequence[str]) -> Iterator[str]:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    # An empty line would end the list item, except at the start of the block.
    yield ""
    yield f"  {fence}{language}"
    for line in lines:
        yield f"  {line}"
    yield f"  {fence}"


def _lines(finding: Finding) -> Iterator[str]:
    lines = changed_lines(finding.before, finding.after)
    for sign, line in lines[:_LINES]:
        yield sign + _short(line)
    if len(lines) > _LINES:
        yield f" … {len(lines) - _LINES} more lines"


def text(value: str) -> str:
    """Text escaped for Markdown and HTML, without mentions."""
    value = _short(value).replace("&", "&amp;").replace("<", "&lt;")
    value = re.sub(r"([\\`*_\[\]|~$])", r"\\\1", value)
    # A zero-width space prevents that GitHub notifies a mentioned user.
    return value.replace("@", "@\u200b")


def code(value: str) -> str:
    """A code span whose fence is longer than any backticks inside."""
    value = _short(value)
    longest = max((len(run) for run in re.findall("`+", value)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if value.startswith("`") or value.endswith("`") else ""
    return f"{fence}{pad}{value}{pad}{fence}"


def _short(value: str) -> str:
    clipped = value if len(value) <= _CLIP else value[: _CLIP - 1] + "…"
    return printable(clipped)
