"""Commands import only what they use: importing takes most of the time of a short one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Project

GENERATOR = Path(__file__).parents[2] / "generator"


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command imports, which has to succeed."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "fiddlehead", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(GENERATOR)},
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["generate", "--help"]])
def test_help_needs_no_settings(tmp_path: Path, arguments: list[str]) -> None:
    modules = imported(tmp_path, *arguments)
    assert "argparse" in modules
    assert not modules & {"dataclasses", "pathlib", "fiddlehead.config", "fiddlehead.source"}


def test_a_run_without_changes_writes_nothing(project: Project) -> None:
    project.run("generate")
    modules = imported(project.folder, "generate")
    assert "fiddlehead.cli.up_to_date" in modules
    unused = {"difflib", "fiddlehead.output.write", "fiddlehead.ir", "fiddlehead.cli.run"}
    assert modules & unused == set()
