"""The parser of the command line. Imports nothing expensive, so that `--help` is fast."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NoReturn

from .. import __version__
from .arguments import COMMANDS

_EPILOG = """\
exit codes:
  0  success, or no difference
  1  a difference or a breaking change, or hand-edited files would be lost
  2  invalid usage or settings, or the output cannot be written
  3  the description cannot be used
"""


class _Parser(argparse.ArgumentParser):
    commands: Mapping[str, argparse.ArgumentParser] = MappingProxyType({})

    def parse_args(  # type: ignore[override]  # the overloads for other namespaces are not used
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        """The options; unknown ones are reported with the usage of the command."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            command = self.commands.get(options.command, self)
            command.error(f"unrecognized arguments: {' '.join(unknown)}")
        return options

    def error(self, message: str) -> NoReturn:
        hint = _did_you_mean(message, [*self._option_string_actions])
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}{hint}\n")


def _did_you_mean(message: str, options: Sequence[str]) -> str:
    if message.startswith("unrecognized arguments: -"):
        return _suggestion(message.split()[2].partition("=")[0], options)
    if "invalid choice" not in message or "command" not in message:
        return ""
    return _suggestion(message.split("invalid choice: ")[1].split("'")[1], [*COMMANDS])


def _suggestion(word: str, known: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, n=1)
    return f"\ndid you mean '{near[0]}'?" if near else ""


def _common(default: bool | str) -> _Parser:
    """Options that are allowed before and after a command."""
    common = _Parser(add_help=False, argument_default=default)
    common.add_argument(
        "-q", "--quiet", action="store_true", help="print only errors and the requested output"
    )
    common.add_argument(
        "--debug", action="store_true", help="show the traceback of an internal error"
    )
    common.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="list every problem; otherwise many similar ones are summarised",
    )
    return common


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command line; `command` is None if there is no command.

    If the command is known, `only` limits the parser to it, because building the parsers of all
    commands is slow.
    """
    root = _Parser(
        prog="fiddlehead",
        description="Turns an API description into a Python client.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common(default=False)],
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"fiddlehead {__version__}")
    commands = root.add_subparsers(dest="command", metavar="command", title="commands")
    for name, (summary, add) in COMMANDS.items():
        if only not in (None, name):
            continue
        command = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            # If the option is missing here, the value before the command is kept.
            parents=[_common(default=argparse.SUPPRESS)],
            allow_abbrev=False,
        )
        add(command)
    root.commands = commands.choices
    return root
