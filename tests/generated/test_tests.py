"""The generated tests of the committed package, and of a package with all kinds of methods."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from fiddlehead.cli import main

from ..python.test_fakes import API
from ..python.workbench import make
from ..support import checkers
from ..support.pipeline import ROOT


def passed(folder: Path) -> int:
    """How many tests of a package passed; fails with their output where one does not."""
    arguments = ["-q", "-p", "no:cacheprovider", "-W", "error", "-c", "pytest.ini", "tests"]
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    done = checkers.run(["pytest", *arguments], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (count,) = re.findall(r"(\d+) passed", done.stdout)
    return int(count)


def test_those_of_embed_jobs(tmp_path: Path) -> None:
    for name in ("cohere", "tests"):
        shutil.copytree(ROOT / "generated" / name, tmp_path / name)
    assert passed(tmp_path) == 10
    # They notice a client that sends something else.
    client = tmp_path / "cohere" / "embed_jobs" / "client.py"
    text = client.read_text()
    for old, new in (
        ('"v1/embed-jobs/{id}/cancel"', '"v1/embed-jobs/{id}/stop"'),
        ('"dataset_id": dataset_id', '"dataset": dataset_id'),
    ):
        assert old in text
        text = text.replace(old, new)
    client.write_text(text)
    with pytest.raises(AssertionError, match="4 failed, 6 passed"):
        passed(tmp_path)


@pytest.mark.parametrize(
    ("layout", "settings"), [("compact", ""), ("compact", "tests-over-http = true"), ("fern", "")]
)
def test_every_kind_of_method(tmp_path: Path, layout: str, settings: str) -> None:
    text = f'output = "out"\n[python]\ntests = true\n{settings}\n'
    built = make(tmp_path, API, text, layout=layout, project=False)
    built.write(tmp_path / "out")
    assert ("acme/core/testing_server.py" in built.files) is bool(settings)
    assert passed(tmp_path / "out") == 2 * 11


def test_they_are_written_and_checked_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "fiddlehead.toml"
    text = f'spec = "{ROOT / "spec" / "openapi.yaml"}"\noutput = "out"\npackage = "acme"\n'
    settings.write_text(f"{text}project = false\n[python]\ntests = true\n")
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == main(["check"]) == 0
    test = tmp_path / "out" / "tests" / "test_embed_jobs.py"
    written = test.read_text()
    test.write_text(f"{written}# by hand\n")
    assert main(["check"]) == main(["generate"]) == 1
    test.write_text(written)
    settings.write_text(f"{text}project = false\n")
    assert main(["generate"]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"acme"}


def test_the_key_of_fern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fern = tmp_path / "fern"
    shutil.copytree(ROOT / "tests/cases/tests-of-the-package-fern/definition", fern / "definition")
    (fern / "fern.config.json").write_text('{"organization": "acme", "version": "1.0.0"}')
    (fern / "generators.yml").write_text(
        "groups: {python: {generators: [{name: fernapi/fern-python-sdk, version: 4.0.0, output:"
        " {location: local-file-system, path: ../out/acme}, config: {enable_wire_tests: true}}]}}"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "fern"]) == 0
    assert "testing_server" in (tmp_path / "out" / "tests" / "conftest.py").read_text()
    assert passed(tmp_path / "out") == 2
