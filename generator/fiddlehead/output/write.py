"""Writes a package and its project files completely, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..checksums import digest
from ..frozen import dataclass
from ..manifest_values import MANIFEST
from . import fern_package
from .manifest import Manifest, ManifestError, read_manifest
from .merged import merged_digests, sides
from .plan import Conflict, OutputError, Plan, plan, read_or_none, staging
from .protected_files import ProtectedFiles
from .transaction import apply, lock, recover


class OutputConflict(OutputError):
    """fiddlehead did not write these files, or they were edited since."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__("these files would be lost, so nothing was written")
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True)
class Outcome:
    """The result of writing, with paths relative to the parent folder of the package."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: int


def write(
    owned_folder: Path,
    files: Mapping[str, bytes],
    project: Mapping[str, bytes],
    *,
    keep: ProtectedFiles,
    force: bool = False,
) -> Outcome:
    """Write `files` to `owned_folder`, and `project` next to it.

    `files` are by path inside the package and include its manifest; `project` is by path relative
    to the parent folder. Files of an earlier run that are not among them are deleted. Other files
    are kept; if one of them has the path of a new file, `OutputConflict` is raised, unless `force`
    is set. Files of a package that Fern generated count as generated if they are committed
    unchanged. `keep` are patterns relative to the parent folder. Unchanged files are not written.
    Raises `OutputError` if writing fails; the package is then unchanged.
    """
    if owned_folder.exists() and not owned_folder.is_dir():
        raise OutputConflict(
            [Conflict(owned_folder.name, "not written by fiddlehead, and not a folder")]
        )
    owned_folder = owned_folder.resolve()
    created = _make(owned_folder.parent)
    try:
        with lock(owned_folder.parent):
            return _write(owned_folder, files, project, keep, force)
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write{where}: {reason}; nothing was changed") from error
    finally:
        for folder in created:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _make(folder: Path) -> list[Path]:
    """Create a folder and its parents; returns the created ones, the innermost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot create the folder '{folder}': {reason}") from error
    return missing


def _write(
    owned_folder: Path,
    files: Mapping[str, bytes],
    project: Mapping[str, bytes],
    keep: ProtectedFiles,
    force: bool,
) -> Outcome:
    known = _manifests(owned_folder, force)
    recover(owned_folder)
    current = _current(owned_folder, force)
    listed = frozenset(name for manifest in current for name in manifest.files)
    checksums = _checksums([manifest.files for manifest in known])
    fern = fern_package.find(owned_folder) if not known else None
    if fern is not None:
        listed = frozenset({*fern.unmodified, *fern.modified})
        checksums = _checksums([fern.unmodified])
    listed_around = frozenset(name for manifest in current for name in manifest.project)
    checksums_around = _checksums([manifest.project for manifest in known])
    if len(current) > 1:
        _add_merged(owned_folder, "", listed, checksums)
        _add_merged(owned_folder, "../", listed_around, checksums_around)
    inside = plan(
        owned_folder,
        files,
        checksums,
        listed=listed,
        owns_folder=True,
        keep=keep.for_package(owned_folder.name),
        reasons=fern.modified if fern is not None else None,
    )
    around = plan(
        owned_folder.parent,
        project,
        checksums_around,
        listed=listed_around,
        owns_folder=False,
        keep=keep,
    )
    _stop_on_conflicts(owned_folder.name, inside, around, force)
    if inside.changes or around.changes:
        apply(owned_folder, inside, around)
    return Outcome(
        tuple(sorted([*(f"{owned_folder.name}/{name}" for name in inside.write), *around.write])),
        tuple(sorted([*(f"{owned_folder.name}/{name}" for name in inside.delete), *around.delete])),
        len(inside.unchanged) + len(around.unchanged),
    )


def _stop_on_conflicts(package: str, inside: Plan, around: Plan, force: bool) -> None:
    conflicts: list[Conflict] = []
    for changes, prefix in ((inside, f"{package}/"), (around, "")):
        for conflict in changes.conflicts:
            # A folder or a link at the path of a file is never removed, even with `force`.
            if not force or not (conflict.path in changes.write or conflict.path in changes.delete):
                conflicts.append(Conflict(prefix + conflict.path, conflict.reason))
    if conflicts:
        raise OutputConflict(sorted(conflicts, key=lambda conflict: conflict.path))


def _manifests(owned_folder: Path, force: bool) -> list[Manifest]:
    """The manifest of the package, and those of an interrupted run, whose files are generated too."""
    manifests = _current(owned_folder, force)
    stage = staging(owned_folder)
    for folder in (stage / "new", stage / "old"):
        with contextlib.suppress(ManifestError):
            manifests.append(read_manifest(folder))
    return manifests


def _current(owned_folder: Path, force: bool) -> list[Manifest]:
    """The manifest of the package; both manifests if a merge left conflict markers in it."""
    try:
        return [read_manifest(owned_folder)]
    except ManifestError as error:
        if error.why == "missing":
            return []
        problem = error
    text = (read_or_none(owned_folder / MANIFEST) or b"").decode("utf-8", "replace")
    with contextlib.suppress(ManifestError):
        both = sides(text, str(owned_folder / MANIFEST))
        if both:
            return both
    if force:
        return []
    raise OutputError(str(problem), problem.hint) from None


def _add_merged(
    owned_folder: Path, prefix: str, listed: Iterable[str], checksums: dict[str, frozenset[str]]
) -> None:
    """Add the files that git merged from two generated versions to the generated ones."""
    unknown: list[str] = []
    for name in sorted(listed):
        data = read_or_none(owned_folder / (prefix + name))
        if data is not None and digest(data) not in checksums.get(name, ()):
            unknown.append(prefix + name)
    for path, checksum in merged_digests(owned_folder, unknown).items():
        name = path.removeprefix(prefix)
        checksums[name] = checksums.get(name, frozenset()) | {checksum}


def _checksums(tables: Sequence[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    merged: dict[str, set[str]] = {}
    for table in tables:
        for name, checksum in table.items():
            merged.setdefault(name, set()).add(checksum)
    return {name: frozenset(checksums) for name, checksums in merged.items()}
