"""The manifest of a package: its inputs, and the checksum of each of its files."""

from __future__ import annotations

import base64
import functools
import json
import json.encoder
import zlib
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Literal, cast

from ..checksums import tree_hash
from ..frozen import dataclass
from ..manifest_values import FORMAT, MANIFEST, checksums, string, strings, values


class ManifestError(Exception):
    """An invalid manifest; the message gives the reason, `hint` the fix."""

    def __init__(
        self, message: str, hint: str, why: Literal["missing", "newer", "edited", "unreadable"]
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.why = why


def _checksums() -> dict[str, str]:
    return {}


def _names() -> dict[str, Mapping[str, str]]:
    return {}


@dataclass(frozen=True)
class Manifest:
    """The contents of a manifest; independent of time, machine and repository."""

    generator: str
    """`fiddlehead 1.2.3`."""
    package: str
    spec_path: str
    spec_sha256: str
    """The checksum of the only file; for several files, of the list of files and checksums."""
    settings_sha256: str
    tools: Mapping[str, str] = field(default_factory=_checksums)
    """The versions of the tools that affect the generated code, besides fiddlehead."""
    files: Mapping[str, str] = field(default_factory=_checksums)
    """SHA-256 by path inside the package, without the manifest itself."""
    spec_files: Mapping[str, str] = field(default_factory=_checksums)
    """If the description has several files: SHA-256 by path relative to the first."""
    project: Mapping[str, str] = field(default_factory=_checksums)
    """SHA-256 of the project files, by path relative to the parent folder."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=_names)
    """The names of the package by the location of their elements in the description."""
    keep: tuple[str, ...] = ()
    """Patterns of files that fiddlehead must not change."""
    kept: tuple[str, ...] = ()
    """Files of the package that were not written because a hand-written file has their path."""
    vendored_as: str | None = None
    """The import path of a vendored copy."""
    vendored_from: str | None = None
    """The tree hash of the source of the copy."""
    vendored_with: tuple[str, ...] = ()
    """The optional parts of the copy: `pages`, `gitattributes`."""
    code: Mapping[str, str] = field(default_factory=_checksums)
    """For a vendored copy: the hash of each file's Python code, independent of formatting."""
    originals: Mapping[str, str] = field(default_factory=_checksums)
    """For a vendored copy: the original text of files that differ from it."""

    @property
    def tree(self) -> str:
        return tree_hash(self.files)

    def text(self) -> str:
        """The text of the manifest, one fact per line."""
        spec: dict[str, object] = {"path": self.spec_path, "sha256": self.spec_sha256}
        if self.spec_files:
            spec["files"] = dict(sorted(self.spec_files.items()))
        data: dict[str, object] = {
            "format": FORMAT,
            "generator": self.generator,
            "tools": dict(sorted(self.tools.items())),
            "package": self.package,
            "spec": spec,
            "settings": self.settings_sha256,
        }
        if self.vendored_as is not None:
            data["vendored"] = {
                "import": self.vendored_as,
                "from": self.vendored_from,
                **({"with": list(self.vendored_with)} if self.vendored_with else {}),
            }
        if self.keep:
            data["keep"] = list(self.keep)
        if self.kept:
            data["kept"] = sorted(self.kept)
        if self.project:
            data["project"] = dict(sorted(self.project.items()))
        if self.names:
            data["names"] = {place: dict(self.names[place]) for place in sorted(self.names)}
        data["tree"] = self.tree
        data["files"] = dict(sorted(self.files.items()))
        if self.code:
            data["code"] = dict(sorted(self.code.items()))
        if self.originals:
            packed = {name: _packed(text) for name, text in self.originals.items()}
            data["originals"] = dict(sorted(packed.items()))
        return _indented(data) + "\n"


def _indented(value: object, space: str = "\n") -> str:
    """`json.dumps(value, indent=2, ensure_ascii=False)`, in a fifth of the time: with an indent, the
    standard library writes JSON in Python code."""
    inner = f"{space}  "
    if isinstance(value, dict) and value:
        entries = cast("dict[str, object]", value).items()
        lines = [
            # Most entries are strings.
            f"{_quoted(key)}: {_quoted(entry) if type(entry) is str else _indented(entry, inner)}"
            for key, entry in entries
        ]
        return f"{{{inner}{f',{inner}'.join(lines)}{space}}}"
    if isinstance(value, list) and value:
        items = cast("list[object]", value)
        return f"[{inner}{f',{inner}'.join(_indented(item, inner) for item in items)}{space}]"
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


_quoted = cast("Callable[[str], str]", vars(json.encoder)["encode_basestring"])
"""A string as JSON, with its characters as they are; it has no type stub."""


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the package in a folder; raises `ManifestError`."""
    path = folder / MANIFEST
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ManifestError(
            f"'{folder}' is not a generated package: it has no {MANIFEST}",
            "pass the folder that contains it",
            "missing",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"'{path}' cannot be read: {error}", _RESTORE, "unreadable") from None
    return _parsed(text, str(path))


@functools.lru_cache(1)
def _parsed(text: str, label: str) -> Manifest:
    """A run reads the manifest of a package seven times, and parsing a large one takes 10 ms."""
    return parse_manifest(text, label)


_RESTORE = "restore it with git, or generate again with --force"


def parse_manifest(text: str, label: str, *, merged: bool = False) -> Manifest:
    """The manifest in a text; raises `ManifestError` if it was edited or is too new.

    `merged` is for one side of a merge, whose tree hash does not match its files.
    """
    try:
        data: Any = json.loads(text)
        version = data["format"]
    except (ValueError, TypeError, KeyError, RecursionError):
        if "\n<<<<<<< " in text:
            raise ManifestError(
                f"'{label}' has conflict markers of git", "run fiddlehead generate", "edited"
            ) from None
        raise ManifestError(
            f"'{label}' was edited: it is not a valid manifest", _RESTORE, "edited"
        ) from None
    if isinstance(version, int) and version > FORMAT:
        raise ManifestError(
            f"'{label}' was written by a newer version ({data.get('generator')})",
            "upgrade fiddlehead",
            "newer",
        )
    try:
        vendored: dict[str, Any] = data.get("vendored") or {}
        originals = cast("dict[str, str]", data.get("originals", {}))
        manifest = Manifest(
            **values(data),
            vendored_as=vendored.get("import"),
            vendored_from=vendored.get("from"),
            vendored_with=strings(vendored.get("with", [])),
            code=checksums(data.get("code", {})),
            originals={name: _unpacked(text) for name, text in originals.items()},
        )
        tree = data["tree"]
    except (KeyError, TypeError, AttributeError, ValueError, zlib.error) as error:
        raise ManifestError(
            f"'{label}' was edited: {error} is invalid", _RESTORE, "edited"
        ) from None
    if not merged and tree != manifest.tree:
        raise ManifestError(
            f"'{label}' was edited: its tree hash does not match its files", _RESTORE, "edited"
        )
    return manifest


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def _unpacked(packed: object) -> str:
    return zlib.decompress(base64.b64decode(string(packed))).decode("utf-8")


def moved(old: Manifest, new: Manifest) -> list[str]:
    """The changed inputs between two manifests, each as a sentence."""
    reasons: list[str] = []
    if old.spec_sha256 != new.spec_sha256:
        reasons.append(f"the spec changed ({new.spec_path})")
    elif old.spec_path != new.spec_path:
        reasons.append(f"the spec was {old.spec_path} and is {new.spec_path}")
    if old.settings_sha256 != new.settings_sha256 or old.keep != new.keep:
        reasons.append("the settings changed")
    if old.generator != new.generator:
        reasons.append(f"generated by {old.generator}, this is {new.generator}")
    for name in sorted({*old.tools, *new.tools}):
        was, now = old.tools.get(name), new.tools.get(name)
        if was != now:
            reasons.append(f"{name} was {was or 'not used'}, and is {now or 'not used'}")
    return reasons
