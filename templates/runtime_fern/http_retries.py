"""The delays between the attempts of a request made by hand, under Fern's names."""

# Tests import private names.
# pyright: reportUnusedFunction=false

import calendar
import contextlib
import email.utils
import random
import re
import time
from collections.abc import Mapping
from typing import Any

from .lazy import part
from .request_rules import STATUSES

INITIAL_RETRY_DELAY_SECONDS = 1.0
MAX_RETRY_DELAY_SECONDS = 60.0
JITTER_FACTOR = 0.2


def _constant(name: str) -> float:
    """A constant by its name in `http_client`, where tests replace it."""
    value: float = getattr(part("http_client"), name)
    return value


def _parse_retry_after(response_headers: Mapping[str, Any]) -> float | None:
    """The delay in seconds from the headers of a response, or None."""
    milliseconds = response_headers.get("retry-after-ms")
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        return max(int(str(milliseconds)) / 1000, 0)
    text = response_headers.get("retry-after", "")
    if re.fullmatch(r"\s*[0-9]+\s*", text):
        return float(text)
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        date = email.utils.parsedate_to_datetime(text)
        return max(calendar.timegm(date.utctimetuple()) - time.time(), 0)
    return None


def _parse_x_ratelimit_reset(response_headers: Mapping[str, Any]) -> float | None:
    """Seconds until the time in the header X-RateLimit-Reset, if it is in the future."""
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        seconds = int(response_headers.get("x-ratelimit-reset", "")) - time.time()
        return seconds if seconds > 0 else None
    return None


def _add_positive_jitter(delay: float) -> float:
    """``delay``, or up to 20 % more."""
    return delay * random.uniform(1, 1 + _constant("JITTER_FACTOR"))


def _add_symmetric_jitter(delay: float) -> float:
    """``delay``, at most 10 % more or less."""
    half = _constant("JITTER_FACTOR") / 2
    return delay * random.uniform(1 - half, 1 + half)


def _retry_timeout(response: Any, retries: int) -> float:
    """Seconds until the attempt after ``retries`` retries, which ``response`` may say."""
    asked = _parse_retry_after(response.headers)
    if asked is not None and asked > 0:
        return min(asked, _constant("MAX_RETRY_DELAY_SECONDS"))
    reset = _parse_x_ratelimit_reset(response.headers)
    if reset is not None:
        return _add_positive_jitter(min(reset, _constant("MAX_RETRY_DELAY_SECONDS")))
    return _retry_timeout_from_retries(retries)


def _retry_timeout_from_retries(retries: int) -> float:
    """Seconds until the attempt after ``retries`` retries: 1, 2, 4 … with jitter."""
    delay = _constant("INITIAL_RETRY_DELAY_SECONDS") * 2.0**retries
    return _add_symmetric_jitter(min(delay, _constant("MAX_RETRY_DELAY_SECONDS")))


def _should_retry(response: Any) -> bool:
    """Whether the status of a response may pass."""
    return response.status_code in STATUSES
