"""Patterns of files that fiddlehead does not change: the setting `keep` and Fern's .fernignore."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..settings_text import FERNIGNORE


class ProtectedFiles:
    """Patterns as in .gitignore, for paths relative to the output folder, with slashes.

    A pattern without a slash in the middle matches at any depth, a trailing slash matches folders
    only, `**` matches several folders, `!` negates, and the last matching pattern decides.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._rules = [_rule(pattern) for pattern in self.patterns]

    def __contains__(self, path: object) -> bool:
        protected = False
        for pattern, positive in self._rules:
            if isinstance(path, str) and pattern.fullmatch(path):
                protected = positive
        return protected

    def with_fernignore(self, output: Path, package: str | None = None) -> ProtectedFiles:
        """These patterns, and those of the nearest .fernignore up to the root of the repository.

        `package` is a folder in `output`, whose own .fernignore is added if it has one: Fern reads
        the one in the folder that it writes to. Its lines are paths from the folder of the file, as
        for `git restore`, and not names at any depth.
        """
        inside = self._inside(output, package) if package is not None else ()
        if inside:
            return ProtectedFiles((*self.patterns, *inside))
        for folder in (output, *output.parents):
            try:
                text = (folder / FERNIGNORE).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                if (folder / ".git").exists():
                    break
                continue
            prefix = output.relative_to(folder).as_posix()
            rebased = (_rebased(path, "" if prefix == "." else prefix) for path in _paths(text))
            return ProtectedFiles((*self.patterns, *(pattern for pattern in rebased if pattern)))
        return self

    def _inside(self, output: Path, package: str) -> tuple[str, ...]:
        """The patterns of a .fernignore in a folder, relative to its parent folder."""
        try:
            text = (output / package / FERNIGNORE).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ()
        return tuple(_below(path, package) for path in _paths(text))

    def for_package(self, package: str) -> ProtectedFiles:
        """The patterns for paths relative to the package instead of the output folder."""
        rebased = (_rebased(pattern, package) for pattern in self.patterns)
        return ProtectedFiles(pattern for pattern in rebased if pattern)


def _paths(text: str) -> list[str]:
    """The lines of a .fernignore as patterns. A `*` goes across folders, as in paths for git."""
    lines = (line.strip() for line in text.splitlines())
    result: list[str] = []
    for line in lines:
        if line and not line.startswith("#"):
            negative, body = ("!", line[1:]) if line.startswith("!") else ("", line)
            parts = body.removeprefix("./").removeprefix("/").split("/")
            patterns = (f"**/{part}" if "*" in part and part != "**" else part for part in parts)
            result.append(f"{negative}/{'/'.join(patterns)}")
    return result


def _below(pattern: str, folder: str) -> str:
    """A pattern of a folder, relative to its parent folder."""
    negative = "!" if pattern.startswith("!") else ""
    body = pattern.removeprefix("!").removeprefix("./")
    anchored = "/" in body.rstrip("/")
    return f"{negative}/{folder}/{'' if anchored else '**/'}{body.removeprefix('/')}"


def _rebased(pattern: str, prefix: str) -> str | None:
    """A pattern relative to a subfolder; None if it does not apply there."""
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
    patterns = {"*": "[^/]*", "?": "[^/]"}
    return "".join(patterns.get(piece, re.escape(piece)) for piece in pieces)
