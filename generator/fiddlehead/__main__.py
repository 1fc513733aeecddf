"""`python -m fiddlehead` runs the command `fiddlehead`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from .cli import main


def command() -> NoReturn:
    """Run the command, and end the process without freeing memory: freeing the objects of a large
    description takes more than a second."""
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # The reader of the output is gone, so nothing more can be printed.
        pass
    os._exit(code)


if __name__ == "__main__":
    command()
