"""Retries as Fern's clients have them: these statuses for every method."""

from collections.abc import Collection
from typing import Any

from . import _retries
from ._retries import pause as pause


def is_wanted(request: Any, outcome: Any, keys: Collection[str]) -> bool:
    """Whether to send a request again after ``outcome``, a response or an error."""
    if not isinstance(outcome, Exception):
        status: int = outcome.status_code
        return status >= 500 or status in (408, 409, 429)
    return _retries.is_wanted(request, outcome, keys)
