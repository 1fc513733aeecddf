"""`pytest --numprocesses 2` runs the tests of a file on one process, slow files first."""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import checkers, distribution
from .support.pipeline import ROOT

pytest.importorskip("xdist")

CONFTEST = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.support.distribution import pytest_xdist_make_scheduler
"""
TESTS = """
import os, pathlib, pytest

@pytest.mark.parametrize("number", range(8))
def test_place(number):
    with open(f"{pathlib.Path(__file__).stem}.txt", "a") as file:
        print(os.environ["PYTEST_XDIST_WORKER"], file=file)
"""


def test_a_file_stays_on_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for name in ("test_one", "test_two", "test_three"):
        (tmp_path / f"{name}.py").write_text(TESTS)
    command = ["pytest", "-q", "-p", "no:cacheprovider", "--numprocesses", "2"]
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    done = checkers.run([*command, "-p", "xdist"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    ran = {path.stem: path.read_text().split() for path in tmp_path.glob("*.txt")}
    assert {name: len(where) for name, where in ran.items()} == dict.fromkeys(
        ("test_one", "test_two", "test_three"), 8
    )
    assert {name: len({*where}) for name, where in ran.items()} == dict.fromkeys(ran, 1)


def test_the_slow_groups_have_tests() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py")]
    tests = [f"{file}::test_it{layout}" for file in files for layout in ("[compact]", "[x-fern]")]
    assert {*distribution.SLOW} <= {distribution.group(test) for test in tests}
