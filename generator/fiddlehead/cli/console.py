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
    shown = [each for each in found if not quiet() or each.severity == "error"]
    for group in _groups(shown):
        _print(colors.diagnostic(_together(group), paint))


def _groups(shown: list[Diagnostic]) -> list[list[Diagnostic]]:
    """The problems that are one entry, in the order of the first of each.

    One cause is one message apart from names and numbers, or one place: what the operations of a
    path share may be a problem in each of them.
    """
    if _Detail.verbose:
        return [[each] for each in shown]
    causes: dict[object, list[Diagnostic]] = {}
    places: dict[object, list[Diagnostic]] = {}
    for each in shown:
        causes.setdefault(_cause(each), []).append(each)
        places.setdefault(_place(each), []).append(each)
    groups: dict[object, list[Diagnostic]] = {}
    for each in shown:
        if len(causes[_cause(each)]) > ALIKE:
            groups[_cause(each)] = causes[_cause(each)]
        elif each.span is not None and len(places[_place(each)]) > ALIKE:
            groups.setdefault(_place(each), []).append(each)
        else:
            groups.setdefault(_cause(each), []).append(each)
    entries: list[list[Diagnostic]] = []
    for group in groups.values():
        entries += [group] if len(group) > ALIKE else [[each] for each in group]
    return entries


def _cause(each: Diagnostic) -> tuple[str, ...]:
    return (each.severity, each.code, _QUOTED.sub("'…'", each.message))


def _place(each: Diagnostic) -> tuple[str, ...]:
    return (each.severity, each.code, "at", str(each.span))


def _together(group: list[Diagnostic]) -> str:
    first, *others = group
    if not others:
        return first.render()
    spans = dict.fromkeys(str(each.span) for each in others if each.span is not None)
    places = [each for each in spans if each != str(first.span)][:ALIKE]
    where = f": {', '.join(places)}{', …' if len(spans) > len(places) else ''}" if places else ""
    here = " at this place" if spans and not places else ""
    message = f"{first.message} (and {len(others)} more like it{here}{where}; -v lists all)"
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
