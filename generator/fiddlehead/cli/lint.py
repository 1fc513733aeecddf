"""`fiddlehead lint`: reports the problems of a description."""

from __future__ import annotations

import argparse
import contextlib
import sys

from ..diagnostics import Diagnostics, InvalidInput
from . import rules
from .console import note, problem_counts, show
from .exit_codes import DONE, INVALID
from .formats import from_diagnostics, to_github, to_json, to_sarif
from .progress import Progress
from .settings import load


def run(options: argparse.Namespace) -> int:
    """Read a description as `generate` does and report all problems; return the exit code."""
    from .run import operations, read

    if options.rules:
        sys.stdout.write(rules.text(rules.listed()))
        return DONE
    diagnostics = Diagnostics()
    settings = load(options, diagnostics, needs=("spec",))
    summary = ""
    with Progress() as progress, contextlib.suppress(InvalidInput):
        api = read(settings, diagnostics, progress).api
        summary = operations(api, channels=settings.channels)
    writers = {"json": to_json, "github": to_github, "sarif": to_sarif}
    if options.format == "text":
        show(diagnostics.reported)
    else:
        sys.stdout.write(writers[options.format](from_diagnostics(diagnostics.reported)))
    parts = [summary, problem_counts(diagnostics) or "no problems"]
    note(f"{settings.spec_label}: {'; '.join(part for part in parts if part)}", "bold")
    failed = diagnostics.errors or (options.strict and diagnostics.warnings)
    return INVALID if failed else DONE
