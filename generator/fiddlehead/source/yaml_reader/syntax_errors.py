"""Messages about text that is neither YAML nor JSON."""

from __future__ import annotations

import json
import re

import yaml

from ...diagnostics import SourceFile, Span
from ...frozen import dataclass


@dataclass(frozen=True)
class SyntaxProblem:
    """A message, where the problem is, where its construct begins, and a hint."""

    message: str
    span: Span
    begin: Span
    hint: str


_MARKUP = re.compile(r"\s*<(!doctype html|html|\?xml|\w)", re.IGNORECASE)


def of_markup(source: SourceFile) -> SyntaxProblem | None:
    """The problem of a web page or an XML file."""
    match = _MARKUP.match(source.text)
    if match is None:
        return None
    span = at(source, None)
    if "html" in match[1].lower():
        hint = "download the description itself; many servers have it at /openapi.json"
        return SyntaxProblem("this is a web page (HTML), not YAML or JSON", span, span, hint)
    hint = "convert it to OpenAPI"
    return SyntaxProblem("this is XML, not YAML or JSON", span, span, hint)


def of_json(source: SourceFile) -> SyntaxProblem | None:
    """The problem of a file that the JSON parser refuses, too."""
    try:
        json.loads(source.text)
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        span = Span(source, line, column, line, column + 1)
        if error.pos >= len(source.text.rstrip()) or error.msg.startswith("Unterminated"):
            return SyntaxProblem(
                "the file ends before the JSON is complete", span, span, "is it a part of a file?"
            )
        return SyntaxProblem(
            f"invalid JSON: {error.msg}", span, span, _JSON_HINTS.get(error.msg, "")
        )
    except (ValueError, RecursionError):
        pass
    return None


_JSON_HINTS = {
    "Expecting ',' delimiter": "add a comma before this, or close the bracket",
    "Expecting property name enclosed in double quotes": "write the name in double quotes, or remove"
    " the extra comma",
    "Illegal trailing comma before end of object": "remove the comma",
    "Illegal trailing comma before end of array": "remove the comma",
    "Expecting value": "add a value or remove the extra comma",
    "Extra data": "write only one value in a file",
}


def of_yaml(source: SourceFile, error: yaml.MarkedYAMLError) -> SyntaxProblem:
    """The problem that the YAML parser found."""
    mark = error.problem_mark or error.context_mark
    message = " ".join(part for part in (error.context, error.problem) if part)
    begin, span = at(source, error.context_mark or mark), at(source, mark)
    if span.line > len(source.lines):
        # The error is at the end of the file; the open construct started before.
        span = begin
    return SyntaxProblem(message or "not YAML", span, begin, _advice(message, span))


def at(source: SourceFile, mark: yaml.Mark | None) -> Span:
    """The location of a mark; without one, the beginning of the file."""
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return Span(source, line, column, line, column + 1)


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
