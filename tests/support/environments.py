"""Virtual environments with only the dependencies of fiddlehead, for other Python versions."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .certificates import environment_for_downloads

ROOT = Path(__file__).resolve().parents[2]


def dependencies(name: str) -> set[str]:
    """The direct and indirect dependencies of a distribution, without extras."""
    names, waiting = {name}, [name]
    while waiting:
        for line in importlib.metadata.requires(waiting.pop()) or []:
            requirement = Requirement(line)
            # Markers of other Python versions count too, because the environment may use another
            # version.
            if requirement.name in names or "extra ==" in line:
                continue
            names.add(requirement.name)
            try:
                importlib.metadata.distribution(requirement.name)
            except importlib.metadata.PackageNotFoundError:
                continue
            waiting.append(requirement.name)
    return names - {name}


def locked(names: set[str]) -> str:
    """The part of requirements.lock for these distributions, with hashes."""
    wanted = {canonicalize_name(name) for name in names}
    entries = re.split(r"^(?=\S+==)", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    return "".join(entry for entry in entries if entry.partition("==")[0] in wanted)


def interpreter(version: str) -> str | None:
    """The path of an installed Python, or None. `PYENV_VERSION` selects it if pyenv has it."""
    command = [f"python{version}", "-c", "import sys; print(sys.executable)"]
    environment = {**os.environ, "PYENV_VERSION": version}
    try:
        outcome = subprocess.run(command, capture_output=True, text=True, env=environment)
    except FileNotFoundError:
        return None
    return outcome.stdout.strip() if outcome.returncode == 0 else None


def environment(version: str) -> Path | None:
    """The Python of an environment that is kept between runs; None if the Python version is not
    installed."""
    python = interpreter(version)
    if python is None:
        return None
    folder = ROOT / f".venv-{version}"
    inside = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    requirements = locked(dependencies("fiddlehead"))
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != requirements:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(folder)], check=True)
        listed = folder / "listed.txt"
        listed.write_text(requirements)
        # A command needs few of the modules, so that all need not be compiled.
        install = [str(inside), "-m", "pip", "install", "--quiet", "--require-hashes"]
        install += ["--no-compile", "--no-deps", "--requirement", str(listed)]
        subprocess.run(install, check=True, env=environment_for_downloads())
        listed.replace(stamp)
    return inside
