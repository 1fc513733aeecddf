"""The settings for the options of a command. Imports nothing expensive."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import config
from ..config import Settings
from ..diagnostics import Diagnostics, InvalidInput
from ..source import STDIN
from . import rules
from .console import problem_counts, show
from .exit_codes import USAGE, CommandError
from .find_description import find as find_description
from .find_description import is_definition, similar


def load(
    options: argparse.Namespace, diagnostics: Diagnostics, needs: Sequence[str] = config.REQUIRED
) -> Settings:
    """The settings for the options of a command; invalid settings end the command."""
    names = (
        *("spec", "output", "package", "version", "layout", "project"),
        *("group", "audiences", "base_url"),
    )
    overrides: dict[str, Any] = {name: getattr(options, name, None) for name in names}
    if overrides["audiences"] is not None:
        overrides["audiences"] = tuple(overrides["audiences"])
    if overrides["spec"] is not None and str(overrides["spec"]) == "-":
        overrides["spec"] = _standard_input(overrides, needs)
    elif overrides["spec"] is not None:
        overrides["spec"] = _in_folder(overrides["spec"])
        if not overrides["spec"].exists():
            # Before the settings that are missing without it.
            hint = similar(overrides["spec"])
            raise CommandError(f"spec '{options.spec}' not found", hint, USAGE)
    try:
        settings = config.load(options.settings, overrides, diagnostics, Path.cwd(), needs)
        rules.check_codes(settings, diagnostics)
        diagnostics.stop_on_errors()
        diagnostics.rules = rules.everywhere(settings)
    except InvalidInput:
        raise _unusable(diagnostics) from None
    if getattr(options, "strict", False) and diagnostics.warnings:
        show(diagnostics.reported)
        raise CommandError(f"{problem_counts(diagnostics)} in the settings (--strict)", code=USAGE)
    return settings


def _unusable(diagnostics: Diagnostics) -> CommandError:
    """The error that ends a command; a single problem without a location is printed as one
    sentence."""
    errors = diagnostics.errors
    if len(errors) == len(diagnostics.reported) == 1 and errors[0].span is None:
        return CommandError(errors[0].message, errors[0].hint, USAGE)
    show(diagnostics.reported)
    return CommandError(f"{problem_counts(diagnostics)} in the settings", code=USAGE)


def _in_folder(spec: Path) -> Path:
    """The OpenAPI description in a folder that is not a Fern folder or definition; other paths
    unchanged."""
    definitions = (spec, spec / "definition", spec / "fern" / "definition")
    if not spec.is_dir() or config.is_fern_folder(spec) or any(map(is_definition, definitions)):
        return spec
    paths = find_description(spec)
    if len(paths) > 1:
        names = ", ".join(path.as_posix() for path in paths)
        raise CommandError(
            f"several descriptions were found in '{spec}': {names}", "pass one of them"
        )
    return paths[0] if paths else spec


def _standard_input(overrides: dict[str, Any], needs: Sequence[str]) -> Path:
    """The file name that represents standard input; references are relative to the working
    directory."""
    missing = [key for key in ("output", "package") if key in needs]
    unset = [f"--{name}" for name in missing if overrides.get(name) is None]
    if unset:
        raise CommandError(
            f"to read standard input, {' and '.join(unset)} {'are' if unset[1:] else 'is'} required"
        )
    return Path.cwd() / STDIN
