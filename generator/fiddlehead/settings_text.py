"""Settings as the values of a TOML file, and their checksum.

`config` checks them and makes `Settings`. `check --fast` does without where the values alone have the
checksum of the manifest.
"""

from __future__ import annotations

import hashlib
import json
import sys

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

NAME = "fiddlehead.toml"
PROJECT = "pyproject.toml"
FERNIGNORE = ".fernignore"

NOT_IN_FINGERPRINT = frozenset(
    {
        "spec",
        "spec_path",
        "output",
        "outer",
        "fern",
        "folder",
        "further",
        "one_of_several",
        "keep",
        "file",
        "rules",
        "templates",
        "base_url",
    }
)
"""Paths and severities, which do not affect generated files."""


def loads(text: str) -> dict[str, Any]:
    """The values of a TOML document; raises ValueError."""
    # Imported here because a run with all options on the command line reads no TOML.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def text_of(data: bytes) -> str:
    """The text of a TOML file; raises UnicodeDecodeError."""
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def mentions_settings(data: bytes) -> bool:
    """Whether a pyproject.toml may have settings; the others are not parsed."""
    return b"fiddlehead" in data


def checksum(values: Mapping[str, object]) -> str:
    """The SHA-256 of settings, the same on every machine."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
