"""The inputs of a generated package, as the manifest records them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import __version__, targets
from ..checksums import combined, digest, file_digest
from ..config import Settings, fingerprint
from ..frontends import frontend_of
from ..installed import version
from ..output import Manifest, ProtectedFiles
from ..source import STDIN, standard_input
from ..targets import DEFAULT


def manifest(
    settings: Settings,
    tools: Iterable[str],
    read: Iterable[Path],
    keep: ProtectedFiles,
    files: Mapping[str, str],
    project: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]],
    protected: Iterable[str] = (),
) -> Manifest:
    """The manifest of a run: the files that it read and wrote, and the versions of its tools."""
    checksums = {_label(path, settings): _digest(path) for path in _all(settings, read)}
    return Manifest(
        generator=f"fiddlehead {__version__}",
        package=settings.package,
        spec_path=settings.spec_path or settings.spec_label,
        spec_sha256=combined(checksums),
        settings_sha256=fingerprint(settings),
        tools={name: version(name) for name in tools},
        files=files,
        spec_files=checksums if len(checksums) > 1 else {},
        project=project,
        names=names,
        keep=keep.patterns,
        kept=tuple(sorted(protected)),
    )


def _digest(path: Path) -> str:
    if path.name == STDIN:
        return digest(standard_input())
    return file_digest(str(path))


def now(settings: Settings, written: Manifest, keep: ProtectedFiles) -> Manifest:
    """The manifest that a run with the same files would write now, from checksums only.

    A missing file of the description counts as an empty one.
    """
    known = [path_of(name, settings) for name in written.spec_files]
    present = [path for path in known if path.is_file()]
    if len(present) < len(known):
        present.append(settings.spec)
    tools = targets.tools(DEFAULT)
    return manifest(
        settings,
        tools,
        present,
        keep,
        written.files,
        written.project,
        written.names,
        written.kept,
    )


def _all(settings: Settings, read: Iterable[Path]) -> list[Path]:
    """All files of a description: those that were read, and all that its folders may contribute."""
    paths = {path.resolve() for path in (*read, *settings.overrides, *settings.overlays)}
    paths.update(path.resolve() for path in frontend_of(settings.spec).files(settings.spec))
    return sorted(paths)


def _base(settings: Settings) -> Path:
    spec = settings.spec.resolve()
    return frontend_of(spec).folder(spec)


def _label(path: Path, settings: Settings) -> str:
    return Path(os.path.relpath(path, _base(settings))).as_posix()


def path_of(name: str, settings: Settings) -> Path:
    """The path of a file of the description, from its name in a manifest."""
    return _base(settings) / name
