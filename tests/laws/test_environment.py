"""The output depends only on the description and the settings, not on the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..support import environments
from ..support.pipeline import ROOT

SPEC = Path(__file__).parent / "bookshop.yaml"
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def generate(
    home: Path,
    cwd: Path | None = None,
    python: str = sys.executable,
    variables: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """What the command writes for the description in a checkout at `home`."""
    (home / "api").mkdir(parents=True)
    shutil.copy(SPEC, home / "api" / "bookshop.yaml")
    settings = home / "fiddlehead.toml"
    settings.write_text('spec = "api/bookshop.yaml"\noutput = "out"\npackage = "books"\n')
    command = [python, "-m", "fiddlehead", "generate", "--settings", str(settings)]
    done = subprocess.run(
        command,
        cwd=cwd or home,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stderr
    return written(home / "out")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return generate(tmp_path_factory.mktemp("expected") / "checkout")


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4242", "COLUMNS": "20", "TERM": "dumb"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "LANG": "C", "COLUMNS": "200"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "NO_COLOR": "1"},
        {"PYTHONOPTIMIZE": "1", "FORCE_COLOR": "1", "HOME": "/nowhere"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_variables_change_nothing(
    expected: dict[str, bytes], variables: dict[str, str], tmp_path: Path
) -> None:
    assert generate(tmp_path / "checkout", variables=variables) == expected


def test_places_change_nothing(expected: dict[str, bytes], tmp_path: Path) -> None:
    deep = tmp_path / "a b" / "ünï" / "checkout-2"
    assert generate(deep, cwd=Path("/")) == expected


def test_the_version_of_python_changes_nothing(expected: dict[str, bytes], tmp_path: Path) -> None:
    """The oldest and the newest Python that is installed, besides the one that runs the tests."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    results = [
        version for version in VERSIONS if version != own and environments.interpreter(version)
    ]
    if not results:
        pytest.skip("no other Python is installed")
    for version in dict.fromkeys((results[0], results[-1])):
        python = environments.environment(version)
        variables = {"PYTHONPATH": str(ROOT / "generator")}
        home = tmp_path / version / "checkout"
        assert generate(home, python=str(python), variables=variables) == expected
