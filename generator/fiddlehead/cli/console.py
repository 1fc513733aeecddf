"""What people see: diagnostics and notes on stderr, progress on a terminal only."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from ..diagnostics import Diagnostic, Diagnostics


def note(text: str) -> None:
    """A line for people, where it does not disturb what is piped."""
    Progress.clear()
    print(text, file=sys.stderr)


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
    places, unless every problem is asked for.
    """
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for each in found:
        cause = (each.severity, each.code, _QUOTED.sub("'…'", each.message))
        groups.setdefault(cause, []).append(each)
    for group in groups.values():
        if _Detail.verbose or len(group) <= ALIKE:
            for each in group:
                note(each.render())
        else:
            note(_together(group))


def _together(group: list[Diagnostic]) -> str:
    first, *others = group
    places = [str(each.span) for each in others if each.span is not None][:ALIKE]
    where = f": {', '.join(places)}{', …' if len(others) > len(places) else ''}" if places else ""
    message = f"{first.message} (and {len(others)} more like it{where}; -v lists all)"
    return replace(first, message=message).render()


def count(number: int, word: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def tally(diagnostics: Diagnostics) -> str:
    """How many errors and warnings there are."""
    errors, warnings = len(diagnostics.errors), len(diagnostics.warnings)
    parts = [count(errors, "error")] if errors else []
    return ", ".join([*parts, count(warnings, "warning")] if warnings else parts)


def write_bytes(data: bytes) -> None:
    """Bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def relative(path: Path, cwd: Path) -> str:
    """A path as it is shown and piped: from the working directory where it is below it."""
    try:
        return path.resolve().relative_to(cwd.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


class Progress:
    """One line on a terminal that says what is going on, and is gone when it is over."""

    _visible = False

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, stage: str) -> None:
        if self._shown:
            print(f"\r\x1b[K{stage} …", end="", file=sys.stderr, flush=True)
            Progress._visible = True

    @staticmethod
    def clear() -> None:
        """Takes the line away, wherever it came from."""
        if Progress._visible:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            Progress._visible = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()
