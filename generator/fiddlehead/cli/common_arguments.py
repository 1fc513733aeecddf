"""The arguments that several commands have."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..urls import download_hint
from .exit_codes import CommandError

if TYPE_CHECKING:
    from pathlib import Path


def path(text: str) -> Path:
    """A value as a path. Without one, as with `--help`, nothing needs `pathlib`."""
    from pathlib import Path

    return Path(text)


def description_argument(text: str) -> Path:
    """The value as a path; ends the command if it is a URL (`Path` would remove one of its
    slashes)."""
    hint = download_hint(text)
    if hint is not None:
        raise CommandError(f"'{text}' is a URL", hint)
    return path(text)


def settings_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "spec",
        nargs="?",
        type=description_argument,
        metavar="SPEC",
        help="an OpenAPI, Swagger or AsyncAPI file, or a Fern folder (a definition, or one with "
        "generators.yml), or - for standard input (default: from the settings)",
    )
    command.add_argument(
        "--settings",
        type=path,
        metavar="FILE",
        help="a fiddlehead.toml, pyproject.toml or Fern's generators.yml (default: the nearest "
        "of the first two, from here upwards)",
    )
    command.add_argument("--group", help="the group of generators.yml (default: its Python group)")
    command.add_argument(
        "--audience",
        action="append",
        dest="audiences",
        metavar="NAME",
        help="include only elements for this audience; may be repeated",
    )
    command.add_argument("--strict", action="store_true", help="treat warnings as errors")


def cache_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-cache",
        action="store_true",
        help="neither read nor write the cache",
    )


def target_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", type=path, metavar="DIR", help="the folder that contains the package"
    )
    command.add_argument("--package", metavar="NAME", help="the import name of the package")
    command.add_argument(
        "--version", metavar="VERSION", help="the version of the package (default: 0.1.0)"
    )
    command.add_argument(
        "--layout",
        choices=("compact", "fern"),
        help="'fern' adds the import paths of Fern's packages",
    )
    command.add_argument(
        "--project",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="write pyproject.toml, README.md and reference.md next to the package",
    )
