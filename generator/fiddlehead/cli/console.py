"""What people see: diagnostics and notes on stderr, progress on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from ..diagnostics import Diagnostic, Diagnostics


def note(text: str) -> None:
    """A line for people, where it does not disturb what is piped."""
    Progress.clear()
    print(text, file=sys.stderr)


def show(found: Iterable[Diagnostic]) -> None:
    """Problems as text, each with its place, on stderr."""
    for each in found:
        note(each.render())


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
