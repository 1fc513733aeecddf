"""The inputs of a generated package, as the manifest records them."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import __version__, targets
from ..config import Settings, fingerprint
from ..frontends import frontend_of
from ..output import Manifest, ProtectedFiles, digest, file_digest
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
        spec_sha256=_combined(checksums),
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


def version(name: str) -> str:
    """The installed version of a distribution.

    It is read from the name of the metadata folder, which is much faster than importing
    importlib.metadata.
    """
    folder = metadata_folder(name)
    if folder is not None:
        return folder.removesuffix(_METADATA).rpartition("-")[2]
    from importlib import metadata

    return metadata.version(name)


_METADATA = ".dist-info"


def metadata_folder(name: str) -> str | None:
    """The metadata folder of a distribution, whose name has its version."""
    return _folders().get(name.replace("-", "_"))


@functools.cache
def _folders() -> dict[str, str]:
    """The metadata folders of all distributions by lower-case name."""
    result: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208  # strings are enough
                if entry.endswith(_METADATA):
                    name = entry.partition("-")[0]
                    result.setdefault(name.lower(), f"{folder or os.curdir}{os.sep}{entry}")
    return result


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


def _combined(checksums: Mapping[str, str]) -> str:
    """The checksum of one file; for several files, the checksum of their sorted list in the format
    of `sha256sum`."""
    if len(checksums) == 1:
        return next(iter(checksums.values()))
    lines = "".join(f"{checksums[name]}  {name}\n" for name in sorted(checksums))
    return hashlib.sha256(lines.encode()).hexdigest()
