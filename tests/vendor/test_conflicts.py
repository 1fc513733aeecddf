"""Resolving conflicts, reformatted copies, and the recorded options of a copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fiddlehead.cli import main
from fiddlehead.vendor.code_hash import code_hash

from .test_vendor import CLIENT, TWO, Place

THREE = {
    **TWO,
    "client.py": CLIENT.replace("return 3", "return 33").replace("return 2", "return 22"),
}


@pytest.fixture
def conflicting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A committed copy with an edit that conflicts with the new version, and an edit of a deleted
    file."""
    place = Place(tmp_path)
    monkeypatch.chdir(place.project)
    assert place.vendor() == 0
    place.commit()
    place.edit("client.py", "return 3", "return 333")
    place.edit("types/job.py", "class Job: ...", "class Job: pass")
    place.generate(TWO)
    return place


def test_by_default_nothing_is_written(
    conflicting: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert conflicting.vendor() == 1
    assert not (conflicting.copy / "types/task.py").exists()
    assert "--conflicts markers, ours or theirs" in capsys.readouterr().err
    assert conflicting.vendor("--quiet") == 1
    assert "conflict" in capsys.readouterr().err.splitlines()[0]


def test_markers(conflicting: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert conflicting.vendor("--conflicts", "markers") == 0
    output = capsys.readouterr().err
    assert (
        "marked    src/app/_vendor/acme/client.py: 1 edit here touches lines that changed" in output
    )
    text = (conflicting.copy / "client.py").read_text()
    assert "<<<<<<< yours\n        return 333\n=======\n        return 33\n>>>>>>> new\n" in text
    assert (conflicting.copy / "types/task.py").exists()
    assert "pass" in (conflicting.copy / "types/job.py").read_text()

    # Markers that are still there stop the next upgrade; once they are settled it works.
    conflicting.generate(THREE)
    assert conflicting.vendor() == 1
    assert "still has conflict markers" in capsys.readouterr().err
    head, _, rest = text.partition("<<<<<<< yours\n")
    ours, _, tail = rest.partition("=======\n")
    (conflicting.copy / "client.py").write_text(head + ours + tail.partition(">>>>>>> new\n")[2])
    assert conflicting.vendor() == 0
    settled = (conflicting.copy / "client.py").read_text()
    assert "return 333\n" in settled and "return 22\n" in settled


def test_text_that_is_right_already_is_accepted(conflicting: Place) -> None:
    assert conflicting.vendor("--conflicts", "markers") == 0
    (conflicting.copy / "client.py").write_text(
        (conflicting.source / "acme/client.py")
        .read_text()
        .replace("import acme\n", "from app._vendor import acme\n")
        .replace("from acme.types", "from app._vendor.acme.types")
    )
    assert conflicting.vendor() == 0
    assert main(["verify", str(conflicting.copy)]) == 1  # types/job.py was kept


def test_ours(conflicting: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert conflicting.vendor("--conflicts", "ours") == 0
    assert "return 333\n" in (conflicting.copy / "client.py").read_text()
    assert (conflicting.copy / "types/job.py").exists()
    # The next upgrade needs neither git nor the old source: the manifest has the original.
    conflicting.generate(THREE)
    assert conflicting.vendor() == 0
    text = (conflicting.copy / "client.py").read_text()
    assert "return 333\n" in text and "return 22\n" in text


def test_theirs_and_single_files(conflicting: Place) -> None:
    more = ("--conflicts", "theirs", "--conflicts", "types/job.py=ours")
    assert conflicting.vendor(*more) == 0
    assert "return 33\n" in (conflicting.copy / "client.py").read_text()
    assert "pass" in (conflicting.copy / "types/job.py").read_text()


def test_a_choice_for_one_file_leaves_the_others_in_conflict(
    conflicting: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert conflicting.vendor("--conflicts", "types/job.py=theirs") == 1
    output = capsys.readouterr().err
    assert "conflict  src/app/_vendor/acme/client.py" in output
    # A conflict prevents the other changes, so none is listed.
    assert not re.search("^(would|updated|added|deleted)", output, re.MULTILINE)
    assert "1 file cannot be merged" in output
    assert conflicting.vendor("--conflicts", "nothing") == 2
    assert "use one of markers, ours, theirs" in capsys.readouterr().err


def test_the_options_of_the_first_copy_are_remembered(place: Place) -> None:
    assert place.vendor("--pages", "--gitattributes", "--import-path", "elsewhere.acme") == 0
    place.generate(TWO)
    assert place.vendor() == 0
    assert "import elsewhere.acme" in (place.copy / "README.md").read_text() or (
        "from elsewhere import acme" in (place.copy / "README.md").read_text()
    )
    assert (place.copy / ".gitattributes").exists()
    assert "from elsewhere.acme.types import Job" in (place.copy / "client.py").read_text()
    assert place.vendor("--no-pages") == 0
    assert not (place.copy / "README.md").exists()
    assert (place.copy / ".gitattributes").exists()
    assert place.vendor() == 0
    assert not (place.copy / "README.md").exists()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    place = Place(tmp_path)
    monkeypatch.chdir(place.project)
    return place


def test_verify_tells_a_formatter_from_an_edit(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.vendor()
    place.edit(
        "client.py",
        "    def first(self) -> int:\n        return 1\n",
        "    def first(\n        self,\n    ) -> int:\n\n        return 1\n",
    )
    place.edit("types/job.py", "class Job: ...", "class Job2: ...")
    capsys.readouterr()
    assert main(["verify", str(place.copy)]) == 1
    output = capsys.readouterr().out
    assert "client.py: reformatted, the same code" in output
    assert "types/job.py: edited by hand" in output


def reformatted(text: str) -> str:
    """What a formatter with another line length would make of it."""
    for name in ("first", "second", "third"):
        text = text.replace(
            f"def {name}(self) -> int:", f"def {name}(\n        self,\n    ) -> int:"
        )
    return text.replace("return 2\n", "return (2)\n")


def test_upgrades_merge_over_reformatting(place: Place) -> None:
    place.vendor()
    place.commit()
    path = place.copy / "client.py"
    path.write_text(reformatted(path.read_text()))
    place.generate(TWO)
    assert place.vendor() == 0
    assert main(["verify", str(place.copy)]) == 0

    place.commit()

    # Reformatted and edited: the edit stays, in the formatting of the new version.
    path.write_text(reformatted(path.read_text().replace("return 1\n", "return 111\n")))
    place.generate(THREE)
    assert place.vendor() == 0
    text = path.read_text()
    assert "        return 111\n" in text and "        return 22\n" in text


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("f(a, b)", "f(\n    a,\n    b,\n)", True),
        ("x = 'a'", 'x = "a"', True),
        ("x = ('a' 'b')", "x = 'ab'", True),
        ("def f():\n  '''One.\n\n  Two.'''", "def f():\n        '''One.\n\n        Two.'''", True),
        ("x = 1  # one", "x = (1)  #one", True),
        ("x = 1", "x = 1  # one", False),
        ("x = 'a b'", "x = 'a  b'", False),
        ("def f():\n    '''One.'''", "def f():\n    '''One two.'''", False),
        ("x = None", "x = 0", False),
        ("x = 1", "x = True", False),
        ("x = 1", "x: int = 1", False),
        ("def f(a, /): ...", "def f(a): ...", False),
    ],
)
def test_code_hashes(old: str, new: str, same: bool) -> None:
    assert (code_hash(old.encode()) == code_hash(new.encode())) is same


def test_a_file_that_is_not_python_has_no_code_hash() -> None:
    assert code_hash(b"def f(:") is None
