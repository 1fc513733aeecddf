"""Checks whether a package is up to date without generating it."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from io import FileIO
from pathlib import Path

from ..config import Settings
from ..output import (
    MANIFEST,
    ManifestError,
    ProtectedFiles,
    compare_fast,
    interrupted,
    moved,
    read_manifest,
)
from . import inputs

_SOURCE = Path(__file__).resolve().parents[1]


def up_to_date(settings: Settings) -> bool:
    """Whether a run would change nothing: all inputs and outputs are unchanged."""
    owned_folder = settings.owned_folder
    keep = ProtectedFiles(settings.keep).with_fernignore(
        settings.output.resolve(), settings.owned_folder.name
    )
    try:
        written = read_manifest(owned_folder)
    except ManifestError:
        return False
    if (
        interrupted(owned_folder)
        or written.vendored_as is not None
        or not _same_source(owned_folder)
    ):
        return False
    if moved(written, inputs.now(settings, written, keep)):
        return False
    return not compare_fast(owned_folder, written, keep)


def remember(manifest: bytes) -> None:
    """Record, in a checkout of fiddlehead, that the current source code wrote this manifest."""
    note = _note(manifest)
    if note is not None:
        # Without the record, only the next run is slower.
        with contextlib.suppress(OSError):
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(_source_hash(), encoding="ascii")


def _same_source(owned_folder: Path) -> bool:
    """Whether the running code is the code that wrote a package.

    An installed fiddlehead is identified by its version. In a checkout, the code changes without
    the version, so the written package is recorded in the ignored folder `build`.
    """
    note = _note((owned_folder / MANIFEST).read_bytes())
    if note is None:
        return True
    return note.exists() and note.read_text(encoding="ascii") == _source_hash()


def source() -> str:
    """The checksum of the source code in a checkout; empty for an installed fiddlehead, which has a
    version."""
    return _source_hash() if _is_checkout() else ""


def _is_checkout() -> bool:
    return (_SOURCE.parents[1] / "templates").is_dir() and not (_SOURCE / "templates").is_dir()


def _note(manifest: bytes) -> Path | None:
    checkout = _SOURCE.parents[1]
    if not _is_checkout():
        return None
    name = hashlib.sha256(manifest).hexdigest()
    return checkout / "build" / "written" / name


@functools.cache
def _source_hash() -> str:
    """The checksum of the code at its first use: a process keeps the code that it has loaded."""
    total = hashlib.sha256()
    for folder in (_SOURCE, _SOURCE.parents[1] / "templates"):
        for base, folders, names in os.walk(folder):
            # Caches of Python and other tools.
            folders[:] = sorted(name for name in folders if name[0] not in "._")
            inside = Path(base).relative_to(folder).as_posix()
            for name in sorted(names):
                with FileIO(f"{base}{os.sep}{name}") as file:
                    total.update(f"{inside}/{name}".encode() + b"\0")
                    total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()
