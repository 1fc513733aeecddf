"""Runs mypy, pyright and black on several generated packages at once."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from . import pyright_server
from .copies import copies
from .pipeline import ROOT

Errors = Mapping[str, Sequence[str]]
"""The messages of a checker, by package."""
Checker = Callable[[Path, Sequence[str]], Errors]


@functools.cache
def cache() -> tempfile.TemporaryDirectory[str]:
    """The folder where mypy remembers the libraries for all runs that this process starts."""
    return tempfile.TemporaryDirectory(prefix="mypy-")


def mypy(folder: Path, packages: Sequence[str]) -> Errors:
    """The errors of `mypy --strict`; one process for all packages, and once for equal modules."""
    config = folder / "mypy.ini"
    config.write_text("[mypy]\n")
    if ignored := ",".join(map(module_name, copies(folder, packages))):
        # mypy needs not look into their functions then.
        config.write_text(f"[mypy]\n[mypy-{ignored}]\nignore_errors = True\n")
    command = ["mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    command += ["--output", "json", "--config-file", str(config)]
    # Writing the results about many packages takes longer than reading the libraries again.
    command += ["--cache-dir", cache().name if len(packages) < 20 else os.devnull]
    done = run([*command, *packages], folder)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert bool(results) == bool(done.returncode), done.stdout + done.stderr
    return grouped(
        packages,
        (
            (item["file"], f"{item['file']}:{item['line']}: {item['message']} [{item['code']}]")
            for item in results
            if item["severity"] == "error"
        ),
    )


def pyright(folder: Path, packages: Sequence[str]) -> Errors:
    """The errors of pyright in strict mode for packages or modules; once for equal modules."""
    equal = {*copies(folder, packages)}
    files = [
        path.relative_to(folder)
        for name in packages
        for path in sorted(
            (folder / name).rglob("*.py") if (folder / name).is_dir() else [folder / name]
        )
        if PurePosixPath(path.relative_to(folder)) not in equal
    ]
    assert files, "nothing is to be checked"
    with pyright_server.server() as server:
        findings = [*server.errors(folder, files)]
    return grouped(
        packages,
        ((f"{file}", f"{file}:{line}: {text} [{rule}]") for file, line, text, rule in findings),
    )


def black(folder: Path, packages: Sequence[str]) -> str:
    """The files that `black --check` with default settings would change.

    Of files with the same content, such as those of the runtime, one is checked.
    """
    config = folder / "black.toml"
    config.write_text("[tool.black]\n")
    files = {
        path.read_bytes(): str(path.relative_to(folder))
        for package in packages
        for path in sorted((folder / package).rglob("*.py*"))
        if path.suffix in (".py", ".pyi")
    }
    options = ["--check", "--config", str(config), "--workers", "2"]
    done = run_python(["-c", _BLACK, *options, *files.values()], folder)
    changed = [line for line in done.stderr.splitlines() if line.startswith(("would", "error"))]
    assert bool(changed) == bool(done.returncode), done.stderr
    return "\n".join(changed)


_BLACK = """
import gc
import black

gc.freeze()
gc.set_threshold(100_000, 50, 100)
black.patched_main()
"""
"""Searching for garbage takes up to a sixth of its time."""


def module_name(path: PurePosixPath) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def grouped(packages: Iterable[str], actual: Iterable[tuple[str, str]]) -> Errors:
    errors: dict[str, list[str]] = {package: [] for package in packages}
    for file, text in actual:
        errors.setdefault(Path(file).parts[0], []).append(text)
    return errors


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment in a folder outside the repository."""
    return run_python(["-m", *command], folder)


def run_python(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("MYPY", "PYTHONPATH"))
    }
    # Tests of generated packages need nothing but pytest.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def inspect(folder: Path, tasks: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The reports of `inspection` about packages."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "support" / "inspection.py"), str(folder)],
        input=json.dumps(tasks),
        capture_output=True,
        text=True,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    reports: list[dict[str, object]] = json.loads(done.stdout)
    return reports
