"""The stages in their order, from settings to files; heavy ones are imported when they run."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import descriptions, ir, targets
from ..config import Settings
from ..diagnostics import Diagnostics
from ..output import Manifest, ManifestError, ProtectedFiles, digest, kept_by_hand, read_manifest
from ..queries import ambiguous_unions
from ..source import Sources
from ..targets import DEFAULT, Built, Recorded, WithBinaryFiles
from . import gc_pause, incremental_run, inputs, rules
from .console import count, problem_counts, requirements, show
from .exit_codes import INVALID, CommandError
from .progress import Progress

if TYPE_CHECKING:
    from ..incremental import Incremental


@dataclass(frozen=True)
class Read:
    """A description with what it was made from and what is made of it."""

    api: ir.Api
    built: Built
    sources: Sources


@dataclass(frozen=True)
class Result:
    """Everything that a run writes: files of the package (manifest included) by path inside it,
    files around it by path beside it."""

    owned_folder: Path
    files: Mapping[str, bytes]
    project: Mapping[str, bytes]
    manifest: Manifest
    operations: str
    """How many operations there are, in words."""
    requirements: tuple[str, ...]
    """What the package needs at run time."""


def read(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    sources: Sources | None = None,
    target: str = DEFAULT,
    run: Incremental | None = None,
) -> Read:
    """Reads a description and decides every name of a target; raises `InvalidInput`.

    `run` takes notes for the next run.
    """
    sources = sources or Sources(diagnostics, Path.cwd())
    with gc_pause.collection_disabled():
        if run is None:
            api = read_api(settings, sources, diagnostics, progress)
        else:
            progress("reading the description")
            api = run.read(sources, diagnostics)
        diagnostics.rules = rules.resolve(settings, sources, diagnostics)
        diagnostics.stop_on_errors()
        sources.release()
        if run is None:
            built = build_names(settings, api, diagnostics, progress, target)
        else:
            progress("naming and typing")
            built = run.build(api, diagnostics)
    diagnostics.stop_on_errors()
    return Read(api, built, sources)


def read_api(
    settings: Settings, sources: Sources, diagnostics: Diagnostics, progress: Progress
) -> ir.Api:
    """The API of a description, with what generators.yml says of it; problems are collected."""
    progress("reading the description")
    api = descriptions.read(settings, sources, diagnostics)
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
) -> Built:
    """What a target makes of an API, with every name decided; problems are collected."""
    ambiguous_unions.report(api, diagnostics)
    progress("naming and typing")
    return targets.build(target, api, settings, diagnostics)


@dataclass(frozen=True)
class _Made:
    """What was made of a description."""

    texts: dict[str, str]
    names: Mapping[str, Mapping[str, str]]
    operations: str
    requirements: tuple[str, ...]
    files: Sequence[Path]
    """What was read."""
    built: Built | None = None
    """None where it was taken from the run before: no name has moved."""


def generate(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str = DEFAULT,
    completed: Callable[[Built], Built] | None = None,
    *,
    use_cache: bool = True,
) -> Result:
    """Everything that a run would write for a target; raises `InvalidInput`.

    `completed` adds to what was built before it is printed.
    """
    location = targets.target(target).location(settings)
    keep = ProtectedFiles(settings.keep).with_fernignore(location.root.resolve(), location.folder)
    prefix = f"{location.folder}/"
    use_cache = use_cache and target == DEFAULT and completed is None
    run = incremental_run.of(settings) if use_cache else None
    made = _replayed(run, settings, diagnostics, progress, location.owned_folder) if run else None
    made = made or _make(settings, diagnostics, progress, target, completed, run)
    wanted = _encoded(made.texts, keep)
    if isinstance(made.built, WithBinaryFiles):
        wanted |= made.built.binary_files()
    files = {name[len(prefix) :]: data for name, data in wanted.items() if name.startswith(prefix)}
    project = {
        name: data
        for name, data in wanted.items()
        if not name.startswith(prefix) and (settings.project or _is_test(name, settings))
    }
    around = {f"../{name}": data for name, data in project.items()}
    kept = kept_by_hand(location.owned_folder, {**files, **around})
    files = {name: data for name, data in files.items() if name not in kept}
    project = {name: data for name, data in project.items() if f"../{name}" not in kept}
    manifest = inputs.manifest(
        settings,
        targets.tools(target),
        made.files,
        keep,
        files={name: digest(data) for name, data in files.items()},
        project={name: digest(data) for name, data in project.items()},
        names=made.names,
        kept=kept,
    )
    files["_manifest.json"] = manifest.text().encode()
    _report_moves(made.built, location.owned_folder, diagnostics)
    return Result(
        location.owned_folder, files, project, manifest, made.operations, made.requirements
    )


def _encoded(texts: dict[str, str], keep: ProtectedFiles) -> dict[str, bytes]:
    """Texts as they are written, without those that are kept. `texts` is emptied on the way: a
    large package is in memory only once."""
    found: dict[str, bytes] = {}
    for name in list(texts):
        data = texts.pop(name).encode()
        if name not in keep:
            found[name] = data
    return found


def _replayed(
    run: Incremental,
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    owned_folder: Path,
) -> _Made | None:
    """What is made of a description, where the run before says so."""
    progress("comparing with the run before")
    with gc_pause.collection_disabled():
        found = run.replay(diagnostics, _names_on_disk(owned_folder))
    if found is None:
        return None
    return _Made(
        dict(found.files), found.names, found.operations, found.requirements, [settings.spec]
    )


def _make(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str,
    completed: Callable[[Built], Built] | None,
    run: Incremental | None,
) -> _Made:
    """What is made of a description; `run` takes notes for the next run."""
    found = read(settings, diagnostics, progress, target=target, run=run)
    progress("printing and formatting")
    built = found.built if completed is None else completed(found.built)
    with gc_pause.collect_rarely():
        texts = built.files()
    names = built.record() if isinstance(built, Recorded) else {}
    needed = requirements(targets.target(target), settings, found.api)
    counted = operations(found.api, channels=settings.python.websocket_clients)
    made = _Made(dict(texts), names, counted, needed, found.sources.files, built)
    if run is not None:
        run.remember(texts, names, (made.operations, needed), found.sources, diagnostics)
    return made


def _names_on_disk(owned_folder: Path) -> Mapping[str, Mapping[str, str]] | None:
    """The names that the written package has; None where there is none."""
    with contextlib.suppress(ManifestError):
        return read_manifest(owned_folder).names
    return None


def _report_moves(built: Built | None, owned_folder: Path, diagnostics: Diagnostics) -> None:
    """A warning for each name that the package on disk has and the new one has not."""
    if not isinstance(built, Recorded):
        return
    with contextlib.suppress(ManifestError):
        built.report_moves(read_manifest(owned_folder).names, diagnostics)


def stop_on_warnings(options: argparse.Namespace, diagnostics: Diagnostics) -> None:
    """Ends the command where warnings count as errors and there are any."""
    if options.strict and diagnostics.warnings:
        show(diagnostics.found)
        raise CommandError(f"{problem_counts(diagnostics)} (--strict)", code=INVALID)


def invalid(diagnostics: Diagnostics) -> CommandError:
    """The end of a command whose description cannot be used, after the reasons were shown."""
    show(diagnostics.found)
    return CommandError(f"{problem_counts(diagnostics)}; nothing was written", code=INVALID)


def operations(api: ir.Api, *, channels: bool) -> str:
    """`41 of 41 operations, 2 channels`, with what audiences and ignores left out. `channels` says
    whether channels are part of the result."""
    found = len([*ir.channels(api.root)]) if channels else 0
    parts = [f"{ir.operations(api.root)} of {api.operations_found} operations"]
    if found:
        parts = [*(parts if api.operations_found else []), count(found, "channel")]
    text = ", ".join(parts)
    left_out = api.operations_left_out
    return f"{text} ({left_out} left out by audience or ignored)" if left_out else text


def _is_test(name: str, settings: Settings) -> bool:
    """Whether a file is a test of the package, which is written without a project too."""
    return settings.python.tests and name.startswith("tests/")
