"""`check --fast` again: whether nothing changed since the same command found no difference.

Nothing is imported but what hashes files: importing the modules of the command line takes as long as
hashing the files of a large package. `cli/check_record.py` writes the record; without one, or if
anything differs, the command runs as a whole.
"""

from __future__ import annotations

import hashlib
import os
import sys

from . import __version__

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Generator

SUFFIX = ".entry"
"""The suffix of the entries of the cache, which has a size limit (`cache.py`)."""
MAGIC = b"fiddlehead check 1\n"
ABSENT = "absent"
PRESENT = "present"
_BLOCK = 1 << 16


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


def key() -> str:
    """The key of the record: the command line, where it runs, and the Python that runs it."""
    folder = os.getcwd()  # noqa: PTH109  # pathlib is not imported
    parts = (__version__, sys.version, folder, *sys.path, "", *sys.argv[1:])
    return hashlib.sha256(os.fsencode("\0".join(parts))).hexdigest()


def message() -> str | None:
    """What the command prints if nothing changed; None if it has to run."""
    if sys.stderr.isatty() or os.environ.get("FORCE_COLOR"):
        return None  # It prints colours.
    try:
        data = b"".join(blocks(f"{cache_folder()}/{key()}{SUFFIX}"))
        start = len(MAGIC) + hashlib.sha256().digest_size
        body = data[start:]
        if data[:start] != MAGIC + hashlib.sha256(body).digest():
            return None
        (text, folder), others, package = (
            part.split("\n") for part in os.fsdecode(body).split("\n\n")
        )
        same = all(_has_state(path, state) for state, path in _entries(others))
        files = {path: state for state, path in _entries(package)}
        return text if same and _has_files(folder, files) else None
    except (OSError, ValueError):
        return None


def _entries(lines: list[str]) -> list[list[str]]:
    return [line.split("  ", 1) for line in lines]


def _has_state(path: str, state: str) -> bool:
    if state in (ABSENT, PRESENT):
        return os.path.lexists(path) is (state == PRESENT)
    return checksum(path) == state


def _has_files(folder: str, files: dict[str, str]) -> bool:
    """Whether a folder has these files, and no other module."""
    left = len(files)
    folders = [""]
    while folders:
        inside = folders.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                name = inside + entry.name
                recorded = files.get(name)
                if recorded is not None:
                    if checksum(entry.path) != recorded:
                        return False
                    left -= 1
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                elif name.endswith(".py"):
                    return False
    return not left


def checksum(path: str) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    total = hashlib.sha256()
    for block in blocks(path):
        total.update(block)
    return total.hexdigest()


def blocks(path: str) -> Generator[bytes, None, None]:
    """The content of a file in blocks. File objects of Python take twice the time for a small one, and
    new memory for all of a large one takes as long as hashing it."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        while block := os.read(handle, _BLOCK):
            yield block
    finally:
        os.close(handle)
