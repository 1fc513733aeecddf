"""The stages in their order, from settings to files; heavy ones are imported when they run."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..output import Keep, Manifest, digest
from ..package import Package
from ..source import Sources
from . import gc_pause, inputs
from .console import Progress, show, tally
from .exits import INVALID, CommandError


@dataclass(frozen=True)
class Read:
    """A description with what it was made from and what is made of it."""

    api: ir.Api
    package: Package
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


def read_api(settings: Settings, sources: Sources, diagnostics: Diagnostics) -> ir.Api:
    """The API that a description gives; problems are collected."""
    if settings.spec.is_dir():
        from .. import fern

        return fern.read(settings, sources, diagnostics)
    from .. import openapi

    return openapi.read(settings, sources, diagnostics)


def read(
    settings: Settings,
    diagnostics: Diagnostics,
    progress: Progress,
    sources: Sources | None = None,
) -> Read:
    """Reads a description and decides every name; raises `InvalidInput`."""
    sources = sources or Sources(diagnostics, Path.cwd())
    with gc_pause.at_rest():
        progress("reading the description")
        api = read_api(settings, sources, diagnostics)
        if settings.api is not None:
            from ..fern import overrides

            api = overrides.apply(api, settings, diagnostics)
        from .. import python

        diagnostics.stop_on_errors()
        progress("naming and typing")
        package = python.build(api, settings, diagnostics)
    diagnostics.stop_on_errors()
    return Read(api, package, sources)


def render(package: Package) -> dict[str, str]:
    """The text of every file, by path relative to the output folder."""
    from .. import render as printer

    return printer.render(package)


def generate(settings: Settings, diagnostics: Diagnostics, progress: Progress) -> Result:
    """Everything that `fiddlehead generate` would write; raises `InvalidInput`."""
    found = read(settings, diagnostics, progress)
    progress("printing and formatting")
    texts = render(found.package)
    keep = Keep(settings.keep).with_fernignore(settings.output.resolve())
    prefix = f"{settings.package}/"
    wanted = {name: text.encode() for name, text in texts.items() if name not in keep}
    files = {name[len(prefix) :]: data for name, data in wanted.items() if name.startswith(prefix)}
    project = {
        name: data
        for name, data in wanted.items()
        if settings.project and not name.startswith(prefix)
    }
    manifest = inputs.manifest(
        settings,
        found.sources.files,
        keep,
        files={name: digest(data) for name, data in files.items()},
        project={name: digest(data) for name, data in project.items()},
    )
    files["_manifest.json"] = manifest.text().encode()
    return Result(settings.output / settings.package, files, project, manifest, found.api)


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
    """`41 of 41 operations`, with what audiences and ignores left out."""
    text = f"{ir.operations(api.root)} of {api.operations_found} operations"
    left_out = api.operations_left_out
    return f"{text} ({left_out} left out by audience or ignored)" if left_out else text
