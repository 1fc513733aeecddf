"""One problem, as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..frozen import dataclass
from .span import Span

_WIDTH = 100
"""The width of an excerpt, in columns."""


@dataclass(frozen=True)
class Diagnostic:
    """A problem. An error stops the run; a warning reports what was omitted or assumed."""

    severity: str
    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    related: tuple[tuple[str, Span], ...] = ()

    def render(self) -> str:
        """The text for a terminal, without a trailing newline."""
        where = f"{self.span}: " if self.span is not None else ""
        out = [f"{where}{self.severity}[{self.code}]: {self.message}"]
        if self.span is not None:
            out += _excerpt(self.span)
        for note, span in self.related:
            out.append(f"  note: {note} ({span})")
        if self.hint:
            out.append(f"  hint: {self.hint}")
        return "\n".join(out)


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Problems as a JSON array with one object each."""
    return json.dumps(
        [
            {
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "message": diagnostic.message,
                "file": diagnostic.span.file if diagnostic.span else None,
                "line": diagnostic.span.line if diagnostic.span else None,
                "column": diagnostic.span.column if diagnostic.span else None,
                "hint": diagnostic.hint,
            }
            for diagnostic in diagnostics
        ],
        indent=2,
        ensure_ascii=False,
    )


def _excerpt(span: Span) -> list[str]:
    """The line of the span with a caret below it, shortened to the width of a terminal."""
    line = span.source.line(span.line)
    if line is None:
        return []
    line = line.replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    excerpt = line[cut : cut + _WIDTH].rstrip()
    width = max(1, min(end, cut + len(excerpt)) - start)
    gutter = f"{span.line} | "
    return [
        f"  {gutter}{excerpt}",
        f"  {' ' * (len(gutter) - 2)}| {' ' * (start - cut)}{'^' * width}",
    ]
