"""A progress bar on a terminal, which is removed at the end."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

DELAY = 0.5
"""Seconds until the bar is shown. Most runs are faster and do not import rich."""


class Progress:
    """Called with the name of each stage; `stages` is the number of stages."""

    _active: Progress | None = None

    def __init__(self, stages: int = 4) -> None:
        self._stages = stages
        self._done = -1
        self._stage = ""
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._enabled = sys.stderr.isatty() and not quiet()

    def __call__(self, stage: str) -> None:
        with self._lock:
            self._stage = stage
            self._done += 1
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, description=stage, completed=self._done)
            elif self._enabled and self._timer is None:
                self._timer = threading.Timer(DELAY, self._show)
                self._timer.daemon = True
                self._timer.start()
                Progress._active = self

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        with self._lock:
            if not self._enabled:
                return
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20))
            bar = RichProgress(
                *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
            )
            self._task = bar.add_task(self._stage, total=self._stages, completed=self._done)
            bar.start()
            self._bar = bar

    def _stop(self) -> None:
        with self._lock:
            self._enabled = False
            if self._timer is not None:
                self._timer.cancel()
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
