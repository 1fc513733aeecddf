"""Measures the time of commands, and prints tables."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_PROCESSES, _TURNS = 5, 30


@dataclass(frozen=True)
class Timing:
    """Times of one piece of work, in seconds. Compared is the median, or the minimum, because other
    load only increases times."""

    times: tuple[float, ...]
    fastest: bool = False

    @property
    def value(self) -> float:
        return min(self.times) if self.fastest else statistics.median(self.times)

    @property
    def shown(self) -> str:
        """The compared time in milliseconds, and the range."""
        low, high = min(self.times) * 1e3, max(self.times) * 1e3
        digits = 1 if self.value > 0.01 else 2
        return f"{self.value * 1e3:.{digits}f} ms ({low:.{digits}f} to {high:.{digits}f})"


@dataclass(frozen=True)
class Row:
    """A row of a table: the result, the comparison, and the goal."""

    what: str
    timing: Timing
    against: str = ""
    result: str = ""
    goal: str = ""
    met: bool | None = None


def interleaved(
    measures: Mapping[str, Callable[[], float]], rounds: int, note: str, *, fastest: bool = False
) -> dict[str, Timing]:
    """Times of several pieces of work, measured alternately, so that other load affects all of
    them."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds):
        for name, measure in measures.items():
            progress(f"{note} {number + 1}/{rounds}: {name}")
            times[name].append(measure())
    progress("")
    return {name: Timing(tuple(item), fastest) for name, item in times.items()}


class Blocks:
    """A process that does a block of its work for each line that it reads, and prints the time."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, env=environment, stdin=pipe, stdout=pipe, text=True
        )

    def run(self) -> float:
        """The seconds that one piece of work took in the next block."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def stop(self) -> None:
        self._process.communicate()


def neighbours(starts: Mapping[str, Callable[[], Blocks]], note: str) -> dict[str, Timing]:
    """Times of short blocks, which several processes do in turn: the times at one index were
    measured one after the other. New processes are started several times, because the speed of
    a process also depends on where its code and data lie in memory."""
    times: dict[str, list[float]] = {name: [] for name in starts}
    for number in range(_PROCESSES):
        processes = {name: start() for name, start in starts.items()}
        for item in processes.values():
            item.run()
        for turn in range(_TURNS):
            progress(f"{note}: processes {number + 1}/{_PROCESSES}, turn {turn + 1}/{_TURNS}")
            for name in [*processes][:: 1 if turn % 2 else -1]:
                times[name].append(processes[name].run())
        for item in processes.values():
            item.stop()
    progress("")
    return {name: Timing(tuple(item)) for name, item in times.items()}


def wall_clock(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The wall-clock time of a process in seconds; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return taken


def processor_time(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The CPU time (user and system) of a process and its children, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall_clock(command, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(row: str, ours: Timing, name: str, theirs: Timing, limit: float) -> Row:
    """The ratio of our time to another, and its goal `limit`."""
    value = ours.value / theirs.value
    return Row(
        row, ours, f"{name} {theirs.shown}", f"{value:.2f}x", f"<= {limit:g}x", value <= limit
    )


def paired(row: str, ours: Timing, name: str, theirs: Timing, limit: float) -> Row:
    """The median of the ratios of neighbouring blocks, with their quartiles."""
    ratios = [own / other for own, other in zip(ours.times, theirs.times, strict=True)]
    low, value, high = statistics.quantiles(ratios)
    result = f"{value:.2f}x ({low:.2f} to {high:.2f})"
    against = f"{name} {theirs.shown}"
    return Row(row, ours, against, result, f"<= {limit:g}x", value <= limit)


def share(
    row: str, ours: Timing, start: Timing, libraries: Timing, nothing: Timing, limit: float
) -> Row:
    """Our time after `start`, divided by the time of importing the HTTP library and pydantic
    (without the interpreter start); the goal is `limit`."""
    value = (ours.value - start.value) / (libraries.value - nothing.value)
    name = "an empty interpreter" if start is nothing else "the libraries"
    against = f"{name} {start.shown}"
    return Row(row, ours, against, f"+{value:.2f}x libraries", f"<= +{limit:g}x", value <= limit)


def table(title: str, rows: Sequence[Row]) -> None:
    """Prints rows under a title."""
    cells = [
        (
            "",
            "fastest (range)" if rows[0].timing.fastest else "median (range)",
            "against",
            "result",
            "goal",
            "",
        )
    ]
    for row in rows:
        verdict = {True: "met", False: "NOT MET", None: ""}[row.met]
        cells.append((row.what, row.timing.shown, row.against, row.result, row.goal, verdict))
    widths = [max(len(cell[column]) for cell in cells) for column in range(len(cells[0]))]
    print(f"\n{title}")
    for cell in cells:
        print(
            "  "
            + "  ".join(
                text.ljust(width) for text, width in zip(cell, widths, strict=True)
            ).rstrip()
        )


def progress(text: str) -> None:
    """Show the progress, only on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
