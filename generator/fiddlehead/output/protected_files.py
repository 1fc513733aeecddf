"""Patterns of files that fiddlehead leaves alone: the `keep` setting and Fern's .fernignore."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

FERNIGNORE = ".fernignore"


class Keep:
    """Patterns as gitignore has them, for paths relative to the output folder, with slashes.

    A pattern without a slash in the middle holds at any depth, one that ends in a slash holds
    for folders, `**` goes across folders, `!` takes back, the last that fits decides.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._rules = [_rule(each) for each in self.patterns]

    def __contains__(self, path: str) -> bool:
        kept = False
        for pattern, positive in self._rules:
            if pattern.fullmatch(path):
                kept = positive
        return kept

    def with_fernignore(self, output: Path) -> Keep:
        """These patterns and those of the nearest .fernignore, up to the repository's root."""
        for folder in (output, *output.parents):
            try:
                text = (folder / FERNIGNORE).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                if (folder / ".git").exists():
                    break
                continue
            prefix = output.relative_to(folder).as_posix()
            lines = (line.strip() for line in text.splitlines())
            chosen = (line for line in lines if line and not line.startswith("#"))
            rebased = (_rebased(line, "" if prefix == "." else prefix) for line in chosen)
            return Keep((*self.patterns, *(each for each in rebased if each)))
        return self

    def for_package(self, package: str) -> Keep:
        """The patterns for paths relative to the package instead of the output folder."""
        rebased = (_rebased(each, package) for each in self.patterns)
        return Keep(each for each in rebased if each)


def _rebased(pattern: str, prefix: str) -> str | None:
    """A pattern as it is seen from a folder further down; None where it is about another."""
    negative = pattern.startswith("!")
    body = pattern.removeprefix("!")
    if not prefix or "/" not in body.rstrip("/"):
        return pattern
    parts = body.removeprefix("/").split("/")
    for folder in prefix.split("/"):
        if parts[0] == "**":
            break
        if not re.fullmatch(_segment(parts[0]), folder):
            return None
        parts = parts[1:]
        if not parts or parts == [""]:
            parts = ["**"]
            break
    return ("!" if negative else "") + "/" + "/".join(parts)


def _rule(pattern: str) -> tuple[re.Pattern[str], bool]:
    positive = not pattern.startswith("!")
    body = pattern.removeprefix("!")
    folder = body.endswith("/")
    body = body.rstrip("/")
    parts = body.removeprefix("/").split("/")
    anchored = body.startswith("/") or len(parts) > 1
    expression = "" if anchored else "(?:.*/)?"
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            expression += ".*" if last else "(?:.*/)?"
        else:
            expression += _segment(part) + ("" if last else "/")
    return re.compile(expression + ("/.*" if folder else "(?:/.*)?")), positive


def _segment(part: str) -> str:
    pieces = re.split(r"([*?])", part)
    spelled = {"*": "[^/]*", "?": "[^/]"}
    return "".join(spelled.get(piece, re.escape(piece)) for piece in pieces)
