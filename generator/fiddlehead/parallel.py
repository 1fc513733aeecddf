"""Does a part of the work in a second process, on a second processor.

The second process is a copy of this one (`os.fork`), so that it has everything that was made before,
and sends back its result. Where that is not possible or not safe (Windows and macOS, one processor,
other threads), the work is done here, with the same result.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any, Generic, NoReturn, TypeVar, cast

from .gc_pause import CAN_FREEZE

T = TypeVar("T")


def is_possible() -> bool:
    """Whether a second process is safe, and can run at the same time.

    A copy of a process has only one of its threads, and the locks of the others stay locked. macOS
    does not allow its own libraries in a copy, and does not say which processors may be used.
    """
    return (
        hasattr(os, "fork")
        and hasattr(os, "sched_getaffinity")
        and len(os.sched_getaffinity(0)) > 1
        and threading.active_count() == 1
    )


@contextlib.contextmanager
def beside(
    work: Callable[[], T], otherwise: Callable[[], T] | None = None
) -> Generator[Callable[[], T], None, None]:
    """Do `work` in a second process while the block runs, which gets a function that waits for the
    result.

    The result is made of what `marshal` writes: text, bytes, numbers, None, and tuples, lists, sets
    and dictionaries of these. The second process ends with the block at the latest. If it fails, the
    work is done again here, so that an exception is raised where the result is wanted; or
    `otherwise` is the result.
    """
    otherwise = otherwise or work
    if not is_possible():
        yield otherwise
        return
    try:
        child = _Child(work, otherwise)
    except OSError:  # There are too many processes.
        yield otherwise
        return
    try:
        yield child.result
    finally:
        child.end()


class Shares:
    """Numbers from 0, each of which goes to one of two processes: the one that asks first."""

    MOST = 1_000
    """As many fit into the smallest pipe."""

    def __init__(self, count: int) -> None:
        assert count <= self.MOST
        self._reading, writing = os.pipe()
        os.write(writing, b"".join(number.to_bytes(2, "big") for number in range(count)))
        os.close(writing)

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self._reading, 2):
            yield int.from_bytes(number, "big")

    def close(self) -> None:
        os.close(self._reading)


class _Child(Generic[T]):
    """A second process that does some work."""

    def __init__(self, work: Callable[[], T], otherwise: Callable[[], T]) -> None:
        self._otherwise = otherwise
        if CAN_FREEZE:
            gc.freeze()  # A search for garbage would write to all memory, which is then copied.
        self._reading, writing = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(self._reading)
            os.close(writing)
            raise
        if pid == 0:
            _send(work, writing)
        self._pid: int | None = pid
        os.close(writing)

    def result(self) -> T:
        """Waits for the result."""
        with open(self._reading, "rb", closefd=False) as pipe:
            data = pipe.read()
        if self._wait() != 0:
            return self._otherwise()
        return cast("T", marshal.loads(data))

    def end(self) -> None:
        """Ends the process, if it still runs."""
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._wait()
        os.close(self._reading)

    def _wait(self) -> int:
        assert self._pid is not None
        _, status = os.waitpid(self._pid, 0)
        self._pid = None
        return status


def _send(work: Callable[[], object], writing: int) -> NoReturn:
    """The code of the second process. It does not flush output or run exit handlers."""
    code = 1
    try:
        # Ctrl-C reaches both; the first process says so.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # What `marshal` takes has no public type.
        data = marshal.dumps(cast("Any", work()))
        with open(writing, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        # Also an exception ends here: the first process meets it again.
        os._exit(code)
