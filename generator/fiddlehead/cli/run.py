"""The stages in their order, from settings to files; heavy ones are imported when they run."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import descriptions, gc_pause, ir, targets
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frozen import dataclass, replace
from ..output import (
    MANIFEST,
    Manifest,
    ManifestError,
    ProtectedFiles,
    digest,
    read_manifest,
)
from ..output.fern_package import kept_by_hand
from ..queries import ambiguous_unions
from ..source import Sources
from ..targets import DEFAULT, Built, Recorded, WithBinaryFiles
from . import incremental_run, inputs, rules
from .console import count, problem_counts, requirements, show
from .exit_codes import INVALID, CommandError
from .progress import Progress

if TYPE_CHECKING:
    from ..incremental import Incremental


@dataclass(frozen=True)
class Read:
    """The API of a description, the output built from it, and the source files."""

    api: ir.Api
    built: Built
    sources: Sources


@dataclass(frozen=True)
class Result:
    """The output of a run: files of the package (including the manifest) by path inside it, and
    project files by path relative to its parent."""

    owned_folder: Path
    files: Mapping[str, bytes]
    project: Mapping[str, bytes]
    manifest: Manifest
    operations: str
    """The number of operations, as text."""
    requirements: tuple[str, ...]
    """The runtime dependencies of the package."""


def read(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    sources: Sources | None = None,
    target: str = DEFAULT,
    run: Incremental | None = None,
    *,
    printed: bool = False,
) -> Read:
    """Read a description and decide every name of a target; raises `InvalidInput`.

    `run` records data for the next run. With `printed`, only the files of the result are needed.
    """
    sources = sources or Sources(diagnostics, Path.cwd())
    with gc_pause.collection_disabled():
        if run is None:
            load = partial(targets.load, target, printed=printed)
            api = read_api(settings, sources, diagnostics, progress, load)
        else:
            progress("reading the description")
            api = run.read(sources, diagnostics)
        diagnostics.rules = rules.resolve(settings, sources, diagnostics)
        diagnostics.stop_on_errors()
        sources.release()
        if run is None:
            built = build_names(settings, api, diagnostics, progress, target, printed=printed)
        else:
            progress("naming and typing")
            built = run.build(api, diagnostics, printed=printed)
    diagnostics.stop_on_errors()
    return Read(api, built, sources)


def read_api(
    settings: Settings,
    sources: Sources,
    diagnostics: Diagnostics,
    progress: Progress,
    meanwhile: Callable[[], None] | None = None,
) -> ir.Api:
    """The API of a description and of generators.yml; problems are collected.

    `meanwhile` is called at a time when a second process works, if there is one.
    """
    progress("reading the description")
    api = descriptions.read(settings, sources, diagnostics, meanwhile)
    if settings.api is not None:
        from ..fern import overrides

        api = overrides.apply(api, settings, diagnostics)
    return api


def build_names(
    settings: Settings,
    api: ir.Api,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str = DEFAULT,
    *,
    printed: bool = False,
) -> Built:
    """The result of a target for an API, with all names; problems are collected."""
    ambiguous_unions.report(api, diagnostics)
    progress("naming and typing")
    return targets.build(target, api, settings, diagnostics, printed=printed)


@dataclass(frozen=True)
class _Output:
    """The generated files of a description."""

    texts: dict[str, str]
    names: Mapping[str, Mapping[str, str]]
    operations: str
    requirements: tuple[str, ...]
    files: Sequence[Path]
    """The files that were read."""
    built: Built | None = None
    """None if the package comes from the previous run, in which no name changed."""


def generate(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str = DEFAULT,
    completed: Callable[[Built], Built] | None = None,
    *,
    use_cache: bool = True,
) -> Result:
    """All files that a run would write for a target; raises `InvalidInput`.

    `completed` can extend the built package before it is printed.
    """
    location = targets.target(target).location(settings)
    keep = ProtectedFiles(settings.keep).with_fernignore(location.root.resolve(), location.folder)
    settings = replace(settings, protected=keep)
    prefix = f"{location.folder}/"
    use_cache = use_cache and target == DEFAULT and completed is None
    run = incremental_run.of(settings) if use_cache else None
    outcome = (
        _replayed(run, settings, diagnostics, progress, location.owned_folder) if run else None
    )
    if outcome is None:
        recorded = run if run is not None and run.can_be_stored() else None
        outcome = _make(settings, diagnostics, progress, target, completed, recorded)
    wanted = _encoded(outcome.texts, keep)
    if isinstance(outcome.built, WithBinaryFiles):
        wanted |= outcome.built.binary_files()
    files = {name[len(prefix) :]: data for name, data in wanted.items() if name.startswith(prefix)}
    project = {
        name: data
        for name, data in wanted.items()
        if not name.startswith(prefix) and (settings.project or name.startswith(location.always))
    }
    around = {f"../{name}": data for name, data in project.items()}
    protected = kept_by_hand(location.owned_folder, {**files, **around})
    files = {name: data for name, data in files.items() if name not in protected}
    project = {name: data for name, data in project.items() if f"../{name}" not in protected}
    manifest = inputs.manifest(
        settings,
        targets.tools(target),
        outcome.files,
        keep,
        files={name: digest(data) for name, data in files.items()},
        project={name: digest(data) for name, data in project.items()},
        names=outcome.names,
        protected=protected,
    )
    files[MANIFEST] = manifest.text().encode()
    _report_moves(outcome.built, location.owned_folder, diagnostics)
    return Result(
        location.owned_folder, files, project, manifest, outcome.operations, outcome.requirements
    )


def _encoded(texts: dict[str, str], keep: ProtectedFiles) -> dict[str, bytes]:
    """Texts as bytes with their line ends, without kept files. `texts` is emptied meanwhile, so
    that a large package is in memory only once."""
    result: dict[str, bytes] = {}
    for name in list(texts):
        data = texts.pop(name).encode()
        if name not in keep:
            result[name] = data
    return result


def _replayed(
    run: Incremental,
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    owned_folder: Path,
) -> _Output | None:
    """The files from the cache of the previous run, if they can be reused."""
    progress("comparing with the previous run")
    with gc_pause.collection_disabled():
        previous = run.replay(diagnostics, _names_on_disk(owned_folder))
    if previous is None:
        return None
    return _Output(
        dict(previous.files),
        previous.names,
        previous.operations,
        previous.requirements,
        [settings.spec],
    )


def _make(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str,
    completed: Callable[[Built], Built] | None,
    run: Incremental | None,
) -> _Output:
    """Build the files of a description; `run` records data for the next run."""
    printed = completed is None
    outcome = read(settings, diagnostics, progress, target=target, run=run, printed=printed)
    progress("printing and formatting")
    built = outcome.built if completed is None else completed(outcome.built)
    with gc_pause.collect_rarely():
        texts = built.files()
    names = built.record() if isinstance(built, Recorded) else {}
    needed = requirements(targets.target(target), settings, outcome.api)
    counted = operations(outcome.api, channels=settings.channels)
    result = _Output(dict(texts), names, counted, needed, outcome.sources.files, built)
    if run is not None:
        run.remember(texts, names, (result.operations, needed), outcome.sources, diagnostics)
    return result


def _names_on_disk(owned_folder: Path) -> Mapping[str, Mapping[str, str]] | None:
    """The names of the package on disk, from its manifest; None if there is none."""
    with contextlib.suppress(ManifestError):
        return read_manifest(owned_folder).names
    return None


def _report_moves(built: Built | None, owned_folder: Path, diagnostics: Diagnostics) -> None:
    """Warn about each name of the package on disk that the new package does not have."""
    if not isinstance(built, Recorded):
        return
    with contextlib.suppress(ManifestError):
        built.report_moves(read_manifest(owned_folder).names, diagnostics)


def stop_on_warnings(options: argparse.Namespace, diagnostics: Diagnostics) -> None:
    """End the command if there are warnings and `--strict` is set."""
    if options.strict and diagnostics.warnings:
        show(diagnostics.reported)
        raise CommandError(f"{problem_counts(diagnostics)} (--strict)", code=INVALID)


def invalid(diagnostics: Diagnostics) -> CommandError:
    """The error that ends a command with an invalid description, after the problems were shown."""
    show(diagnostics.reported)
    return CommandError(f"{problem_counts(diagnostics)}; nothing was written", code=INVALID)


def operations(api: ir.Api, *, channels: bool) -> str:
    """`41 of 41 operations, 2 channels`, with the number of excluded ones. `channels` is whether
    the result includes channels."""
    number = len([*ir.channels(api.root)]) if channels else 0
    parts = [f"{ir.operations(api.root)} of {api.operations_found} operations"]
    if number:
        parts = [*(parts if api.operations_found else []), count(number, "channel")]
    text = ", ".join(parts)
    left_out = api.operations_left_out
    return f"{text} ({left_out} left out by audience or ignored)" if left_out else text
