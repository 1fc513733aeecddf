"""Problems with their locations, and hints."""

from __future__ import annotations

import contextlib
import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property

from .frozen import dataclass

LINE_END = "\r\n?|[\n\x85\u2028\u2029]"
"""The line ends of YAML parsers (YAML 1.1, section 5.4)."""
_RARE_LINE_ENDS = "\r\x85\u2028\u2029"


class SourceFile:
    """The text of one input file, and its name in messages."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text: str | bytes = text

    @property
    def text(self) -> str:
        return self._text if isinstance(self._text, str) else self._text.decode("utf-8")

    def pack(self) -> None:
        """Compresses the text, once it is rarely needed: a single emoji makes each character of a
        string take four bytes."""
        if isinstance(self._text, str) and not self._text.isascii():
            with contextlib.suppress(UnicodeEncodeError):
                self._text = self._text.encode("utf-8")

    @cached_property
    def lines(self) -> list[str]:
        lines = re.split(LINE_END, self.text)
        return lines if lines[-1] else lines[:-1]

    @cached_property
    def starts(self) -> array[int]:
        """The offset of each line, in characters."""
        if isinstance(self._text, bytes):
            return _in_characters(self._byte_starts, self._text)
        text = self._text
        if any(end in text for end in _RARE_LINE_ENDS):
            return array("L", [0, *(match.end() for match in re.finditer(LINE_END, text))])
        # Most files have no others: to look for them alone takes a third of the time.
        found = array("L", [0])
        end = text.find("\n")
        while end >= 0:
            found.append(end + 1)
            end = text.find("\n", end + 1)
        return found

    @cached_property
    def _byte_starts(self) -> array[int]:
        """The offset of each line in a text that is packed."""
        assert isinstance(self._text, bytes)
        text = self._text
        if b"\r" in text or _RARE.search(text):
            return array("L", [0, *(match.end() for match in _BYTES_OF_LINE_END.finditer(text))])
        found = array("L", [0])
        end = text.find(b"\n")
        while end >= 0:
            found.append(end + 1)
            end = text.find(b"\n", end + 1)
        return found

    def line(self, number: int) -> str | None:
        """The line of that number, which counts from 1, without its end; None where there is
        none."""
        text = self._text
        starts = self.starts if isinstance(text, str) else self._byte_starts
        if not 0 < number <= len(starts):
            return None
        start, end = starts[number - 1], starts[number] if number < len(starts) else len(text)
        if start == len(text):
            return None
        part = text[start:end]
        line = part if isinstance(part, str) else part.decode("utf-8")
        return re.split(LINE_END, line, maxsplit=1)[0]


_RARE_BYTES = rb"\xc2\x85|\xe2\x80[\xa8\xa9]"
_RARE = re.compile(_RARE_BYTES)
_BYTES_OF_LINE_END = re.compile(rb"\r\n?|\n|" + _RARE_BYTES)
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


def _in_characters(starts: array[int], text: bytes) -> array[int]:
    """Offsets of lines in UTF-8 as offsets in the decoded text, which may be many times as long."""
    found, extra, done = array("L"), 0, 0
    for start, end in _runs(text):
        until = bisect_right(starts, start, done)
        found.extend(each - extra for each in starts[done:until])
        done = until
        extra += end - start - len(text[start:end].decode("utf-8"))
    found.extend(each - extra for each in starts[done:])
    return found


def _runs(text: bytes) -> Iterator[tuple[int, int]]:
    """Where characters of more than one byte are, as many as there are; a line end is the last of
    a run."""
    for run in _NOT_ASCII.finditer(text):
        start = run.start()
        for line_end in _RARE.finditer(text, start, run.end()):
            yield start, line_end.end()
            start = line_end.end()
        if start < run.end():
            yield start, run.end()


@dataclass(frozen=True, slots=True)
class Span:
    """A location in a file; lines and columns start at 1, the end column is exclusive."""

    source: SourceFile = field(repr=False)
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def file(self) -> str:
        return self.source.name

    @property
    def identity(self) -> object:
        """Equal for spans that begin at one place of a file."""
        return str(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span(SourceFile("", ""), 1, 1, 1, 1)
"""The location of values that are not in a file, such as a default."""


@dataclass(frozen=True, slots=True)
class Code:
    """The meaning of a code."""

    meaning: str
    required: bool = False
    """Whether the problem prevents reading the description or writing the output.

    Such a problem is an error. Any other problem is a warning, which affects only one part of the
    client.
    """


def _required(meaning: str) -> Code:
    return Code(meaning, required=True)


CODES: dict[str, Code] = {
    "alias-bomb": _required("YAML aliases expand to too many values."),
    "ambiguous-union": Code("The members of a union cannot be distinguished by their properties."),
    "bad-config": _required("A setting has a value that is not allowed."),
    "bad-default": Code("A default is not valid for its type."),
    "bad-extension": Code("An extension (`x-…`) has an invalid value."),
    "bad-overlay": _required("An overlay or an override cannot be applied."),
    "bad-header": Code("A name is not a valid name of an HTTP header or cookie."),
    "bad-parameter": Code("A parameter has no name or no valid location."),
    "bad-template": _required("A custom template is invalid."),
    "bad-path": Code("A path does not start with a slash, or has invalid braces."),
    "bad-reference": Code("A reference is not valid (RFC 6901, or Fern's syntax)."),
    "bad-security-scheme": Code(
        "A security scheme has an unknown type, or a required key is missing."
    ),
    "bad-server": Code("A server has no URL, or a URL with undeclared variables."),
    "bad-status": Code("A key of `responses` is not an HTTP status."),
    "bad-value": Code("A value is not allowed by the specification."),
    "conflicting-allof": Code("The parts of an `allOf` contradict each other."),
    "discriminator": Code("A discriminator does not match the members of its union."),
    "duplicate-argument": Code("Two parameters of an operation have the same argument name."),
    "duplicate-key": _required("A mapping has a duplicate key, which YAML 1.2 forbids."),
    "duplicate-name": Code("Two elements of the description have the same Python name."),
    "duplicate-operation": Code("Two operations have the same method name."),
    "duplicate-operation-id": Code("Two operations have the same `operationId`."),
    "duplicate-parameter": Code("An operation declares a parameter twice."),
    "empty-enum": Code("An enum has no values."),
    "empty-union": Code("A union has no members."),
    "example-too-large": Code("An example expands to too many values."),
    "hidden-package": Code("The package has the name of a module of the standard library."),
    "ignored-setting": Code("A setting has no effect here."),
    "invalid-yaml": _required("The file is not YAML 1.2 or JSON."),
    "misplaced-extension": Code("A Fern extension is on an object where it has no effect."),
    "misplaced-reference": Code("A `$ref` is in a place where OpenAPI allows no reference."),
    "missing-audience-type": Code(
        "A type is excluded by the audiences, but an included element uses it."
    ),
    "missing-file": _required("A file cannot be read."),
    "name-moved": Code("A name of the existing package changes."),
    "missing-key": Code("A required key is missing."),
    "no-name": _required("A name in the description cannot be converted to a Python name."),
    "not-a-description": _required("The file is neither an OpenAPI nor a Fern description."),
    "not-expressible": Code("The construct has no counterpart in the generated client."),
    "output-conflict": _required("The output folder has files that fiddlehead did not write."),
    "reference-loop": Code("References form a cycle and never resolve to a value."),
    "remote-reference": Code("A reference is a URL, which is not fetched."),
    "required-without-property": Code("A required property is not defined."),
    "schema-too-deep": Code("A schema is nested too deeply."),
    "too-deep": _required("Values are nested too deeply."),
    "undeclared-path-parameter": Code("A path has a parameter in braces that is not declared."),
    "undefined-type": Code("A type is not defined in any file."),
    "unresolved-import": Code("A Fern file imports a file that cannot be imported."),
    "undefined-style": Code(
        "The style of a parameter does not define how its nested value is written."
    ),
    "unknown-key": Code("A key is not known."),
    "unknown-security-scheme": Code(
        "A security requirement refers to a scheme that is not declared."
    ),
    "unknown-type": Code("A type is not known to the specification."),
    "unreadable-auth": _required(
        "A Fern `auth` refers to a scheme that cannot be read, so no credential would be sent."
    ),
    "unresolved-reference": Code("The target of a reference does not exist."),
    "unsupported-version": _required("The version of the specification is not supported."),
    "unused-path-parameter": Code("A declared path parameter is not in the path."),
    "unused-setting": Code("A setting refers to an element that is not in the description."),
    "upload-without-file": Code("A multipart upload has no file."),
    "wrong-type": Code("A value has the wrong JSON type."),
}
"""Every code of a diagnostic, with its meaning."""


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


@dataclass(frozen=True)
class SeverityRule:
    """A severity for a code, everywhere or only inside the `spans`."""

    code: str
    severity: str
    spans: tuple[Span, ...] | None = None


def severity_of(rules: Iterable[SeverityRule], code: str, spans: Sequence[Span]) -> str | None:
    """The severity that rules give to a code at some locations; None if there is none.

    A rule with a location takes precedence over one without, and a smaller location over larger
    ones.
    """
    found: SeverityRule | None = None
    for rule in rules:
        if rule.code != code or (rule.spans is not None and not _covers(rule.spans, spans)):
            continue
        if (
            found is None
            or found.spans is None
            or (rule.spans is not None and _covers(found.spans, rule.spans))
        ):
            found = rule
    return found.severity if found is not None else None


def _covers(regions: Sequence[Span], spans: Sequence[Span]) -> bool:
    return any(_inside(span, region) for span in spans for region in regions)


def _inside(span: Span, region: Span) -> bool:
    start = (region.line, region.column)
    end = (region.end_line, region.end_column)
    return span.file == region.file and start <= (span.line, span.column) < end


class Diagnostics:
    """Collects the problems of a run, so that one run reports all of them.

    Attributes:
        rules: The severities in the settings.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[object, str, str], Diagnostic] = {}
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
        self._found.setdefault((place, diagnostic.code, message), diagnostic)

    def add_all(self, other: Diagnostics) -> None:
        """Takes over the problems that another run of a part collected."""
        for diagnostic in other._found.values():
            self._add(diagnostic)

    @property
    def found(self) -> list[Diagnostic]:
        """All problems that are not turned off, sorted by location."""
        found = sorted(self._found.values(), key=_place)
        if not self.rules:
            return found
        weighed = [self._with_severity(each) for each in found]
        return [each for each in weighed if each.severity != "off"]

    def _with_severity(self, diagnostic: Diagnostic) -> Diagnostic:
        spans = [diagnostic.span] if diagnostic.span is not None else []
        severity = severity_of(self.rules, diagnostic.code, spans)
        if severity is None or CODES[diagnostic.code].required:
            return diagnostic
        return replace(diagnostic, severity=severity)

    @property
    def errors(self) -> list[Diagnostic]:
        return [each for each in self.found if each.severity == "error"]

    @property
    def warnings(self) -> list[Diagnostic]:
        return [each for each in self.found if each.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raise `InvalidInput` if there is an error."""
        # Without rules severities do not change, and nothing has to be sorted.
        if self.rules or any(each.severity == "error" for each in self._found.values()):
            self._stop_on_weighed_errors()

    def _stop_on_weighed_errors(self) -> None:
        if self.errors:
            raise InvalidInput(self)


class InvalidInput(Exception):
    """The input cannot be used; the diagnostics have the reasons."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("\n".join(each.render() for each in diagnostics.errors))
        self.diagnostics = diagnostics


def to_json(found: Iterable[Diagnostic]) -> str:
    """Problems as a JSON array with one object each."""
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
    """The line of the span with a caret below it, shortened to the width of a terminal."""
    line = span.source.line(span.line)
    if line is None:
        return []
    line = line.replace("\t", " ")
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
