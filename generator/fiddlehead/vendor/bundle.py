"""The files to copy: those of a generated package, adapted to their destination."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..frozen import dataclass, replace
from ..output import (
    MANIFEST,
    Manifest,
    ManifestError,
    ProtectedFiles,
    digest,
    normalized,
    read_manifest,
)
from ..output.plan import read_or_none, walk
from .code_hash import code_hash
from .imports import is_import_path, rewrite

RUNTIME_LICENSE = "LICENSE.fiddlehead"
"""The licence of the runtime in `core/`, which is copied with it."""

_LICENSES = re.compile(r"(LICEN[SC]E|COPYING|NOTICE)([.-].*)?", re.IGNORECASE)
_PAGES = ("README.md", "reference.md")


class VendorError(Exception):
    """The source or the destination cannot be used; nothing was changed."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Bundle:
    """The files of a vendored package by path inside it, without its manifest."""

    files: Mapping[str, bytes]
    source: Manifest
    import_path: str
    extras: tuple[str, ...] = ()
    """Optional parts: `pages`, `gitattributes`."""

    def manifest(self, name: str) -> Manifest:
        """The manifest of the copy in a folder with this name."""
        return replace(
            self.source,
            package=name,
            files={path: digest(data) for path, data in self.files.items()},
            project={},
            keep=(),
            vendored_as=self.import_path,
            vendored_from=self.source.tree,
            vendored_with=self.extras,
            code={path: code for path, data in self.files.items() if (code := _code(path, data))},
        )


def find_package(source: Path) -> Path:
    """The generated package for a path: the path itself, or the only package inside."""
    if not source.is_dir():
        raise VendorError(f"'{source}' is not a folder", "pass a generated package")
    if (source / MANIFEST).exists():
        return source
    inside = sorted(path.parent for path in source.glob(f"*/{MANIFEST}"))
    if len(inside) == 1:
        return inside[0]
    if inside:
        names = ", ".join(path.name for path in inside)
        raise VendorError(f"'{source}' has several packages: {names}", "pass one of them")
    raise VendorError(
        f"'{source}' is not a generated package: it has no {MANIFEST}", "run 'fiddlehead generate'"
    )


def make_bundle(
    source: Path,
    import_path: str,
    *,
    license_text: str,
    pages: bool = False,
    gitattributes: bool = False,
) -> Bundle:
    """The copy of the package in `source` for an import path; raises `VendorError`.

    `license_text` is the licence of the runtime. `pages` adds README.md and reference.md,
    `gitattributes` a file with which code hosts fold the package in reviews.
    """
    if not is_import_path(import_path):
        raise VendorError(
            f"'{import_path}' is not a valid import path",
            "choose another folder, or pass --import-path",
        )
    try:
        manifest = read_manifest(source)
    except ManifestError as error:
        raise VendorError(str(error), error.hint) from None
    contents = {name: _read(source, name, checksum) for name, checksum in manifest.files.items()}
    protected = ProtectedFiles(manifest.keep).for_package(manifest.package)
    for name in walk(source):
        if name not in contents and (name in protected or _LICENSES.fullmatch(name)):
            contents[name] = normalized((source / name).read_bytes())
    for path in sorted(source.parent.iterdir()):
        wanted = _LICENSES.fullmatch(path.name) or (pages and path.name in _PAGES)
        if wanted and path.is_file():
            contents.setdefault(path.name, normalized(path.read_bytes()))
    contents[RUNTIME_LICENSE] = license_text.encode()
    if gitattributes:
        contents[".gitattributes"] = b"* linguist-generated=true\n"
    old = manifest.vendored_as or manifest.package
    files = {name: _placed(name, data, old, import_path) for name, data in contents.items()}
    extras = [name for name, on in (("pages", pages), ("gitattributes", gitattributes)) if on]
    return Bundle(dict(sorted(files.items())), manifest, import_path, tuple(extras))


def _code(path: str, data: bytes) -> str | None:
    return code_hash(data) if path.endswith(".py") else None


def _read(source: Path, name: str, checksum: str) -> bytes:
    data = read_or_none(source / name)
    if data is None or digest(data) != checksum:
        what = "is missing" if data is None else "was edited by hand"
        raise VendorError(
            f"'{source / name}' {what}, so it cannot be copied", "generate the package again first"
        )
    return normalized(data)


def _placed(name: str, data: bytes, old: str, new: str) -> bytes:
    if not name.endswith((".py", ".md")):
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return rewrite(text, old, new).encode()
