"""Retries as Fern's clients have them: these statuses for every method."""

from collections.abc import Collection
from typing import Any

from . import _retries
from ._retries import pause as pause
from .request_rules import STATUSES


def is_wanted(request: Any, outcome: Any, keys: Collection[str]) -> bool:
    """Whether to send a request again after ``outcome``, a response or an error."""
    if not isinstance(outcome, Exception):
        return outcome.status_code in STATUSES
    return _retries.is_wanted(request, outcome, keys)
