"""Writing: changed files, unchanged files, and errors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fiddlehead.output import OutputError, ProtectedFiles
from fiddlehead.output.write import OutputConflict, write

from .trees import (
    HEADER,
    NEW,
    NEW_PROJECT,
    OLD,
    OLD_PROJECT,
    encoded,
    expected,
    seen,
    with_manifest,
)


def put(folder: Path, which: str = "old", force: bool = False) -> None:
    files, project = (OLD, OLD_PROJECT) if which == "old" else (NEW, NEW_PROJECT)
    write(
        folder / "acme",
        with_manifest(files, project),
        encoded(project),
        keep=ProtectedFiles(),
        force=force,
    )


def conflicts(folder: Path, force: bool = False) -> dict[str, str]:
    before = seen(folder)
    with pytest.raises(OutputConflict) as caught:
        put(folder, "new", force)
    assert seen(folder) == before
    return {conflict.path: conflict.reason for conflict in caught.value.conflicts}


def test_a_package_is_written_and_then_becomes_another(tmp_path: Path) -> None:
    put(tmp_path)
    assert seen(tmp_path) == expected(with_manifest(OLD, OLD_PROJECT), OLD_PROJECT)
    put(tmp_path, "new")
    assert seen(tmp_path) == expected(with_manifest(NEW, NEW_PROJECT), NEW_PROJECT)
    assert not (tmp_path / "acme/old_group").exists()


def test_the_outcome_lists_the_actions(tmp_path: Path) -> None:
    put(tmp_path)
    files = with_manifest(NEW, NEW_PROJECT)
    outcome = write(tmp_path / "acme", files, encoded(NEW_PROJECT), keep=ProtectedFiles())
    assert "acme/client.py" in outcome.written
    assert "README.md" in outcome.written
    assert outcome.deleted == ("acme/old_group/client.py", "acme/types/gone.py", "reference.md")
    assert outcome.unchanged == 2


def test_an_unchanged_package_is_not_written(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme").chmod(0o755)
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    put(tmp_path)
    after = {path: path.stat() for path in tmp_path.rglob("*")}
    assert {p: (s.st_ino, s.st_mtime_ns) for p, s in before.items()} == {
        p: (s.st_ino, s.st_mtime_ns) for p, s in after.items()
    }


def test_files_that_do_not_change_keep_their_identity(tmp_path: Path) -> None:
    put(tmp_path)
    remaining = tmp_path / "acme/py.typed"
    remaining.chmod(0o600)
    before = remaining.stat()
    put(tmp_path, "new")
    assert (remaining.stat().st_mtime_ns, remaining.stat().st_mode) == (
        before.st_mtime_ns,
        before.st_mode,
    )


def test_other_peoples_files_stay(tmp_path: Path) -> None:
    put(tmp_path)
    mine = {
        "acme/mine.py": b"MINE = 1\n",
        "acme/types/mine/deep.txt": b"\xff",
        "notes.txt": b"beside\n",
        "acme/old_group/mine.py": b"in a folder that goes\n",
    }
    for name, data in mine.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "acme/link").symlink_to("client.py")
    put(tmp_path, "new")
    files = seen(tmp_path)
    assert {name: files[name] for name in mine} == mine
    assert (tmp_path / "acme/link").readlink() == Path("client.py")


def test_edited_and_foreign_files_stop_the_run_by_name(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme/client.py").write_text("MY = 1\n")
    (tmp_path / "acme/types/gone.py").write_text("MY = 2\n")
    (tmp_path / "acme/types/added.py").write_text("MY = 3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'mine'\n")
    assert conflicts(tmp_path) == {
        "acme/client.py": "edited by hand",
        "acme/types/added.py": "not written by fiddlehead",
        "acme/types/gone.py": "edited by hand, and no longer generated",
        "pyproject.toml": "not written by fiddlehead",
    }
    put(tmp_path, "new", force=True)
    assert seen(tmp_path) == expected(with_manifest(NEW, NEW_PROJECT), NEW_PROJECT)


def test_an_edit_equal_to_the_new_content_is_no_conflict(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme/client.py").write_text(NEW["client.py"])
    put(tmp_path, "new")
    assert seen(tmp_path) == expected(with_manifest(NEW, NEW_PROJECT), NEW_PROJECT)


def test_an_edited_file_that_does_not_change_stops_the_run_too(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme/__init__.py").write_text(HEADER + "import os\n")
    assert conflicts(tmp_path) == {"acme/__init__.py": "edited by hand"}


def test_folders_and_links_in_the_way_are_never_forced(tmp_path: Path) -> None:
    put(tmp_path)
    elsewhere = tmp_path.parent / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "acme/new_group").symlink_to(elsewhere)
    (tmp_path / "acme/types/added.py").mkdir()
    assert list(conflicts(tmp_path, force=True)) == ["acme/new_group", "acme/types/added.py"]
    assert not list(elsewhere.iterdir())


def test_a_file_that_differs_in_case_only_is_in_the_way(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme/types/Added.py").write_text("MINE = 1\n")
    assert list(conflicts(tmp_path, force=True)) == ["acme/types/Added.py"]


@pytest.mark.parametrize(
    "name",
    [
        "../out.py",
        "/etc/out.py",
        "a/../../out.py",
        "a//b.py",
        "./a.py",
        "a\\b.py",
        "c:x.py",
        "nul.py",
        "a/COM1",
        "trailing. ",
        "new\nline.py",
        "",
    ],
)
def test_no_path_leads_out_of_the_package(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "acme", {name: b""}, {}, keep=ProtectedFiles())
    assert not list(tmp_path.parent.glob("out.py"))


def test_two_names_that_are_one_on_some_disks_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the same file on case-insensitive"):
        write(tmp_path / "acme", {"a/User.py": b"", "a/user.py": b""}, {}, keep=ProtectedFiles())


def test_a_kept_file_is_not_deleted_when_it_is_no_longer_generated(tmp_path: Path) -> None:
    put(tmp_path)
    write(
        tmp_path / "acme",
        with_manifest(NEW),
        {},
        keep=ProtectedFiles(["acme/types/gone.py", "README.md"]),
    )
    assert (tmp_path / "acme/types/gone.py").read_text() == OLD["types/gone.py"]
    assert (tmp_path / "README.md").exists()
    assert not (tmp_path / "reference.md").exists()
    assert not (tmp_path / "acme/old_group").exists()


def test_a_damaged_manifest_stops_the_run(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "acme/_manifest.json").write_text("<<<<<<< HEAD\n")
    before = seen(tmp_path)
    with pytest.raises(OutputError, match="was edited"):
        put(tmp_path, "new")
    assert seen(tmp_path) == before
    put(tmp_path, "new", force=True)
    assert seen(tmp_path)["acme/client.py"].endswith(b"VERSION = 2\n")


def test_a_file_where_the_package_has_to_be(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("mine")
    with pytest.raises(OutputConflict):
        put(tmp_path, "new", force=True)
    assert (tmp_path / "acme").read_text() == "mine"


def test_a_package_behind_a_link_is_written_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    put(tmp_path / "real")
    (tmp_path / "links").mkdir()
    (tmp_path / "links/acme").symlink_to(tmp_path / "real/acme")
    write(tmp_path / "links/acme", with_manifest(NEW), {}, keep=ProtectedFiles())
    assert (tmp_path / "links/acme").is_symlink()
    assert (tmp_path / "real/acme/client.py").read_text() == NEW["client.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_and_empty_folders_of_the_user_stay(tmp_path: Path) -> None:
    owned_folder = tmp_path / "acme"
    put(tmp_path, "old")
    (owned_folder / "client.py").chmod(0o600)
    (owned_folder / "py.typed").chmod(0o755)
    (tmp_path / "README.md").chmod(0o640)
    (owned_folder / "types").chmod(0o750)
    (owned_folder / "mine/empty").mkdir(parents=True)
    (owned_folder / "old_group/notes").mkdir()
    put(tmp_path, "new")
    modes = {
        name: (tmp_path / name).stat().st_mode & 0o777
        for name in ("acme/client.py", "acme/py.typed", "README.md", "acme/types")
    }
    assert modes == {
        "acme/client.py": 0o600,
        "acme/py.typed": 0o755,
        "README.md": 0o640,
        "acme/types": 0o750,
    }
    assert (owned_folder / "mine/empty").is_dir()
    assert (owned_folder / "old_group/notes").is_dir()
