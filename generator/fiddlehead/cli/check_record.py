"""Records that `check --fast` found no difference, and all files that this depends on.

`unchanged` reads the record when the same command runs again. A run that may depend on other files is
not recorded: one with Fern files, templates, or patterns of protected files.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TypeAlias

from .. import targets, unchanged
from ..checksums import digest
from ..config import Settings
from ..config.settings import DocsSettings
from ..installed import metadata_folder
from ..output import MANIFEST, Manifest, ManifestError, staging
from ..settings_text import FERNIGNORE, NAME, PROJECT
from . import inputs
from .console import relative

States: TypeAlias = dict[str, str]
"""The states of files by path: a checksum, or one of those in `unchanged`."""


def begin(options: argparse.Namespace) -> States | None:
    """The files that may have the settings, before they are read; None for a command that is not
    recorded."""
    if not options.fast or options.argv != sys.argv[1:]:
        return None
    if options.watch or options.no_cache or options.quiet or options.format != "text":
        return None
    cwd, names = Path.cwd(), (NAME, PROJECT)
    nearest = (base / name for base in (cwd, *cwd.parents) for name in names)
    states: States = {}
    for path in [options.settings] if options.settings else nearest:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            states[str(path)] = unchanged.ABSENT
            continue
        except OSError:
            return None
        if path.suffix != ".toml" or b"generators" in data:
            return None
        states[str(path)] = digest(data)
    return states


def write(states: States, settings: Settings, written: Manifest | ManifestError) -> None:
    """Record a run that found no difference."""
    if isinstance(written, ManifestError) or not _is_recorded(settings, written):
        return
    manifest = written.text().encode()
    folder, output = settings.owned_folder.resolve(), settings.output.resolve()
    ignored = [base / FERNIGNORE for base in (folder, output, *output.parents)]
    tools = [metadata_folder(name) for name in targets.tools(targets.DEFAULT)]
    if None in tools or any(path.exists() for path in ignored):
        return
    description = written.spec_files or {settings.spec.name: written.spec_sha256}
    states |= {str(inputs.path_of(name, settings)): description[name] for name in description}
    states |= {str(settings.output / name): written.project[name] for name in written.project}
    states |= dict.fromkeys((*map(str, ignored), str(staging(folder))), unchanged.ABSENT)
    states |= dict.fromkeys(filter(None, tools), unchanged.PRESENT)
    files = {**written.files, MANIFEST: digest(manifest)}
    message = f"{relative(settings.owned_folder, Path.cwd())} is up to date"
    unchanged.write(message, str(settings.owned_folder), states, files)


def _is_recorded(settings: Settings, written: Manifest) -> bool:
    """Whether a run depends only on files that `write` knows."""
    others = (settings.fern, settings.api, settings.templates, settings.keep, settings.further)
    return (
        not any(others)
        and not written.kept
        and settings.docs == DocsSettings()
        and settings.spec.is_file()
    )
