"""The values in the JSON of a manifest. Imports little, because `check --fast` starts with it."""

from __future__ import annotations

import functools
import re
from itertools import chain

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypedDict

    class Values(TypedDict):
        """The values of a manifest by their names in `output.Manifest`."""

        generator: str
        package: str
        spec_path: str
        spec_sha256: str
        settings_sha256: str
        tools: Mapping[str, str]
        files: Mapping[str, str]
        spec_files: Mapping[str, str]
        project: Mapping[str, str]
        names: Mapping[str, Mapping[str, str]]
        keep: tuple[str, ...]
        kept: tuple[str, ...]


MANIFEST = "_manifest.json"
FORMAT = 1

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')
# Windows reserves these names for devices, with any suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


# Any, because a file can have any JSON; without `typing`, there is no `cast`.
def values(data: Any) -> Values:
    """The values of a manifest, besides those of a vendored copy.

    Raises KeyError, TypeError, AttributeError or ValueError if one is missing or invalid.
    """
    spec = data["spec"]
    return {
        "generator": string(data["generator"]),
        "package": string(data["package"]),
        "spec_path": string(spec["path"]),
        "spec_sha256": string(spec["sha256"]),
        "settings_sha256": string(data["settings"]),
        "tools": _string_values(data["tools"]),
        "files": checksums(data["files"]),
        "spec_files": _string_values(spec.get("files", {})),
        "project": checksums(data.get("project", {})),
        "names": _names(data.get("names", {})),
        "keep": strings(data.get("keep", [])),
        "kept": strings(data.get("kept", [])),
    }


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r}")
    return value


def strings(value: Any) -> tuple[str, ...]:
    return tuple(string(item) for item in value)


def checksums(value: Any) -> dict[str, str]:
    """Checksums by safe paths."""
    result = _string_values(value)
    for name, checksum in result.items():
        if unsafe(name) or not _SHA256.fullmatch(checksum):
            raise ValueError(f"{name!r}")
    return result


def _string_values(value: Any) -> dict[str, str]:
    result: dict[str, str] = value
    if not {*map(type, result.values())} <= {str}:
        for item in result.values():
            string(item)
    return result


def _names(value: Any) -> dict[str, dict[str, str]]:
    """Objects of strings, which are checked in one pass, because there are many."""
    tables: dict[str, dict[str, str]] = value
    if not {*map(type, chain.from_iterable(table.values() for table in tables.values()))} <= {str}:
        for table in tables.values():
            _string_values(table)
    return tables


def unsafe(path: str) -> str | None:
    """The reason why a path must not be written, or None: only plain names below the folder are
    allowed."""
    return next(filter(None, map(_unsafe, path.split("/"))), None)


@functools.cache  # Most paths have the same folders.
def _unsafe(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "it is outside the output folder"
    if _UNSAFE.search(part) or part != part.rstrip(". ") or _DEVICES.fullmatch(part):
        return "some operating systems do not allow this file name"
    return None
