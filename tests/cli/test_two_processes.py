"""A client and a docs site are the same, whether one process makes them or two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.incremental.test_incremental import DESCRIPTION

from .conftest import SPEC

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"),
    reason="this system has no second process",
)

CASES = Path(__file__).parents[1] / "cases"
DESCRIPTIONS = Path(__file__).parents[2] / "spec"

_PROGRAM = """
import os, sys
from fiddlehead import output, render
from fiddlehead.output import transaction
from fiddlehead.targets import two_processes
two_processes.FEWEST_TYPES = render._MANY = transaction._MANY = 1
processors = {*range(int(sys.argv[1]))}
os.sched_getaffinity = lambda _pid: processors
fork, forks = os.fork, []
def counted():
    pid = fork()
    forks.append(pid)
    return pid
os.fork = counted
from fiddlehead.cli import main
code = main(sys.argv[3:])
open(sys.argv[2], "w").write(str(len(forks)))
sys.exit(code)
"""
"""`fiddlehead` with a number of processors, which says how many processes it started."""


class Runs:
    """Runs in two copies of a folder."""

    def __init__(self, folder: Path, source: Path) -> None:
        self._folder = folder
        for name in ("one", "two"):
            shutil.copytree(source, folder / name)

    def same(self, *arguments: str) -> tuple[int, str, int]:
        """The exit code, the messages, and how many processes were started."""
        one, two = self._run("one", 1, arguments), self._run("two", 2, arguments)
        assert one[:3] == two[:3]
        assert _files(self._folder / "one") == _files(self._folder / "two")
        assert one[3] == 0
        return two[0], two[2], two[3]

    def _run(
        self, name: str, processors: int, arguments: tuple[str, ...]
    ) -> tuple[int, str, str, int]:
        note = self._folder / f"{name}.txt"
        command = [sys.executable, "-c", _PROGRAM, str(processors), str(note), *arguments]
        environment = {**os.environ, "FIDDLEHEAD_CACHE": str(self._folder / f"cache-{name}")}
        done = subprocess.run(
            command,
            cwd=self._folder / name,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr, int(note.read_text())


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


@pytest.mark.parametrize(
    ("case", "project"),
    [
        ("name-clashes", "--no-project"),
        ("name-clashes", "--project"),
        ("unused-settings", "--no-project"),
        ("names-of-fields-in-layout-fern", "--no-project"),
        ("fern-enums-and-unions", "--no-project"),
        ("fern-uploads-and-downloads", "--project"),
    ],
)
def test_cases(tmp_path: Path, case: str, project: str) -> None:
    name = next(each for each in ("openapi.yaml", "definition") if (CASES / case / each).exists())
    runs = Runs(tmp_path, CASES / case)
    arguments = ["generate", name, "--output", "out", "--package", "acme", project]
    code, _, started = runs.same(*arguments)
    assert code == 0
    assert started >= 1


def test_a_description_with_everything(tmp_path: Path) -> None:
    runs = Runs(tmp_path, DESCRIPTIONS)
    arguments = ["openapi.yaml", "--output", "out"]
    code, _, started = runs.same("generate", *arguments, "--package", "acme", "--no-project")
    assert (code, started) == (0, 2)  # The types, and the files.
    assert runs.same("check", *arguments, "--package", "acme", "--no-project")[0] == 0


def test_the_cache_has_what_both_processes_read(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = {**DESCRIPTION, "x-filling": "x" * 200_000}
    (source / "openapi.json").write_text(json.dumps(large, indent=1))
    runs = Runs(tmp_path, source)
    arguments = ["openapi.json", "--output", "out", "--package", "acme", "--no-project"]
    assert runs.same("generate", *arguments)[2] >= 1
    for name in ("one", "two"):
        place = tmp_path / name / "openapi.json"
        description = json.loads(place.read_text())
        description["components"]["schemas"]["Note"]["properties"]["text"]["type"] = "integer"
        place.write_text(json.dumps(description, indent=1))
    code, _, started = runs.same("generate", *arguments)
    assert (code, started) == (0, 1)  # Only the files are written in two processes.


def test_errors_of_types_are_reported_once(tmp_path: Path, source: Path) -> None:
    (source / "openapi.yaml").write_text(SPEC)
    settings = '[naming.rename]\n"types.Job.id" = "same"\n"types.Job.state" = "same"\n'
    (source / "fiddlehead.toml").write_text(settings)
    runs = Runs(tmp_path, source)
    arguments = ["openapi.yaml", "--output", "out", "--package", "acme", "--no-project"]
    code, said, _ = runs.same("generate", *arguments)
    assert code == 3
    assert said.count("'types.Job.id' and 'types.Job.state' cannot both be called 'same'") == 1
    assert not (tmp_path / "two" / "out").exists()


def test_moved_names_are_reported(tmp_path: Path, source: Path) -> None:
    (source / "openapi.yaml").write_text(SPEC)
    settings = '[naming.rename]\n"types.Job" = "Task"\n"types.Job.id" = "number"\n'
    (source / "fiddlehead.toml").write_text(settings)
    runs = Runs(tmp_path, source)
    arguments = ["openapi.yaml", "--output", "out", "--package", "acme", "--no-project"]
    runs.same("generate", *arguments)
    for name in ("one", "two"):
        (tmp_path / name / "fiddlehead.toml").write_text("")
    code, said, _ = runs.same("generate", *arguments)
    assert code == 0
    assert said.count("is now called") == 2


def test_a_docs_site(tmp_path: Path) -> None:
    runs = Runs(tmp_path, DESCRIPTIONS)
    arguments = ["docs", "openapi.yaml", "--output", "site", "--base-url", "https://a.example"]
    code, _, started = runs.same(*arguments)
    assert (code, started) == (0, 2)  # The pages, and their files.
