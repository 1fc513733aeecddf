"""Work in a second process: its result, its failures, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from fiddlehead import parallel

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"),
    reason="this system has no second process",
)


def run(code: str) -> str:
    """What a Python program prints that may use two processors."""
    program = "from fiddlehead import parallel\nimport os, signal, sys, time\n"
    program += "parallel.os.sched_getaffinity = lambda pid: {0, 1}\n" + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_work_is_done_in_another_process() -> None:
    outcome = run("""
        with parallel.beside(lambda: [os.getpid(), b"x" * 1_000_000, {"a": (1, None, "ü")}]) as result:
            pass_by = os.getpid()
            found = result()
        print(found[0] != pass_by, len(found[1]), found[2])
        """)
    assert outcome == "True 1000000 {'a': (1, None, 'ü')}\n"


def test_an_exception_is_raised_where_the_result_is_wanted() -> None:
    outcome = run("""
        def work():
            raise LookupError(f"line 7")
        try:
            with parallel.beside(work) as result:
                print("beside")
                result()
        except LookupError as error:
            print(error)
        """)
    assert outcome == "beside\nline 7\n"


def test_work_that_is_killed_is_done_again() -> None:
    outcome = run("""
        first = os.getpid()
        def work():
            if os.getpid() != first:
                os.kill(os.getpid(), signal.SIGKILL)
            return "done"
        with parallel.beside(work) as result:
            print(result())
        """)
    assert outcome == "done\n"


def test_another_result_of_work_that_is_killed() -> None:
    outcome = run("""
        first = os.getpid()
        def work():
            assert os.getpid() != first
            os.kill(os.getpid(), signal.SIGKILL)
        with parallel.beside(work, lambda: "not done") as result:
            print(result())
        """)
    assert outcome == "not done\n"


def test_a_block_that_fails_ends_the_work() -> None:
    outcome = run("""
        first = os.getpid()
        def work():
            time.sleep(60)
        start = time.monotonic()
        try:
            with parallel.beside(work) as result:
                raise KeyError("own")
        except KeyError:
            print("raised", time.monotonic() - start < 30)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            print("nothing is left")
        """)
    assert outcome == "raised True\nnothing is left\n"


def test_output_that_waits_is_printed_once() -> None:
    outcome = run("""
        sys.stdout.write("once\\n")
        with parallel.beside(lambda: 1) as result:
            result()
        """)
    assert outcome == "once\n"


def test_ctrl_c_ends_both(tmp_path: Path) -> None:
    program = f"""
import os, time
from fiddlehead import parallel
parallel.os.sched_getaffinity = lambda pid: {{0, 1}}
def work():
    open({str(tmp_path / "pid")!r}, "w").write(str(os.getpid()))
    time.sleep(60)
try:
    with parallel.beside(work) as result:
        result()
except KeyboardInterrupt:
    print("interrupted")
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    started = time.monotonic()
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() - started < 60
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "interrupted\n", "")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_each_share_goes_to_one_of_both() -> None:
    outcome = run("""
        shares = parallel.Shares(1000)
        with parallel.beside(lambda: [*shares]) as result:
            own = [*shares]
            other = result()
        print(sorted([*own, *other]) == [*range(1000)])
        """)
    assert outcome == "True\n"


def test_one_processor_does_the_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    with parallel.beside(os.getpid) as result:
        assert result() == os.getpid()


def test_no_process_is_copied_beside_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        with parallel.beside(os.getpid) as result:
            assert result() == os.getpid()
    finally:
        wait.set()
        thread.join()


def test_a_system_without_a_place_for_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(parallel, "is_possible", lambda: True)
    monkeypatch.setattr(os, "fork", refused)
    with parallel.beside(os.getpid) as result:
        assert result() == os.getpid()
