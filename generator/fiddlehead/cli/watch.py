"""`--watch`: runs a command again when one of its inputs changes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .. import config
from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput
from ..output import ManifestError, read_manifest
from . import inputs
from .console import count, fail, note
from .exit_codes import DONE, CommandError


def run(options: argparse.Namespace, once: Callable[[argparse.Namespace], int]) -> int:
    """Run a command, and again after each change, until it is interrupted; return the exit code."""
    return repeat(options, once, lambda: inputs_of(options, _package))


def repeat(
    options: argparse.Namespace,
    once: Callable[[argparse.Namespace], int],
    inputs: Callable[[], Iterable[Path]],
    *,
    at_once: bool = True,
) -> int:
    """The same for a command with other `inputs`; without `at_once`, it runs only after a change."""
    try:
        while True:
            if at_once:
                try:
                    once(options)
                except CommandError as error:
                    fail(str(error), error.hint)
                sys.stdout.flush()
            at_once = True
            watched = set(inputs())
            note(f"watching {count(len(watched), 'file')}; press Ctrl-C to stop", "dim")
            _wait(watched)
    except KeyboardInterrupt:
        return DONE


def _wait(watched: set[Path]) -> None:
    """Return after one of the paths changed."""
    import watchfiles

    folders = {path if path.is_dir() else path.parent for path in watched}
    changes = watchfiles.watch(
        *(folder for folder in folders if folder.is_dir()),
        watch_filter=lambda _, path: _is_input(Path(path), watched),
        recursive=any(path.is_dir() for path in watched),
    )
    next(changes)


def _is_input(path: Path, watched: set[Path]) -> bool:
    return path in watched or any(folder in watched for folder in path.parents)


def _package(settings: Settings) -> Path:
    return settings.output / settings.package


def inputs_of(
    options: argparse.Namespace, owned_folder: Callable[[Settings], Path]
) -> Iterator[Path]:
    """The known files of the description and the settings; the manifest in `owned_folder` lists the
    former."""
    arguments = {
        name: getattr(options, name, None) for name in ("spec", "output", "package", "group")
    }
    file = options.settings or config.find(Path.cwd())
    if file is not None:
        yield file.resolve()
    try:
        settings = config.load(options.settings, arguments, Diagnostics(), Path.cwd(), ("spec",))
    except InvalidInput:
        if options.spec is not None:
            yield options.spec.resolve()
        return
    if settings.file is not None:
        yield settings.file.resolve()
    yield from _description(settings)
    yield from (x for x in (settings.docs.templates, settings.docs.logo, settings.docs.css) if x)


def _description(settings: Settings) -> Iterator[Path]:
    for description in settings.descriptions():
        for path in (description.spec, *description.overrides, *description.overlays):
            yield path.resolve()
    try:
        written = read_manifest(settings.owned_folder)
    except ManifestError:
        return
    for name in written.spec_files:
        yield inputs.path_of(name, settings).resolve()
