"""Decoding of streams, whose items are checked as Fern's clients check them."""

import json
import logging
from collections.abc import Iterator
from typing import Any

from ._stream_reader import StreamError as StreamError
from ._stream_reader import StreamReader as PlainStreamReader
from .encode import encode
from .http_responses import mismatch
from .sse import ServerSentEvent

_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class _UnfitItem(Exception):
    """An item does not match the API description."""


class StreamReader(PlainStreamReader):
    """Skips items that do not match the API description, with a warning in the log.

    Without validation (``skip_validation``), no item is skipped.
    """

    def _item(self, text: str, event: ServerSentEvent | None = None) -> Iterator[Any]:
        try:
            yield from super()._item(text, event)
        except _UnfitItem as problem:
            _log.warning("Skipping an item of the stream: %s", problem)

    def _decoded(self, text: str, event: ServerSentEvent | None) -> Any:
        decoded = super()._decoded(text, event)
        if self.wrapper.settings.get("validate") and not isinstance(decoded, str):
            complete = event is not None and self._call.get("event_discriminator")
            problem = mismatch(
                self._returns, json.dumps(encode(decoded)) if complete else text
            )
            if problem is not None:
                raise _UnfitItem(problem)
        return decoded
