"""A side of a diff in a git revision: its files and settings are written to a folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from .revisions import SUFFIXES, TEMPLATE, Repository, folders_of, lay_out
from .sides import Search, Side


def side_of_revision(revision: str, name: str, search: Search) -> Side | None:
    """A description in a git revision; raises `GitError`."""
    repository, folder = Repository(search.cwd), search.folder
    commit = repository.commit(revision)
    paths = repository.paths(commit)
    for path in _possible_paths(name, search.cwd, repository.top):
        below = [
            candidate
            for candidate in paths
            if candidate.startswith(f"{path}/") and candidate.endswith(SUFFIXES)
        ]
        if path in paths or below:
            start = [path] if path in paths else [*below, *files_of_fern_folder(paths, path)]
            own, borrowed = write_side(repository, commit, start, search)
            return Side(
                f"{revision}:{path}",
                folder / path,
                folder,
                own,
                f"{revision}:",
                borrowed=borrowed,
            )
    search.diagnostics.error("missing-file", f"the revision '{revision}' has no file '{name}'")
    return None


def _possible_paths(name: str, cwd: Path, top: Path) -> list[str]:
    """The paths for a name, as in git: relative to the top of the repository, or to the working
    directory."""
    result: list[str] = []
    if not name.startswith(("./", "../", "/")):
        result.append(PurePosixPath(name).as_posix())
    here = Path(os.path.normpath(cwd.resolve() / name))
    if here.is_relative_to(top.resolve()):
        result.append(here.relative_to(top.resolve()).as_posix())
    return result


def write_side(
    repository: Repository, commit: str, start: list[str], search: Search
) -> tuple[Path | None, bool]:
    """Write the description and its settings: those of the revision, or else the current ones. The
    second result is whether the current settings are used."""
    settings_file, folder = search.settings_file, search.folder
    name = None
    top = repository.top.resolve()
    if settings_file is not None and settings_file.resolve().is_relative_to(top):
        name = settings_file.resolve().relative_to(top).as_posix()
    if name is None or settings_file is None:
        lay_out(repository, commit, start, folder)
        return None, False
    now = {name: settings_file.read_bytes()} if settings_file.suffix == ".toml" else {}
    lay_out(repository, commit, [*start, name], folder, now)
    path = folder / name
    if name in now:
        _add_templates(settings_file, path, folder)
    return path if path.exists() else None, repository.read(commit, name) is None


def _add_templates(settings_file: Path, copy: Path, folder: Path) -> None:
    """Copy the current templates next to a copy of the settings, if there are none."""
    if not copy.exists():
        return
    for path in folders_of(copy.read_text(encoding="utf-8", errors="replace"), PurePosixPath()):
        there, here = settings_file.parent / path, Path(os.path.normpath(copy.parent / path))
        if not there.is_dir() or here.exists() or not here.is_relative_to(folder):
            continue
        for template in there.rglob(f"*{TEMPLATE}"):
            target = here / template.relative_to(there)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template, target)


def files_of_fern_folder(paths: Iterable[str], api: str) -> list[str]:
    """The files of a Fern folder in a revision: those of an API, and fern.config.json above."""
    above = {str(parent / "fern.config.json") for parent in PurePosixPath(api).parents}
    return [
        path
        for path in paths
        if path in above or (path.startswith(f"{api}/") and path.endswith(SUFFIXES))
    ]
