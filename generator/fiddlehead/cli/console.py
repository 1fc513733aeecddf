"""Messages for the user: diagnostics and notes on stderr, with colours on a terminal."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Diagnostics
from ..paths import relative_path
from . import colors
from .progress import Progress, quiet

if TYPE_CHECKING:
    from .. import ir
    from ..config import Settings


def note(text: str, style: str | None = None) -> None:
    """Print a line to stderr, so that piped output is not affected; nothing with `--quiet`."""
    if not quiet():
        detail(text, style)


def detail(text: str, style: str | None = None) -> None:
    """Print a line to stderr that belongs to an error, also with `--quiet`."""
    _print(colors.painter(sys.stderr)(text, style) if style else text)


class _Detail:
    verbose = False


def verbose(on: bool) -> None:
    """Whether `show` lists every problem."""
    _Detail.verbose = on


ALIKE = 3
"""The number of problems with the same cause that are listed separately."""
_NAMES = re.compile(r"'[^']*'|\d+|(?<=among the )\w+ of [\w.]+")
"""The parts in which messages of one cause may differ."""


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print problems with their locations to stderr.

    If more than `ALIKE` problems have the same cause, they are one entry with their number and the
    first locations, unless `verbose` is set. With `--quiet`, only errors are printed.
    """
    paint = colors.painter(sys.stderr)
    visible = [
        diagnostic for diagnostic in diagnostics if not quiet() or diagnostic.severity == "error"
    ]
    for group in _groups(visible):
        _print(colors.diagnostic(_together(group), paint))


def _groups(visible: list[Diagnostic]) -> list[list[Diagnostic]]:
    """The problems grouped by cause, in the order of the first problem of each group.

    Problems have the same cause if their messages differ only in names and numbers, or if they have
    the same location: operations of a path share its parameters.
    """
    if _Detail.verbose:
        return [[diagnostic] for diagnostic in visible]
    causes: dict[object, list[Diagnostic]] = {}
    places: dict[object, list[Diagnostic]] = {}
    for diagnostic in visible:
        causes.setdefault(_cause(diagnostic), []).append(diagnostic)
        places.setdefault(_place(diagnostic), []).append(diagnostic)
    groups: dict[object, list[Diagnostic]] = {}
    for diagnostic in visible:
        if len(causes[_cause(diagnostic)]) > ALIKE:
            groups[_cause(diagnostic)] = causes[_cause(diagnostic)]
        elif diagnostic.span is not None and len(places[_place(diagnostic)]) > ALIKE:
            groups.setdefault(_place(diagnostic), []).append(diagnostic)
        else:
            groups.setdefault(_cause(diagnostic), []).append(diagnostic)
    entries: list[list[Diagnostic]] = []
    for group in groups.values():
        entries += [group] if len(group) > ALIKE else [[diagnostic] for diagnostic in group]
    return entries


def _cause(diagnostic: Diagnostic) -> tuple[str, ...]:
    return (diagnostic.severity, diagnostic.code, _NAMES.sub("'…'", diagnostic.message))


def _place(diagnostic: Diagnostic) -> tuple[str, ...]:
    return (diagnostic.severity, diagnostic.code, "at", str(diagnostic.span))


def _together(group: list[Diagnostic]) -> str:
    first, *others = group
    if not others:
        return first.render()
    spans = dict.fromkeys(str(other.span) for other in others if other.span is not None)
    places = [span for span in spans if span != str(first.span)][:ALIKE]
    where = f": {', '.join(places)}{', …' if len(spans) > len(places) else ''}" if places else ""
    here = " at this place" if spans and not places else ""
    message = f"{first.message} (and {len(others)} more like it{here}{where}; -v lists all)"
    return replace(first, message=message).render()


def fail(message: str, hint: str | None = None) -> None:
    """Print the error message and hint of a failed command."""
    paint = colors.painter(sys.stderr)
    _print(f"{paint('fiddlehead:', 'bold red')} {message}")
    if hint:
        _print(f"  {paint('hint:', 'cyan')} {hint}")


def _print(text: str) -> None:
    Progress.clear()
    print(text, file=sys.stderr)


def write_diff(data: bytes) -> None:
    """Print a unified diff to stdout."""
    write_bytes(colors.diff(data, colors.painter(sys.stdout)) if data else data)


def count(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def problem_counts(diagnostics: Diagnostics) -> str:
    """The number of errors and warnings, as text."""
    errors, warnings = len(diagnostics.errors), len(diagnostics.warnings)
    parts = [count(errors, "error")] if errors else []
    return ", ".join([*parts, count(warnings, "warning")] if warnings else parts)


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout unchanged."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def requirements(target: object, settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
    """The runtime dependencies of the output of a target."""
    from ..targets import Installable

    return target.requirements(settings, api) if isinstance(target, Installable) else ()


def needs(candidates: Iterable[str]) -> None:
    """Print the runtime dependencies as a pip command for a shell."""
    # Markers contain apostrophes, so double quotes are used, which all shells support.
    needed = " ".join(f'"{word}"' for word in candidates)
    if not needed:
        return
    note(f"runtime dependencies of the client:\n  pip install {needed}")


def relative(path: Path, cwd: Path) -> str:
    """A path for output: relative to the working directory, or absolute if they have no folder in
    common."""
    return relative_path(str(path.resolve()), str(cwd.resolve()))


def generate_command(options: argparse.Namespace) -> str:
    """The `generate` command with the same options as this command, quoted for a shell."""
    words = ["fiddlehead", "generate"]
    if getattr(options, "spec", None) is not None:
        words.append(str(options.spec))
    for name in ("settings", "group", "output", "package", "layout"):
        value = getattr(options, name, None)
        if value is not None:
            words += [f"--{name}", str(value)]
    for audience in getattr(options, "audiences", None) or ():
        words += ["--audience", audience]
    if getattr(options, "project", None) is not None:
        words.append("--project" if options.project else "--no-project")
    return shlex.join(words)
