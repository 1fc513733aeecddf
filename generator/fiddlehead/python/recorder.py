"""The interface for recording the decisions of a build in the cache."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from .. import ir
from .context import Context
from .pages.page_marks import Marks


class Recorder(Protocol):
    """Records the decisions of a build."""

    @property
    def marks(self) -> Marks:
        """Marks the parts of pages that depend only on types."""
        ...

    def prepared(self, context: Context) -> None:
        """Receives the decisions that precede the first class."""
        ...

    def examples(self, methods: Iterable[tuple[str, str, ir.Endpoint]]) -> None:
        """Receives the methods that have examples of responses: path, kind and endpoint."""
        ...
