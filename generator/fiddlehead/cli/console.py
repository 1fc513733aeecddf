"""What people see: diagnostics and notes on stderr, in colours on a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Diagnostics
from . import colors
from .progress import Progress, quiet

if TYPE_CHECKING:
    from .. import ir
    from ..config import Settings


def note(text: str, style: str | None = None) -> None:
    """A line for people, where it does not disturb what is piped. `--quiet` leaves it out."""
    if not quiet():
        _print(colors.painter(sys.stderr)(text, style) if style else text)


class _Detail:
    verbose = False


def verbose(on: bool) -> None:
    """Whether `show` lists every problem."""
    _Detail.verbose = on


ALIKE = 3
"""How many problems of one cause are listed one by one."""
_QUOTED = re.compile(r"'[^']*'|\d+")


def show(found: Iterable[Diagnostic]) -> None:
    """Problems as text, each with its place, on stderr.

    More than `ALIKE` of one cause are one entry, with the number of the others and their first
    places, unless every problem is asked for. `--quiet` leaves out all but errors.
    """
    paint = colors.painter(sys.stderr)
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for each in found:
        if quiet() and each.severity != "error":
            continue
        cause = (each.severity, each.code, _QUOTED.sub("'…'", each.message))
        groups.setdefault(cause, []).append(each)
    for group in groups.values():
        if _Detail.verbose or len(group) <= ALIKE:
            for each in group:
                _print(colors.diagnostic(each.render(), paint))
        else:
            _print(colors.diagnostic(_with_similar(group), paint))


def _with_similar(group: list[Diagnostic]) -> str:
    first, *others = group
    places = [str(each.span) for each in others if each.span is not None][:ALIKE]
    where = f": {', '.join(places)}{', …' if len(others) > len(places) else ''}" if places else ""
    message = f"{first.message} (and {len(others)} more like it{where}; -v lists all)"
    return replace(first, message=message).render()


def fail(message: str, hint: str | None = None) -> None:
    """Why a command ended without doing what it was asked to."""
    paint = colors.painter(sys.stderr)
    _print(f"{paint('fiddlehead:', 'bold red')} {message}")
    if hint:
        _print(f"  {paint('hint:', 'cyan')} {hint}")


def _print(text: str) -> None:
    Progress.clear()
    print(text, file=sys.stderr)


def write_diff(data: bytes) -> None:
    """A unified diff to stdout."""
    write_bytes(colors.diff(data, colors.painter(sys.stdout)) if data else data)


def count(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def problem_counts(diagnostics: Diagnostics) -> str:
    """How many errors and warnings there are."""
    errors, warnings = len(diagnostics.errors), len(diagnostics.warnings)
    parts = [count(errors, "error")] if errors else []
    return ", ".join([*parts, count(warnings, "warning")] if warnings else parts)


def write_bytes(data: bytes) -> None:
    """Bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def requirements(target: object, settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
    """What the output of a target needs at run time."""
    from ..targets import Installable

    return target.requirements(settings, api) if isinstance(target, Installable) else ()


def needs(found: Iterable[str]) -> None:
    """Says what is needed at run time, as a command that can be pasted."""
    # A marker has apostrophes in it, so that the quotes are those that shells take for both.
    needed = " ".join(f'"{each}"' for each in found)
    if not needed:
        return
    note(f"the client needs at run time:\n  pip install {needed}")


def relative(path: Path, cwd: Path) -> str:
    """A path as it is shown and piped: from the working directory where it is below it."""
    try:
        return path.resolve().relative_to(cwd.resolve()).as_posix()
    except ValueError:
        return Path(os.path.normpath(path)).as_posix()
