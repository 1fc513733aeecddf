"""Plans the vendoring into a folder: a new copy, or an upgrade of an older copy with local edits."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from ..formatting import reformat
from ..frozen import dataclass, replace
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
from .code_hash import code_hash
from .conflicts import Choices
from .imports import rewrite
from .merge import Merged, mark_differences, merge

_COMMITS = 200
"""The maximum number of commits of a file that are searched for its original."""


Kind = Literal["added", "updated", "deleted", "restored", "merged", "kept", "marked", "conflict"]


@dataclass(frozen=True)
class Change:
    """The change of one file. For a conflict, `new` is the text with conflict markers.

    `marked` is a conflict that is written with its markers.
    """

    path: str
    kind: Literal["added", "updated", "deleted", "restored", "merged", "kept", "marked", "conflict"]
    note: str
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True)
class Prepared:
    """The files to write, including the manifest, and the changes."""

    files: Mapping[str, bytes]
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == "conflict")


def prepare(
    bundle: Bundle,
    destination: Path,
    *,
    source: Path,
    written: Manifest | None,
    base: Path | None = None,
    choices: Choices | None = None,
) -> Prepared:
    """Combine a bundle with the files in the destination; raises `VendorError`.

    Local edits are merged. This requires the original file: from the manifest of the copy, from
    `base` (an earlier version of the source), or from the git history of the destination or the
    source. `choices` are the resolutions of conflicts. `written` is the manifest of the existing
    copy (`read_copy`).
    """
    originals = _Originals(destination, source, base, bundle, written)
    upgrade = _Upgrade(destination, bundle, written, originals, choices or Choices())
    files: dict[str, bytes] = {}
    changes: list[Change] = []
    for name in sorted({*bundle.files, *(written.files if written else ())}):
        change = upgrade.change(name)
        if change is not None:
            changes.append(change)
            if change.new is not None:
                files[name] = change.new
        elif name in bundle.files:
            files[name] = bundle.files[name]
    manifest = replace(
        bundle.manifest(destination.name),
        originals={
            name: bundle.files[name].decode("utf-8")
            for name, data in files.items()
            if name in bundle.files and not same_text(data, bundle.files[name])
        },
    )
    files[MANIFEST] = manifest.text().encode()
    return Prepared(files, tuple(changes))


def read_copy(destination: Path) -> Manifest | None:
    """The manifest of the existing copy; None if there is none."""
    if not destination.exists() or (destination.is_dir() and not any(walk(destination))):
        return None
    if not destination.is_dir():
        raise VendorError(f"'{destination}' is a file", "choose another destination")
    try:
        manifest = read_manifest(destination)
    except ManifestError as error:
        if error.why == "missing":
            raise VendorError(
                f"'{destination.name}' has other content",
                "choose an empty folder or a vendored copy",
            ) from None
        raise VendorError(str(error), error.hint) from None
    if manifest.vendored_as is None:
        raise VendorError(
            f"'{destination}' is a generated package, not a vendored copy",
            "choose another destination",
        )
    return manifest


@dataclass(frozen=True)
class _Upgrade:
    """Plans an upgrade file by file."""

    destination: Path
    bundle: Bundle
    written: Manifest | None
    originals: _Originals
    choices: Choices

    def change(self, name: str) -> Change | None:
        """The change of one file; None if it does not change."""
        old, new = read_or_none(self.destination / name), self.bundle.files.get(name)
        if new is not None:
            new = with_endings_of(new, old)
        recorded = self.written.files.get(name) if self.written else None
        if same_text(old, new):
            return None
        if old is None:
            if recorded is None:
                return Change(name, "added", "new", None, new)
            return Change(name, "restored", "was missing", None, new)
        if recorded is None:
            return self._conflict(
                name, "not from fiddlehead, but has the path of a new file", old, new
            )
        if digest(old) == recorded:
            return Change(name, "updated" if new is not None else "deleted", "", old, new)
        if new is not None and digest(new) == recorded:
            return Change(name, "kept", "edited here, not changed in the new version", old, old)
        if self._is_reformatted(name, old):
            return Change(name, _taken(new), "only reformatted here", old, new)
        if new is None:
            return self._conflict(name, "edited here, and deleted in the new version", old, None)
        return self._merge(name, old, new, recorded)

    def _is_reformatted(self, name: str, old: bytes) -> bool:
        recorded = self.written.code.get(name) if self.written else None
        return recorded is not None and code_hash(old) == recorded

    def _merge(self, name: str, old: bytes, new: bytes, recorded: str) -> Change:
        if b"<<<<<<< yours\n" in normalized(old):
            return self._conflict(name, "still has conflict markers", old, new)
        base = self.originals.find(name, recorded)
        if base is None:
            note = "edited here, and the original file was not found"
            return self._conflict(name, note, old, new)
        try:
            ours = normalized(old).decode("utf-8")
        except UnicodeDecodeError:
            return self._conflict(name, "edited here, and not a text file", old, new)
        theirs = normalized(new).decode("utf-8")
        merged = merge(base, ours, theirs)
        note = "edits here are kept"
        if merged.conflicts and name.endswith(".py"):
            # The project's formatter may also have changed the file.
            for magic_commas in (True, False):
                again = _merge_formatted(base, ours, theirs, magic_commas)
                if again is not None and again.conflicts < merged.conflicts:
                    merged, note = again, "edits here are kept, formatted by black"
        text = with_endings_of(merged.text.encode(), old)
        if merged.conflicts:
            edits = (
                "1 edit here touches"
                if merged.conflicts == 1
                else f"{merged.conflicts} edits here touch"
            )
            return self._conflict(name, f"{edits} lines that changed", old, new, text)
        return Change(name, "merged", note, old, text)

    def _conflict(
        self, name: str, note: str, old: bytes, new: bytes | None, marked: bytes | None = None
    ) -> Change:
        """A conflict with the resolution for this file."""
        if new is not None and marked is None:
            marked = _marked(old, new)
        match self.choices.of(name):
            case "ours":
                return Change(name, "kept", f"{note}; your version is kept", old, old)
            case "theirs":
                return Change(name, _taken(new), f"{note}; your edits are lost", old, new)
            case "markers" if new is None:
                return Change(name, "kept", f"{note}; delete it if it is not needed", old, old)
            case "markers":
                return Change(name, "marked", f"{note}; search for <<<<<<<", old, marked)
            case _:
                return Change(name, "conflict", note, old, marked if new is not None else old)


def _taken(new: bytes | None) -> Kind:
    return "updated" if new is not None else "deleted"


def _marked(old: bytes, new: bytes) -> bytes:
    try:
        ours, theirs = normalized(old).decode("utf-8"), normalized(new).decode("utf-8")
    except UnicodeDecodeError:
        return new
    return with_endings_of(mark_differences(ours, theirs).text.encode(), old)


def _merge_formatted(base: str, ours: str, theirs: str, magic_commas: bool) -> Merged | None:
    """The merge of the three texts after formatting with black; None if one of them is not valid
    Python.

    Other formatters may leave trailing commas, which prevent black from joining lines.
    """
    try:
        texts = [reformat(text, magic_commas=magic_commas) for text in (base, ours, theirs)]
        return merge(*texts)
    except ValueError:
        return None


class _Originals:
    """Finds original files by their checksum."""

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
        self._recorded: Mapping[str, str] = written.originals if written else {}

    def find(self, name: str, checksum: str) -> str | None:
        original = self._recorded.get(name)
        if original is not None and digest(original.encode()) == checksum:
            return original
        if self._base is not None:
            data = read_or_none(self._base / name)
            return self._matching(data, checksum)
        for folder in (self._destination, self._source):
            for commit in _commits(folder, name):
                result = self._matching(_git(folder, "show", f"{commit}:./{name}"), checksum)
                if result is not None:
                    return result
        return None

    def _matching(self, data: bytes | None, checksum: str) -> str | None:
        """The text, unchanged or with adapted examples, if it has the wanted checksum."""
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
