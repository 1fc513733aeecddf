"""The committed package equals a new run with either description, and its size is limited."""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..support.pipeline import ROOT, make

GENERATED = ROOT / "generated"
SPEC = ROOT / "spec"


def files(folder: Path) -> dict[str, bytes]:
    """Every file by its path, but what Python leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def generated(folder: Path, spec: str) -> dict[str, bytes]:
    """What the command writes from a description, with the settings of this repository."""
    told = (ROOT / "fiddlehead.toml").read_text(encoding="utf-8")
    told = told.replace("spec/openapi.yaml", (ROOT / spec).as_posix())
    (folder / "fiddlehead.toml").write_text(f'spec-label = "spec/openapi.yaml"\n{told}')
    command = [sys.executable, "-m", "fiddlehead", "generate"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return files(folder / "generated")


@pytest.mark.parametrize("spec", ["spec/openapi.yaml", "spec/definition"])
def test_a_fresh_run_gives_the_same_bytes(tmp_path: Path, spec: str) -> None:
    fresh, known = generated(tmp_path, spec), files(GENERATED)
    manifests = [json.loads(item.pop("cohere/_manifest.json")) for item in (fresh, known)]
    differing = {name for name in fresh.keys() | known.keys() if fresh.get(name) != known.get(name)}
    assert differing == set(), "run `make generate`"
    # They remember where they came from, and agree about what was made.
    assert manifests[0]["files"] == manifests[1]["files"]
    assert manifests[0]["tree"] == manifests[1]["tree"]


def test_check_reports_no_difference() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fiddlehead", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr + done.stdout


def lines(path: str) -> int:
    return (GENERATED / "cohere" / path).read_text(encoding="utf-8").count("\n")


def test_files_are_short() -> None:
    assert lines("embed_jobs/client.py") <= 340
    assert lines("types/embed_job.py") <= 45


def runtime_lines(*, fakes: bool) -> int:
    """What a client imports, or what only its fakes do."""
    paths = (GENERATED / "cohere" / "core").glob("*.py")
    return sum(lines(f"core/{path.name}") for path in paths if fakes == ("testing" in path.name))


def test_the_runtime_is_short() -> None:
    assert runtime_lines(fakes=False) <= 1050


def test_the_runtime_of_the_fakes_is_short() -> None:
    assert runtime_lines(fakes=True) <= 577


def changed(folder: Path, old: str, new: str) -> dict[str, list[str]]:
    """The lines with + or - of each Python file that a change of the description changes."""
    text = (SPEC / "openapi.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / "openapi.yaml").write_text(text.replace(old, new), encoding="utf-8")
    label = {"spec_label": "spec/openapi.yaml"}
    before = make(SPEC / "openapi.yaml", "cohere", ROOT / "fiddlehead.toml", **label).files
    after = make(folder / "openapi.yaml", "cohere", ROOT / "fiddlehead.toml", **label).files
    assert before.keys() == after.keys()
    return {
        name: list(difflib.unified_diff(before[name].split("\n"), after[name].split("\n"), n=0))[2:]
        for name in before
        if name.endswith(".py") and before[name] != after[name]
    }


def test_a_new_field_is_one_hunk_of_one_file(tmp_path: Path) -> None:
    old = "        input_dataset_id:\n"
    new = "        priority:\n          type: integer\n          description: How soon.\n"
    ((name, diff),) = changed(tmp_path, old, new + old).items()
    assert name == "cohere/types/embed_job.py"
    assert [line for line in diff if line.startswith("@@")] == diff[:1]
    assert [line for line in diff if line.startswith("-")] == []


def test_a_new_argument_is_six_lines_of_the_client_and_two_of_its_fake(tmp_path: Path) -> None:
    old = "        embedding_types:\n          type: array\n"
    new = "        priority:\n          type: integer\n          description: How soon.\n"
    found = changed(tmp_path, old, new + old)
    sizes = {
        name: len([line for line in diff if line.startswith(("+", "-"))])
        for name, diff in found.items()
    }
    assert sizes == {"cohere/embed_jobs/client.py": 6, "cohere/testing/embed_jobs.py": 2}
