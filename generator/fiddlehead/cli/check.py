"""`fiddlehead check`: whether a run would change files, which ones, and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput, severity_of
from ..output import (
    MANIFEST,
    Difference,
    Manifest,
    ManifestError,
    ProtectedFiles,
    compare,
    compare_fast,
    interrupted,
    moved,
    read_manifest,
)
from . import check_record, colors, inputs
from .console import count, generate_command, note, relative, show, write_diff
from .exit_codes import DONE, DRIFT, USAGE, CommandError
from .progress import Progress
from .rules import CHECK_RULES as RULES
from .settings import load


def run(options: argparse.Namespace) -> int:
    """Compare the files on disk with those a run would write; return the exit code."""
    if not options.watch:
        return _once(options)
    from . import watch

    return watch.run(options, _once)


def _once(options: argparse.Namespace) -> int:
    diagnostics = Diagnostics()
    recorded = check_record.begin(options)
    settings = load(options, diagnostics)
    owned_folder = settings.owned_folder
    written = _written(owned_folder)
    if options.fast:
        differences = _fast(settings, owned_folder, written)
        if recorded is not None and not differences and not diagnostics.reported:
            check_record.write(recorded, settings, written)
    else:
        differences = _full(options, settings, owned_folder, written, diagnostics)
    severities = {kind: severity_of(diagnostics.rules, kind, ()) or "error" for kind in RULES}
    differences = [difference for difference in differences if severities[difference.kind] != "off"]
    show(diagnostics.reported)
    _report(options, settings, differences, severities)
    if interrupted(owned_folder):
        note(
            "a previous run was interrupted while writing; the next 'fiddlehead generate' cleans up"
        )
    failed = any(severities[difference.kind] == "error" for difference in differences)
    return DRIFT if failed and not options.exit_zero else DONE


def _written(owned_folder: Path) -> Manifest | ManifestError:
    try:
        return read_manifest(owned_folder)
    except ManifestError as error:
        if error.why == "newer":
            raise CommandError(str(error), error.hint, USAGE) from None
        return error


def _fast(
    settings: Settings, owned_folder: Path, written: Manifest | ManifestError
) -> list[Difference]:
    path = f"{owned_folder.name}/{MANIFEST}"
    if isinstance(written, ManifestError):
        if written.why == "missing":
            return [Difference(path, "missing", "never generated, or not committed")]
        return [Difference(path, "edited", "edited by hand")]
    keep = ProtectedFiles(settings.keep).with_fernignore(
        settings.output.resolve(), settings.owned_folder.name
    )
    differences = compare_fast(owned_folder, written, keep)
    reasons = moved(written, inputs.now(settings, written, keep))
    if reasons:
        differences.append(Difference(path, "outdated", "; ".join(reasons)))
    return differences


def _full(
    options: argparse.Namespace,
    settings: Settings,
    owned_folder: Path,
    written: Manifest | ManifestError,
    diagnostics: Diagnostics,
) -> list[Difference]:
    from .run import generate, invalid, stop_on_warnings

    with Progress() as progress:
        try:
            result = generate(settings, diagnostics, progress, use_cache=not options.no_cache)
        except InvalidInput:
            raise invalid(diagnostics) from None
    stop_on_warnings(options, diagnostics)
    if isinstance(written, ManifestError):
        reasons = (
            "never generated" if written.why == "missing" else "the manifest was edited by hand"
        )
    else:
        # Between two releases, the code of the generator can change without its version.
        reasons = "; ".join(moved(written, result.manifest)) or "the generator changed"
    return compare(
        owned_folder,
        result.files,
        result.project,
        written=None if isinstance(written, ManifestError) else written,
        reasons=reasons,
        keep=ProtectedFiles(result.manifest.keep),
    )


def _report(
    options: argparse.Namespace,
    settings: Settings,
    differences: Sequence[Difference],
    severities: Mapping[str, str],
) -> None:
    cwd = Path.cwd()
    folder_label = relative(settings.owned_folder, cwd)
    if not differences and options.format == "text":
        note(f"{folder_label} is up to date", "green")
        return
    from .formats import Finding, level, to_github, to_json, to_sarif

    root: Path | None = None
    if options.format in ("github", "sarif"):
        # Code hosts need paths relative to the top of the repository.
        from ..review.revisions import top_of

        root = top_of(cwd)
    folder = relative(settings.output, root or cwd)
    # If the output is outside this folder, paths are relative to the output: git does not apply
    # `a/../acme`.
    outside = Path(folder).is_absolute() or folder.split("/")[0] in (".", "..")
    prefix = "" if outside else f"{folder}/"
    findings = [
        Finding(
            level(severities[difference.kind]),
            difference.kind,
            f"{difference.reason} ({RULES[difference.kind]})",
            prefix + difference.path,
        )
        for difference in differences
    ]
    if options.format == "json":
        sys.stdout.write(to_json(findings))
    elif options.format == "github":
        sys.stdout.write(to_github(findings))
    elif options.format == "sarif":
        sys.stdout.write(to_sarif(findings, RULES))
    elif not options.fast:
        from ..output.diff import unified

        for difference in differences:
            write_diff(unified(prefix + difference.path, difference.old, difference.new))
    if not differences:
        note(f"{folder_label} is up to date", "green")
        return
    paint = colors.painter(sys.stderr)
    width = max(len(difference.kind) for difference in differences)
    for difference in differences:
        kind = paint(f"{difference.kind:{width}}", "yellow")
        note(f"{kind}  {prefix}{difference.path}: {difference.reason}")
    note(
        f"{count(len(differences), 'file')} of {folder_label} would change; to update, run:", "bold"
    )
    note(f"  {generate_command(options)}")
    if any(difference.kind == "edited" for difference in differences):
        note(
            "it would stop because of files edited by hand: move the edits elsewhere, or add --force to overwrite them"
        )
