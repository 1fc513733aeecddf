"""Retries: which requests are sent again, and the delay."""

import calendar
import contextlib
import random
import re
import time
from collections.abc import Collection
from email.utils import parsedate_to_datetime as as_date
from typing import Any

_LONGEST = 60.0
_IDEMPOTENT = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"}
_UNSENT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"}
_HOPELESS = {"UnsupportedProtocol", "LocalProtocolError"}


def is_wanted(request: Any, outcome: Any, keys: Collection[str]) -> bool:
    """Whether to send a request again after ``outcome``, a response or an error.

    One that is not idempotent, by its method or a header (a usual one, or one of
    ``keys``), only if the server has not processed it (RFC 9110, section 9.2.2).
    """
    names = {name.lower() for name in request.headers}
    keyed = any("idempotency" in name for name in names) or names & {*keys}
    repeatable = bool(request.method in _IDEMPOTENT or keyed)
    if not repeatable and outcome.request.method != request.method:
        return False  # the response was a redirect
    if isinstance(outcome, Exception):
        kinds = {cls.__name__ for cls in type(outcome).__mro__}
        return bool(kinds & _UNSENT) or (repeatable and not kinds & _HOPELESS)
    code: int = outcome.status_code
    return code in (429, 503) or (repeatable and (code >= 500 or code in (408, 409)))


def pause(headers: Any, tried: int) -> float:
    """Seconds until the next attempt, after ``tried`` failed retries.

    The delay that the response asks for (RFC 9110, section 10.2.3), or 1, 2, 4… less
    some jitter. A header with neither a delay nor a future date is ignored.
    """
    for name in ("retry-after-ms", "retry-after", "x-ratelimit-reset"):
        text, seconds = headers.get(name, "").strip(), -1.0
        if re.fullmatch(r"[0-9]+(\.[0-9]*)?", text):
            seconds = float(text) / (1000 if name.endswith("ms") else 1)
            if name.startswith("x") and seconds > 1e8:  # it is a time since 1970
                seconds -= time.time()
        with contextlib.suppress(ValueError, OverflowError, IndexError, TypeError):
            seconds = calendar.timegm(as_date(text).utctimetuple()) - time.time()
        if seconds >= 0:
            return min(seconds, _LONGEST)
    return random.uniform(0.75, 1.0) * min(2.0**tried, _LONGEST)
