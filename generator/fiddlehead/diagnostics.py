"""Problems with a place: what is wrong, where, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, eq=False)
class SourceFile:
    """The text of one input file, under the name that is shown to people."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file; lines and columns count from 1, the end column is exclusive."""

    source: SourceFile = field(repr=False)
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        return self.source.name

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span(SourceFile("", ""), 1, 1, 1, 1)
"""For values that come from fiddlehead itself, such as a default."""


CODES: dict[str, str] = {
    "alias-bomb": "YAML aliases multiply into more values than any API description needs.",
    "ambiguous-union": "The members of a union cannot be told apart by their shape.",
    "bad-config": "A setting has a value that is not allowed.",
    "bad-default": "A default does not fit its type.",
    "bad-extension": "An extension (`x-…`) is not written as its documentation says.",
    "bad-reference": "A reference is not written as RFC 6901 or Fern's syntax says.",
    "bad-value": "A value has another type than the specification asks for.",
    "conflicting-allof": "The parts of an `allOf` contradict each other.",
    "discriminator": "A discriminator does not fit the members of its union.",
    "duplicate-argument": "Two parameters of one operation claim one argument.",
    "duplicate-key": "A mapping has one key twice; YAML 1.2 forbids it.",
    "duplicate-name": "Two things in the description claim one Python name.",
    "duplicate-operation": "Two operations claim one method name.",
    "empty-enum": "An enum without values admits nothing.",
    "invalid-yaml": "The file is not YAML 1.2 or JSON.",
    "missing-audience-type": "An audience leaves something without a type that it needs.",
    "missing-file": "A file that is named cannot be read.",
    "missing-key": "The specification asks for a key that is not there.",
    "missing-path-parameter": "A path template and the path parameters do not agree.",
    "not-expressible": "The construct has no counterpart in the generated client.",
    "output-conflict": "The output folder holds something that fiddlehead did not write.",
    "reference-loop": "References lead only to each other and never to a value.",
    "remote-reference": "A reference leaves the file system.",
    "required-without-property": "A name is required that no property describes.",
    "swagger-2": "The file is Swagger 2.0, not OpenAPI 3.",
    "too-deep": "Values are nested deeper than any API description needs.",
    "undefined-type": "A type is named that no file defines.",
    "undefined-style": "A value is nested deeper than the style of its parameter describes.",
    "unknown-key": "A key is not known here.",
    "unknown-type": "A type is named that the specification does not know.",
    "unresolved-reference": "A reference leads to nothing.",
    "unsupported-version": "The version of the specification is not one that fiddlehead reads.",
    "unused-setting": "A setting names something that is not in the description.",
    "upload-without-file": "A multipart upload has no file.",
}
"""Every code a diagnostic can carry, and what it stands for."""


@dataclass(frozen=True)
class Diagnostic:
    """One problem: an error stops the run, a warning says what was left out or guessed."""

    severity: str
    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    related: tuple[tuple[str, Span], ...] = ()

    def render(self) -> str:
        """The problem as a person reads it in a terminal, without a trailing newline."""
        where = f"{self.span}: " if self.span is not None else ""
        out = [f"{where}{self.severity}[{self.code}]: {self.message}"]
        if self.span is not None:
            out += _excerpt(self.span)
        for note, span in self.related:
            out.append(f"  note: {note} ({span})")
        if self.hint:
            out.append(f"  hint: {self.hint}")
        return "\n".join(out)


class Diagnostics:
    """Collects the problems of a run, so that one run reports all of them."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Diagnostic] = {}

    def error(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        hint: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
    ) -> None:
        self._add(Diagnostic("error", code, message, span, hint, tuple(related)))

    def warning(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        hint: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
    ) -> None:
        self._add(Diagnostic("warning", code, message, span, hint, tuple(related)))

    def _add(self, diagnostic: Diagnostic) -> None:
        assert diagnostic.code in CODES, diagnostic.code
        # A schema that is reached by two references is read twice and reported once.
        # A name that is claimed twice makes a class, a module and an export collide: one problem.
        message = "" if diagnostic.code == "duplicate-name" else diagnostic.message
        place = (str(diagnostic.span), diagnostic.code, message)
        self._found.setdefault(place, diagnostic)

    @property
    def found(self) -> list[Diagnostic]:
        """All problems, in the order of their places."""
        return sorted(self._found.values(), key=_place)

    @property
    def errors(self) -> list[Diagnostic]:
        return [each for each in self.found if each.severity == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        return [each for each in self.found if each.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raises `InvalidInput` where an error was found."""
        if self.errors:
            raise InvalidInput(self)


class InvalidInput(Exception):
    """The input cannot be used; the diagnostics say why."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("\n".join(each.render() for each in diagnostics.errors))
        self.diagnostics = diagnostics


def to_json(found: Iterable[Diagnostic]) -> str:
    """Problems as a JSON array, one object each, for tools."""
    return json.dumps(
        [
            {
                "severity": each.severity,
                "code": each.code,
                "message": each.message,
                "file": each.span.file if each.span else None,
                "line": each.span.line if each.span else None,
                "column": each.span.column if each.span else None,
                "hint": each.hint,
            }
            for each in found
        ],
        indent=2,
        ensure_ascii=False,
    )


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span or NOWHERE
    return (span.file, span.line, span.column, diagnostic.code, diagnostic.message)


_WIDTH = 100


def _excerpt(span: Span) -> list[str]:
    """The line that the span is on with a caret under it, cut to fit a terminal."""
    if not 0 < span.line <= len(span.source.lines):
        return []
    line = span.source.lines[span.line - 1].replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH].rstrip()
    width = max(1, min(end, cut + len(shown)) - start)
    gutter = f"{span.line} | "
    return [
        f"  {gutter}{shown}",
        f"  {' ' * (len(gutter) - 2)}| {' ' * (start - cut)}{'^' * width}",
    ]
