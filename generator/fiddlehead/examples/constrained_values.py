"""Adapts generated values to the JSON Schema assertions of their type."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from .. import ir
from . import patterns
from .regex_subset import MAX_LENGTH

MADE_UP: dict[str, ir.Scalar] = {
    "integer": 1,
    "long": 1_000_000,
    "uint": 1,
    "uint64": 1_000_000,
    "bigint": "1000000",
    "float": 1.1,
    "double": 1.1,
    "boolean": True,
    "date": "2023-01-15",
    "date-time": "2024-01-15T09:30:00Z",
    "date-time-rfc-2822": "Mon, 15 Jan 2024 09:30:00 GMT",
    "uuid": "d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32",
    "base64": "SGVsbG8gd29ybGQh",
}
"""The values that Fern makes up, by kind; a string is the name of what holds it."""

_EMAILS = ("jane@example.com", "a@b.test")
_HOSTS = ("example.com", "a.test")
_URLS = ("https://example.com", "http://a.test", "http://a")
_FORMATS: dict[str, tuple[str, ...]] = {
    "email": _EMAILS,
    "idn-email": _EMAILS,
    "hostname": _HOSTS,
    "idn-hostname": _HOSTS,
    "ipv4": ("192.0.2.1",),
    "ipv6": ("2001:db8::1", "::1"),
    "uri": _URLS,
    "iri": _URLS,
    "url": _URLS,
    "uuid": ("d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32",),
    "time": ("09:30:00Z",),
    "duration": ("P1D",),
}
"""Strings for the formats of JSON Schema 2020-12, validation section 7.3, that have no type, and
shorter ones; hosts and addresses are reserved for documentation and tests (RFC 2606, 6761, 5737,
3849)."""
_LONGER: dict[str, Callable[[str, int], str]] = {
    **dict.fromkeys(("email", "idn-email"), lambda text, more: "e" * more + text),
    **dict.fromkeys(("hostname", "idn-hostname"), lambda text, more: "e" * more + text),
    **dict.fromkeys(("uri", "iri", "url"), lambda text, more: f"{text}/" + "a" * (more - 1)),
}
"""The same with additional characters."""


def constrained(value: ir.Json, constraints: ir.Constraints | None, integers: bool) -> ir.Json:
    """A value that satisfies the constraints: the given one, or a similar one.

    `integers` means that numbers must be integers. A pattern that no known value matches, or that
    `patterns` does not support, is ignored.
    """
    if constraints is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _string(value, constraints)
    if isinstance(value, int | float):
        numbers = (number for number in _numbers(value, constraints) if allows(constraints, number))
        for number in numbers:
            if not integers:
                return number
            if float(number).is_integer():
                return int(number)
    return value


def fitted(value: str, constraints: ir.Constraints, start: int) -> str:
    """The string if it satisfies the constraints, or one that does, which `start` selects."""
    return _chosen((value, *_strings(value, constraints)), constraints, start)


def encoded(value: str, constraints: ir.Constraints | None) -> str:
    """Base64 without padding in a length that is allowed, as far as there is one."""
    if constraints is None:
        return value
    low, high = min(constraints.min_length or 0, MAX_LENGTH), constraints.max_length
    wanted = max(len(value), 4 * math.ceil(low / 4))
    if high is not None:
        wanted = min(wanted, 4 * (high // 4))
    return (value * math.ceil(wanted / len(value)))[:wanted]


def items_wanted(usual: int, constraints: ir.Constraints | None) -> int:
    """The number of items of a list; `usual` if there are no constraints."""
    if constraints is None:
        return usual
    least, most = constraints.min_items or 0, constraints.max_items
    return max(usual, least) if most is None else max(min(usual, most), least)


def _string(value: str, constraints: ir.Constraints) -> str:
    return _chosen(tuple(_strings(value, constraints)), constraints)


def _chosen(known: Sequence[str], constraints: ir.Constraints, start: int = 0) -> str:
    """The first string that satisfies the constraints, or one for the pattern; otherwise the first
    one."""
    candidates = known
    matches = patterns.matcher(constraints.pattern) if constraints.pattern is not None else None
    if constraints.pattern is not None and matches is None:
        candidates = ()
    low, high = constraints.min_length or 0, constraints.max_length
    for candidate in candidates:
        fits = low <= len(candidate) and (high is None or len(candidate) <= high)
        if fits and (matches is None or matches(candidate)):
            return candidate
    if constraints.pattern is not None:
        text = patterns.matching(constraints.pattern, low, high, start)
        if text is not None:
            return text
    return known[0]


def _strings(value: str, constraints: ir.Constraints) -> Iterator[str]:
    """Strings of the format of a type, or else strings of the required length."""
    low, high = constraints.min_length or 0, constraints.max_length
    shortest = min(low, MAX_LENGTH)
    if constraints.format in _FORMATS:
        known = _FORMATS[constraints.format]
        yield from known
        longer = _LONGER.get(constraints.format)
        if longer is not None and len(known[0]) < shortest:
            yield longer(known[0], shortest - len(known[0]))
        return
    if value and len(value) < shortest:
        value = (value * math.ceil(shortest / len(value)))[:shortest]
    yield value if high is None or high < low else value[:high]


def _numbers(value: int | float, constraints: ir.Constraints) -> Iterator[int | float]:
    low, high, step = constraints.minimum, constraints.maximum, constraints.multiple_of
    yield value
    if low is not None and high is not None:
        yield (low + high) / 2
    if low is not None:
        yield from (low, math.floor(low) + 1)
    if high is not None:
        yield from (high, math.ceil(high) - 1)
    if step:
        yield step
        exact = Fraction(str(step))
        bounds = [bound for bound in ((low, 1), (high, -1)) if bound[0] is not None]
        for bound, way in bounds or [(0, 1)]:
            first = math.floor(Fraction(str(bound)) / exact)
            # If the step has one decimal digit, one of ten consecutive multiples is an integer.
            yield from (float((first + way * n) * exact) for n in range(-1, 12))


def allows(constraints: ir.Constraints, value: int | float) -> bool:
    """Whether a number is within its bounds, and a multiple of `multiple_of`."""
    low, high, step = constraints.minimum, constraints.maximum, constraints.multiple_of
    above = low is None or value > low or (value == low and not constraints.exclusive_minimum)
    below = high is None or value < high or (value == high and not constraints.exclusive_maximum)
    return above and below and (not step or _is_multiple(value, step))


def _is_multiple(value: float, step: float) -> bool:
    """Whether a decimal number is a multiple of another: 0.3 is a multiple of 0.1."""
    return (Fraction(str(value)) / Fraction(str(step))).denominator == 1
