"""`keep` patterns match the same files as the same lines in a .gitignore."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fiddlehead.output import ProtectedFiles

PATHS = [
    "README.md",
    "acme/client.py",
    "acme/types/client.py",
    "acme/types/job.py",
    "acme/mine/a.py",
    "acme/mine/b/c.py",
    "acme/a+b.py",
    "other/acme/client.py",
]


@pytest.mark.parametrize(
    "patterns",
    [
        ["client.py"],
        ["/client.py"],
        ["acme/client.py"],
        ["/acme/client.py"],
        ["acme/mine"],
        ["acme/mine/"],
        ["mine/"],
        ["acme/*.py"],
        ["acme/**/client.py"],
        ["**/client.py"],
        ["acme/**"],
        ["*.py", "!client.py"],
        ["acme/a+b.py"],
        ["acme/m?ne/*"],
        ["README.md", "types"],
    ],
)
def test_patterns_match_as_in_git(tmp_path: Path, patterns: list[str]) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / ".gitignore").write_text("\n".join(patterns) + "\n")
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", *PATHS], cwd=tmp_path, capture_output=True, text=True
    )
    keep = ProtectedFiles(patterns)
    assert [path for path in PATHS if path in keep] == done.stdout.splitlines()


def test_a_fernignore_of_the_repository_counts_for_the_output_inside(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".fernignore").write_text(
        "# hand-written\nsrc/acme/client.py\n/src/acme/mine/\nsrc/acme/tests\nREADME.md\nlib/x.py\n"
    )
    keep = ProtectedFiles(["acme/own.py"]).with_fernignore(tmp_path / "src")
    results = ["acme/client.py", "acme/mine/a.py", "acme/own.py", "acme/tests/x.py"]
    others = ["acme/types/x.py", "x.py", "README.md"]
    assert [path for path in [*results, *others] if path in keep] == results
    assert "README.md" in ProtectedFiles().with_fernignore(tmp_path)


@pytest.mark.parametrize(
    "lines",
    [
        ["client.py"],
        ["./acme/client.py", "README.md"],
        ["acme/mine"],
        ["acme/mine/"],
        ["mine/"],
        ["*.md", "acme/m*"],
        ["acme/*.py"],
        ["*/client.py"],
    ],
)
def test_lines_of_a_fernignore_match_as_paths_in_git(tmp_path: Path, lines: list[str]) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    for path in PATHS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    subprocess.run([*git, "add", "."], check=True)
    done = subprocess.run(
        [*git, "ls-files", "--", *lines], capture_output=True, text=True, check=True
    )
    (tmp_path / ".fernignore").write_text("\n".join(lines) + "\n")
    results = [path for path in PATHS if path in ProtectedFiles().with_fernignore(tmp_path)]
    assert sorted(results) == sorted(done.stdout.splitlines())
    # The same lines in the folder of the package.
    (tmp_path / ".fernignore").rename(tmp_path / "acme/.fernignore")
    inside = ProtectedFiles().with_fernignore(tmp_path, "acme")
    assert sorted(path for path in PATHS if f"acme/{path}" in inside) == sorted(results)


def test_a_fernignore_outside_the_repository_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".fernignore").write_text("*.py\n")
    (tmp_path / "repository/.git").mkdir(parents=True)
    assert "x.py" not in ProtectedFiles().with_fernignore(tmp_path / "repository")


def test_patterns_for_the_package() -> None:
    keep = ProtectedFiles(["acme/client.py", "mine.py", "other/x.py", "/acme/deep/**"]).for_package(
        "acme"
    )
    paths = ["client.py", "mine.py", "deep/x.py", "x.py", "types/client.py"]
    assert [path for path in paths if path in keep] == ["client.py", "mine.py", "deep/x.py"]
