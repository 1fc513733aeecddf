"""When a request is tried again, and after how long."""

import email.utils
import random
import time

import httpx

_LONGEST = 60.0
_HOPELESS = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
sleep = time.sleep


async def async_sleep(seconds: float) -> None:
    import asyncio  # a synchronous client does without

    await asyncio.sleep(seconds)


def pause(outcome: httpx.Response | httpx.TransportError, tried: int) -> float | None:
    """Seconds until the next try, after ``tried`` in vain; None where none may help.

    It is what the server asks for, or 1, 2, 4… less some jitter. See RFC 9110, section
    10.2.3; ``retry-after-ms`` and ``x-ratelimit-reset`` (seconds since 1970, or from
    now) are widespread beside it.
    """
    status = getattr(outcome, "status_code", 500)
    headers = getattr(outcome, "headers", {})
    again = status >= 500 or status in (408, 409, 429)
    if isinstance(outcome, _HOPELESS) or not again:
        return None
    for name in ("retry-after-ms", "retry-after", "x-ratelimit-reset"):
        text = headers.get(name, "")
        date = email.utils.parsedate_tz(text)
        try:
            seconds = float(email.utils.mktime_tz(date) if date else text)
        except ValueError:
            continue
        seconds /= 1000 if name == "retry-after-ms" else 1
        seconds -= time.time() if seconds > 1e8 else 0
        return min(seconds, _LONGEST) if seconds > 0 else 0.0
    return random.uniform(0.75, 1.0) * min(2.0**tried, _LONGEST)
