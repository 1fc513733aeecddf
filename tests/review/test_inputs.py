"""OLD and NEW of a diff: files, git revisions, generated packages, and invalid values."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from fiddlehead.diagnostics import Diagnostics
from fiddlehead.review.inputs import find_side
from fiddlehead.review.sides import Search, Side

SPEC = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "repository"
    (top / "spec" / "parts").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(top))
    (top / "spec" / "openapi.yaml").write_text(SPEC + "x: {$ref: 'parts/a%20b.yaml#/A'}\n")
    (top / "spec" / "parts" / "a b.yaml").write_text("A: {$ref: ../../common.yml}\n")
    (top / "common.yml").write_text("old: true\n")
    (top / "unrelated.yaml").write_text("{}\n")
    (top / "fiddlehead.toml").write_text('spec = "spec/openapi.yaml"\n')
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "one")
    (top / "common.yml").write_text("new: true\n")
    (top / "spec" / "openapi.yaml").write_text(SPEC)
    git(top, "commit", "-q", "-am", "two")
    return top


def resolved(argument: str, cwd: Path, tmp_path: Path) -> tuple[Side | None, Diagnostics]:
    diagnostics = Diagnostics()
    settings = cwd / "fiddlehead.toml"
    folder = tmp_path / "laid-out"
    side = find_side(
        argument, Search(cwd, folder, diagnostics, settings if settings.exists() else None)
    )
    return side, diagnostics


def test_a_file_is_itself(repository: Path, tmp_path: Path) -> None:
    side, _ = resolved("spec/openapi.yaml", repository, tmp_path)
    assert side is not None
    assert (side.label, side.settings) == ("spec/openapi.yaml", None)
    node = side.sources(Diagnostics()).load(side.spec)
    assert node is not None
    assert str(node.span).startswith("spec/openapi.yaml:1:")


def test_a_revision_has_its_own_files_and_settings(repository: Path, tmp_path: Path) -> None:
    side, _ = resolved("HEAD~1:spec/openapi.yaml", repository, tmp_path)
    assert side is not None
    assert side.settings is not None
    assert side.settings.read_text() == 'spec = "spec/openapi.yaml"\n'
    sources = side.sources(Diagnostics())
    node = sources.load(side.spec)
    assert node is not None
    assert node.span.file == "HEAD~1:spec/openapi.yaml"
    # Through a reference with an escape, and out of the folder of the description.
    assert (side.root / "spec/parts/a b.yaml").exists()
    assert (side.root / "common.yml").read_text() == "old: true\n"
    assert not (side.root / "unrelated.yaml").exists()


def test_a_path_of_a_revision_may_start_from_here(repository: Path, tmp_path: Path) -> None:
    for argument in ("main:openapi.yaml", "main:./openapi.yaml", "main:../spec/openapi.yaml"):
        side, _ = resolved(argument, repository / "spec", tmp_path)
        assert side is not None
        assert side.label == "main:spec/openapi.yaml"


def test_a_folder_of_a_revision_is_written_completely(repository: Path, tmp_path: Path) -> None:
    side, _ = resolved("HEAD~1:spec", repository, tmp_path)
    assert side is not None
    assert side.spec.is_dir()
    assert (side.spec / "openapi.yaml").exists()


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("gone.yaml", "'gone.yaml' not found"),
        ("nowhere:spec/openapi.yaml", "the repository has no revision 'nowhere'"),
        ("main:gone.yaml", "the revision 'main' has no file 'gone.yaml'"),
        ("--output=x:spec/openapi.yaml", "'--output=x' is not a revision"),
    ],
)
def test_missing_files_are_reported(
    repository: Path, tmp_path: Path, argument: str, message: str
) -> None:
    side, diagnostics = resolved(argument, repository, tmp_path)
    assert side is None
    assert message in diagnostics.errors[0].message


def test_a_missing_repository_is_reported(tmp_path: Path) -> None:
    side, diagnostics = resolved("main:a.yaml", tmp_path, tmp_path)
    assert side is None
    assert "not a git repository" in diagnostics.errors[0].message


def package(repository: Path, **spec: object) -> Path:
    folder = repository / "generated" / "acme"
    folder.mkdir(parents=True)
    (folder / "_manifest.json").write_text(json.dumps({"format": 1, "spec": spec}))
    return folder


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_package_of_today_is_the_file(repository: Path, tmp_path: Path) -> None:
    package(repository, path="spec/openapi.yaml", sha256=sha256(SPEC))
    side, _ = resolved("generated", repository, tmp_path)
    assert side is not None
    assert side.spec == repository / "spec" / "openapi.yaml"
    assert side.label == "generated/acme (spec/openapi.yaml)"


def test_an_older_package_is_found_in_the_history(repository: Path, tmp_path: Path) -> None:
    old = git(repository, "show", "HEAD~1:spec/openapi.yaml") + "\n"
    package(repository, path="spec/openapi.yaml", sha256=sha256(old))
    side, _ = resolved("generated/acme", repository, tmp_path)
    assert side is not None
    commit = git(repository, "rev-parse", "HEAD~1")[:12]
    assert side.label == f"generated/acme ({commit}:spec/openapi.yaml)"
    assert side.spec.read_text() == old
    assert side.settings is not None


def test_a_package_of_several_files_fits_as_a_whole(repository: Path, tmp_path: Path) -> None:
    files = {
        "openapi.yaml": git(repository, "show", "HEAD~1:spec/openapi.yaml") + "\n",
        "parts/a b.yaml": git(repository, "show", "HEAD~1:spec/parts/a b.yaml") + "\n",
    }
    checksums = {name: sha256(text) for name, text in files.items()}
    package(repository, path="spec/openapi.yaml", sha256="0" * 64, files=checksums)
    side, _ = resolved("generated", repository, tmp_path)
    assert side is not None
    assert (side.root / "spec/parts/a b.yaml").read_text() == files["parts/a b.yaml"]


def test_a_package_of_an_unknown_description_is_reported(repository: Path, tmp_path: Path) -> None:
    package(repository, path="spec/openapi.yaml", sha256="0" * 64)
    side, diagnostics = resolved("generated", repository, tmp_path)
    assert side is None
    assert "neither the file nor the git history" in diagnostics.errors[0].message
    assert "fiddlehead diff OLD" in (diagnostics.errors[0].hint or "")


@pytest.mark.parametrize("text", ["", "[]", '{"spec": 3}', '{"spec": {"path": 1, "sha256": 2}}'])
def test_an_edited_manifest_is_reported(repository: Path, tmp_path: Path, text: str) -> None:
    folder = package(repository)
    (folder / "_manifest.json").write_text(text)
    side, diagnostics = resolved("generated", repository, tmp_path)
    assert side is None
    assert "was edited" in diagnostics.errors[0].message
