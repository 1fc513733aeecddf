"""`x-fiddlehead-request`: the timeout and the number of retries of an endpoint."""

from __future__ import annotations

import math
from collections.abc import Callable

from .. import ir
from ..diagnostics import Span
from ..source.node import Node
from .node_reader import LEFT_OUT
from .node_values import kind

KEY = "x-fiddlehead-request"
_KNOWN = ("timeout", "max-retries")


def read(node: Node, warn: Callable[[str, str, Span | None], object]) -> ir.CallSettings | None:
    """The settings of an endpoint's calls; None if there are no valid settings.

    `timeout` is a positive number of seconds, `max-retries` an integer.
    """
    written = node.get(KEY)
    if written is None or written.value is None:
        return None
    if written.mapping is None:
        message = f"expected a mapping for '{KEY}', found {kind(written)}{LEFT_OUT}"
        warn("wrong-type", message, written.span)
        return None
    for key in sorted(written.mapping.keys() - set(_KNOWN)):
        warn("unknown-key", f"unknown key '{key}' of '{KEY}'", written.key_span(key))
    seconds, times = (_number(written.get(key)) for key in _KNOWN)
    if written.get("timeout") is not None and (seconds is None or not seconds > 0):
        warn(
            "bad-value", "'timeout' must be a positive number of seconds", _span(written, "timeout")
        )
        seconds = None
    is_whole = times is not None and times >= 0 and float(times).is_integer()
    if written.get("max-retries") is not None and not is_whole:
        warn(
            "bad-value",
            "'max-retries' must be an integer of 0 or more",
            _span(written, "max-retries"),
        )
        times = None
    if seconds is None and times is None:
        return None
    return ir.CallSettings(
        None if seconds is None else float(seconds),
        None if times is None else int(times),
        span=written.span,
    )


def _number(node: Node | None) -> float | None:
    value = node.value if node is not None else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) else None


def _span(node: Node, key: str) -> Span:
    return (node.get(key) or node).span
