"""The bar of `Progress`: drawn by a thread, or by a process of its own.

A process that has threads cannot be copied, and the stages of a run use copies (`parallel`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn, Protocol

from .. import parallel

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

DELAY = 0.5
"""Seconds until the bar is shown. Most runs are faster and do not import rich."""


class Bar(Protocol):
    """A bar that appears after a while."""

    def show(self, stage: str) -> None:
        """Show the next stage."""
        ...

    def stop(self) -> None:
        """Remove the bar; it does not come back."""
        ...


def start(stages: int) -> Bar:
    """A bar for a number of stages."""
    if parallel.is_possible():
        with contextlib.suppress(OSError):  # There are too many processes.
            return _BarOfProcess(stages)
    return _BarOfThread(stages)


class _BarOfThread:
    def __init__(self, stages: int) -> None:
        self._stages = stages
        self._done = -1
        self._stage = ""
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._is_stopped = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(DELAY, self._draw)
        self._timer.daemon = True
        self._timer.start()

    def show(self, stage: str) -> None:
        with self._lock:
            self._stage = stage
            self._done += 1
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, description=stage, completed=self._done)

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._is_stopped:
                return
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20))
            bar = Progress(
                *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
            )
            self._task = bar.add_task(self._stage, total=self._stages, completed=self._done)
            bar.start()
            self._bar = bar

    def stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            self._timer.cancel()
            if self._bar is not None:
                self._bar.stop()
                self._bar = None


class _BarOfProcess:
    def __init__(self, stages: int) -> None:
        reading, self._writing = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(reading)
            os.close(self._writing)
            raise
        if self._pid == 0:
            os.close(self._writing)
            _draw(reading, stages)
        os.close(reading)

    def show(self, stage: str) -> None:
        self._send(stage)

    def stop(self) -> None:
        self._send("")  # Copies of this process have the pipe open, so that it has no end.
        os.close(self._writing)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _send(self, stage: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            os.write(self._writing, f"{stage}\n".encode())


def _draw(reading: int, stages: int) -> NoReturn:
    """The code of the process that draws the bar: a line for each stage, and an empty one at the
    end."""
    try:
        # Ctrl-C reaches both; the first process says when to stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        bar = _BarOfThread(stages)
        with open(reading, encoding="utf-8") as lines:
            for line in lines:
                if line == "\n":
                    break
                bar.show(line.rstrip("\n"))
        bar.stop()
        sys.stderr.flush()
    finally:
        os._exit(0)
