"""`fiddlehead verify`: checks that packages were not edited, using only their folders."""

from __future__ import annotations

import argparse
import sys

from ..output import ManifestError
from ..vendor.verify import verify
from .colors import painter
from .console import count, note
from .exit_codes import DONE, DRIFT, USAGE, CommandError
from .formats import Finding, to_github, to_json, to_sarif

_WORDS = {
    "edited": "edited by hand",
    "reformatted": "reformatted, the same code",
    "missing": "missing",
    "foreign": "not from fiddlehead",
}
RULES = {
    "edited": "The code of a file was edited.",
    "reformatted": "A file was reformatted; its code is the same.",
    "missing": "A file of the package is missing.",
    "foreign": "fiddlehead did not write a file in the package.",
}


def run(options: argparse.Namespace) -> int:
    """Print every file that differs from the manifest; return the exit code."""
    findings: list[Finding] = []
    paint = painter(sys.stdout)
    for folder in options.folders:
        try:
            differences = verify(folder)
        except ManifestError as error:
            code = DRIFT if error.why == "edited" else USAGE
            raise CommandError(str(error), error.hint, code) from None
        for finding in differences:
            path = (folder / finding.path).as_posix()
            findings.append(Finding("error", finding.kind, _WORDS[finding.kind], path))
            if options.format == "text":
                print(f"{path}: {paint(_WORDS[finding.kind], 'yellow')}")
        if differences:
            note(f"{folder.as_posix()}: {count(len(differences), 'file')} changed", "bold")
        else:
            note(f"{folder.as_posix()} was not edited", "green")
    writers = {"json": to_json, "github": to_github}
    if options.format == "sarif":
        sys.stdout.write(to_sarif(findings, RULES))
    elif options.format != "text":
        sys.stdout.write(writers[options.format](findings))
    return DRIFT if findings else DONE
