"""The installed wheel generates from any folder, without this repository."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..support.environments import dependencies

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_lock_has_all_dependencies_of_pyproject() -> None:
    locked: dict[str, list[str]] = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if "==" in line:
            name, _, rest = line.partition("==")
            locked.setdefault(name, []).append(rest.split()[0])
    project = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        requirement = Requirement(text)
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version) for version in versions), text


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


def link_libraries(names: set[str], site: Path) -> None:
    """Links installed distributions, and no others, into another environment."""
    for name in names:
        try:
            files = importlib.metadata.files(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # It is for another Python or system.
        for file in files:
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not (site / top).exists():
                (site / top).symlink_to(Path(str(file.locate())).parents[len(file.parts) - 1] / top)


def test_it_generates_elsewhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    command = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    link_libraries(dependencies("fiddlehead"), site)
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
    outcome = subprocess.run([python, "-c", where], cwd=work, capture_output=True, text=True)
    assert str(tmp_path) in outcome.stdout

    fiddlehead("init")
    fiddlehead("generate")
    (work / "fiddlehead.toml").unlink()
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
