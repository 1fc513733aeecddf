"""`fiddlehead completion`: a script that completes commands and options in a shell."""

from __future__ import annotations

import argparse

from .exit_codes import DONE


def run(options: argparse.Namespace) -> int:
    """Prints the script for a shell; the exit code."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["fiddlehead"], shell=options.shell))
    return DONE
