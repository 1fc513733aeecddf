"""A progress bar on a terminal, which is removed at the end."""

from __future__ import annotations

import sys
from types import TracebackType

from . import progress_bar


class Progress:
    """Called with the name of each stage; `stages` is the number of stages."""

    _active: Progress | None = None

    def __init__(self, stages: int = 4) -> None:
        self._stages = stages
        self._bar: progress_bar.Bar | None = None
        self._is_enabled = sys.stderr.isatty() and not quiet()

    def __call__(self, stage: str) -> None:
        if not self._is_enabled:
            return
        if self._bar is None:
            self._bar = progress_bar.start(self._stages)
            Progress._active = self
        self._bar.show(stage)

    def _stop(self) -> None:
        self._is_enabled = False
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    @staticmethod
    def clear() -> None:
        """Remove the current bar before other output is printed."""
        if Progress._active is not None:
            Progress._active._stop()
            Progress._active = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()


_quiet = False


def set_quiet(on: bool) -> None:
    """Turn notes, warnings and progress off or on (`--quiet`)."""
    global _quiet
    _quiet = on


def quiet() -> bool:
    return _quiet
