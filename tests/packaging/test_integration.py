"""Integrations: the steps of the GitHub action as a script, and the pre-commit hooks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import SETTINGS, SPEC
from tests.support import warm_command

ROOT = Path(__file__).resolve().parents[2]

GH = """\
#!/bin/sh
printf '%s ' "$@" >>"$GH_LOG"
echo >>"$GH_LOG"
[ -z "${GH_FAILS:-}" ] || exit 1
if [ "$2" = --paginate ] && [ -f "$GH_COMMENTS" ]; then jq -r "$5" <"$GH_COMMENTS"; fi
"""
"""A `gh` that writes down what it is asked for, and gives the comments of a file."""

PYTHON = """\
#!/bin/sh
[ "$1 $2" = "-m pip" ] && exit 0
exec "{python}" "$@"
"""


class Repository:
    """A repository with a generated client on main, and a branch on top."""

    def __init__(self, folder: Path, fiddlehead: str, template: Repository | None = None) -> None:
        self.folder = folder / "repository"
        self.reports = folder / "reports"
        self.outputs = folder / "outputs"
        self.summary = folder / "summary"
        self.gh_log = folder / "gh.log"
        self.comments = folder / "comments.json"
        self.variables: dict[str, str] = {}
        self.where = "."
        self.tools = folder / "tools"
        for item in (self.folder, self.tools):
            item.mkdir()
        for name, text in {
            "gh": GH,
            "python": PYTHON.format(python=sys.executable),
            "fiddlehead": fiddlehead,
        }.items():
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)
        if template is not None:
            shutil.copytree(template.folder, self.folder, dirs_exist_ok=True)
            return
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
            "GH_COMMENTS": str(self.comments),
            **self.variables,
        }
        return subprocess.run(
            command,
            cwd=self.folder / self.where,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def output(self, *command: str) -> str:
        done = self.do(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

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


@pytest.fixture(scope="module")
def fiddlehead() -> Iterator[str]:
    with warm_command.fiddlehead() as command:
        yield command


@pytest.fixture(scope="module")
def template(fiddlehead: str, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(tmp_path_factory.mktemp("template"), fiddlehead)


@pytest.fixture
def repository(fiddlehead: str, template: Repository, tmp_path: Path) -> Repository:
    return Repository(tmp_path, fiddlehead, template)


def test_a_change_that_breaks_and_was_not_generated(repository: Repository) -> None:
    repository.change("x-fern-sdk-method-name: get", "x-fern-sdk-method-name: fetch")
    code, findings = repository.review()
    assert code == 0
    assert repository.outputs.read_text() == "drift=true\nbreaking=true\n"
    assert "::error file=out/acme/jobs/client.py" in findings
    report = (repository.reports / "report.md").read_text()
    assert "jobs.get" in report
    assert "out of date" in report
    assert repository.summary.read_text() == report
    assert (repository.reports / "report.html").stat().st_size > 1000
    assert (repository.reports / "drift.diff").read_text().startswith("diff --git")
    assert "pr comment 7 --body-file " in repository.gh_log.read_text()


def test_a_change_that_was_generated_and_breaks_nothing(repository: Repository) -> None:
    repository.change("[open, done]", "[open, done, lost]")
    repository.do("fiddlehead", "generate")
    code, findings = repository.review()
    assert code == 0
    assert repository.outputs.read_text() == "drift=false\nbreaking=false\n"
    assert "::error" not in findings
    assert (repository.reports / "drift.diff").read_text() == ""


RENAMED = ("x-fern-sdk-method-name: get", "x-fern-sdk-method-name: fetch")


@pytest.mark.skipif(shutil.which("jq") is None, reason="gh has a jq of its own, and this has none")
def test_the_comment_replaces_itself_and_no_other(repository: Repository) -> None:
    repository.change(*RENAMED)
    marker = "<!-- fiddlehead diff spec.yaml -->"
    bodies = {
        1: "Looks good.",
        2: f"> report\n> {marker}\n\nSee above.",
        3: "<!-- fiddlehead diff other.yaml -->",
        4: f"report\r\n\r\n{marker}\r\nThe client is out of date.",
    }

    def comments() -> str:
        return json.dumps([{"id": number, "body": body} for number, body in bodies.items()])

    repository.comments.write_text(comments())
    assert repository.review()[0] == 0
    log = repository.gh_log.read_text()
    assert "--method PATCH repos/{owner}/{repo}/issues/comments/4 " in log
    assert "pr comment" not in log
    assert f"\n{marker}\n" in (repository.reports / "report.md").read_text()
    # Where none of them is ours, one more is written.
    del bodies[4]
    repository.comments.write_text(comments())
    repository.gh_log.unlink()
    assert repository.review()[0] == 0
    assert "PATCH" not in repository.gh_log.read_text()
    assert "pr comment 7" in repository.gh_log.read_text()


def test_a_fork_may_not_write_comments(repository: Repository) -> None:
    repository.change(*RENAMED)
    repository.variables["GH_FAILS"] = "1"
    code, findings = repository.review()
    assert code == 0
    assert "::warning title=fiddlehead::the report could not be written as a comment" in findings
    assert repository.outputs.read_text() == "drift=true\nbreaking=true\n"
    assert "jobs.get" in repository.summary.read_text()


@pytest.mark.parametrize("base", ["origin/main", "v1", "HEAD~1", "sha"])
def test_a_shallow_clone_with_a_detached_head(repository: Repository, base: str) -> None:
    repository.git("tag", "v1", "main")
    commit = repository.output("git", "rev-parse", "main")
    repository.change(*RENAMED)
    repository.do("fiddlehead", "generate")
    repository.commit()
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
    clone = repository.folder.with_name("clone")
    source = repository.folder.as_uri()
    repository.git("clone", "-q", "--depth=1", "--branch", "change", source, str(clone))
    repository.folder = clone
    repository.git("checkout", "-q", "--detach")
    repository.git("branch", "-q", "-D", "change")
    repository.variables["BASE"] = commit if base == "sha" else base
    code, findings = repository.review()
    assert code == 0, findings
    assert repository.outputs.read_text() == "drift=false\nbreaking=true\n"


def test_a_base_that_is_nowhere(repository: Repository) -> None:
    repository.variables["BASE"] = "origin/gone"
    code, findings = repository.review()
    assert code == 2
    assert "::error title=fiddlehead::the revision origin/gone is not here" in findings


@pytest.mark.parametrize(
    ("where", "spec"),
    [(".", "spec.yaml"), ("sdk/python", "docs/api.yaml"), ("sdk/python", "sdk/api.yaml")],
)
def test_reports_name_files_as_the_repository_does(
    repository: Repository, where: str, spec: str
) -> None:
    folder = repository.folder
    if where != ".":
        (folder / where).mkdir(parents=True)
        (folder / spec).parent.mkdir(exist_ok=True)
        (folder / "spec.yaml").rename(folder / spec)
        (folder / "out").rename(folder / where / "out")
        path = os.path.relpath(folder / spec, folder / where)
        settings = (folder / "fiddlehead.toml").read_text()
        (folder / "fiddlehead.toml").unlink()
        (folder / where / "fiddlehead.toml").write_text(settings.replace("spec.yaml", path))
        repository.where = where
        repository.do("fiddlehead", "generate")
        repository.git("checkout", "-q", "main")
        repository.commit()
        repository.git("checkout", "-q", "-b", "moved")
    text = (folder / spec).read_text()
    (folder / spec).write_text(text.replace(*RENAMED))
    repository.variables["SPEC"] = spec
    code, findings = repository.review()
    assert code == 0
    annotations = [line for line in findings.splitlines() if line.startswith("::error")]
    prefix = "" if where == "." else f"{where}/"
    assert any(f"::error file={prefix}out/acme/jobs/client.py" in line for line in annotations)
    assert any(f"::error file={spec},line=" in line for line in annotations)
    report = (repository.reports / "report.md").read_text()
    assert f"`main:{spec}` → `{spec}`" in report
    page = (repository.reports / "report.html").read_text()
    for display in (findings, report, page, repository.summary.read_text()):
        assert str(folder.parent) not in display
    assert f"../{spec}" not in report + page


CI = ROOT / "docs" / "continuous-integration.md"


def blocks(language: str) -> list[str]:
    text = CI.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def gitlab() -> str:
    """The lines of the job, as GitLab runs them: in one shell, which ends where one fails."""
    (job,) = yaml.safe_load(blocks("yaml")[-1]).values()
    assert job["artifacts"]["when"] == "always"
    return "\n".join(["set -e", *job["script"]])


def jenkins() -> str:
    """The lines of the shell step, as Jenkins runs them."""
    (step,) = re.findall(r"sh '{3}\n(.*?)'{3}", blocks("groovy")[0], re.DOTALL)
    return f"set -e\n{step}"


@pytest.mark.parametrize("service", ["gitlab", "jenkins"])
def test_the_lines_for_other_services(repository: Repository, service: str) -> None:
    folder = repository.folder
    (folder / "spec").mkdir()
    (folder / "spec.yaml").rename(folder / "spec" / "openapi.yaml")
    settings = (folder / "fiddlehead.toml").read_text()
    (folder / "fiddlehead.toml").write_text(settings.replace("spec.yaml", "spec/openapi.yaml"))
    repository.do("fiddlehead", "generate")
    repository.git("checkout", "-q", "main")
    repository.commit()
    origin = folder.with_name("origin")
    repository.git("clone", "-q", "--bare", str(folder), str(origin))
    repository.git("remote", "add", "origin", str(origin))
    repository.variables["FIDDLEHEAD"] = "fiddlehead"
    repository.variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = repository.output(
        "git", "rev-parse", "main"
    )
    repository.variables["CHANGE_TARGET"] = "main"
    script = gitlab() if service == "gitlab" else jenkins()
    done = repository.do("sh", "-c", script)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing changed" in (folder / "review/report.md").read_text()
    text = (folder / "spec/openapi.yaml").read_text()
    (folder / "spec/openapi.yaml").write_text(text.replace(*RENAMED))
    done = repository.do("sh", "-c", script)
    assert done.returncode == 1
    assert "out/acme would change" in done.stderr
    repository.do("fiddlehead", "generate")
    done = repository.do("sh", "-c", script)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "jobs.get() is now jobs.fetch()" in done.stdout
    assert "fetch" in (folder / "review/report.md").read_text()
    assert (folder / "review/report.html").stat().st_size > 1000


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


def test_the_action_passes_the_arguments_of_the_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = [run for run in action["runs"]["steps"] if run.get("id") == "review"]
    script = (ROOT / ".ci/review").read_text()
    assert ".ci/review" in step["run"]
    for name in ("SPEC", "BASE", "REPORTS", "PULL_REQUEST"):
        assert name in step["env"] and f"{name}" in script
    for run in action["runs"]["steps"]:
        assert "uses" in run or "shell" in run


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
