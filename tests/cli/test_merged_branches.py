"""Two branches with generated changes: git merges or rebases them, and `generate` completes the
merge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fiddlehead.cli import main

from .conftest import SETTINGS, SPEC
from .test_line_endings import git

PATHS = """\
  /{plural}/{{id}}:
    get:
      operationId: get{name}
      x-fern-sdk-group-name: {plural}
      x-fern-sdk-method-name: get
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses:
        "200":
          description: It.
          content: {{application/json: {{schema: {{$ref: "#/components/schemas/{name}"}}}}}}
"""
SCHEMA = "    {name}: {{type: object, properties: {{size: {{type: integer}}}}}}\n"


def add(text: str, name: str, *, first: bool) -> str:
    """A description with one more operation and schema, at the start or the end."""
    operation = PATHS.format(name=name, plural=name.lower() + "s")
    schema = SCHEMA.format(name=name)
    if first:
        text = text.replace("paths:\n", "paths:\n" + operation)
        return text.replace("  schemas:\n", "  schemas:\n" + schema)
    return text.replace("components:\n", operation + "components:\n") + schema


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Branches a and b each have one more operation, generated and committed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path, SPEC, "Generated")
    for branch, name, first in (("a", "Apple", True), ("b", "Quince", False)):
        git(tmp_path, "checkout", "--quiet", "-b", branch, "main")
        commit(tmp_path, add(SPEC, name, first=first), f"Added {name}")
    return tmp_path


def commit(folder: Path, spec: str, message: str) -> None:
    (folder / "spec.yaml").write_text(spec)
    assert main(["generate"]) == 0
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def conflicting(folder: Path, *command: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        git(folder, *command)
    assert "<<<<<<<" in (folder / "out/acme/_manifest.json").read_text()


def assert_repaired(folder: Path) -> None:
    assert main(["generate"]) == 0
    assert main(["check"]) == main(["verify", "out/acme"]) == 0
    for path in (folder / "out").rglob("*.*"):
        assert b"<<<<<<<" not in path.read_bytes(), path
    assert (folder / "out/acme/types/apple.py").exists()
    assert (folder / "out/acme/types/quince.py").exists()


@pytest.mark.parametrize(("here", "there"), [("a", "b"), ("b", "a")])
def test_a_merge(repository: Path, here: str, there: str) -> None:
    git(repository, "checkout", "--quiet", here)
    conflicting(repository, "merge", there)
    assert_repaired(repository)


def test_a_merge_with_crlf(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    git(repository, "config", "core.autocrlf", "true")
    git(repository, "checkout", "--quiet", "b")
    conflicting(repository, "merge", "a")
    assert_repaired(repository)


def test_a_merge_that_was_committed_with_its_markers(repository: Path) -> None:
    conflicting(repository, "merge", "a")
    git(repository, "commit", "--quiet", "--all", "--message", "Merged")
    assert_repaired(repository)


@pytest.mark.parametrize(("here", "there"), [("a", "b"), ("b", "a")])
def test_a_rebase(repository: Path, here: str, there: str) -> None:
    git(repository, "checkout", "--quiet", here)
    conflicting(repository, "rebase", there)
    assert_repaired(repository)


def test_both_sides_changed_one_class(repository: Path) -> None:
    for branch, more in (("c", "size: {type: integer}"), ("d", "weight: {type: number}")):
        git(repository, "checkout", "--quiet", "-b", branch, "main")
        spec = SPEC.replace(
            "        id: {type: string}\n", f"        id: {{type: string}}\n        {more}\n"
        )
        commit(repository, spec, branch)
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "c")
    assert "<<<<<<<" in (repository / "out/acme/types/job.py").read_text()
    spec = (repository / "spec.yaml").read_text()
    lines = [
        line for line in spec.splitlines() if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")
    ]
    (repository / "spec.yaml").write_text("\n".join(lines) + "\n")
    assert main(["generate"]) == 0
    job = (repository / "out/acme/types/job.py").read_text()
    assert "size" in job and "weight" in job and "<<<<<<<" not in job
    assert main(["check"]) == 0


def test_a_file_edited_by_hand_meanwhile_is_protected(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = repository / "out/acme/types/job.py"
    edited.write_text(edited.read_text() + "# mine\n")
    git(repository, "commit", "--quiet", "--all", "--message", "Edited")
    conflicting(repository, "merge", "a")
    assert main(["generate"]) == 1
    output = capsys.readouterr().err
    assert "out/acme/types/job.py: edited by hand" in output
    assert output.count("edited by hand") == 1
    assert edited.read_text().endswith("# mine\n")


def test_a_manifest_that_a_person_edited_is_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = repository / "out/acme/_manifest.json"
    manifest.write_text(manifest.read_text().replace('"files"', '"fils"'))
    assert main(["generate"]) == 2
    assert "was edited" in capsys.readouterr().err


def test_a_rebase_of_one_example_that_both_sides_changed(repository: Path) -> None:
    for branch, old, new in (
        ("c", "        id:", "        size: {type: integer}\n        id:"),
        ("d", "[open, done]", "[late, open, done]"),
    ):
        git(repository, "checkout", "--quiet", "-b", branch, "main")
        commit(repository, SPEC.replace(old, new), branch)
    git(repository, "checkout", "--quiet", "c")
    conflicting(repository, "rebase", "d")
    assert "<<<<<<<" in (repository / "out/acme/testing/examples.jsonl").read_text()
    assert main(["generate"]) == 0
    assert main(["check"]) == main(["verify", "out/acme"]) == 0


def test_a_description_with_conflict_markers(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was meant is unknown, also in a file that a reference leads to."""
    spec = repository / "spec.yaml"
    spec.write_text(SPEC + '    Apple: {$ref: "apple.yaml"}\n')
    (repository / "apple.yaml").write_text(
        "type: object\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n"
    )
    assert main(["generate"]) == 3
    assert "apple.yaml:2:1: error[conflict-markers]" in capsys.readouterr().err


def test_a_manifest_with_conflict_markers_is_not_an_edit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "checkout", "--quiet", "a")
    conflicting(repository, "merge", "b")
    assert main(["verify", "out/acme"]) == 1
    error = capsys.readouterr().err
    assert "conflict markers" in error and "run fiddlehead generate" in error
