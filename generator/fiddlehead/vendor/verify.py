"""Checks a package against its manifest, using only its folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ..frozen import dataclass
from ..output import MANIFEST, ProtectedFiles, digest, read_manifest
from ..output.plan import read_or_none, walk
from .code_hash import code_hash


@dataclass(frozen=True)
class Finding:
    """A file that differs from the manifest.

    reformatted: other text, the same code; edited: other code; missing; foreign: not written by
    fiddlehead.
    """

    path: str
    kind: Literal["edited", "reformatted", "missing", "foreign"]


def verify(folder: Path) -> list[Finding]:
    """Every file of a package that does not match its manifest; raises `ManifestError`."""
    manifest = read_manifest(folder)
    keep = ProtectedFiles(manifest.keep).for_package(manifest.package)
    result: list[Finding] = []
    for name, checksum in manifest.files.items():
        data = read_or_none(folder / name)
        if data is None:
            result.append(Finding(name, "missing"))
        elif digest(data) != checksum:
            same_code = name in manifest.code and code_hash(data) == manifest.code[name]
            result.append(Finding(name, "reformatted" if same_code else "edited"))
    for name in walk(folder):
        if name not in manifest.files and name != MANIFEST and name not in keep:
            result.append(Finding(name, "foreign"))
    return sorted(result, key=lambda finding: finding.path)
