"""Warnings whose locations are adjusted when the text before them changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..diagnostics import Diagnostic, Diagnostics, SourceFile, Span
from ..frozen import dataclass
from ..source.json_reader import span_at
from .changes import Layout

UNCERTAIN = frozenset(
    ["bad-reference", "reference-loop", "remote-reference", "unresolved-reference"]
)
"""Codes of warnings about missing elements, which a change elsewhere could cause."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """A warning about a description; locations are offsets in it."""

    code: str
    message: str
    hint: str | None
    place: Place | None
    related: tuple[tuple[str, Place], ...] = ()

    def places(self) -> Iterator[Place]:
        """Its location, and its related locations."""
        if self.place is not None:
            yield self.place
        for _, place in self.related:
            yield place

    def touches(self, layout: Layout, parts: set[str]) -> bool:
        """Whether the warning is about one of some parts of its description."""
        return any(
            layout.part_at(offset) in parts
            for start, end in self.places()
            for offset in (start, max(start, end - 1))
        )

    def moved(self, old: Layout, new: Layout) -> Problem:
        """The same warning in another text in which its parts are unchanged."""

        def moved(place: Place) -> Place:
            return old.moved(place[0], new), old.moved(place[1], new)

        return replace(
            self,
            place=None if self.place is None else moved(self.place),
            related=tuple((note, moved(place)) for note, place in self.related),
        )

    def report(self, diagnostics: Diagnostics, source: SourceFile) -> None:
        """Adds the warning to the diagnostics of a run."""
        diagnostics.warning(
            self.code,
            self.message,
            None if self.place is None else span_at(source, *self.place),
            hint=self.hint,
            related=[(note, span_at(source, *place)) for note, place in self.related],
        )


def find_problems(
    diagnostics: Iterable[Diagnostic], file: str, before: Iterable[Diagnostic] = ()
) -> tuple[Problem, ...] | None:
    """The new warnings about a description.

    None if there are errors, or locations in another file than `file`, the name of the description.
    """
    known = {(diagnostic.code, diagnostic.message, str(diagnostic.span)) for diagnostic in before}
    problems: list[Problem] = []
    for diagnostic in diagnostics:
        if (diagnostic.code, diagnostic.message, str(diagnostic.span)) in known:
            continue
        place = None if diagnostic.span is None else _offsets(diagnostic.span, file)
        related = [(note, _offsets(span, file)) for note, span in diagnostic.related]
        placed = tuple((note, at) for note, at in related if at is not None)
        if (
            diagnostic.severity == "error"
            or len(placed) < len(related)
            or (place is None) != (diagnostic.span is None)
        ):
            return None
        problems.append(
            Problem(diagnostic.code, diagnostic.message, diagnostic.hint, place, placed)
        )
    return tuple(problems)


def _offsets(span: Span, file: str) -> Place | None:
    """The offsets of a place in the description; None for a place elsewhere."""
    return offsets(span) if span.file == file else None


def offsets(span: Span) -> Place:
    """The offsets of a place in its file."""
    offset = span.source.offset
    return offset(span.line, span.column), offset(span.end_line, span.end_column)
