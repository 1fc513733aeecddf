"""The arguments of each command."""

from __future__ import annotations

import argparse

from .common_arguments import (
    cache_arguments,
    description_argument,
    path,
    settings_arguments,
    target_arguments,
)

CHECK_FORMATS = ("text", "json", "github", "sarif")
SHELLS = ("bash", "zsh", "fish")
TOOLS = ("fern", "openapi-generator", "openapi-python-client", "stainless")
DIFF_FORMATS = ("text", "markdown", "json", "github", "sarif", "html")


def _generate(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    target_arguments(command)
    command.add_argument(
        "--force",
        action="store_true",
        help="overwrite files that were edited by hand or that fiddlehead did not write",
    )
    cache_arguments(command)
    _watch(command)


def _check(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    target_arguments(command)
    command.add_argument(
        "--fast", action="store_true", help="compare checksums only, without generating anything"
    )
    command.add_argument("--format", choices=CHECK_FORMATS, default="text")
    command.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if there are differences"
    )
    cache_arguments(command)
    _watch(command)


def _lint(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    command.add_argument("--format", choices=CHECK_FORMATS, default="text")
    command.add_argument(
        "--rules",
        action="store_true",
        help="list every code and its severity, and exit",
    )


def _names(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    command.add_argument("--format", choices=("text", "json"), default="text")


def _diff(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "old",
        nargs="?",
        metavar="OLD",
        help="a description, a git revision of one (main:spec/openapi.yaml), or a generated "
        "package (default: the description that the package was generated from)",
    )
    command.add_argument(
        "new", nargs="?", metavar="NEW", help="the same (default: the current one)"
    )
    command.add_argument("--settings", type=path, metavar="FILE", help="as for generate")
    command.add_argument("--group", help="the group of generators.yml")
    command.add_argument("--format", choices=DIFF_FORMATS, default="text")
    command.add_argument("--output", type=path, metavar="FILE", help="write the report to a file")
    command.add_argument(
        "--accept",
        type=path,
        metavar="FILE",
        help="accepted breaking changes (default: fiddlehead-accept.yaml next to the settings)",
    )
    command.add_argument(
        "--layer",
        choices=("all", "api", "python"),
        default="all",
        help="the layer to compare; api is faster, because it needs no Python names",
    )
    command.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if there are breaking changes"
    )


def _docs(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    command.add_argument(
        "--output", type=path, metavar="DIR", required=True, help="the folder of the site"
    )
    command.add_argument(
        "--base-url",
        metavar="URL",
        help="the URL of the published site; adds a sitemap and canonical links",
    )
    command.add_argument(
        "--previous",
        metavar="OLD",
        help="an earlier description, as OLD of diff; adds a page and a feed of the changes, and a "
        "redirect from each old address",
    )
    command.add_argument(
        "--serve",
        action="store_true",
        help="serve the site on 127.0.0.1, and rebuild it when an input changes",
    )
    command.add_argument(
        "--port",
        type=int,
        metavar="N",
        help="the port of --serve; 0 for a free one (default: 8000)",
    )


def _watch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--watch",
        action="store_true",
        help="keep running, and run again when an input changes (Ctrl-C ends it)",
    )


def _release(command: argparse.ArgumentParser) -> None:
    command.add_argument("--settings", type=path, metavar="FILE", help="as for generate")
    command.add_argument("--group", help="the group of generators.yml")
    command.add_argument(
        "--since",
        metavar="REVISION",
        help="the last release (default: the highest git tag that is a version)",
    )
    command.add_argument(
        "--date", metavar="YYYY-MM-DD", help="the date of the release (default: today)"
    )
    command.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the version is too low"
    )


def _serve(command: argparse.ArgumentParser) -> None:
    settings_arguments(command)
    command.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="the port; 0 for a free one (default: 8000)",
    )
    command.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="the seed of generated values (default: 0)",
    )
    command.add_argument(
        "--latency",
        type=float,
        default=0,
        metavar="MS",
        help="the delay of every response in milliseconds (default: 0)",
    )
    command.add_argument(
        "--fail",
        action="append",
        default=[],
        metavar="CODE@SHARE",
        help="fail a share of the requests with a status, as in 503@0.1 or 429@5%%; may be repeated",
    )


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _init(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "spec",
        nargs="?",
        type=description_argument,
        metavar="SPEC",
        help="the description (default: searched in this folder); with --from fern, the Fern folder",
    )
    command.add_argument(
        "--from",
        dest="tool",
        choices=TOOLS,
        metavar="TOOL",
        help=f"read the configuration of another generator: {', '.join(TOOLS)}",
    )
    command.add_argument(
        "--config",
        type=path,
        metavar="FILE",
        help="the configuration file (default: found here by its usual name)",
    )
    command.add_argument("--group", help="the group of generators.yml (default: its Python group)")
    command.add_argument("--package", metavar="NAME", help="the import name of the package")
    command.add_argument(
        "--output", metavar="DIR", help="the folder that contains the package (default: generated)"
    )
    command.add_argument(
        "--gitattributes",
        action="store_true",
        help="add a line to .gitattributes: LF line endings, and files folded in reviews",
    )


def _vendor(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", type=path, metavar="SOURCE", help="a generated package")
    command.add_argument("destination", type=path, metavar="DEST", help="the folder of the copy")
    command.add_argument(
        "--import-path",
        metavar="PATH",
        help="the import path of the copy, for its examples (default: from DEST)",
    )
    command.add_argument("--dry-run", action="store_true", help="print what would be done")
    command.add_argument(
        "--diff", action="store_true", help="print the changes as a diff, and do nothing"
    )
    command.add_argument(
        "--base",
        type=path,
        metavar="OLD",
        help="the source of the previous upgrade, for merging (default: searched in git)",
    )
    command.add_argument(
        "--conflicts",
        action="append",
        metavar="CHOICE",
        help="how to resolve conflicts: 'markers' writes both versions between "
        "conflict markers, 'ours' keeps the file, 'theirs' uses the new one; FILE=CHOICE is for "
        "one file (default: nothing is written)",
    )
    command.add_argument(
        "--pages",
        action=argparse.BooleanOptionalAction,
        help="also copy README.md and reference.md (default: as for the last copy)",
    )
    command.add_argument(
        "--gitattributes",
        action=argparse.BooleanOptionalAction,
        help="mark the copy as generated, so that code hosts fold it in reviews (default: as for the "
        "last copy)",
    )


def _verify(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folders", type=path, nargs="+", metavar="DEST", help="a generated or vendored package"
    )
    command.add_argument("--format", choices=CHECK_FORMATS, default="text")


COMMANDS = {
    "generate": ("write the client", _generate),
    "check": ("show what generate would change, and why", _check),
    "docs": ("write a static docs site", _docs),
    "diff": ("report changes of the API and of the Python client", _diff),
    "lint": ("report the problems of a description", _lint),
    "serve": ("run a mock server of a description on 127.0.0.1", _serve),
    "names": ("print every generated name with its source", _names),
    "release": ("increase the version, and write the changes to the CHANGELOG", _release),
    "vendor": ("copy a generated package into another project", _vendor),
    "verify": ("check that a package was not edited", _verify),
    "init": ("write a first fiddlehead.toml", _init),
    "completion": ("print a completion script for a shell", _completion),
}
