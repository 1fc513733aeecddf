"""`fiddlehead verify`: whether packages are as they were written; needs their folders only."""

from __future__ import annotations

import argparse

from ..output import ManifestError
from ..vendor.verify import verify
from .console import count, note
from .exits import DONE, DRIFT, USAGE, CommandError

_WORDS = {
    "edited": "edited by hand",
    "reformatted": "reformatted, the same code",
    "missing": "missing",
    "foreign": "not from fiddlehead",
}


def run(options: argparse.Namespace) -> int:
    """Names every file that is not as it was written; the exit code."""
    failed = False
    for folder in options.folders:
        try:
            found = verify(folder)
        except ManifestError as error:
            code = DRIFT if error.why == "edited" else USAGE
            raise CommandError(str(error), error.hint, code) from None
        for each in found:
            print(f"{(folder / each.path).as_posix()}: {_WORDS[each.kind]}")
        failed = failed or bool(found)
        note(
            f"{folder.as_posix()}: {count(len(found), 'file')} not as written"
            if found
            else f"{folder.as_posix()} is as it was written"
        )
    return DRIFT if failed else DONE
