"""Retries as Fern's clients have them: these statuses for every method."""

import time
from collections.abc import Collection
from typing import Any

from . import _retries
from ._retries import async_sleep as async_sleep
from ._retries import pause as pause


def sleep(seconds: float) -> None:
    """Sleep with the current `time.sleep`, which tests may replace."""
    time.sleep(seconds)


def is_wanted(request: Any, outcome: Any, keys: Collection[str]) -> bool:
    """Whether to send a request again after ``outcome``, a response or an error."""
    if not isinstance(outcome, Exception):
        status: int = outcome.status_code
        return status >= 500 or status in (408, 409, 429)
    return _retries.is_wanted(request, outcome, keys)
