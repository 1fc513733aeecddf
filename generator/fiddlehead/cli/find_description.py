"""Finds the API description in a folder by the content of the files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

_SUFFIXES = (".yaml", ".yml", ".json")
_LARGEST = 64 * 1024 * 1024
"""Files with at least this many bytes are not read."""
_DEEPEST = 4
"""The maximum depth of folders that are searched."""
_SKIPPED = frozenset(["node_modules", "vendor", "venv", "env", "build", "dist", "target", "tests"])
"""Folders of dependencies, build results and fixtures."""

_DEFINITIONS = ("fern/definition", "definition", "spec/definition")
"""The usual folders of a Fern definition, relative to the searched folder."""

_KEYS = ("openapi", "swagger", "asyncapi")
_BLOCK = re.compile(
    r"^[\"']?(?:openapi|swagger|asyncapi)[\"']?[ \t]*:[ \t]*[\"']?[23][.\d]*", re.MULTILINE
)
_FLOW = re.compile(
    r"\s*\{\s*(?:[\w\"']+\s*:[^,{}]*,\s*)*[\"']?(?:openapi|swagger|asyncapi)[\"']?\s*:"
)


def find(folder: Path) -> list[Path]:
    """The descriptions in a folder, sorted: those nearest to the top, or a Fern definition."""
    paths = sorted(path for path in _files(folder, 0) if _is_description(path))
    if paths:
        nearest = min(len(path.parts) for path in paths)
        return [path for path in paths if len(path.parts) == nearest]
    return [folder / name for name in _DEFINITIONS if is_definition(folder / name)][:1]


def _files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST and entry.name not in _SKIPPED:
                yield from _files(path, depth + 1)
        elif path.suffix.lower() in _SUFFIXES and entry.stat().st_size <= _LARGEST:
            yield path


def _is_description(path: Path) -> bool:
    """Whether the start of a file has the version key of OpenAPI, Swagger or AsyncAPI."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    if not any(key in text for key in _KEYS):
        return False
    if not text.lstrip().startswith("{"):
        return _BLOCK.search(text) is not None
    try:
        value: Any = json.loads(text)
    except ValueError:
        return _FLOW.match(text) is not None
    if not isinstance(value, dict):
        return False
    root = cast("dict[str, object]", value)
    version = next((root[key] for key in _KEYS if key in root), None)
    return str(version).startswith(("2", "3"))


def similar(path: Path) -> str | None:
    """A hint for a path that does not exist: the folder, or the file with the most similar name."""
    import difflib  # where the description exists, a command does without

    if not path.parent.is_dir():
        return f"there is no folder '{path.parent}'"
    files = sorted(entry for entry in path.parent.iterdir() if entry.is_file())
    near = difflib.get_close_matches(path.name, [file.name for file in files], 1, 0.8)
    chosen = [file for file in files if file.name in near]
    if not chosen:
        candidates = [file for file in files if file.suffix.lower() in _SUFFIXES][:50]
        chosen = [file for file in candidates if _is_description(file)]
    return f"did you mean '{chosen[0]}'?" if len(chosen) == 1 else None


def is_definition(folder: Path) -> bool:
    """Whether a folder is a Fern definition."""
    return any((folder / f"api{suffix}").is_file() for suffix in (".yml", ".yaml"))
