"""Times commands, and prints what came out as a table."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Times of one thing, in seconds. What is compared is the median, or the fastest: other work
    on the machine only ever adds."""

    times: tuple[float, ...]
    fastest: bool = False

    @property
    def value(self) -> float:
        return min(self.times) if self.fastest else statistics.median(self.times)

    @property
    def shown(self) -> str:
        """What is compared, in milliseconds, and the range of the times."""
        low, high = min(self.times) * 1e3, max(self.times) * 1e3
        return f"{self.value * 1e3:.1f} ms ({low:.1f} to {high:.1f})"


@dataclass(frozen=True)
class Row:
    """A line of a table: what was measured, against what, and the goal for the two."""

    what: str
    timing: Timing
    against: str = ""
    result: str = ""
    goal: str = ""
    met: bool | None = None


def interleaved(
    measures: Mapping[str, Callable[[], float]], rounds: int, note: str, *, fastest: bool = False
) -> dict[str, Timing]:
    """Times of several things, taken by turns, so that a busy machine is unfair to none."""
    times: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds):
        for name, measure in measures.items():
            progress(f"{note} {number + 1}/{rounds}: {name}")
            times[name].append(measure())
    progress("")
    return {name: Timing(tuple(each), fastest) for name, each in times.items()}


def wall_clock(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """How long a process takes, in seconds; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    taken = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return taken


def processor_time(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """The processor time, user and system, of a process and those that it starts, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall_clock(command, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(row: str, ours: Timing, name: str, theirs: Timing, limit: float) -> Row:
    """Our time as a multiple of another, which may be `limit` at most."""
    value = ours.value / theirs.value
    return Row(
        row, ours, f"{name} {theirs.shown}", f"{value:.2f}x", f"<= {limit:g}x", value <= limit
    )


def share(
    row: str, ours: Timing, start: Timing, libraries: Timing, nothing: Timing, limit: float
) -> Row:
    """Our time after `start`, as a share of what importing the HTTP library and pydantic takes
    after that of an empty interpreter: `limit` at most."""
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
    widths = [max(len(each[column]) for each in cells) for column in range(len(cells[0]))]
    print(f"\n{title}")
    for each in cells:
        print(
            "  "
            + "  ".join(
                text.ljust(width) for text, width in zip(each, widths, strict=True)
            ).rstrip()
        )


def progress(text: str) -> None:
    """Shows what is being done, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
