"""Finds the description that a package was generated from, on disk or in the git history."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from ..diagnostics import Diagnostics
from ..frozen import dataclass
from ..source import STDIN, Sources
from .revision_sides import files_of_fern_folder, write_side
from .revisions import SUFFIXES, GitError, Repository
from .sides import Search, Side

MANIFEST = "_manifest.json"


def description_of_package(package_folder: Path, search: Search) -> Side | None:
    """The description that a package was generated from, found by the checksums in its manifest.

    It is the current file, or else a version in the git history. With a Fern folder in the
    settings, the result is the old version of that folder.
    """
    recorded = _recorded(package_folder, search.diagnostics)
    if recorded is None:
        return None
    label = search.display_path(package_folder)
    if PurePosixPath(recorded.path).name == STDIN:
        search.diagnostics.error(
            "missing-file",
            f"'{label}' was generated from standard input: there is no file to compare with",
            hint="pass the old description: fiddlehead diff OLD NEW",
        )
        return None
    recorded_search = (
        recorded.relative_to_ancestor_of(search.spec) if search.spec is not None else None
    )
    bases = [(base, recorded) for base in _bases(search, package_folder)]
    bases = [*([recorded_search] if recorded_search is not None else []), *bases]
    for base, here in bases:
        if _fits(here, partial(_on_disk, base)):
            return Side(
                f"{label} ({here.path})", search.fern or base / here.path, search.root or search.cwd
            )
    problem = "the file has changed, and there is no git history"
    try:
        side = _from_history(bases, label, package_folder, search)
        if side is not None:
            return side
        problem = "neither the file nor the git history has this version"
    except GitError as error:
        problem = f"the file has changed, and the git history cannot be read: {error}"
    search.diagnostics.error(
        "missing-file",
        f"the description that '{label}' was generated from ({recorded.path}) was not found: {problem}",
        hint=f"pass the old description: fiddlehead diff OLD {recorded.path}",
    )
    return None


@dataclass(frozen=True)
class _Recorded:
    """The description in a manifest: paths below a common folder, and checksums."""

    path: str
    checksums: dict[str, str]

    def relative_to_ancestor_of(self, spec: Path) -> tuple[Path, _Recorded] | None:
        """The same, relative to the folder from which the path leads to `spec`; None if there is
        none.

        A path in generators.yml is relative to that file: `../../specs/api.yaml`.
        """
        spec = spec.resolve()
        parts = Path(os.path.normpath(self.path)).parts
        up = parts.count("..")
        tail = parts[up:]
        if not tail or spec.parts[-len(tail) :] != tail:
            return None
        checksums = {
            _relative_to_ancestor(name, up): value for name, value in self.checksums.items()
        }
        return spec.parents[len(tail) - 1], _Recorded("/".join(tail), checksums)


def _relative_to_ancestor(path: str, up: int) -> str:
    """A path relative to the folder `up` levels above."""
    return os.path.normpath("/".join([*["_"] * up, path])).replace(os.sep, "/")


def _from_history(
    bases: Iterable[tuple[Path, _Recorded]],
    package_label: str,
    package_folder: Path,
    search: Search,
) -> Side | None:
    repository, folder, fern = Repository(package_folder), search.folder, search.fern
    top = repository.top.resolve()
    for base, recorded in bases:
        if not base.resolve().is_relative_to(top):
            continue
        inside = PurePosixPath(base.resolve().relative_to(top).as_posix())
        names = [_joined(inside, name) for name in recorded.checksums]
        commits = dict.fromkeys(revision for name in names for revision in repository.history(name))
        for commit in commits:
            if _fits(recorded, partial(_in_commit, repository, commit, inside)):
                path = _joined(inside, recorded.path)
                label = f"{package_label} ({commit[:12]}:{path})"
                start, described = [path], path
                if fern is not None and fern.resolve().is_relative_to(top):
                    described = fern.resolve().relative_to(top).as_posix()
                    start = [*names, *files_of_fern_folder(repository.paths(commit), described)]
                own, borrowed = write_side(repository, commit, start, search)
                return Side(
                    label, folder / described, folder, own, f"{commit[:12]}:", borrowed=borrowed
                )
    return None


def _bases(search: Search, package_folder: Path) -> list[Path]:
    """The folders that a path in a manifest may be relative to, the most likely first."""
    folders = [search.settings_file.parent] if search.settings_file is not None else []
    return list(dict.fromkeys([*folders, search.cwd, *package_folder.resolve().parents]))


def package_in(path: Path) -> Path | None:
    """The folder of a generated package: the path itself, or the only package in the output."""
    if (path / MANIFEST).is_file():
        return path
    if not path.is_dir():
        return None
    inside = sorted(manifest.parent for manifest in path.glob(f"*/{MANIFEST}"))
    return inside[0] if len(inside) == 1 else None


def _recorded(package_folder: Path, diagnostics: Diagnostics) -> _Recorded | None:
    path = package_folder / MANIFEST
    label = Sources(diagnostics, Path.cwd()).display_path(path)
    try:
        # Any, because the manifest may have been edited.
        origin: Any = json.loads(path.read_text(encoding="utf-8"))
        spec = origin["spec"]
        name, checksum = spec["path"], spec["sha256"]
        files = spec.get("files", {})
        path_of_spec = PurePosixPath(name)
        folder = path_of_spec.parent if name.endswith(SUFFIXES) else path_of_spec
        checksums = {(folder / name).as_posix(): value for name, value in files.items()}
        if not checksums:
            checksums = {name: checksum}
        if not all(isinstance(checksum, str) for checksum in (name, *checksums.values())):
            raise TypeError
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        missing = isinstance(error, FileNotFoundError)
        hint = "run fiddlehead generate first, or pass OLD and NEW" if missing else None
        diagnostics.error("missing-file", f"'{label}': {reason}", hint=hint)
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        diagnostics.error(
            "bad-config",
            f"'{label}' was edited: the source of the package is unknown",
            hint="restore it with git, or pass the old description",
        )
        return None
    return _Recorded(name, checksums)


def _fits(recorded: _Recorded, read: Callable[[str], bytes | None]) -> bool:
    for name, checksum in recorded.checksums.items():
        data = read(name)
        if data is None or _checksum(data) != checksum:
            return False
    return True


def _checksum(data: bytes) -> str:
    """The SHA-256 of a text with LF line endings, as in the manifest."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _on_disk(base: Path, name: str) -> bytes | None:
    try:
        return (base / name).read_bytes()
    except OSError:
        return None


def _in_commit(
    repository: Repository, commit: str, inside: PurePosixPath, name: str
) -> bytes | None:
    return repository.read(commit, _joined(inside, name))


def _joined(inside: PurePosixPath, name: str) -> str:
    return os.path.normpath(inside / name).replace(os.sep, "/")
