"""The two sides of a diff: a file, a file in a git revision, or a generated package."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from ..config import is_fern_folder
from ..diagnostics import Diagnostics
from ..source import STDIN, Sources
from ..urls import download_hint
from .revisions import (
    SUFFIXES,
    TEMPLATE,
    GitError,
    Repository,
    folders_of,
    lay_out,
    top_of,
)

MANIFEST = "_manifest.json"


@dataclass(frozen=True)
class Side:
    """One side of a diff, on disk.

    `label` is its name in reports, `spec` the description to read, `settings` the settings file of
    that side, or None to use the current settings. If `borrowed` is set, the settings file is a
    copy of the current one, next to the old descriptions. `prefix` is put before file names
    (`main:`).
    """

    label: str
    spec: Path
    root: Path
    settings: Path | None = None
    prefix: str = ""
    borrowed: bool = False

    def sources(self, diagnostics: Diagnostics) -> Sources:
        """The sources that read the description, with locations of this side."""
        return LabelledSources(diagnostics, self.root, self.prefix)


class LabelledSources(Sources):
    """Sources that show files with a prefix, and without absolute paths.

    A file of the repository outside `root` is shown relative to it (`../api.yaml`).
    """

    def __init__(self, diagnostics: Diagnostics, root: Path, prefix: str = "") -> None:
        super().__init__(diagnostics, root)
        self._prefix, self._top = prefix, top_of(root)

    def shown(self, path: Path) -> str:
        name = super().shown(path)
        if not Path(name).is_absolute():
            return self._prefix + name
        if self._top is not None and path.resolve().is_relative_to(self._top):
            return Path(os.path.relpath(path.resolve(), self._root.resolve())).as_posix()
        return name


@dataclass(frozen=True)
class _Remembered:
    """The description in a manifest: paths below a common folder, and checksums."""

    path: str
    checksums: dict[str, str]

    def beside(self, spec: Path) -> tuple[Path, _Remembered] | None:
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
        return spec.parents[len(tail) - 1], _Remembered("/".join(tail), checksums)


def _relative_to_ancestor(path: str, up: int) -> str:
    """A path relative to the folder `up` levels above."""
    return os.path.normpath("/".join([*["_"] * up, path])).replace(os.sep, "/")


def resolve(
    argument: str,
    *,
    settings_file: Path | None,
    cwd: Path,
    folder: Path,
    diagnostics: Diagnostics,
    root: Path | None = None,
    spec: Path | None = None,
    fern: Path | None = None,
) -> Side | None:
    """The side for an argument of `fiddlehead diff`; None and a diagnostic if it is invalid.

    Files are shown relative to `root` (default: the working directory). `spec` is the description
    in the current settings, which helps to find the description of a package, and `fern` is its
    Fern folder.

    `folder` is a temporary folder of the caller for the files of a revision. It must exist as long
    as the side is read.
    """
    hint = download_hint(argument)
    if hint is not None:
        diagnostics.error("missing-file", f"'{argument}' is a URL", hint=hint)
        return None
    path = cwd / argument
    home = _package(path) if not is_fern_folder(path) else None
    if home is not None:
        return remembered(
            home,
            settings_file=settings_file,
            cwd=cwd,
            folder=folder,
            diagnostics=diagnostics,
            root=root,
            spec=spec,
            fern=fern,
        )
    if path.exists():
        label = argument
        if root is not None:
            label = LabelledSources(diagnostics, root).shown(path)
        return Side(label, path, root or cwd)
    revision, colon, name = argument.partition(":")
    if not colon:
        diagnostics.error(
            "missing-file",
            f"'{argument}' not found",
            hint="pass a description, a git revision of one (main:spec/openapi.yaml) or a package",
        )
        return None
    try:
        return _revision(revision, name, settings_file, cwd, folder, diagnostics)
    except GitError as error:
        diagnostics.error("missing-file", f"'{argument}' cannot be read: {error}")
        return None


def remembered(
    package_folder: Path,
    *,
    settings_file: Path | None,
    cwd: Path,
    folder: Path,
    diagnostics: Diagnostics,
    root: Path | None = None,
    spec: Path | None = None,
    fern: Path | None = None,
) -> Side | None:
    """The description that a package was generated from, found by the checksum in its manifest.

    It is the current file, or else a version in the git history. `spec` is the description in the
    current settings. With `fern`, its Fern folder, the result is the old version of that folder.
    """
    facts = _facts(package_folder, diagnostics)
    if facts is None:
        return None
    shown = LabelledSources(diagnostics, root or cwd).shown(package_folder)
    if PurePosixPath(facts.path).name == STDIN:
        diagnostics.error(
            "missing-file",
            f"'{shown}' was generated from standard input: there is no file to compare with",
            hint="pass the old description: fiddlehead diff OLD NEW",
        )
        return None
    found = facts.beside(spec) if spec is not None else None
    bases = [(base, facts) for base in _bases(settings_file, cwd, package_folder)]
    bases = [*([found] if found is not None else []), *bases]
    for base, here in bases:
        if _fits(here, partial(_on_disk, base)):
            return Side(f"{shown} ({here.path})", fern or base / here.path, root or cwd)
    problem = "the file has changed, and there is no git history"
    try:
        side = _from_history(bases, shown, settings_file, package_folder, folder, fern)
        if side is not None:
            return side
        problem = "neither the file nor the git history has this version"
    except GitError as error:
        problem = f"the file has changed, and the git history cannot be read: {error}"
    diagnostics.error(
        "missing-file",
        f"the description that '{shown}' was generated from ({facts.path}) was not found: {problem}",
        hint=f"pass the old description: fiddlehead diff OLD {facts.path}",
    )
    return None


def _revision(
    revision: str,
    name: str,
    settings_file: Path | None,
    cwd: Path,
    folder: Path,
    diagnostics: Diagnostics,
) -> Side | None:
    repository = Repository(cwd)
    commit = repository.commit(revision)
    paths = repository.paths(commit)
    for path in _spellings(name, cwd, repository.top):
        below = [each for each in paths if each.startswith(f"{path}/") and each.endswith(SUFFIXES)]
        if path in paths or below:
            start = [path] if path in paths else [*below, *_around(paths, path)]
            own, borrowed = _settings(repository, commit, settings_file, start, folder)
            return Side(
                f"{revision}:{path}",
                folder / path,
                folder,
                own,
                f"{revision}:",
                borrowed=borrowed,
            )
    diagnostics.error("missing-file", f"the revision '{revision}' has no file '{name}'")
    return None


def _spellings(name: str, cwd: Path, top: Path) -> list[str]:
    """The paths for a name, as in git: relative to the top of the repository, or to the working
    directory."""
    found: list[str] = []
    if not name.startswith(("./", "../", "/")):
        found.append(PurePosixPath(name).as_posix())
    here = Path(os.path.normpath(cwd.resolve() / name))
    if here.is_relative_to(top.resolve()):
        found.append(here.relative_to(top.resolve()).as_posix())
    return found


def _settings(
    repository: Repository,
    commit: str,
    settings_file: Path | None,
    start: list[str],
    folder: Path,
) -> tuple[Path | None, bool]:
    """Write the description and its settings: those of the revision, or else the current ones. The
    second result is whether the current settings are used."""
    name = None
    top = repository.top.resolve()
    if settings_file is not None and settings_file.resolve().is_relative_to(top):
        name = settings_file.resolve().relative_to(top).as_posix()
    if name is None or settings_file is None:
        lay_out(repository, commit, start, folder)
        return None, False
    now = {name: settings_file.read_bytes()} if settings_file.suffix == ".toml" else {}
    lay_out(repository, commit, [*start, name], folder, now)
    found = folder / name
    if name in now:
        _add_templates(settings_file, found, folder)
    return found if found.exists() else None, repository.read(commit, name) is None


def _add_templates(settings_file: Path, copy: Path, folder: Path) -> None:
    """Copy the current templates next to a copy of the settings, if there are none."""
    if not copy.exists():
        return
    for path in folders_of(copy.read_text(encoding="utf-8", errors="replace"), PurePosixPath()):
        there, here = settings_file.parent / path, Path(os.path.normpath(copy.parent / path))
        if not there.is_dir() or here.exists() or not here.is_relative_to(folder):
            continue
        for each in there.rglob(f"*{TEMPLATE}"):
            target = here / each.relative_to(there)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(each, target)


def _from_history(
    bases: Iterable[tuple[Path, _Remembered]],
    shown: str,
    settings_file: Path | None,
    package_folder: Path,
    folder: Path,
    fern: Path | None,
) -> Side | None:
    repository = Repository(package_folder)
    top = repository.top.resolve()
    for base, facts in bases:
        if not base.resolve().is_relative_to(top):
            continue
        inside = PurePosixPath(base.resolve().relative_to(top).as_posix())
        names = [_joined(inside, name) for name in facts.checksums]
        commits = dict.fromkeys(each for name in names for each in repository.history(name))
        for commit in commits:
            if _fits(facts, partial(_in_commit, repository, commit, inside)):
                path = _joined(inside, facts.path)
                label = f"{shown} ({commit[:12]}:{path})"
                start, described = [path], path
                if fern is not None and fern.resolve().is_relative_to(top):
                    described = fern.resolve().relative_to(top).as_posix()
                    start = [*names, *_around(repository.paths(commit), described)]
                own, borrowed = _settings(repository, commit, settings_file, start, folder)
                return Side(
                    label, folder / described, folder, own, f"{commit[:12]}:", borrowed=borrowed
                )
    return None


def _around(paths: Iterable[str], api: str) -> list[str]:
    """The files of a Fern folder in a revision: those of an API, and fern.config.json above."""
    above = {str(each / "fern.config.json") for each in PurePosixPath(api).parents}
    return [
        path
        for path in paths
        if path in above or (path.startswith(f"{api}/") and path.endswith(SUFFIXES))
    ]


def _bases(settings_file: Path | None, cwd: Path, package_folder: Path) -> list[Path]:
    """The folders that a path in a manifest may be relative to, the most likely first."""
    folders = [settings_file.parent] if settings_file is not None else []
    return list(dict.fromkeys([*folders, cwd, *package_folder.resolve().parents]))


def _package(path: Path) -> Path | None:
    """The folder of a generated package: the path itself, or the only package in the output."""
    if (path / MANIFEST).is_file():
        return path
    if not path.is_dir():
        return None
    inside = sorted(each.parent for each in path.glob(f"*/{MANIFEST}"))
    return inside[0] if len(inside) == 1 else None


def _facts(package_folder: Path, diagnostics: Diagnostics) -> _Remembered | None:
    path = package_folder / MANIFEST
    shown = Sources(diagnostics, Path.cwd()).shown(path)
    try:
        # Any, because the manifest may have been edited.
        origin: Any = json.loads(path.read_text(encoding="utf-8"))
        spec = origin["spec"]
        name, checksum = spec["path"], spec["sha256"]
        files = spec.get("files", {})
        path_of_spec = PurePosixPath(name)
        beside = path_of_spec.parent if name.endswith(SUFFIXES) else path_of_spec
        checksums = {(beside / each).as_posix(): value for each, value in files.items()}
        if not checksums:
            checksums = {name: checksum}
        if not all(isinstance(each, str) for each in (name, *checksums.values())):
            raise TypeError
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        diagnostics.error("missing-file", f"'{shown}': {reason}")
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        diagnostics.error(
            "bad-config",
            f"'{shown}' was edited: the source of the package is unknown",
            hint="restore it with git, or pass the old description",
        )
        return None
    return _Remembered(name, checksums)


def _fits(facts: _Remembered, read: Callable[[str], bytes | None]) -> bool:
    for name, checksum in facts.checksums.items():
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
