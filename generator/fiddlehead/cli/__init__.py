"""The command line: parses arguments, runs a command, returns an exit code, and handles errors."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from .. import gc_pause
from .exit_codes import BROKEN_PIPE, BUG, INTERRUPTED, USAGE, CommandError

if TYPE_CHECKING:
    import io

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `fiddlehead` with arguments (default: those of the process) and return the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if hasattr(sys.stdout, "reconfigure"):
        # Piped output is UTF-8 with LF line endings, independent of the locale.
        cast("io.TextIOWrapper", sys.stdout).reconfigure(encoding="utf-8")
    try:
        return _run(argv)
    except KeyboardInterrupt:
        print("\nfiddlehead: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader closed the pipe. Buffered output must not cause an error when Python exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return BROKEN_PIPE
    except CommandError as error:
        from .console import fail

        fail(str(error), error.hint)
        return error.code
    except Exception as error:
        if "--debug" in argv:
            raise
        _report_bug(error)
        return BUG
    finally:
        gc_pause.restore()


def _run(argv: list[str]) -> int:
    from .arguments import COMMANDS
    from .parser import parser
    from .progress import set_quiet

    completing = "_ARGCOMPLETE" in os.environ
    first = argv[0] if argv and not completing else None
    root = parser(first if first in COMMANDS else None)
    if completing:
        import argcomplete

        argcomplete.autocomplete(root)
    options = root.parse_args(argv)
    set_quiet(getattr(options, "quiet", False))
    if options.command is None:
        root.print_help()
        return USAGE
    from . import console  # `--help` and `--version` do without

    console.verbose(options.verbose)
    options.argv = argv
    module = importlib.import_module(f".{options.command}", __name__)
    code: int = module.run(options)
    sys.stdout.flush()
    return code


def _report_bug(error: Exception) -> None:
    from .. import __version__

    kind = type(error).__name__
    print(
        f"fiddlehead: {kind}: {error}\n"
        f"This is a bug in fiddlehead {__version__}. The command was stopped.\n"
        "Please report it with the output of the same command with --debug and, if it may "
        "be published,\nthe description.",
        file=sys.stderr,
    )
