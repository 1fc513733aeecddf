"""Does a block of work for every line of standard input, and prints the seconds of one repetition.

Processes that are compared take turns: `bench.measure.neighbours` writes the lines.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable


def repeat(work: Callable[[], object], times: int, warm: int) -> float:
    """The median time of `times` repetitions, after `warm` that are not counted: another process
    had the processor before."""
    measured: list[float] = []
    for _ in range(warm + times):
        start = time.perf_counter()
        work()
        measured.append(time.perf_counter() - start)
    return statistics.median(measured[warm:])


def serve(block: Callable[[], float]) -> None:
    """A block for every line, without garbage collection inside it."""
    for number, _ in enumerate(sys.stdin):
        gc.collect()
        gc.disable()
        print(block(), flush=True)
        if number == 0:
            gc.freeze()  # what was imported is not looked at again
