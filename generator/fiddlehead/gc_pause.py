"""Pauses the cyclic garbage collector while a description is processed.

A large description has millions of objects that live until the command ends. Searching all of them
repeatedly for garbage takes longer than creating them.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator

CAN_FREEZE = hasattr(gc, "freeze")
"""PyPy does not support `gc.freeze`; its collector works differently."""


@contextlib.contextmanager
def collection_disabled() -> Generator[None, None, None]:
    """Disable the collector inside, and exclude the objects created inside from later collections
    until `restore`."""
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
    """Run the collector less often, for code that creates many short-lived reference cycles. It runs
    even where `collection_disabled` is around."""
    before, enabled = gc.get_threshold(), gc.isenabled()
    gc.set_threshold(20_000, *before[1:])
    if not enabled and CAN_FREEZE:
        gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not enabled:
            gc.disable()


def restore() -> None:
    """Make all objects collectable again, for processes that continue, such as tests."""
    if CAN_FREEZE:
        gc.unfreeze()
