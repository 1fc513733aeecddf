"""What vendoring would do to a folder: fresh, or over an older copy with local edits."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..output import (
    MANIFEST,
    Manifest,
    ManifestError,
    digest,
    normalized,
    read_manifest,
    same_text,
    with_endings_of,
)
from ..output.plan import read_or_none, walk
from .bundle import Bundle, VendorError
from .imports import rewrite
from .merge import merge

_COMMITS = 200
"""How far back in a file's history its original is looked for."""


@dataclass(frozen=True)
class Change:
    """What happens to one file. A conflict has the text with its markers as `new`."""

    path: str
    kind: Literal["added", "updated", "deleted", "restored", "merged", "kept", "conflict"]
    note: str
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True)
class Prepared:
    """The files to write, manifest included, and what that changes."""

    files: Mapping[str, bytes]
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.kind == "conflict")


def prepare(
    bundle: Bundle, destination: Path, *, source: Path, base: Path | None = None
) -> Prepared:
    """Puts a bundle and what is in the destination together; raises `VendorError`.

    Local edits are merged. For that the file as it was vendored is needed: from `base`, an
    earlier state of the source, or from the history of the destination or the source in git.
    """
    written = _written(destination)
    originals = _Originals(destination, source, base, bundle, written)
    files: dict[str, bytes] = {}
    changes: list[Change] = []
    for name in sorted({*bundle.files, *(written.files if written else ())}):
        change = _change(name, destination, bundle, written, originals.find)
        if change is not None:
            changes.append(change)
            if change.new is not None:
                files[name] = change.new
        elif name in bundle.files:
            files[name] = bundle.files[name]
    files[MANIFEST] = bundle.manifest(destination.name).text().encode()
    return Prepared(files, tuple(changes))


def _written(destination: Path) -> Manifest | None:
    """The manifest of the copy that is there; None where the folder is free."""
    if not destination.exists() or (destination.is_dir() and not any(walk(destination))):
        return None
    if not destination.is_dir():
        raise VendorError(f"'{destination}' is a file", "choose another destination")
    try:
        manifest = read_manifest(destination)
    except ManifestError as error:
        if error.why == "missing":
            raise VendorError(
                f"'{destination.name}' holds something else",
                "choose an empty folder or a vendored copy",
            ) from None
        raise VendorError(str(error), error.hint) from None
    if manifest.vendored_as is None:
        raise VendorError(
            f"'{destination}' is where fiddlehead generates to, and no vendored copy",
            "choose another destination",
        )
    return manifest


def _change(
    name: str,
    destination: Path,
    bundle: Bundle,
    written: Manifest | None,
    original: Callable[[str, str], str | None],
) -> Change | None:
    """What happens to one file; None where nothing does."""
    old, new = read_or_none(destination / name), bundle.files.get(name)
    if new is not None:
        new = with_endings_of(new, old)
    recorded = written.files.get(name) if written else None
    if same_text(old, new):
        return None
    if old is None:
        if recorded is None:
            return Change(name, "added", "new", None, new)
        return Change(name, "restored", "was missing", None, new)
    if recorded is None:
        return Change(name, "conflict", "not from fiddlehead, and in the way", old, new)
    if digest(old) == recorded:
        return Change(name, "updated" if new is not None else "deleted", "", old, new)
    if new is None:
        return Change(name, "conflict", "edited here, and deleted in the new version", old, old)
    if digest(new) == recorded:
        return Change(name, "kept", "edited here, the same in the new version", old, old)
    base = original(name, recorded)
    if base is None:
        note = "edited here, and the file as it was vendored is not to be found"
        return Change(name, "conflict", note, old, new)
    try:
        merged = merge(base, normalized(old).decode("utf-8"), normalized(new).decode("utf-8"))
    except UnicodeDecodeError:
        return Change(name, "conflict", "edited here, and no text", old, new)
    text = with_endings_of(merged.text.encode(), old)
    if merged.conflicts:
        note = f"{merged.conflicts} of the edits here touch lines that changed"
        return Change(name, "conflict", note, old, text)
    return Change(name, "merged", "edits here are kept", old, text)


class _Originals:
    """Finds files as they were vendored, by their checksum."""

    def __init__(
        self,
        destination: Path,
        source: Path,
        base: Path | None,
        bundle: Bundle,
        written: Manifest | None,
    ) -> None:
        self._destination = destination
        self._source = source
        self._base = base
        self._name = bundle.source.vendored_as or bundle.source.package
        self._path = written.vendored_as if written and written.vendored_as else ""

    def find(self, name: str, checksum: str) -> str | None:
        if self._base is not None:
            data = read_or_none(self._base / name)
            return self._matching(data, checksum)
        for folder in (self._destination, self._source):
            for commit in _commits(folder, name):
                found = self._matching(_git(folder, "show", f"{commit}:./{name}"), checksum)
                if found is not None:
                    return found
        return None

    def _matching(self, data: bytes | None, checksum: str) -> str | None:
        """The text, as it is or with its examples rewritten, if it is the one looked for."""
        try:
            text = normalized(data).decode("utf-8") if data is not None else None
        except UnicodeDecodeError:
            return None
        if text is None:
            return None
        for candidate in (text, rewrite(text, self._name, self._path)):
            if digest(candidate.encode()) == checksum:
                return candidate
        return None


def _commits(folder: Path, name: str) -> list[str]:
    listed = _git(folder, "log", f"--max-count={_COMMITS}", "--format=%H", "--", name)
    return (listed or b"").decode("ascii").split()


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
