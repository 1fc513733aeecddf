"""The stages in their order, from settings to files; heavy ones are imported when they run."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import descriptions, ir, targets
from ..config import Settings
from ..diagnostics import Diagnostics
from ..output import Keep, Manifest, ManifestError, digest, kept_by_hand, read_manifest
from ..queries import ambiguous_unions
from ..source import Sources
from ..targets import DEFAULT, Built, Recorded, WithBinaryFiles
from . import gc_pause, inputs, rules
from .console import count, show, tally
from .exits import INVALID, CommandError
from .progress import Progress


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

    home: Path
    files: Mapping[str, bytes]
    project: Mapping[str, bytes]
    manifest: Manifest
    api: ir.Api


def read(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    sources: Sources | None = None,
    target: str = DEFAULT,
) -> Read:
    """Reads a description and decides every name of a target; raises `InvalidInput`."""
    sources = sources or Sources(diagnostics, Path.cwd())
    with gc_pause.at_rest():
        api = understand(settings, sources, diagnostics, progress)
        diagnostics.rules = rules.resolve(settings, sources, diagnostics)
        diagnostics.stop_on_errors()
        sources.release()
        built = named(settings, api, diagnostics, progress, target)
    diagnostics.stop_on_errors()
    return Read(api, built, sources)


def understand(
    settings: Settings, sources: Sources, diagnostics: Diagnostics, progress: Progress
) -> ir.Api:
    """The API of a description, with what generators.yml says of it; problems are collected."""
    progress("reading the description")
    api = descriptions.read(settings, sources, diagnostics)
    if settings.api is not None:
        from ..fern import overrides

        api = overrides.apply(api, settings, diagnostics)
    return api


def named(
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


def generate(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    target: str = DEFAULT,
    completed: Callable[[Built], Built] | None = None,
) -> Result:
    """Everything that a run would write for a target; raises `InvalidInput`.

    `completed` adds to what was built before it is printed.
    """
    found = read(settings, diagnostics, progress, target=target)
    progress("printing and formatting")
    built = found.built if completed is None else completed(found.built)
    with gc_pause.at_rest():
        texts = built.files()
    location = targets.target(target).location(settings)
    keep = Keep(settings.keep).with_fernignore(location.root.resolve(), location.folder)
    prefix = f"{location.folder}/"
    wanted = {name: text.encode() for name, text in texts.items() if name not in keep}
    if isinstance(built, WithBinaryFiles):
        wanted |= built.binary_files()
    files = {name[len(prefix) :]: data for name, data in wanted.items() if name.startswith(prefix)}
    project = {
        name: data
        for name, data in wanted.items()
        if settings.project and not name.startswith(prefix)
    }
    around = {f"../{name}": data for name, data in project.items()}
    kept = kept_by_hand(location.home, {**files, **around})
    files = {name: data for name, data in files.items() if name not in kept}
    project = {name: data for name, data in project.items() if f"../{name}" not in kept}
    manifest = inputs.manifest(
        settings,
        targets.tools(target),
        found.sources.files,
        keep,
        files={name: digest(data) for name, data in files.items()},
        project={name: digest(data) for name, data in project.items()},
        names=found.built.record() if isinstance(found.built, Recorded) else {},
        kept=kept,
    )
    files["_manifest.json"] = manifest.text().encode()
    _report_moves(found.built, location.home, diagnostics)
    return Result(location.home, files, project, manifest, found.api)


def _report_moves(built: Built, home: Path, diagnostics: Diagnostics) -> None:
    """A warning for each name that the package on disk has and the new one has not."""
    if not isinstance(built, Recorded):
        return
    with contextlib.suppress(ManifestError):
        for each in built.moves(read_manifest(home).names):
            diagnostics.warning(
                "name-moved",
                f"{each.what} '{each.old}' is called '{each.new}' now",
                each.span,
                hint=f"to keep it, in fiddlehead.toml, {each.setting}" if each.setting else None,
            )


def stop_on_warnings(options: argparse.Namespace, diagnostics: Diagnostics) -> None:
    """Ends the command where warnings count as errors and there are any."""
    if options.strict and diagnostics.warnings:
        show(diagnostics.found)
        raise CommandError(f"{tally(diagnostics)} (--strict)", code=INVALID)


def invalid(diagnostics: Diagnostics) -> CommandError:
    """The end of a command whose description cannot be used, after the reasons were shown."""
    show(diagnostics.found)
    return CommandError(f"{tally(diagnostics)}; nothing was written", code=INVALID)


def operations(api: ir.Api) -> str:
    """`41 of 41 operations, 2 channels`, with what audiences and ignores left out."""
    channels = len([*ir.channels(api.root)])
    parts = [f"{ir.operations(api.root)} of {api.operations_found} operations"]
    if channels:
        parts = [*(parts if api.operations_found else []), count(channels, "channel")]
    text = ", ".join(parts)
    left_out = api.operations_left_out
    return f"{text} ({left_out} left out by audience or ignored)" if left_out else text
