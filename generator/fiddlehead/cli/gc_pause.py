"""Python's search for garbage that refers to itself, kept away from the values of a description.

A large description becomes millions of values that stay until the command ends. To go through all
of them again and again, and find nothing, takes longer than to make them.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator

CAN_FREEZE = hasattr(gc, "freeze")
"""PyPy cannot, and its collector works otherwise."""


@contextlib.contextmanager
def collection_disabled() -> Generator[None, None, None]:
    """No search inside, and none through what was made inside until `restore`."""
    if not CAN_FREEZE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextlib.contextmanager
def collect_rarely() -> Generator[None, None, None]:
    """A search now and then, where much is made that refers to itself and is soon used no more."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def restore() -> None:
    """Everything can be garbage again, for a process that goes on, such as one that runs tests."""
    if CAN_FREEZE:
        gc.unfreeze()
