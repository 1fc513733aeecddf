"""The generated tests of the committed package, and those of a package with every kind of method."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

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
    made = make(tmp_path, API, text, layout=layout, project=False)
    made.write(tmp_path / "out")
    assert ("acme/core/testing_server.py" in made.files) is bool(settings)
    assert passed(tmp_path / "out") == 2 * 11
