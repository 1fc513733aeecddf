"""Changes many files as one transaction: an interruption leaves the old or the new package
complete.

All files are first written to a staging folder next to the package, so that a full disk or a
missing permission is found before anything is changed. The package is then swapped with one system
call, if the system has one. Otherwise files are replaced one by one after a backup of their old
contents with a journal; the next run undoes an interrupted one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sys
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict, cast

from ..checksums import digest
from ..manifest_values import MANIFEST
from .exchange import exchange
from .file_changes import (
    keep_folders,
    keep_modes,
    link_or_copy,
    move_file,
    parent_folders,
    refuse_read_only,
    remove_empty,
    temporary_part,
    write_all,
)
from .manifest import ManifestError, read_manifest
from .plan import OutputError, Plan, prefix_of, read_or_none, staging, walk

_JOURNAL = "journal.json"


class Journal(TypedDict):
    """The changes of an incomplete run: for each path, whether the file existed before."""

    commit: str | None
    """The checksum of the new manifest; if the package has it, the run was complete."""
    package: dict[str, bool]
    project: dict[str, bool]
    deleted: list[str]
    """Files of the package that the run deletes."""


@contextlib.contextmanager
def lock(folder: Path) -> Generator[None, None, None]:
    """Lock a folder against a second run; raises `OutputError`."""
    if sys.platform == "win32":
        yield  # Windows does not replace open files, which is sufficient as a lock.
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(
                f"another run is writing to '{folder}'", "wait until it is finished"
            ) from None
        except OSError:
            pass  # The file system does not support locks: the user must not start two runs.
        yield
    finally:
        os.close(handle)


def recover(owned_folder: Path) -> None:
    """Clean up after an interrupted run: the package is complete, in the old or the new version."""
    stage = staging(owned_folder)
    if not stage.exists():
        return
    if not owned_folder.exists() and (stage / "old").is_dir():
        (stage / "old").rename(owned_folder)
    journal = _journal(stage)
    for name in journal["package"] if journal is not None else ():
        temporary_part(owned_folder / name).unlink(missing_ok=True)
    if journal is not None and not _committed(owned_folder, journal):
        _undo(owned_folder, stage, journal["package"], "package")
        _undo(owned_folder.parent, stage, journal["project"], "project")
    _discard(owned_folder, stage)


def _committed(owned_folder: Path, journal: Journal) -> bool:
    """Whether the package is the new one: its manifest is written last."""
    manifest = read_or_none(owned_folder / MANIFEST)
    return manifest is not None and digest(manifest) == journal["commit"]


def apply(owned_folder: Path, package: Plan, project: Plan) -> None:
    """Apply the plans of the package and of its parent folder, both or none."""
    stage = staging(owned_folder)
    try:
        stage.mkdir()
        _stage(owned_folder, stage, package, project)
        refuse_read_only(owned_folder, owned_folder.parent, package, project)
        _swap(owned_folder, stage, package, project)
    except BaseException:
        with contextlib.suppress(OSError):
            recover(owned_folder)
        raise
    _discard(owned_folder, stage)


def _stage(owned_folder: Path, stage: Path, package: Plan, project: Plan) -> None:
    """Write the whole new package to `new`, and the old contents with a journal for undoing."""
    new = stage / "new"
    new.mkdir()
    changed = {*package.write, *package.delete}
    present = walk(owned_folder) if owned_folder.exists() else ()
    _link_all(owned_folder, new, [name for name in present if name not in changed])
    write_all(new, package.write)
    write_all(stage / "project", project.write)
    keep_modes(owned_folder, new, package)
    keep_modes(owned_folder.parent, stage / "project", project)
    keep_folders(owned_folder, new)
    _keep_old(owned_folder.parent, stage / "undo" / "project", project)
    journal: Journal = {
        "commit": digest(package.write[MANIFEST]) if MANIFEST in package.write else None,
        "package": {},
        "project": _undo_table(owned_folder.parent, project),
        "deleted": list(package.delete),
    }
    _write_journal(stage, journal)


def _swap(owned_folder: Path, stage: Path, package: Plan, project: Plan) -> None:
    _replace_all(stage / "project", owned_folder.parent, project)
    if not package.changes:
        return
    new = stage / "new"
    if not owned_folder.exists():
        new.rename(owned_folder)
        return
    is_beside = stage.parent != owned_folder and not _contains_mount(owned_folder)
    if is_beside and _swap_folders(owned_folder, stage):
        return
    _keep_old(owned_folder, stage / "undo" / "package", package)
    journal = _journal(stage)
    assert journal is not None
    journal["package"] = _undo_table(owned_folder, package)
    _write_journal(stage, journal)
    _replace_all(new, owned_folder, package)


def _swap_folders(owned_folder: Path, stage: Path) -> bool:
    """Swap the whole package; False where that is impossible: it is a mount point, a layer of a
    container image, or a folder that Windows has open."""
    new = stage / "new"
    if exchange(owned_folder, new):
        return True
    try:
        owned_folder.rename(stage / "old")
    except OSError as error:
        if error.errno in (errno.EXDEV, errno.EPERM, errno.EACCES, errno.EBUSY):
            return False
        raise
    new.rename(owned_folder)
    return True


def _contains_mount(owned_folder: Path) -> bool:
    """Whether a folder inside the package is a mount point, which would move with the package."""
    table = read_or_none(Path("/proc/self/mountinfo"))
    if table is None:
        return any(os.path.ismount(base) for base, _, _ in os.walk(owned_folder))
    # `ismount` does not find bind mounts of the same file system. A space is `\040` there.
    inside = f"{owned_folder.resolve()}{os.sep}".encode().replace(b" ", rb"\040")
    return any(line.split(b" ")[4].startswith(inside) for line in table.splitlines())


def _replace_all(source: Path, folder: Path, plan: Plan) -> None:
    for name in sorted({*plan.write} - {MANIFEST}):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        move_file(source / name, folder / name)
    for name in plan.delete:
        (folder / name).unlink(missing_ok=True)
        remove_empty(folder, name)
    if MANIFEST in plan.write:  # The last step: it marks the run as complete.
        move_file(source / MANIFEST, folder / MANIFEST)


def _link_all(folder: Path, new: Path, names: Sequence[str]) -> None:
    for parent in parent_folders(names):
        (new / parent).mkdir(parents=True, exist_ok=True)
    start, target = prefix_of(folder), prefix_of(new)
    for name in names:
        link_or_copy(start + name, target + name)


# --- going back ------------------------------------------------------------------------------


def _keep_old(folder: Path, undo: Path, plan: Plan) -> None:
    for name in (*plan.write, *plan.delete):
        old = read_or_none(folder / name)
        if old is not None:
            write_all(undo, {name: old})


def _undo_table(folder: Path, plan: Plan) -> dict[str, bool]:
    """For each path that changes, whether the file existed."""
    return {name: (folder / name).exists() for name in (*plan.write, *plan.delete)}


def _write_journal(stage: Path, journal: Journal) -> None:
    part = stage / (_JOURNAL + ".part")
    part.write_text(json.dumps(journal), encoding="utf-8")
    part.replace(stage / _JOURNAL)


def _journal(stage: Path) -> Journal | None:
    text = read_or_none(stage / _JOURNAL)
    return None if text is None else cast("Journal", json.loads(text))


def _undo(folder: Path, stage: Path, table: Mapping[str, bool], kind: str) -> None:
    for name, existed in table.items():
        old = stage / "undo" / kind / name
        if not existed:
            (folder / name).unlink(missing_ok=True)
            remove_empty(folder, name)
        elif old.exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            move_file(old, folder / name)


def _discard(owned_folder: Path, stage: Path) -> None:
    """Remove the staging folder; files that others added to the package meanwhile are kept."""
    journal = _journal(stage)
    if journal is not None and owned_folder.is_dir():
        # A journal of an earlier version does not list deleted files.
        deleted = frozenset(journal.get("deleted", ()))
        for tree in (stage / "new", stage / "old"):
            for name in _foreign(tree) if tree.is_dir() else ():
                if name not in deleted and not os.path.lexists(owned_folder / name):
                    (owned_folder / name).parent.mkdir(parents=True, exist_ok=True)
                    move_file(tree / name, owned_folder / name)
    shutil.rmtree(stage, ignore_errors=True)


def _foreign(tree: Path) -> list[str]:
    listed: set[str] = set()
    with contextlib.suppress(ManifestError):
        listed.update(read_manifest(tree).files)
    return [name for name in walk(tree) if name not in listed and name != MANIFEST]
