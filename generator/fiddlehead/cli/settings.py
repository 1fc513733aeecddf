"""The settings that a command line asks for. Nothing heavy is imported for it."""

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
from .find_description import is_definition


def load(
    options: argparse.Namespace, diagnostics: Diagnostics, needs: Sequence[str] = config.REQUIRED
) -> Settings:
    """The settings that a command line asks for; what is wrong with them ends the command."""
    names = ("spec", "output", "package", "layout", "project", "group", "audiences", "base_url")
    overrides: dict[str, Any] = {name: getattr(options, name, None) for name in names}
    if overrides["audiences"] is not None:
        overrides["audiences"] = tuple(overrides["audiences"])
    if overrides["spec"] is not None and str(overrides["spec"]) == "-":
        overrides["spec"] = _standard_input(overrides, needs)
    elif overrides["spec"] is not None:
        overrides["spec"] = _in_folder(overrides["spec"])
    try:
        settings = config.load(options.settings, overrides, diagnostics, Path.cwd(), needs)
        rules.check_codes(settings, diagnostics)
        diagnostics.stop_on_errors()
        diagnostics.rules = rules.everywhere(settings)
    except InvalidInput:
        raise _unusable(diagnostics) from None
    if getattr(options, "strict", False) and diagnostics.warnings:
        show(diagnostics.found)
        raise CommandError(f"{problem_counts(diagnostics)} in the settings (--strict)", code=USAGE)
    return settings


def _unusable(diagnostics: Diagnostics) -> CommandError:
    """The end of a command: one problem without a place is said in one sentence."""
    errors = diagnostics.errors
    if len(errors) == len(diagnostics.found) == 1 and errors[0].span is None:
        return CommandError(errors[0].message, errors[0].hint, USAGE)
    show(diagnostics.found)
    return CommandError(f"{problem_counts(diagnostics)} in the settings", code=USAGE)


def _in_folder(spec: Path) -> Path:
    """The OpenAPI description in a folder that is neither Fern's nor a Fern definition; a path that
    is no such folder as it is."""
    definitions = (spec, spec / "definition", spec / "fern" / "definition")
    if not spec.is_dir() or config.is_fern_folder(spec) or any(map(is_definition, definitions)):
        return spec
    found = find_description(spec)
    if len(found) > 1:
        names = ", ".join(path.as_posix() for path in found)
        raise CommandError(
            f"several descriptions were found in '{spec}': {names}", "give one of them"
        )
    return found[0] if found else spec


def _standard_input(overrides: dict[str, Any], needs: Sequence[str]) -> Path:
    """The file that stands for standard input: references start from the working folder."""
    given = [each for each in ("output", "package") if each in needs]
    lacking = [f"--{name}" for name in given if overrides.get(name) is None]
    if lacking:
        raise CommandError(
            f"to read standard input, {' and '.join(lacking)} {'are' if lacking[1:] else 'is'} needed"
        )
    return Path.cwd() / STDIN
