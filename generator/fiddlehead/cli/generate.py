"""`fiddlehead generate`: writes the client of a description."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput
from ..output import MANIFEST, ManifestError, OutputError, read_manifest
from . import up_to_date, watch
from .console import count, detail, needs, note, problem_counts, relative, show
from .exit_codes import DONE, DRIFT, USAGE, CommandError
from .progress import Progress
from .settings import load

if TYPE_CHECKING:
    from ..output.write import Outcome, OutputConflict


def run(options: argparse.Namespace) -> int:
    """Write the package if anything changed; return the exit code."""
    return watch.run(options, _once) if options.watch else _once(options)


def _once(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    settings = load(options, diagnostics)
    folder = relative(settings.owned_folder, Path.cwd())
    # A skipped run does not repeat warnings, which may be errors now.
    strict = options.strict or any(rule.severity == "error" for rule in settings.rules)
    if not strict and up_to_date.up_to_date(settings):
        show(diagnostics.reported)
        note(f"{folder} is up to date", "green")
        return DONE
    if not options.force:
        _spare_vendored(settings.owned_folder, folder)
    return _generate(options, settings, diagnostics, folder)


def _spare_vendored(owned_folder: Path, folder: str) -> None:
    with contextlib.suppress(ManifestError):
        if read_manifest(owned_folder).vendored_as is not None:
            raise CommandError(
                f"'{folder}' is a vendored copy",
                "upgrade it with 'fiddlehead vendor', or use another output folder",
            )


def _generate(
    options: argparse.Namespace, settings: Settings, diagnostics: Diagnostics, folder: str
) -> int:
    from ..output import ProtectedFiles
    from ..output.write import OutputConflict, write
    from .run import generate, invalid, stop_on_warnings

    with Progress() as progress:
        try:
            result = generate(settings, diagnostics, progress, use_cache=not options.no_cache)
        except InvalidInput:
            raise invalid(diagnostics) from None
        stop_on_warnings(options, diagnostics)
        progress("writing")
        keep = ProtectedFiles(result.manifest.keep)
        first = not result.owned_folder.exists()
        try:
            outcome = write(
                result.owned_folder, result.files, result.project, keep=keep, force=options.force
            )
        except OutputConflict as error:
            where = ".fernignore" if settings.fern is not None else "'keep' in the settings"
            raise _conflict(error, relative(settings.output, Path.cwd()), where) from None
        except OutputError as error:
            raise CommandError(str(error), error.hint, USAGE) from None
    up_to_date.remember(result.files[MANIFEST])
    show(diagnostics.reported)
    parts = [result.operations, _done(outcome), problem_counts(diagnostics)]
    note(f"{folder}: {'; '.join(part for part in parts if part)}", "bold")
    if result.manifest.kept:
        note(f"kept hand-written files: {', '.join(result.manifest.kept)}")
    if first:
        needs(result.requirements)
    return DONE


def _conflict(error: OutputConflict, output: str, keep: str) -> CommandError:
    prefix = "" if output == "." else f"{output}/"
    for conflict in error.conflicts[:20]:
        detail(f"{prefix}{conflict.path}: {conflict.reason}")
    if len(error.conflicts) > 20:
        detail(f"… and {len(error.conflicts) - 20} more")
    hint = f"move the changes elsewhere, list the files under {keep}, "
    if any("/" not in conflict.path for conflict in error.conflicts):
        hint += "omit the files next to the package with --no-project, "
    return CommandError(str(error), f"{hint}or overwrite them with --force", DRIFT)


def _done(outcome: Outcome) -> str:
    written, deleted = len(outcome.written), len(outcome.deleted)
    if not written and not deleted:
        return "no changes"
    parts = [f"{count(written, 'file')} written"] if written else []
    parts += [f"{deleted} deleted"] if deleted else []
    return ", ".join([*parts, f"{outcome.unchanged} unchanged"] if outcome.unchanged else parts)
