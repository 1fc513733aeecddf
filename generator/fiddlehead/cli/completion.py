"""`fiddlehead completion`: completion scripts for shells."""

from __future__ import annotations

import argparse

from .exit_codes import DONE


def run(options: argparse.Namespace) -> int:
    """Print the completion script of a shell; return the exit code."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["fiddlehead"], shell=options.shell))
    return DONE
