"""Plans the writing of files: files to write, files to delete, and conflicts."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from ..checksums import blocks, digest
from ..frozen import dataclass
from ..manifest_values import MANIFEST, unsafe
from .line_endings import same_text, with_endings_of
from .protected_files import ProtectedFiles

_RENAME = "choose another name with [naming.rename] in the settings"


class OutputError(Exception):
    """Files could not be written, and nothing was changed; `hint` gives the fix."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Conflict:
    """A file that would be lost by writing, and why fiddlehead must not overwrite it."""

    path: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """The changes of one folder, by path inside it."""

    write: Mapping[str, bytes]
    delete: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def changes(self) -> bool:
        return bool(self.write or self.delete)


def plan(
    folder: Path,
    files: Mapping[str, bytes],
    ours: Mapping[str, frozenset[str]],
    *,
    listed: frozenset[str],
    owns_folder: bool,
    keep: ProtectedFiles,
    reasons: Mapping[str, str] | None = None,
) -> Plan:
    """The changes of `folder` so that it has `files`.

    `ours` has the checksums of files that fiddlehead wrote. `listed` are the paths in the manifest;
    those that are not in `files` are stale. `owns_folder` means that fiddlehead owns the folder, so that
    other files in it are checked too. Protected files are never conflicts. `reasons` explains
    conflicts of single files. Raises `OutputError` for a path outside the folder or that some
    operating systems do not allow.
    """
    folded = _checked_names(files)
    conflict_reasons = reasons or {}
    write: dict[str, bytes] = {}
    unchanged: list[str] = []
    conflicts: list[Conflict] = []
    # A folder that does not exist yet has no conflicts.
    is_new = not folder.exists() and not folder.is_symlink()
    start = prefix_of(folder)
    folders: dict[str, Conflict | None] = {}
    for name, data in sorted(files.items()):
        if is_new:
            write[name] = data
            continue
        blocked = _blocked(start, name, folders)
        if blocked is not None:
            conflicts.append(blocked)
            continue
        old = read_or_none(start + name)
        if same_text(old, data):
            unchanged.append(name)
            continue
        write[name] = with_endings_of(data, old)
        if old is not None and name != MANIFEST and digest(old) not in ours.get(name, ()):
            conflicts.append(Conflict(name, conflict_reasons.get(name) or _reason(name in listed)))
    delete: list[str] = []
    for name in sorted(listed - files.keys()):
        old = read_or_none(folder / name) if name not in keep else None
        if old is None:
            continue
        delete.append(name)
        if digest(old) not in ours.get(name, ()):
            reason = conflict_reasons.get(name, "edited by hand")
            conflicts.append(Conflict(name, f"{reason}, and no longer generated"))
    if owns_folder:
        conflicts += _case_conflicts(folder, {*files, *delete}, folded)
    return Plan(write, tuple(delete), tuple(unchanged), tuple(conflicts))


def _checked_names(files: Iterable[str]) -> dict[str, str]:
    """Paths by their case-folded form; raises `OutputError` for an invalid path, or two paths that
    differ only in case."""
    folded: dict[str, str] = {}
    for name in files:
        problem = unsafe(name)
        if problem is not None:
            raise OutputError(f"'{name}' cannot be written: {problem}", _RENAME)
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            problem = f"'{other}' and '{name}' are the same file on case-insensitive file systems"
            raise OutputError(problem, _RENAME)
    return folded


def _case_conflicts(
    folder: Path, known: Container[str], folded: Mapping[str, str]
) -> Iterator[Conflict]:
    """Files of others whose paths differ from ours only in case."""
    for name in walk(folder):
        other_case = folded.get(name.casefold())
        if name not in known and other_case is not None:
            reason = f"not written by fiddlehead, and '{other_case}' differs from it only in case"
            yield Conflict(name, reason)


def _reason(listed: bool) -> str:
    return "edited by hand" if listed else "not written by fiddlehead"


def _blocked(start: str, name: str, folders: dict[str, Conflict | None]) -> Conflict | None:
    """A file or link at the path of a folder, or a folder at the path of the file. `folders` has the
    results for the folders of other files."""
    blocked = _blocked_folder(start, name.rpartition("/")[0], folders)
    if blocked is None and _kind(start + name) not in (None, stat.S_IFREG):
        return Conflict(name, "not written by fiddlehead, and not a regular file")
    return blocked


def _blocked_folder(start: str, name: str, folders: dict[str, Conflict | None]) -> Conflict | None:
    if not name:
        return None
    if name not in folders:
        folders[name] = _blocked_folder(start, name.rpartition("/")[0], folders)
        if folders[name] is None and _kind(start + name) not in (None, stat.S_IFDIR):
            reason = "not written by fiddlehead, but has the path of a folder"
            folders[name] = Conflict(name, reason)
    return folders[name]


def _kind(path: str) -> int | None:
    """The kind of a file, folder or link; None if there is none."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
"""The errors of a path without a file."""


def read_or_none(path: Path | str) -> bytes | None:
    """The content of a file; None if it does not exist."""
    try:
        return b"".join(blocks(str(path)))
    except MISSING:
        return None


STAGING = ".staging.fiddlehead"
"""The staging folder in a package whose parent folder is read-only."""


def staging(owned_folder: Path) -> Path:
    """The staging folder; it is removed at the end of the run.

    It is next to the package, or in a package that is a mount point in a read-only folder.
    """
    is_inside = owned_folder.is_dir() and not os.access(owned_folder.parent, os.W_OK)
    if is_inside and os.access(owned_folder, os.W_OK):
        return owned_folder / STAGING
    return owned_folder.parent / f".{owned_folder.name}.fiddlehead"


def interrupted(owned_folder: Path) -> bool:
    """Whether a run was interrupted and not cleaned up."""
    return staging(owned_folder.resolve()).exists()


def walk(folder: Path) -> Iterator[str]:
    """All files and links below a folder by relative path, sorted, without Python's caches, and
    without what an interrupted run left."""
    start = len(prefix_of(folder))
    for base, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(base) / name).is_symlink()]
        folders[:] = sorted({*folders} - {"__pycache__", STAGING} - {*linked})
        inside = prefix_of(Path(base))[start:].replace(os.sep, "/")
        for name in sorted([*names, *linked]):
            if not name.endswith(".pyc"):
                yield inside + name


def prefix_of(folder: Path) -> str:
    """The prefix of the paths of files in a folder. Joining strings is much faster than creating
    thousands of `Path` objects."""
    return str(folder / "x")[:-1]
