"""What writing would do: files to write, files to delete, and what stands in the way."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .line_endings import same_text, with_endings_of
from .manifest import MANIFEST, digest, unsafe
from .protected_files import ProtectedFiles

_RENAME = "give what it is named after another name: [naming.rename] in the settings"


class OutputError(Exception):
    """Files could not be written, and nothing was changed; `hint` says what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Conflict:
    """A file that writing would lose, and why it is not fiddlehead's to lose."""

    path: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """Changes of one folder, by path inside it."""

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
    whole: bool,
    keep: ProtectedFiles,
    reasons: Mapping[str, str] | None = None,
) -> Plan:
    """What has to change in `folder` so that it has `files`.

    `ours` has the checksums that a file had when fiddlehead wrote it. `listed` are the paths of
    the manifest: those that are not in `files` any more are stale. `whole` says that the folder
    is the package, whose other files are looked at too; else it is a folder with a life of its
    own. Kept files are in nobody's way. `reasons` says of single files why they cannot be lost.
    Raises `OutputError` for a path that leads out of the folder, or that some systems cannot have.
    """
    folded = _checked_names(files)
    told = reasons or {}
    write: dict[str, bytes] = {}
    unchanged: list[str] = []
    conflicts: list[Conflict] = []
    # In a folder that is to be made nothing is in the way.
    is_new = not folder.exists() and not folder.is_symlink()
    for name, data in sorted(files.items()):
        if is_new:
            write[name] = data
            continue
        blocked = _blocked(folder, name)
        if blocked is not None:
            conflicts.append(blocked)
            continue
        old = read_or_none(folder / name)
        if same_text(old, data):
            unchanged.append(name)
            continue
        write[name] = with_endings_of(data, old)
        if old is not None and name != MANIFEST and digest(old) not in ours.get(name, ()):
            conflicts.append(Conflict(name, told.get(name) or _reason(name in listed)))
    delete: list[str] = []
    for name in sorted(listed - files.keys()):
        old = read_or_none(folder / name) if name not in keep else None
        if old is None:
            continue
        delete.append(name)
        if digest(old) not in ours.get(name, ()):
            reason = told.get(name, "edited by hand")
            conflicts.append(Conflict(name, f"{reason}, and no longer generated"))
    if whole:
        conflicts += _case_conflicts(folder, {*files, *delete}, folded)
    return Plan(write, tuple(delete), tuple(unchanged), tuple(conflicts))


def _checked_names(files: Iterable[str]) -> dict[str, str]:
    """Paths by what they are where case does not count; raises `OutputError` for a path that cannot
    be written, or two that are one file there."""
    folded: dict[str, str] = {}
    for name in files:
        problem = unsafe(name)
        if problem is not None:
            raise OutputError(f"'{name}' cannot be written: {problem}", _RENAME)
        other = folded.setdefault(name.casefold(), name)
        if other != name:
            problem = f"'{other}' and '{name}' are one file where case does not count"
            raise OutputError(problem, _RENAME)
    return folded


def _case_conflicts(
    folder: Path, known: Container[str], folded: Mapping[str, str]
) -> Iterator[Conflict]:
    """The files of others whose paths differ from ours only in case."""
    for name in walk(folder):
        twin = folded.get(name.casefold())
        if name not in known and twin is not None:
            reason = f"not written by fiddlehead, and '{twin}' differs from it only in case"
            yield Conflict(name, reason)


def _reason(listed: bool) -> str:
    return "edited by hand" if listed else "not written by fiddlehead"


def _blocked(folder: Path, name: str) -> Conflict | None:
    """A file or a link where a folder must be, or a folder where the file must be."""
    parts = name.split("/")
    for length in range(1, len(parts)):
        above = "/".join(parts[:length])
        path = folder / above
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            return Conflict(above, "not written by fiddlehead, where a folder must be")
    path = folder / name
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return Conflict(name, "not written by fiddlehead, and no plain file")
    return None


def read_or_none(path: Path | str) -> bytes | None:
    """The content of a file; None where there is none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # a `Path` of each file takes too long
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def walk(folder: Path) -> Iterator[str]:
    """All files and links below a folder by relative path, sorted, without Python's caches."""
    start = len(prefix_of(folder))
    for base, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(base) / name).is_symlink()]
        folders[:] = sorted({*folders} - {"__pycache__"} - {*linked})
        inside = prefix_of(Path(base))[start:].replace(os.sep, "/")
        for name in sorted([*names, *linked]):
            if not name.endswith(".pyc"):
                yield inside + name


def prefix_of(folder: Path) -> str:
    """What the paths of files in a folder begin with: for thousands of files, strings are put
    together, since a `Path` takes longer to make than a small file to read."""
    return str(folder / "x")[:-1]
