"""When a request is tried again, and after how long."""

import email.utils
import random
import time
from collections.abc import Mapping

_LONGEST = 60.0


def retryable(status: int) -> bool:
    return status in (408, 409, 429) or status >= 500


def delay(headers: Mapping[str, str], attempt: int) -> float:
    """Seconds to wait: what the server asks for, or 1, 2, 4… less some jitter.

    See RFC 9110, section 10.2.3; ``retry-after-ms`` and ``x-ratelimit-reset`` (seconds
    since 1970, or from now) are widespread beside it. ``attempt`` counts from 0.
    """
    readers = (
        ("retry-after-ms", _ms),
        ("retry-after", _date),
        ("x-ratelimit-reset", _s),
    )
    for name, read in readers:
        try:
            seconds = read(headers[name])
        except (KeyError, ValueError):
            continue
        return min(seconds, _LONGEST) if seconds > 0 else 0.0
    return random.uniform(0.75, 1.0) * min(2.0**attempt, _LONGEST)


def _ms(text: str) -> float:
    return float(text) / 1000


def _s(text: str) -> float:
    return float(text) - (time.time() if float(text) > 1e8 else 0.0)


def _date(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return email.utils.parsedate_to_datetime(text).timestamp() - time.time()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


async def async_sleep(seconds: float) -> None:
    import asyncio  # a synchronous client does without

    await asyncio.sleep(seconds)
