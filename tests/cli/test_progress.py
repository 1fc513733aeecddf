"""The progress bar on a terminal, which does not keep a run from using two processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import SPEC

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"),
    reason="this system has no second process",
)

_PROGRAM = """
import json, os, sys
from fiddlehead.cli import main, progress_bar
from fiddlehead.openapi.schemas import conversion_beside, usage_beside
from fiddlehead.output import write
def waiting(*arguments, **options):
    sys.stdin.readline()
    return real(*arguments, **options)
real, write.write = write.write, waiting
conversion_beside.FEWEST = usage_beside.FEWEST = 1
progress_bar.DELAY = float(sys.argv[2])
os.sched_getaffinity = lambda _pid: {*range(int(sys.argv[1]))}
forks = []
os.register_at_fork(after_in_parent=lambda: forks.append(1))
code = main(sys.argv[3:])
try:
    os.waitpid(-1, 0)
    left = True
except ChildProcessError:
    left = False
print(json.dumps([code, len(forks), left]))
"""


_PIPE = subprocess.PIPE


def _run(folder: Path, processors: int, *arguments: str, bar: bool = True) -> tuple[str, list[int]]:
    """What a terminal shows, and the exit code, the number of copies, and whether one is left.

    The package is written when the `bar` is there.
    """
    terminal, end = pty.openpty()
    program = [sys.executable, "-c", _PROGRAM, str(processors), "0" if bar else "60"]
    with subprocess.Popen(
        [*program, *arguments], cwd=folder, stdin=_PIPE, stdout=_PIPE, stderr=end, text=True
    ) as process:
        os.close(end)
        assert process.stdin is not None and process.stdout is not None
        shown = b""
        while bar and b" writing " not in shown:
            shown += os.read(terminal, 65_536)
        process.stdin.close()
        try:
            while block := os.read(terminal, 65_536):
                shown += block
        except OSError:
            pass  # The end of a terminal.
        os.close(terminal)
        result: list[int] = json.loads(process.stdout.read())
    return shown.decode(), result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "openapi.yaml").write_text(SPEC)
    return tmp_path


_GENERATE = ["generate", "openapi.yaml", "--output", "out", "--package", "acme"]


@pytest.mark.parametrize(("processors", "copies"), [(1, 0), (2, 3)])
def test_a_run_shows_its_stages(folder: Path, processors: int, copies: int) -> None:
    shown, (code, forks, left) = _run(folder, processors, *_GENERATE)
    # The bar, the references and the schemas are in processes of their own.
    assert (code, forks, left) == (0, copies, False)
    bar, _, summary = shown.rpartition("\x1b[2K")  # The bar is removed.
    assert " writing " in bar
    assert "out/acme: 1 of 1 operations" in summary


@pytest.mark.parametrize("processors", [1, 2])
def test_a_short_run_shows_no_bar(folder: Path, processors: int) -> None:
    shown, (code, _, left) = _run(folder, processors, *_GENERATE, bar=False)
    assert (code, left) == (0, False)
    assert "\x1b[2K" not in shown
    assert "out/acme: 1 of 1 operations" in shown


@pytest.mark.parametrize("processors", [1, 2])
def test_problems_are_shown_below(folder: Path, processors: int) -> None:
    (folder / "openapi.yaml").write_text(SPEC.replace("[open, done]", "[open, done], minLenght: 1"))
    shown, (code, _, left) = _run(folder, processors, *_GENERATE)
    assert (code, left) == (0, False)
    _, _, after = shown.rpartition("\x1b[2K")
    assert "unknown keyword 'minLenght'" in after


@pytest.mark.parametrize("processors", [1, 2])
def test_quiet_runs_have_none(folder: Path, processors: int) -> None:
    shown, (code, _, _) = _run(folder, processors, *_GENERATE, "--quiet", bar=False)
    assert (code, shown) == (0, "")
