"""`fiddlehead verify`: the report about a changed folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fiddlehead.cli import main
from fiddlehead.output import ProtectedFiles
from fiddlehead.output.write import write

from tests.output.trees import OLD, with_manifest


@pytest.fixture
def owned_folder(tmp_path: Path) -> Path:
    write(tmp_path / "acme", with_manifest(OLD), {}, keep=ProtectedFiles())
    # It needs the folder and nothing else, under any name.
    shutil.move(tmp_path / "acme", tmp_path / "moved")
    return tmp_path / "moved"


def test_an_untouched_package(owned_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (owned_folder / "__pycache__").mkdir()
    (owned_folder / "__pycache__/client.cpython-313.pyc").write_bytes(b"\0")
    assert main(["verify", str(owned_folder)]) == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"{owned_folder.as_posix()} was not edited\n"


def test_every_touched_file_is_named(
    owned_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (owned_folder / "client.py").write_text("x")
    (owned_folder / "py.typed").unlink()
    (owned_folder / "types/mine.py").write_text("x")
    assert main(["verify", str(owned_folder)]) == 1
    output = capsys.readouterr()
    assert output.out.splitlines() == [
        f"{owned_folder.as_posix()}/client.py: edited by hand",
        f"{owned_folder.as_posix()}/py.typed: missing",
        f"{owned_folder.as_posix()}/types/mine.py: not from fiddlehead",
    ]
    assert output.err == f"{owned_folder.as_posix()}: 3 files changed\n"


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ('"client.py": "', '"client.py": "0', 1, "was edited"),
        ('"format": 1', '"format": 9', 2, "was written by a newer version"),
        ("{", "", 1, "it is not a valid manifest"),
    ],
)
def test_a_manifest_that_is_not_ours(
    owned_folder: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: int,
    message: str,
) -> None:
    path = owned_folder / "_manifest.json"
    path.write_text(path.read_text().replace(old, new, 1))
    assert main(["verify", str(owned_folder)]) == code
    assert message in capsys.readouterr().err


def test_a_folder_that_is_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "is not a generated package" in capsys.readouterr().err
