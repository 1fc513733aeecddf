"""Collects the problems of a run."""

from __future__ import annotations

from collections.abc import Iterable

from ..frozen import replace
from .codes import CODES
from .diagnostic import Diagnostic
from .severities import SeverityRule, severity_of
from .span import NOWHERE, Span


class Diagnostics:
    """Collects the problems of a run, so that one run reports all of them.

    Attributes:
        rules: The severities in the settings.
    """

    def __init__(self) -> None:
        self._diagnostics: dict[tuple[object, str, str], Diagnostic] = {}
        self.rules: tuple[SeverityRule, ...] = ()

    def error(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        hint: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
    ) -> None:
        """Report a problem that stops the run; its code is `required`."""
        assert code in CODES, code
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
        """Report a problem that affects only one part; the caller continues."""
        assert code in CODES and not CODES[code].required, code
        self._add(Diagnostic("warning", code, message, span, hint, tuple(related)))

    def _add(self, diagnostic: Diagnostic) -> None:
        # A schema with two references is read twice but reported once. A name clash affects a
        # class, a module and an export, which is one problem.
        message = "" if diagnostic.code == "duplicate-name" else diagnostic.message
        span = diagnostic.span
        place = span.identity if span is not None else None
        self._diagnostics.setdefault((place, diagnostic.code, message), diagnostic)

    def add_all(self, other: Diagnostics) -> None:
        """Takes over the problems that another run of a part collected."""
        for diagnostic in other._diagnostics.values():
            self._add(diagnostic)

    @property
    def number(self) -> int:
        """The number of all problems, also of those that are turned off."""
        return len(self._diagnostics)

    def taken_after(self, number: int) -> Diagnostics:
        """Takes out all problems but the first ones: of several problems at one place, the first
        is kept."""
        later = Diagnostics()
        for key in [*self._diagnostics][number:]:
            later._diagnostics[key] = self._diagnostics.pop(key)
        return later

    @property
    def reported(self) -> list[Diagnostic]:
        """All problems that are not turned off, sorted by location."""
        diagnostics = sorted(self._diagnostics.values(), key=_place)
        if not self.rules:
            return diagnostics
        weighed = [self._with_severity(diagnostic) for diagnostic in diagnostics]
        return [diagnostic for diagnostic in weighed if diagnostic.severity != "off"]

    def _with_severity(self, diagnostic: Diagnostic) -> Diagnostic:
        spans = [diagnostic.span] if diagnostic.span is not None else []
        severity = severity_of(self.rules, diagnostic.code, spans)
        if severity is None or CODES[diagnostic.code].required:
            return diagnostic
        return replace(diagnostic, severity=severity)

    @property
    def errors(self) -> list[Diagnostic]:
        return [diagnostic for diagnostic in self.reported if diagnostic.severity == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        return [diagnostic for diagnostic in self.reported if diagnostic.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raise `InvalidInput` if there is an error."""
        # Without rules, the severities are final, so sorting is not needed.
        if self.rules or any(
            diagnostic.severity == "error" for diagnostic in self._diagnostics.values()
        ):
            self._stop_on_weighed_errors()

    def _stop_on_weighed_errors(self) -> None:
        if self.errors:
            raise InvalidInput(self)


class InvalidInput(Exception):
    """The input cannot be used; the diagnostics have the reasons."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("\n".join(error.render() for error in diagnostics.errors))
        self.diagnostics = diagnostics


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    span = diagnostic.span or NOWHERE
    return (span.file, span.line, span.column, diagnostic.code, diagnostic.message)
