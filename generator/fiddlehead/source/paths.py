"""Paths as text: absolute, and relative as messages show them."""

from __future__ import annotations

import os.path
from pathlib import Path


def relative_path(path: str, root: str) -> str:
    """An absolute path relative to another one, with slashes; unchanged if they have no folder in
    common."""
    if Path(path).is_relative_to(root):
        return Path(path).relative_to(root).as_posix()
    pairs = zip(Path(path).parts[1:2], Path(root).parts[1:2], strict=False)
    if not all(one == other for one, other in pairs) or Path(path).anchor != Path(root).anchor:
        return Path(path).as_posix()
    return Path(os.path.relpath(path, root)).as_posix()


def normalised(path: Path) -> str:
    # Not Path.resolve: `..` is resolved textually, so that no name depends on symbolic links.
    return os.path.abspath(path)  # noqa: PTH100
