"""`make test-oldest` and `make test-latest`: tests with the oldest and newest allowed versions.

First the whole suite runs in an environment with the oldest or newest versions that pyproject.toml
allows. Then the tests of the runtime and of the generated package run on every installed Python
from 3.10 to 3.14, with the oldest or newest dependencies of a generated package. Missing Python
versions are listed as skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fiddlehead.python.pages.project import HTTP_LIBRARIES, RUNTIME

from .environments import interpreter

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv-versions"
UV = str(Path(sys.executable).with_name("uv"))
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
RESOLUTION = {"oldest": "lowest-direct", "latest": "highest"}
SUITE = (
    ("ruff", "check"),
    ("black", "--check", "--quiet", "."),
    ("mypy",),
    ("pytest", "-q", "--numprocesses", "2"),
)
PACKAGE = ("tests/runtime", "tests/generated/test_program.py")
NEED_MORE = tuple(
    f"tests/runtime/{name}.py"
    for name in (
        "test_types",
        "test_format",
        "test_decoded_types",
        "test_depth",
        "test_native",
        "test_fern_core",
        "test_fern_utilities",
    )
)
"""Tests that need type checkers, black, the generator or both HTTP libraries; only the suite runs
them."""


def main(end: str) -> int:
    """Run all environments with one end of the ranges. Returns the number of failed environments."""
    results = [(f"the suite, {end} versions", run_suite(end))]
    results += [
        (
            f"the package on Python {version} with {library}, {end} versions",
            run_package(end, version, library),
        )
        for version in PYTHONS
        for library in ("httpx", "httpx2")
    ]
    print()
    for title, status in results:
        print(
            f"{'skipped: not installed' if status is None else 'failed' if status else 'passed':8} {title}"
        )
    return sum(bool(status) for _, status in results)


def run_suite(end: str) -> int:
    environment = create(
        f"{end}-suite", sys.executable, end, "pip>=24", "--editable", f"{ROOT}[dev]"
    )
    return max(run(environment, *command) for command in SUITE)


def run_package(end: str, version: str, library: str) -> int | None:
    """Run the tests of the runtime on one Python with one HTTP library.

    None if that Python is not installed, or older than the library supports.
    """
    python = interpreter(version)
    if python is None or (library == "httpx2" and version == "3.10"):
        return None
    wanted = (*HTTP_LIBRARIES[library], *RUNTIME)
    requirements = [oldest(item) if end == "oldest" else item for item in wanted]
    environment = create(
        f"{end}-{version}-{library}",
        python,
        "latest",
        "pyyaml",
        "pytest",
        "hypothesis",
        "jsonschema",
        *requirements,
    )
    ignored = [f"--ignore={item}" for item in NEED_MORE]
    return run(environment, "pytest", "-q", *PACKAGE, *ignored)


def oldest(requirement: str) -> str:
    """The oldest release of a range: `httpx>=0.27,<1` gives `httpx==0.27`."""
    name, _, bounds = requirement.partition(">=")
    version, _, marker = bounds.partition(";")
    return f"{name}=={version.partition(',')[0].strip()}" + (f" ; {marker}" if marker else "")


def create(name: str, python: str, end: str, *requirements: str) -> Path:
    environment = FOLDER / name
    subprocess.run(
        [UV, "venv", "--quiet", "--clear", "--python", python, str(environment)], check=True
    )
    command = [UV, "pip", "install", "--quiet", "--resolution", RESOLUTION[end]]
    inside = {**os.environ, "VIRTUAL_ENV": str(environment)}
    subprocess.run([*command, *requirements], check=True, env=inside)
    return environment


def run(environment: Path, program: str, *arguments: str) -> int:
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    inside = {**os.environ, "VIRTUAL_ENV": str(environment)}
    if "suite" not in environment.name:
        # The generator is imported from its source; its own dependencies are not installed.
        inside["PYTHONPATH"] = str(ROOT / "generator")
    inside["PATH"] = os.pathsep.join([str(scripts), inside["PATH"]])
    print(f"\n{environment.name}: {program} {' '.join(arguments)}", flush=True)
    return subprocess.run([str(scripts / program), *arguments], cwd=ROOT, env=inside).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
