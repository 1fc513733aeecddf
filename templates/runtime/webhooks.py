"""Verification of webhook signatures: HMAC (RFC 2104)."""

import base64
import datetime as dt
import hmac
import time
from collections.abc import Sequence
from typing import Literal


def verify(
    signature: str,
    key: str | bytes,
    parts: Sequence[str | bytes],
    *,
    algorithm: Literal["sha1", "sha256", "sha384", "sha512"] = "sha256",
    encoding: Literal["hex", "base64"] = "hex",
    prefix: str = "",
    delimiter: str = "",
) -> bool:
    """Whether ``signature`` matches ``parts`` and ``key``; compares in constant time."""
    if not signature or not key:
        return False
    payload = delimiter.encode().join(map(_bytes, parts))
    digest = hmac.new(_bytes(key), payload, algorithm).digest()
    encoded = signature.strip().removeprefix(prefix)
    if encoding == "hex":
        expected, encoded = digest.hex(), encoded.lower()
    else:
        expected = base64.b64encode(digest).decode()
    return hmac.compare_digest(expected.encode(), _bytes(encoded))


def is_recent(
    timestamp: str,
    tolerance: float,
    format: Literal["unix-seconds", "unix-millis", "iso8601"] = "unix-seconds",
) -> bool:
    """Whether a time is within ``tolerance`` seconds of now, to prevent replays."""
    try:
        if format == "iso8601":
            moment = dt.datetime.fromisoformat(timestamp.strip().replace("Z", "+00:00"))
            aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone.utc)
            seconds = aware.timestamp()
        else:
            seconds = float(timestamp) / (1000 if format == "unix-millis" else 1)
    except (ValueError, OverflowError):
        return False
    return abs(time.time() - seconds) <= tolerance


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
