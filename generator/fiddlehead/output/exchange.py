"""Swaps two folders with one system call."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_AT_FDCWD = {"linux": -100, "darwin": -2}
_RENAME_EXCHANGE = 2  # RENAME_SWAP of macOS has the same value.


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders atomically; returns False, without a change, if the system does not support
    it."""
    at = _AT_FDCWD.get(sys.platform)
    if at is None:
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if call is None:
        return False
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    result: int = call(at, os.fsencode(one), at, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0
