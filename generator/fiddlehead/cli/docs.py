"""`fiddlehead docs`: from a description to a docs site of static files."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ..diagnostics import Diagnostics, InvalidInput
from ..output import ManifestError, OutputConflict, OutputError, read_manifest
from .console import count, note, relative, show, tally
from .exits import DONE, USAGE, CommandError
from .progress import Progress
from .settings import load

_OTHER = "give --output a new or empty folder, or one that 'fiddlehead docs' wrote"


def run(options: argparse.Namespace) -> int:
    """Writes the site; the exit code."""
    from ..output import Keep, write
    from .run import generate, invalid, stop_on_warnings

    diagnostics = Diagnostics()
    # A site has no project around it, whose pages would be written for nothing.
    settings = replace(load(options, diagnostics, needs=("spec", "output")), project=False)
    home = settings.output
    shown = relative(home, Path.cwd())
    _stop_on_other_files(home, shown)
    with Progress() as progress:
        try:
            result = generate(settings, diagnostics, progress, "docs")
        except InvalidInput:
            raise invalid(diagnostics) from None
        stop_on_warnings(options, diagnostics)
        progress("writing")
        try:
            outcome = write(home, result.files, {}, keep=Keep(()))
        except OutputConflict as error:
            first = error.conflicts[0]
            raise CommandError(f"'{first.path}' is {first.reason}", _OTHER, USAGE) from None
        except OutputError as error:
            raise CommandError(str(error), error.hint, USAGE) from None
    show(diagnostics.found)
    written = f"{count(len(outcome.written), 'file')} written, {outcome.unchanged} unchanged"
    parts = [result.operations, written, tally(diagnostics)]
    note(f"{shown}: {'; '.join(part for part in parts if part)}", "bold")
    return DONE


def _stop_on_other_files(home: Path, shown: str) -> None:
    """Ends the command where the folder has a file that `docs` did not write."""
    if not home.exists():
        return
    if not home.is_dir():
        raise CommandError(f"'{shown}' is not a folder", _OTHER, USAGE)
    known: set[str] = set()
    try:
        manifest = read_manifest(home)
        # The manifest of a generated package names other tools.
        if "markdown-it-py" in manifest.tools:
            known = {*manifest.files, "_manifest.json"}
    except ManifestError:
        pass
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in known:
            raise CommandError(
                f"'{shown}/{name}' was not written by 'fiddlehead docs'; nothing was written",
                _OTHER,
                USAGE,
            )
