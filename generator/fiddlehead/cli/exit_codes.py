"""Exit codes, and the exception that ends a command with one of them."""

from __future__ import annotations

DONE = 0
DRIFT = 1
"""There is a difference or a breaking change."""
USAGE = 2
"""Invalid usage or settings, or the output cannot be written."""
INVALID = 3
"""The description cannot be used."""
BUG = 70
"""An internal error of fiddlehead (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
BROKEN_PIPE = 141


class CommandError(Exception):
    """Ends a command with a message, an optional hint and an exit code."""

    def __init__(self, message: str, hint: str | None = None, code: int = USAGE) -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code
