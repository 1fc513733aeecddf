"""`python -m fiddlehead` is the command `fiddlehead`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from .cli import main


def command() -> NoReturn:
    """Runs the command, and ends the process without freeing what it read: the values of a large
    description take more than a second to free one by one."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # `main` says what it could; the reader of the output is gone.
        pass
    os._exit(code)


if __name__ == "__main__":
    command()
