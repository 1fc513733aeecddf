"""The wheel, installed where nothing of this repository is, generates from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_has_all_that_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "fiddlehead/LICENSE" in names
    for folder, suffix in (("generator/fiddlehead", ".py"), ("templates", "")):
        for path in (ROOT / folder).rglob(f"*{suffix}"):
            caches = [name for name in path.parts if name.startswith((".", "__py"))]
            if path.is_file() and not caches:
                inside = path.relative_to(ROOT / "generator" if suffix else ROOT).as_posix()
                assert (inside if suffix else f"fiddlehead/{inside}") in names, inside
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_it_generates_elsewhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    # The libraries come from here; a .pth line leaves out the editable install of this checkout.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    work = tmp_path / "work"
    work.mkdir()
    (work / "openapi.yaml").write_bytes((ROOT / "spec/openapi.yaml").read_bytes())
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def fiddlehead(*arguments: str) -> str:
        done = subprocess.run(
            [str(scripts / "fiddlehead"), *arguments],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    where = "import fiddlehead; print(fiddlehead.__file__)"
    found = subprocess.run([python, "-c", where], cwd=work, capture_output=True, text=True)
    assert str(tmp_path) in found.stdout

    arguments = ("generate", "openapi.yaml", "--output", "out", "--package", "cohere")
    assert "4 of 4 operations" in fiddlehead(*arguments)
    assert "up to date" in fiddlehead(*arguments)
    fiddlehead("vendor", "out/cohere", "app/cohere")
    assert (work / "app/cohere/LICENSE.fiddlehead").exists()
    # The same bytes as from the checkout, but for what the settings of this repository say.
    checkout = subprocess.run(
        [sys.executable, "-m", "fiddlehead", *arguments[:3], "there", *arguments[4:]],
        cwd=work,
        check=True,
        capture_output=True,
    )
    assert checkout.returncode == 0
    for path in (work / "out").rglob("*.*"):
        if path.is_file() and "__pycache__" not in path.parts:
            twin = work / "there" / path.relative_to(work / "out")
            assert twin.read_bytes() == path.read_bytes(), path
