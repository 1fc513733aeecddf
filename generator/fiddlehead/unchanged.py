"""`check --fast` again: whether nothing changed since the same command found no difference.

Nothing is imported but what hashes files: importing the modules of the command line takes as long as
hashing the files of a large package. `cli/check_record.py` writes the record.
"""

from __future__ import annotations

import hashlib
import os
import sys

from . import __version__
from .checksums import blocks, file_digest
from .paths import CACHE_SUFFIX, cache_folder

TYPE_CHECKING = False  # As in `typing`, whose import takes a third of the time of the rest.
if TYPE_CHECKING:
    from collections.abc import Mapping

MAGIC = b"fiddlehead check 1\n"
ABSENT = "absent"
PRESENT = "present"


def key() -> str:
    """The key of the record: the command line, where it runs, and the Python that runs it."""
    folder = os.getcwd()  # noqa: PTH109  # pathlib is not imported
    parts = (__version__, sys.version, folder, *sys.path, "", *sys.argv[1:])
    return hashlib.sha256(os.fsencode("\0".join(parts))).hexdigest()


def message() -> str | None:
    """What the command prints if nothing changed; None if it has to run."""
    try:
        data = b"".join(blocks(f"{cache_folder()}/{key()}{CACHE_SUFFIX}"))
        start = len(MAGIC) + hashlib.sha256().digest_size
        body = data[start:]
        if data[:start] != MAGIC + hashlib.sha256(body).digest():
            return None
        (text, folder), others, package = (
            part.split("\n") for part in os.fsdecode(body).split("\n\n")
        )
        same = all(_has_state(path, state) for state, path in _entries(others))
        files = {path: state for state, path in _entries(package)}
        return text if same and has_files(folder, files) else None
    except (OSError, ValueError):
        return None


def write(text: str, folder: str, states: Mapping[str, str], files: Mapping[str, str]) -> None:
    """Record that the command prints `text` while files have these states, and `folder` these files.

    A state is a checksum, `ABSENT` or `PRESENT`.
    """
    parts = ([text, folder], _lines(states), _lines(files))
    if any("\n" in line for part in parts for line in part):
        return
    from . import cache  # a run with a record does without

    data = os.fsencode("\n\n".join("\n".join(part) for part in parts))
    cache.Store(cache.folder()).write_plain(key(), MAGIC, data)


def _lines(states: Mapping[str, str]) -> list[str]:
    return [f"{state}  {path}" for path, state in states.items()]


def _entries(lines: list[str]) -> list[list[str]]:
    return [line.split("  ", 1) for line in lines]


def _has_state(path: str, state: str) -> bool:
    if state in (ABSENT, PRESENT):
        return os.path.lexists(path) is (state == PRESENT)
    return file_digest(path) == state


def has_files(folder: str, files: Mapping[str, str]) -> bool:
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
                    if file_digest(entry.path) != recorded:
                        return False
                    left -= 1
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                elif name.endswith(".py"):
                    return False
    return not left
