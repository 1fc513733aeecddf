"""Paths as text, without `pathlib`."""

from __future__ import annotations

import os.path
import sys

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from os import PathLike


def normalised(path: PathLike[str]) -> str:
    """An absolute path. `..` is resolved textually, so that no name depends on symbolic links."""
    return os.path.abspath(path)  # noqa: PTH100


def relative_path(path: str, root: str) -> str:
    """An absolute path relative to another one, with slashes; unchanged if they have no folder in
    common."""
    try:
        common = os.path.commonpath([path, root])
    except ValueError:  # They are on different drives.
        common = ""
    is_anchor = os.path.dirname(common) == common  # noqa: PTH120
    if is_anchor and common not in (path, root):
        return path.replace(os.sep, "/")
    return os.path.relpath(path, root).replace(os.sep, "/")


def posix(written: str) -> str:
    """A path in a file, normalized; for an absolute path, only the name."""
    path = os.path.normpath(written).replace("\\", "/")
    return path.rsplit("/", 1)[-1] if path.startswith("/") or ":" in path else path


def label(written: str) -> str:
    """The name of a description in headers: its path relative to the settings, if it is inside
    their folder."""
    path = posix(written)
    return path.rsplit("/", 1)[-1] if path.startswith("../") else path


CACHE_SUFFIX = ".entry"
"""The suffix of the entries of the cache, which has a size limit (`cache.py`)."""


def cache_folder() -> str:
    """The cache folder: `FIDDLEHEAD_CACHE`, or the user's cache folder."""
    chosen = os.environ.get("FIDDLEHEAD_CACHE")
    if chosen:
        return chosen
    if sys.platform == "linux":
        # What platformdirs returns; importing it takes longer than all else here.
        home = os.path.expanduser("~/.cache")  # noqa: PTH111
        folder = os.environ.get("XDG_CACHE_HOME", "").strip() or home
        return f"{folder}/fiddlehead"
    from platformdirs import user_cache_dir

    return user_cache_dir("fiddlehead", appauthor=False)
