"""The output depends on the description and the settings, and on nothing of where it is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ..support.pipeline import ROOT

SPEC = Path(__file__).parent / "bookshop.yaml"
VERSIONS = ("3.10", "3.11", "3.12", "3.13")


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


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_of_python_changes_nothing(
    expected: dict[str, bytes], version: str, tmp_path: Path
) -> None:
    assert generate(tmp_path / "checkout", python=interpreter(version)) == expected


def interpreter(version: str) -> str:
    """A Python of this version with what fiddlehead needs, in an environment that is kept."""
    if sys.version.startswith(f"{version}."):
        return sys.executable
    found = [*Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python")]
    path = str(found[0]) if found else shutil.which(f"python{version}")
    if path is None:
        pytest.skip(f"Python {version} is not here")
    environment = ROOT / f".venv-{version}"
    python = environment / "bin" / "python"
    if not python.exists() or not works(python):
        command = ["make", "--silent", "install", f"PYTHON={path}", f"VENV={environment.name}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"what fiddlehead needs cannot be installed: {done.stderr[-200:]}")
    return str(python)


def works(python: Path) -> bool:
    done = subprocess.run([python, "-c", "import fiddlehead.cli"], capture_output=True)
    return done.returncode == 0
