"""Moves and writes files and folders, with their permissions."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from .. import parallel
from .plan import STAGING, Plan

_MANY = 500
"""From how many files on two processes write them."""


def move_file(source: Path, target: Path) -> None:
    """Move a file atomically to the place of another, also if the package is a mount point on
    another file system."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = temporary_part(target)
        part.unlink(missing_ok=True)
        if source.is_symlink():
            part.symlink_to(source.readlink())
        else:
            shutil.copy2(source, part)
        part.replace(target)  # The source is removed with the staging folder.


def temporary_part(target: Path) -> Path:
    """The temporary path of a file that is copied from another file system."""
    return target.with_name(f".{target.name}.fiddlehead")


def keep_modes(folder: Path, new: Path, plan: Plan) -> None:
    """Keep the permissions of files that are written again."""
    for name in plan.write if folder.exists() else ():
        if (folder / name).is_file():
            shutil.copymode(folder / name, new / name)


def keep_folders(owned_folder: Path, new: Path) -> None:
    """Create the empty folders of the package again, and keep the permissions of folders."""
    if not owned_folder.exists():
        return
    for base, folders, names in os.walk(owned_folder, topdown=True):
        folders[:] = [
            name
            for name in folders
            if name not in ("__pycache__", STAGING) and not (Path(base) / name).is_symlink()
        ]
        counterpart = new / Path(base).relative_to(owned_folder)
        if not folders and not names:
            counterpart.mkdir(parents=True, exist_ok=True)
        if counterpart.is_dir():
            shutil.copymode(base, counterpart)


def remove_empty(folder: Path, name: str) -> None:
    for parent in (folder / name).parents:
        if parent == folder:
            return
        shutil.rmtree(parent / "__pycache__", ignore_errors=True)
        try:
            parent.rmdir()
        except OSError:
            return


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for parent in parent_folders(files):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    names = list(files)
    half = len(names) // 2 if len(names) >= _MANY else len(names)

    def write(wanted: Sequence[str]) -> None:
        for name in wanted:
            (folder / name).write_bytes(files[name])

    if half == len(names):
        write(names)
        return
    with parallel.beside(partial(write, names[half:])) as rest_written:
        write(names[:half])
        rest_written()


def parent_folders(names: Iterable[str]) -> Iterable[str]:
    """The folders of files, each once."""
    return dict.fromkeys(name.rpartition("/")[0] for name in names)


def link_or_copy(old: str, new: str) -> None:
    if os.path.islink(old):  # noqa: PTH114  # a `Path` for each file takes too long
        Path(new).symlink_to(Path(old).readlink())
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def refuse_read_only(owned_folder: Path, around: Path, package: Plan, project: Plan) -> None:
    """Respect read-only folders, which swapping the whole package would bypass."""
    for folder, plan in ((owned_folder, package), (around, project)):
        for name in parent_folders((*plan.write, *plan.delete)):
            parent = folder / name
            if parent.exists() and not os.access(parent, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
