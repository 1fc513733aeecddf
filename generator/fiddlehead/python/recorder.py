"""The interface for recording the decisions of a build in the cache."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from .. import ir
from .context import Context
from .page_marks import Marks


class Recorder(Protocol):
    """Keeps what a build decides."""

    @property
    def marks(self) -> Marks:
        """Gets marks into the parts of pages that only types decide."""
        ...

    def prepared(self, context: Context) -> None:
        """Receives the decisions that precede the first class."""
        ...

    def examples(self, found: Iterable[tuple[str, str, ir.Endpoint]]) -> None:
        """Gets the methods that have examples of responses: path, kind and endpoint."""
        ...
