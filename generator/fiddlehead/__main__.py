"""`python -m fiddlehead` runs the command `fiddlehead`."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # As in `typing`, which `unchanged` does without.
if TYPE_CHECKING:
    from typing import NoReturn


def command() -> NoReturn:
    """Run the command, and end the process without freeing memory: freeing the objects of a large
    description takes more than a second."""
    # Importing modules creates no garbage: searching for it takes a twentieth of the time.
    gc.set_threshold(100_000, 20, 20)
    # Otherwise pydantic reads the metadata of every installed package, to find plugins for models of
    # applications.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # The reader of the output is gone, so nothing more can be printed.
        pass
    os._exit(code)


def _run() -> int:
    message = _unchanged() if "--fast" in sys.argv else None
    if message is not None:
        print(message, file=sys.stderr)
        return 0
    from .cli import main

    return main()


def _unchanged() -> str | None:
    """What `check --fast` prints, if a part of it that needs few imports finds no difference."""
    if sys.stderr.isatty() or os.environ.get("FORCE_COLOR"):
        return None  # It prints colours.
    from . import unchanged

    message = unchanged.message()
    if message is not None:
        return message
    from . import fast_check

    return fast_check.message(sys.argv[1:])


if __name__ == "__main__":
    command()
