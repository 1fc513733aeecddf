"""`fiddlehead diff`: what changed between two descriptions, for the API and for Python users."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from .. import config, review
from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput
from ..frozen import dataclass, replace
from ..review.inputs import find_side
from ..review.package_sources import description_of_package
from ..review.revisions import top_of
from ..review.sides import Search, Side
from ..targets import Reviewed
from .colors import colored
from .compared_sides import BuiltSide, NotShared, SideReader
from .console import count, note, problem_counts, relative, show
from .exit_codes import DONE, DRIFT, USAGE, CommandError
from .progress import Progress
from .settings import load

ACCEPT = "fiddlehead-accept.yaml"

IN_REPOSITORY = ("markdown", "html", "github", "sarif")
"""Formats with paths relative to the top of the repository, as code hosts require."""


def run(options: argparse.Namespace) -> int:
    """Compare two descriptions and write the report; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="fiddlehead-") as folder, Progress() as progress:
        comparison = compare(options, Path(folder), progress)
    text = review.report(
        comparison.review,
        options.format,
        color=options.output is None and colored(sys.stdout),
        width=shutil.get_terminal_size().columns if sys.stdout.isatty() else 100,
        old_files=comparison.old.files,
        new_files=comparison.new.files,
    )
    if options.output is None:
        sys.stdout.write(text)
    else:
        try:
            options.output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"cannot write '{options.output}': {error.strerror}") from None
        note(f"{comparison.review.verdict}\nthe report is in {options.output}")
    return DRIFT if comparison.review.breaks and not options.exit_zero else DONE


@dataclass(frozen=True)
class Compared:
    review: review.Review
    old: BuiltSide
    new: BuiltSide


def compare(options: argparse.Namespace, folder: Path, progress: Progress) -> Compared:
    """Both sides of a comparison and the changes; raises `CommandError`."""
    cwd = Path.cwd()
    diagnostics = Diagnostics()
    # A Fern folder has its own settings; a settings file for another description is ignored.
    settings = _fern_settings(options, diagnostics, cwd) or _settings(options, diagnostics, cwd)
    file = settings.file if settings is not None else None
    # Reports for reviewers have paths relative to the repository, independent of the working
    # directory.
    root = top_of(cwd) if options.format in IN_REPOSITORY else None
    sides: list[Side | None] = []
    for name, argument in (("old", options.old), ("new", options.new)):
        (folder / name).mkdir()
        search = Search(
            cwd,
            folder / name,
            diagnostics,
            settings_file=file,
            root=root,
            spec=settings.spec if settings is not None and settings.spec_label else None,
            fern=settings.fern if settings is not None else None,
        )
        if argument is not None:
            sides.append(find_side(argument, search))
        elif settings is None:
            raise CommandError(
                "there are no settings with a description to compare", "pass OLD and NEW"
            )
        elif name == "new":
            sides.append(find_side(relative(settings.fern or settings.spec, cwd), search))
        else:
            sides.append(description_of_package(settings.owned_folder, search))
    old_side, new_side = sides
    if old_side is None or new_side is None:
        show(diagnostics.reported)
        raise CommandError("there is nothing to compare", code=USAGE)
    reader = SideReader(settings, options, progress, cwd)
    old = reader.first(old_side)
    new = reader.second(old, new_side)
    progress("comparing")
    labels = old_side.label, new_side.label
    try:
        findings = _findings(old, new, labels)
    except NotShared:
        new = reader.complete(new_side)
        findings = _findings(old, new, labels)
    if options.layer == "python":
        python_findings = tuple(
            finding for finding in findings.findings if finding.layer == "python"
        )
        findings = replace(findings, findings=python_findings)
    findings = replace(findings, notes=tuple(_faults(old, new, labels)))
    findings = review.apply_severities(findings, (*new.rules, *old.rules))
    return Compared(_accepted(findings, options, file, root or cwd), old, new)


def _findings(old: BuiltSide, new: BuiltSide, labels: tuple[str, str]) -> review.Review:
    """The changes of the API and of the client."""
    clients: Sequence[review.Finding] = ()
    if isinstance(new.built, Reviewed) and old.built is not None:
        clients = new.built.changes_since(old.built)
    return review.compare(old.api, new.api, clients, labels=labels, place=new.place)


def _faults(old: BuiltSide, new: BuiltSide, labels: tuple[str, str]) -> Iterator[str]:
    """Shows the errors of both sides as warnings, one that both have once, and counts them."""
    again = {(error.code, error.message) for error in new.diagnostics.errors}
    for label, side in zip(labels, (old, new), strict=True):
        errors = side.diagnostics.errors
        show(
            replace(error, severity="warning")
            for error in errors
            if side is new or (error.code, error.message) not in again
        )
        if errors:
            yield f"{label} has {count(len(errors), 'error')}: the parts with errors may be missing from the report"


def _settings(options: argparse.Namespace, diagnostics: Diagnostics, cwd: Path) -> Settings | None:
    """The current settings; None if both sides are given and there are no settings."""
    if options.settings is None and config.find(cwd) is None:
        return None
    # Where both sides are given, settings need not name a description.
    has_both = options.old is not None and options.new is not None
    settings_options = argparse.Namespace(settings=options.settings, group=options.group)
    return load(settings_options, diagnostics, () if has_both else ("spec",))


def _fern_settings(
    options: argparse.Namespace, diagnostics: Diagnostics, cwd: Path
) -> Settings | None:
    """The settings of a Fern folder that is one of the sides."""
    for argument in (options.new, options.old):
        if argument is not None and config.is_fern_folder(cwd / argument):
            overrides = {"spec": Path(argument), "group": options.group}
            try:
                return config.load(None, overrides, diagnostics, cwd, ("spec",))
            except InvalidInput:
                show(diagnostics.reported)
                raise CommandError(
                    f"{problem_counts(diagnostics)} in the settings", code=USAGE
                ) from None
    return None


def _accepted(
    findings: review.Review, options: argparse.Namespace, file: Path | None, root: Path
) -> review.Review:
    path: Path | None = options.accept
    if path is None and file is not None and (file.parent / ACCEPT).is_file():
        path = file.parent / ACCEPT
    if path is None:
        return findings
    diagnostics = Diagnostics()
    accepts = review.load_accepts(path.absolute(), diagnostics, root)
    if diagnostics.errors:
        show(diagnostics.reported)
        raise CommandError(
            f"{problem_counts(diagnostics)} in {relative(path, Path.cwd())}", code=USAGE
        )
    show(diagnostics.reported)
    return review.accept(findings, accepts, date.today())
