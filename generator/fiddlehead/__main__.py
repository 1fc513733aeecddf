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
    gc.set_threshold(20_000, 20, 20)
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
    if "--fast" in sys.argv:
        from . import unchanged

        message = unchanged.message()
        if message is not None:
            print(message, file=sys.stderr)
            return 0
    from .cli import main

    return main()


if __name__ == "__main__":
    command()
