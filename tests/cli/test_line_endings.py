"""A checkout with CRLF line endings is not an edit, for any command."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fiddlehead.cli import main

from .conftest import SETTINGS, SPEC


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generated and vendored package, checked out as Git for Windows does by default."""
    origin = tmp_path / "origin"
    origin.mkdir()
    (origin / "spec.yaml").write_text(SPEC)
    (origin / "fiddlehead.toml").write_text(SETTINGS)
    monkeypatch.chdir(origin)
    assert main(["generate"]) == 0
    assert main(["vendor", "out/acme", "app/acme"]) == 0
    git(origin, "init", "--quiet")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "Generated")
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", str(origin), "win")
    folder = tmp_path / "win"
    monkeypatch.chdir(folder)
    assert b"\r\n" in (folder / "out/acme/client.py").read_bytes()
    assert b"\r\n" in (folder / "spec.yaml").read_bytes()
    return folder


def test_every_command_takes_it_for_clean(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["check"],
        ["check", "--fast"],
        ["verify", "out/acme", "app/acme"],
        ["vendor", "out/acme", "app/acme"],
        ["generate", "--strict"],
        ["diff"],
    ):
        assert main(command) == 0, (command, capsys.readouterr())
    assert "up to date" in capsys.readouterr().err
    assert git(checkout, "status", "--porcelain") == ""


def test_a_changed_description_rewrites_files_with_their_line_endings(checkout: Path) -> None:
    spec = checkout / "spec.yaml"
    spec.write_bytes(spec.read_bytes().replace(b"[open, done]", b"[open, done, late]"))
    assert main(["generate"]) == 0
    state = (checkout / "out/acme/types/state.py").read_bytes()
    assert b"late" in state and state.count(b"\n") == state.count(b"\r\n")
    assert main(["vendor", "out/acme", "app/acme"]) == 0
    copy = (checkout / "app/acme/types/state.py").read_bytes()
    assert copy == state
    changed = git(checkout, "diff", "--numstat").splitlines()
    assert sorted(line.split()[2] for line in changed) == sorted(
        [
            "app/acme/_manifest.json",
            "app/acme/types/state.py",
            "out/acme/_manifest.json",
            "out/acme/types/state.py",
            "out/reference.md",
            "spec.yaml",
        ]
    )
    assert main(["check"]) == main(["verify", "app/acme"]) == 0


def test_a_real_edit_is_named_alone_and_protected(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = checkout / "out/acme/types/job.py"
    edited.write_bytes(edited.read_bytes() + b"# mine\r\n")
    for command in (["check"], ["check", "--fast"], ["verify", "out/acme"], ["generate"]):
        assert main(command) == 1, command
        output = capsys.readouterr()
        text = output.out + output.err
        assert "types/job.py" in text and "types/state.py" not in text
        assert "+\r" not in text and text.count("\n-") <= 2


def test_edits_of_a_vendored_copy_are_merged(checkout: Path) -> None:
    edited = checkout / "app/acme/types/job.py"
    edited.write_bytes(edited.read_bytes() + b"# mine\r\n")
    git(checkout, "commit", "--quiet", "--all", "--message", "Edited")
    spec = checkout / "spec.yaml"
    spec.write_bytes(
        spec.read_bytes().replace(b"id: {type: string}\r\n", b"id: {type: integer}\r\n")
    )
    assert main(["generate"]) == 0
    assert main(["vendor", "out/acme", "app/acme"]) == 0
    merged = edited.read_bytes()
    assert b"id: int\r\n" in merged and merged.endswith(b"# mine\r\n")
    assert merged.count(b"\n") == merged.count(b"\r\n")


def test_one_file_that_an_editor_saved_with_crlf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 0
    path = tmp_path / "out/acme/client.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["check"]) == main(["generate"]) == main(["verify", "out/acme"]) == 0


def test_a_release_keeps_the_line_endings_of_what_it_rewrites(checkout: Path) -> None:
    settings, changelog = checkout / "fiddlehead.toml", checkout / "out/CHANGELOG.md"
    settings.write_bytes(settings.read_bytes() + b'version = "1.0.0"\r\n')
    changelog.write_bytes(b"# Changelog\r\n\r\n## 1.0.0\r\n\r\nThe first one.\r\n")
    git(checkout, "tag", "v1.0.0")
    spec = checkout / "spec.yaml"
    spec.write_bytes(spec.read_bytes().replace(b"[open, done]", b"[open, done, late]"))
    assert main(["release", "--date", "2026-01-31"]) == 0
    for file, text in ((settings, b'version = "1.1.0"'), (changelog, b"## 1.1.0")):
        data = file.read_bytes()
        assert text in data and data.count(b"\n") == data.count(b"\r\n"), file
