"""Exit codes, and the error that ends a command with one of them."""

from __future__ import annotations

DONE = 0
DRIFT = 1
"""Something differs or breaks, which was the question."""
USAGE = 2
"""Wrong usage, settings that cannot be used, or a disk that cannot be written to."""
INVALID = 3
"""The description cannot be used."""
BUG = 70
"""fiddlehead itself failed (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
BROKEN_PIPE = 141


class CommandError(Exception):
    """Ends a command: the message and the hint are printed, the code is the process's."""

    def __init__(self, message: str, hint: str | None = None, code: int = USAGE) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code
