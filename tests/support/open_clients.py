"""HTTP clients that a test leaves open, as many programs do."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from .example_server import http_libraries


@contextmanager
def closed_at_the_end() -> Iterator[None]:
    """Close the connections of all synchronous clients that are made in the `with` block."""
    opened: list[Any] = []
    with ExitStack() as stack:
        for library in http_libraries():
            kind = library.HTTPTransport
            stack.enter_context(mock.patch.object(kind, "__init__", _noting(kind.__init__, opened)))
        yield
    for transport in opened:
        transport.close()


def _noting(init: Any, opened: list[Any]) -> Any:
    @functools.wraps(init)
    def noting(self: Any, *arguments: Any, **named: Any) -> None:
        init(self, *arguments, **named)
        opened.append(self)

    return noting
