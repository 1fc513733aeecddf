"""Colours, quiet mode, completion and watching, with the command as a process."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import queue
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from fiddlehead.cli import main

from .conftest import SETTINGS, SPEC, Project

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
FLAWED = SPEC.replace('{$ref: "#/components/schemas/State"}', "{type: strnig}")


@dataclass
class Said:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def fiddlehead(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in the folder, with environment variables."""
    monkeypatch.chdir(folder)

    def run(*arguments: str, **variables: str) -> Said:
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generated package with an edited file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "flawed.yaml").write_text(FLAWED)
    (tmp_path / "fiddlehead.toml").write_text(SETTINGS)
    assert main(["generate"]) == 0
    path = tmp_path / "out/acme/types/job.py"
    path.write_text(path.read_text() + "# mine\n")
    return tmp_path


COMMANDS = (
    ("lint", "flawed.yaml"),
    ("check",),
    ("check", "--fast"),
    ("generate",),
    ("verify", "out/acme"),
    ("diff", "spec.yaml", "flawed.yaml"),
    ("generate", "nowhere.yaml", "--output", "x", "--package", "y"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_colours_are_optional_and_do_not_change_the_text(
    fiddlehead: Run, command: tuple[str, ...]
) -> None:
    forced = fiddlehead(*command, FORCE_COLOR="1")
    plain = fiddlehead(*command)
    refused = fiddlehead(*command, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b[" in forced.stdout + forced.stderr
    assert "\x1b" not in plain.stdout + plain.stderr + refused.stdout + refused.stderr
    assert ESCAPE.sub("", forced.stdout) == plain.stdout
    assert ESCAPE.sub("", forced.stderr) == plain.stderr
    assert forced.returncode == plain.returncode


def test_an_empty_no_color_is_ignored(fiddlehead: Run) -> None:
    assert "\x1b[" in fiddlehead("check", FORCE_COLOR="1", NO_COLOR="").stderr


@pytest.mark.parametrize(
    "command",
    [
        ("lint", "flawed.yaml", "--format", "json"),
        ("check", "--format", "sarif"),
        ("verify", "out/acme", "--format", "json"),
        ("diff", "spec.yaml", "flawed.yaml", "--format", "markdown"),
    ],
    ids=" ".join,
)
def test_formats_for_machines_have_no_colours(fiddlehead: Run, command: tuple[str, ...]) -> None:
    assert "\x1b" not in fiddlehead(*command, FORCE_COLOR="1").stdout


def test_quiet_prints_errors_and_requested_output(fiddlehead: Run) -> None:
    assert fiddlehead("names", "--quiet").stderr == ""
    assert fiddlehead("names", "--quiet").stdout
    assert fiddlehead("generate", "--force", "-q").stderr == ""
    refused = fiddlehead("generate", "nowhere.yaml", "--output", "x", "--package", "y", "-q")
    assert refused.stderr == "fiddlehead: spec 'nowhere.yaml' not found\n"


@pytest.mark.parametrize("where", ["before", "after"])
def test_common_options_stand_before_a_command_or_after_it(
    folder: Path, fiddlehead: Run, where: str
) -> None:
    types = "".join(f"\n    X{n}: {{type: strnig}}" for n in range(9))
    (folder / "many.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas:" + types
    )

    def count(option: str) -> int:
        command = [option, "lint"] if where == "before" else ["lint", option]
        return fiddlehead(*command, "many.yaml").stderr.count("[unknown-type]")

    assert (count("--verbose"), count("--quiet")) == (9, 0)
    assert fiddlehead("lint", "many.yaml").stderr.count("[unknown-type]") == 1


def test_verify_has_formats(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.run("generate")
    (project.owned_folder / "client.py").write_text("x = 1\n")
    for name, word in (("json", '"rule": "edited"'), ("github", "::error"), ("sarif", "edited")):
        outcome = project.run("verify", str(project.owned_folder), "--format", name)
        assert outcome.code == 1 and word in outcome.out
        if name != "github":
            json.loads(outcome.out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "fiddlehead" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fiddlehead ver", {"verify"}),
        ("fiddlehead vendor --p", {"--pages"}),
        ("fiddlehead diff --format s", {"sarif"}),
        ("fiddlehead completion f", {"fish"}),
    ],
)
def test_completions(typed: str, expected: set[str], tmp_path: Path) -> None:
    variables = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "completions"),
        "_ARGCOMPLETE_COMP_WORDBREAKS": " ",
        "COMP_LINE": typed,
        "COMP_POINT": str(len(typed)),
        "_ARGCOMPLETE_IFS": "\n",
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "fiddlehead"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    result = (tmp_path / "completions").read_text().split()
    assert {text.strip() for text in result} == expected, done.stderr[-500:]
    for heavy in ("black", "jinja2", "yaml", "datamodel_code_generator", "rich"):
        assert not re.search(rf"\| +{heavy}$", done.stderr, re.MULTILINE), heavy


class Watched:
    """A `--watch` command in a separate process."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "fiddlehead", *arguments, "--watch"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.put(line)

    def said(self, text: str, seconds: float = 60) -> str:
        """The next line with a text."""
        end = time.monotonic() + seconds
        while True:
            line = self._lines.get(timeout=max(0, end - time.monotonic()))
            if text in line:
                return line

    def said_after(self, text: str, spec: Path, content: str) -> None:
        """Changes a description until a line with a text follows: the watcher starts after it has
        said so."""
        for number in range(60):
            spec.write_text(f"{content}{'#' * number}\n")
            with contextlib.suppress(queue.Empty):
                self.said(text, 1)
                return
        raise AssertionError(f"never said: {text}")

    def end(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=60)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()


@pytest.fixture
def watched(folder: Path) -> Iterator[Watched]:
    started = Watched(folder, "generate", "--force")
    yield started
    started.close()


def test_generate_watches(folder: Path, watched: Watched) -> None:
    watched.said("watching")
    late = SPEC.replace("[open, done]", "[open, done, late]")
    watched.said_after("1 of 1 operations", folder / "spec.yaml", late)
    watched.said("watching")
    assert "late" in (folder / "out/acme/types/state.py").read_text()
    watched.said_after("error[invalid-yaml]", folder / "spec.yaml", "openapi: [")
    watched.said("watching")
    assert watched.end() == 0


def terminal(folder: Path, variables: Mapping[str, str], *arguments: str) -> str:
    """The output of a command on a terminal."""
    main_end, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    for name in ("NO_COLOR", "FORCE_COLOR"):
        environment.pop(name, None)
    process = subprocess.Popen(
        [sys.executable, "-m", "fiddlehead", *arguments],
        cwd=folder,
        env=environment,
        stdin=other,
        stdout=other,
        stderr=other,
    )
    os.close(other)
    text = b""
    while select.select([main_end], [], [], 60)[0]:
        try:
            data = os.read(main_end, 65536)
        except OSError:
            break
        if not data:
            break
        text += data
    process.wait()
    os.close(main_end)
    return text.decode()


def test_a_terminal_has_colours_and_a_short_run_no_bar(folder: Path) -> None:
    text = terminal(folder, {}, "verify", "out/acme")
    assert "\x1b[33medited by hand\x1b[0m" in text
    assert "━" not in text
