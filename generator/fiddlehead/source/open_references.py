"""The references that are being resolved, one through the other, which can form a cycle."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from ..diagnostics import Span
from .node import Node


class OpenReferences:
    """A stack of references: a JSON pointer is resolved through other references."""

    def __init__(self) -> None:
        self._stack: dict[tuple[Path, str, str], tuple[str, Span]] = {}
        self._cycle_start: int | None = None

    @property
    def is_cyclic(self) -> bool:
        """Whether the innermost reference is a member of a cycle."""
        return self._cycle_start is not None and len(self._stack) > self._cycle_start

    @contextlib.contextmanager
    def entered(
        self, base: Node, reference: str, span: Span
    ) -> Generator[list[tuple[str, Span]], None, None]:
        """Resolve a reference in the block. The value is the cycle that it closes, if it does."""
        key = (base.file, base.pointer, reference)
        if key in self._stack:
            start = list(self._stack).index(key)
            self._cycle_start = (
                start if self._cycle_start is None else min(start, self._cycle_start)
            )
            yield list(self._stack.values())[start:]
            return
        self._stack[key] = (reference, span)
        try:
            yield []
        finally:
            del self._stack[key]
            if not self.is_cyclic:
                self._cycle_start = None
