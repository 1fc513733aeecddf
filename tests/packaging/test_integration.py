"""What other projects run: the action's steps as a script, and the hooks of pre-commit."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import SETTINGS, SPEC

ROOT = Path(__file__).resolve().parents[2]

GH = """\
#!/bin/sh
echo "$@" >>"$GH_LOG"
"""


class Repository:
    """A repository with a generated client on main, and a branch on top."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        self.reports = folder / "reports"
        self.outputs = folder / "outputs"
        self.summary = folder / "summary"
        self.gh_log = folder / "gh.log"
        self.tools = folder / "tools"
        for each in (self.folder, self.tools):
            each.mkdir()
        (self.tools / "gh").write_text(GH)
        (self.tools / "gh").chmod(0o755)
        (self.tools / "fiddlehead").write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -m fiddlehead "$@"\n'
        )
        (self.tools / "fiddlehead").chmod(0o755)
        (self.folder / "spec.yaml").write_text(SPEC)
        (self.folder / "fiddlehead.toml").write_text(SETTINGS)
        self.do("fiddlehead", "generate")
        self.git("init", "-q", "-b", "main")
        self.commit()
        self.git("checkout", "-q", "-b", "change")

    def do(self, *command: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.tools}{os.pathsep}{os.environ['PATH']}"
        environment: Mapping[str, str] = {
            **os.environ,
            "PATH": path,
            "PYTHONPATH": str(ROOT / "generator"),
            "SPEC": "spec.yaml",
            "BASE": "main",
            "REPORTS": str(self.reports),
            "PULL_REQUEST": "7",
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GH_LOG": str(self.gh_log),
        }
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def git(self, *arguments: str) -> None:
        names = ("-c", "user.name=x", "-c", "user.email=x@x.x")
        subprocess.run(["git", *names, *arguments], cwd=self.folder, check=True)

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "-qm", "x")

    def change(self, old: str, new: str) -> None:
        assert old in SPEC
        (self.folder / "spec.yaml").write_text(SPEC.replace(old, new))

    def review(self) -> tuple[int, str]:
        done = self.do("sh", str(ROOT / ".ci/review"))
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_a_change_that_breaks_and_was_not_generated(repository: Repository) -> None:
    repository.change("x-fern-sdk-method-name: get", "x-fern-sdk-method-name: fetch")
    code, said = repository.review()
    assert code == 0
    assert repository.outputs.read_text() == "drift=true\nbreaking=true\n"
    assert "::error file=out/acme/jobs/client.py" in said
    report = (repository.reports / "report.md").read_text()
    assert "jobs.get" in report
    assert "out of date" in report
    assert repository.summary.read_text() == report
    assert (repository.reports / "report.html").stat().st_size > 1000
    assert (repository.reports / "drift.diff").read_text().startswith("diff --git")
    assert repository.gh_log.read_text().startswith("pr comment 7 --body-file ")


def test_a_change_that_was_generated_and_breaks_nothing(repository: Repository) -> None:
    repository.change("[open, done]", "[open, done, lost]")
    repository.do("fiddlehead", "generate")
    code, said = repository.review()
    assert code == 0
    assert repository.outputs.read_text() == "drift=false\nbreaking=false\n"
    assert "::error" not in said
    assert (repository.reports / "drift.diff").read_text() == ""


def test_a_description_that_is_new(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-rq", "--cached", ".")
    (repository.folder / "notes").write_text("x")
    repository.git("add", "notes")
    repository.git("commit", "-qm", "x")
    repository.git("branch", "-f", "main", "empty")
    code, _ = repository.review()
    assert code == 0
    assert "The description is new" in (repository.reports / "report.md").read_text()


def test_a_description_that_cannot_be_read(repository: Repository) -> None:
    (repository.folder / "spec.yaml").write_text("openapi: [\n")
    code, _ = repository.review()
    assert code == 2
    assert not repository.outputs.exists()


def test_the_action_hands_on_what_the_script_takes() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = [each for each in action["runs"]["steps"] if each.get("id") == "review"]
    script = (ROOT / ".ci/review").read_text()
    assert ".ci/review" in step["run"]
    for name in ("SPEC", "BASE", "REPORTS", "PULL_REQUEST"):
        assert name in step["env"] and f"{name}" in script
    for each in action["runs"]["steps"]:
        assert "uses" in each or "shell" in each


def test_the_hooks_are_commands_that_there_are(repository: Repository) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    more = {"fiddlehead-check": [], "fiddlehead-verify": ["out/acme"]}
    assert {hook["id"] for hook in hooks} == set(more)
    for hook in hooks:
        command = [*hook["entry"].split(), *more[hook["id"]]]
        assert repository.do(*command).returncode == 0
    (repository.folder / "out/acme/client.py").write_text("MINE = 1\n")
    for hook in hooks:
        command = [*hook["entry"].split(), *more[hook["id"]]]
        assert repository.do(*command).returncode == 1
