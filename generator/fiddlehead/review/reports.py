"""Writes a review in a given format."""

from __future__ import annotations

from collections.abc import Mapping

from .findings import Review

FORMATS: tuple[str, ...] = ("text", "markdown", "json", "github", "sarif", "html")
"""The supported formats."""


def report(
    review: Review,
    format: str,
    *,
    color: bool = False,
    width: int = 100,
    old_files: Mapping[str, str] | None = None,
    new_files: Mapping[str, str] | None = None,
) -> str:
    """The whole report, with a trailing newline.

    `color` and `width` are for text. `old_files` and `new_files`, the generated files by path, are
    for html, which shows their diff if they are given.
    """
    # Each format is imported when needed: html needs jinja2, the others need nothing.
    if format == "text":
        from .text import to_text

        return to_text(review, color=color, width=width)
    if format == "markdown":
        from .markdown import to_markdown

        return to_markdown(review)
    if format == "json":
        from .machine import to_json

        return to_json(review)
    if format == "github":
        from .machine import to_github

        return to_github(review)
    if format == "sarif":
        from .sarif import to_sarif

        return to_sarif(review)
    if format == "html":
        from .html import to_html

        return to_html(review, old_files, new_files)
    raise ValueError(f"unknown format: {format}")
