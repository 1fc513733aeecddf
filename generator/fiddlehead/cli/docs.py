"""`fiddlehead docs`: writes a static docs site for a description."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import custom_templates
from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput
from ..frozen import replace
from ..output import ManifestError, OutputError, read_manifest
from ..output.write import OutputConflict
from ..targets import Built
from .console import count, note, problem_counts, relative, show
from .exit_codes import DONE, USAGE, CommandError
from .progress import Progress
from .settings import load

if TYPE_CHECKING:
    from .run import Result

_EDITED = "remove it, so that it is written again, or pass --output with another folder"
_OTHER = "pass --output with a new or empty folder, or one that 'fiddlehead docs' wrote"


def run(options: argparse.Namespace) -> int:
    """Write the site, and serve it with `--serve`; return the exit code."""
    if options.serve:
        from . import docs_server

        return docs_server.run(options, _write)
    if options.port is not None:
        raise CommandError("--port requires --serve", code=USAGE)
    return _write(options)


def _write(options: argparse.Namespace) -> int:
    """Write the site; return the exit code."""
    from ..output import ProtectedFiles
    from ..output.write import write
    from .run import stop_on_warnings

    diagnostics = Diagnostics()
    # A site has no project files, so their pages are not generated.
    settings = replace(load(options, diagnostics, needs=("spec", "output")), project=False)
    owned_folder = settings.output
    folder = relative(owned_folder, Path.cwd())
    _stop_on_other_files(owned_folder, folder)
    with Progress() as progress:
        result = _built_site(options, settings, diagnostics, progress)
        stop_on_warnings(options, diagnostics)
        progress("writing")
        try:
            outcome = write(owned_folder, result.files, {}, keep=ProtectedFiles(()))
        except OutputConflict as error:
            first = error.conflicts[0]
            problem = f"'{first.path}' is {first.reason}; nothing was written"
            raise CommandError(problem, _EDITED, USAGE) from None
        except OutputError as error:
            raise CommandError(str(error), error.hint, USAGE) from None
    show(diagnostics.reported)
    written = f"{count(len(outcome.written), 'file')} written, {outcome.unchanged} unchanged"
    parts = [result.operations, written, problem_counts(diagnostics)]
    note(f"{folder}: {'; '.join(part for part in parts if part)}", "bold")
    return DONE


def _built_site(
    options: argparse.Namespace, settings: Settings, diagnostics: Diagnostics, progress: Progress
) -> Result:
    """The files of the site; problems of the description or a template end the command."""
    from .run import generate, invalid

    completed = partial(_with_changes, options, progress) if options.previous is not None else None
    try:
        return generate(settings, diagnostics, progress, "docs", completed)
    except InvalidInput:
        raise invalid(diagnostics) from None
    except Exception as error:
        import jinja2

        folder = settings.docs.templates
        if not isinstance(error, jinja2.TemplateError) or folder is None:
            raise
        if not custom_templates.report(error, folder, diagnostics):
            raise
        raise invalid(diagnostics) from None


def _with_changes(options: argparse.Namespace, progress: Progress, built: Built) -> Built:
    """The site with the changes since the previous description."""
    from ..targets.docs import Site
    from . import diff

    assert isinstance(built, Site)
    compare_options = argparse.Namespace(
        old=options.previous,
        new=str(options.spec) if options.spec is not None else None,
        settings=options.settings,
        group=options.group,
        audiences=options.audiences,
        accept=None,
        layer="all",
        format="text",
    )
    with tempfile.TemporaryDirectory(prefix="fiddlehead-") as folder:
        comparison = diff.compare(compare_options, Path(folder), progress)
    assert comparison.old.built is not None
    return built.since(comparison.old.built, comparison.review)


def _stop_on_other_files(owned_folder: Path, folder: str) -> None:
    """End the command if the folder has a file that `docs` did not write."""
    if not owned_folder.exists():
        return
    if not owned_folder.is_dir():
        raise CommandError(f"'{folder}' is not a folder", _OTHER, USAGE)
    known: set[str] = set()
    try:
        manifest = read_manifest(owned_folder)
        # The manifest of a generated package has other tools.
        if "markdown-it-py" in manifest.tools:
            known = {*manifest.files, "_manifest.json"}
    except ManifestError:
        pass
    for path in sorted(owned_folder.rglob("*")):
        name = path.relative_to(owned_folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in known:
            raise CommandError(
                f"'{folder}/{name}' was not written by 'fiddlehead docs'; nothing was written",
                _OTHER,
                USAGE,
            )
