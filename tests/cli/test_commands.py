"""Common behaviour of all commands, and small commands."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from fiddlehead import __version__, gc_pause
from fiddlehead.cli import generate as generate_command
from fiddlehead.cli.arguments import COMMANDS

from .conftest import SPEC, Project


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help(project: Project, command: str | None) -> None:
    outcome = project.run(*([command] if command else []), "--help")
    assert outcome.code == 0
    assert outcome.out.startswith("usage: fiddlehead")
    if command is None:
        assert all(f"\n    {name}" in outcome.out for name in COMMANDS)


def test_version(project: Project) -> None:
    assert project.run("--version").out == f"fiddlehead {__version__}\n"


def test_no_command_shows_the_help(project: Project) -> None:
    outcome = project.run()
    assert outcome.code == 2
    assert "usage: fiddlehead" in outcome.out


def test_an_unknown_command(project: Project) -> None:
    outcome = project.run("generat")
    assert outcome.code == 2
    assert "did you mean 'generate'?" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate", "--nonsense"),
        ("generate", "--layout", "wide"),
        ("vendor", "only-one"),
        ("generate", "gone.yaml", "--output", "x", "--package", "acme"),
        ("generate", "spec.yaml", "--output", "x", "--package", "not a name"),
        ("generate", "--settings", "gone.toml"),
        ("lint", "--settings", "spec.yaml"),
        ("verify", "gone"),
    ],
)
def test_wrong_usage(project: Project, arguments: tuple[str, ...]) -> None:
    before = project.files()
    outcome = project.run(*arguments)
    assert outcome.code == 2
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert project.files() == before


def test_a_bug_is_called_a_bug(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError("seven\nlines")

    monkeypatch.setattr(generate_command, "run", broken)
    outcome = project.run("generate")
    assert outcome.code == 70
    assert "This is a bug in fiddlehead" in outcome.err
    assert "--debug" in outcome.err
    assert "Traceback" not in outcome.err
    with pytest.raises(ZeroDivisionError):
        project.run("generate", "--debug")


def test_an_interrupt_is_no_bug(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(generate_command, "run", interrupted)
    outcome = project.run("generate")
    assert outcome.code == 130
    assert outcome.err == "\nfiddlehead: interrupted\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_control_c_while_it_works(project: Project) -> None:
    properties = "\n".join(f"        p{number}: {{type: string}}" for number in range(400))
    schemas = "\n".join(
        f"    S{number}:\n      type: object\n      properties:\n{properties}"
        for number in range(60)
    )
    project.spec(SPEC + schemas + "\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "fiddlehead", "generate"],
        cwd=project.folder,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts background jobs with SIGINT ignored, which child processes inherit.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    _, outcome = process.communicate(timeout=60)
    assert process.returncode == 130, outcome
    assert "Traceback" not in outcome
    assert not project.owned_folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are POSIX")
def test_a_reader_that_has_seen_enough(project: Project) -> None:
    properties = "\n".join(f"        p{number}: {{type: string}}" for number in range(3000))
    project.spec(SPEC + f"    Big:\n      type: object\n      properties:\n{properties}\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "fiddlehead", "names"],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    with process.stderr:
        text = process.stderr.read()
    assert process.wait(timeout=60) == 141
    assert text == b""


@pytest.mark.parametrize("text", [None, "openapi: 3.1.0\npaths: 1\n"])
def test_the_collector_works_as_before(project: Project, text: str | None) -> None:
    if text is not None:
        project.spec(text)
    project.run("generate")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_python_whose_collector_is_another(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc_pause, "CAN_FREEZE", False)
    monkeypatch.delattr(gc, "freeze")
    monkeypatch.delattr(gc, "unfreeze")
    assert project.run("generate").code == 0


def test_lint(project: Project) -> None:
    outcome = project.run("lint")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "spec.yaml: 1 of 1 operations; no problems\n"
    assert project.run("lint", "spec.yaml").code == 0
    assert not project.owned_folder.exists()


def test_lint_for_machines(project: Project) -> None:
    project.change('schemas/Job"', 'schemas/Jbo"')
    assert project.run("lint", "--strict").code == 3
    outcome = project.run("lint", "--format", "json")
    assert outcome.code == 0
    result = json.loads(outcome.out)
    assert (result[0]["rule"], result[0]["file"], result[0]["line"]) == (
        "unresolved-reference",
        "spec.yaml",
        14,
    )
    outcome = project.run("lint", "--format", "github")
    assert outcome.out.startswith("::warning file=spec.yaml,line=14,endLine=14,col=")
    log = json.loads(project.run("lint", "--format", "sarif").out)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "spec.yaml"
    assert place["region"]["startLine"] == 14


def test_names(project: Project) -> None:
    outcome = project.run("names")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert "method   jobs.get (wire: GET /jobs/{id})  spec.yaml:6:5" in lines
    assert "argument jobs.get.id  spec.yaml:10:20" in lines
    assert "model    types.Job  spec.yaml:18:7" in lines
    assert "field    types.Job.id  spec.yaml:21:13" in lines
    assert "enum     types.State  spec.yaml:23:12" in lines
    rows = json.loads(project.run("names", "--format", "json").out)
    assert {"kind": "model", "key": "types.Job", "name": "Job"}.items() <= next(
        row for row in rows if row["key"] == "types.Job"
    ).items()


def test_names_prints_the_keys_of_rename_settings(project: Project) -> None:
    project.settings('[naming.rename]\n"types.Job" = "Task"\n"jobs.get" = "fetch"\n')
    lines = project.run("names").out.splitlines()
    assert "model    types.Job -> Task  spec.yaml:18:7" in lines
    assert "method   jobs.get -> fetch (wire: GET /jobs/{id})  spec.yaml:6:5" in lines


def test_init_and_then_generate(project: Project) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / "spec.yaml").rename(project.folder / "openapi.yaml")
    assert project.run("init").code == 0
    text = (project.folder / "fiddlehead.toml").read_text()
    assert 'spec = "openapi.yaml"' in text
    assert 'package = "acme"' in text
    assert project.run("generate").code == 0
    assert (project.folder / "generated/acme/client.py").is_file()
    again = project.run("init")
    assert again.code == 2
    assert "fiddlehead.toml already exists" in again.err


def test_init_beside_settings_in_pyproject(project: Project) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / "pyproject.toml").write_text("[tool.fiddlehead]\n")
    outcome = project.run("init", "spec.yaml")
    assert outcome.code == 2
    assert "pyproject.toml with [tool.fiddlehead] already exists" in outcome.err
    assert not (project.folder / "fiddlehead.toml").exists()


def test_init_without_a_description(project: Project) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / "spec.yaml").unlink()
    (project.folder / "docker-compose.yml").write_text("services: {}\n")
    (project.folder / "package.json").write_text('{"dependencies": {"openapi": "3.0.0"}}')
    assert "no description was found in this folder" in project.run("init").err
    assert "'gone.yaml' not found" in project.run("init", "gone.yaml").err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_init_where_nothing_can_be_written(project: Project) -> None:
    (project.folder / "fiddlehead.toml").unlink()
    project.folder.chmod(0o555)
    outcome = project.run("init", "spec.yaml")
    project.folder.chmod(0o755)
    assert outcome.code == 2
    assert "cannot write fiddlehead.toml" in outcome.err


def test_diff(project: Project) -> None:
    old = project.folder / "old.yaml"
    old.write_text(SPEC)
    project.change("        id: {type: string}\n", "        id: {type: integer}\n")
    outcome = project.run("diff", "old.yaml", "spec.yaml")
    assert outcome.code == 1
    assert "id" in outcome.out
    assert project.run("diff", "old.yaml", "spec.yaml", "--exit-zero").code == 0
    assert project.run("diff", "old.yaml", "old.yaml").code == 0
    page = project.run("diff", "old.yaml", "spec.yaml", "--format", "html", "--output", "r.html")
    assert page.code == 1
    assert (project.folder / "r.html").read_text().lower().startswith("<!doctype html>")
    assert project.run("diff", "gone.yaml", "spec.yaml").code == 2
    assert project.run("diff", "main:spec.yaml", "spec.yaml").code == 2
    old.write_text("openapi: [\n")
    assert project.run("diff", "old.yaml", "spec.yaml").code == 3


def test_diff_without_arguments_compares_with_the_description_of_the_package(
    project: Project,
) -> None:
    git = ["git", "-C", str(project.folder), "-c", "user.name=x", "-c", "user.email=x@x.x"]
    subprocess.run([*git, "init", "-q"], check=True)
    project.run("generate")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "one"], check=True)
    assert project.run("diff").code == 0
    project.change("x-fern-sdk-method-name: get", "x-fern-sdk-method-name: fetch")
    outcome = project.run("diff")
    assert outcome.code == 1
    assert "jobs.get" in outcome.out


def test_the_module_is_the_command(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fiddlehead", "--version"], capture_output=True, text=True
    )
    assert done.stdout == f"fiddlehead {__version__}\n"


def test_init_offers_git_attributes(project: Project) -> None:
    line = "generated/** text eol=lf linguist-generated=true"
    (project.folder / "fiddlehead.toml").unlink()
    outcome = project.run("init", "spec.yaml")
    assert f"  {line}" in outcome.err and not (project.folder / ".gitattributes").exists()
    (project.folder / "fiddlehead.toml").unlink()
    (project.folder / ".gitattributes").write_text("*.png binary")
    assert "added a line" in project.run("init", "spec.yaml", "--gitattributes").err
    expected = f"*.png binary\n{line}\n"
    assert (project.folder / ".gitattributes").read_text() == expected
    (project.folder / "fiddlehead.toml").unlink()
    assert ".gitattributes" not in project.run("init", "spec.yaml", "--gitattributes").err
    assert (project.folder / ".gitattributes").read_text() == expected
