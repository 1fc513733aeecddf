"""Reads YAML 1.2 (core schema, and the widely used merge keys) into nodes with locations."""

from __future__ import annotations

from pathlib import Path

import yaml

from ...diagnostics import Diagnostics, SourceFile, Span
from ..node import MAX_DEPTH, Node
from .checks import Checks
from .nesting import LOADER, too_deep
from .nodes import YamlDocument
from .scalars import Loader

MAX_NODES = 20_000_000
"""The maximum number of values in a file after expanding YAML aliases."""


class YamlReader:
    """Reads one file into a node: YAML 1.2 core schema, plus merge keys."""

    def __init__(self, source: SourceFile, path: Path, diagnostics: Diagnostics) -> None:
        self._source = source
        self._path = path
        self._diagnostics = diagnostics

    def read(self) -> Node | None:
        """The root; None, and an error, if the file is not valid."""
        text = self._source.text
        if text.lstrip()[:1] in ("{", "["):
            text = text.replace("\t", " ")  # YAML in the style of JSON, with tabs between tokens.
        deep = too_deep(text)
        if deep is not None:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._diagnostics.error("too-deep", message, self._at(deep))
            return None
        try:
            raw: yaml.Node | None = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
            return None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            self._diagnostics.error("invalid-yaml", str(error).splitlines()[0], self._at(None))
            return None
        if raw is None:  # An empty file.
            return Node(None, self._at(None), self._path, "", {})
        document = YamlDocument(self._source, text, self._path)
        checks = Checks(self._diagnostics, document.span)
        size = checks.size(raw)
        if size > MAX_NODES:
            message = f"aliases expand to more than {MAX_NODES} values"
            self._diagnostics.error("alias-bomb", message, self._at(None))
        if size > MAX_NODES or not checks.is_valid:
            return None
        return document.root(raw, has_aliases=checks.has_aliases)

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        begun, span = self._at(error.context_mark or mark), self._at(mark)
        if span.line > len(self._source.lines):
            # The error is at the end of the file; the open construct started before.
            span = begun
        hint = _advice(problem, span)
        if LOADER is yaml.SafeLoader:
            hint += "; or install PyYAML with libyaml, which supports more of YAML"
        self._diagnostics.error(
            "invalid-yaml",
            problem or "not YAML",
            span,
            hint=hint,
            related=[("it starts here", begun)] if begun.line != span.line else [],
        )

    def _at(self, mark: yaml.Mark | None) -> Span:
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        return Span(self._source, line, column, line, column + 1)


_ADVICE = (
    ("any token", "quote strings that start with this character"),
    ("mapping values", "start a new line, or quote strings that contain ': '"),
    ("entries are not allowed", "start the list on a new line"),
    ("',' or", "add a comma before this, or close the bracket"),
    ("node content", "add a value or remove the extra comma"),
    ("end of stream", "close the quotation mark"),
    ("escape character", "write the backslash twice, or use ' instead of \" as quotes"),
    ("escape code", "write the character itself"),
    ("undefined alias", "quote the string; the anchor of an alias must be before it"),
    ("another document", "write only one document in a file"),
)
"""Hints for YAML syntax errors."""


def _advice(problem: str, span: Span) -> str:
    lines = span.source.lines
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    if line[: span.column].strip(" ").startswith("\t"):
        return "indent with spaces: YAML does not allow tabs here"
    known = (advice for words, advice in _ADVICE if words in problem)
    return next(known, "indent this line like the other lines of its block")
