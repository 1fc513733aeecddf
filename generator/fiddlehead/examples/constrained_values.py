"""Makes values that are made up keep to the assertions of JSON Schema on their type."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import ir

_FORMATS = {
    "email": "jane@example.com",
    "idn-email": "jane@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com",
    "iri": "https://example.com",
    "url": "https://example.com",
    "uuid": "d5e9c84f-c2b2-4bf4-b4b0-7ffd7a9ffc32",
    "time": "09:30:00Z",
    "duration": "P1D",
}
"""A string for the formats of JSON Schema 2020-12, validation section 7.3, that are no type of
their own; hosts and addresses are those reserved for documentation (RFC 2606, 5737, 3849)."""


def constrained(value: ir.Json, constraints: ir.Constraints | None, whole: bool) -> ir.Json:
    """A value that the constraints allow: the given one where it is, or one near it.

    `whole` says that numbers must be integers. A pattern is not looked at: where it is broken,
    the value stays as it is.
    """
    if constraints is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _string(value, constraints)
    if isinstance(value, int | float):
        numbers = (each for each in _numbers(value, constraints) if _allows(constraints, each))
        for number in numbers:
            if not whole:
                return number
            if float(number).is_integer():
                return int(number)
    return value


def repeated(items: tuple[ir.Json, ...], constraints: ir.Constraints | None) -> tuple[ir.Json, ...]:
    """Items of a list as many times as it asks for, up to ten."""
    if constraints is None or not items:
        return items
    wanted = min(max(len(items), constraints.min_items or 0), 10)
    if constraints.max_items is not None:
        wanted = min(wanted, max(constraints.max_items, constraints.min_items or 0))
    return (items * wanted)[:wanted]


def _string(value: str, constraints: ir.Constraints) -> str:
    if constraints.format in _FORMATS:
        return _FORMATS[constraints.format]
    low, high = constraints.min_length or 0, constraints.max_length
    if value and len(value) < low <= 100:
        value = (value * math.ceil(low / len(value)))[:low]
    return value if high is None or high < low else value[:high]


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
        yield from (step, (math.floor((low or 0) / step) + 1) * step)


def _allows(constraints: ir.Constraints, value: int | float) -> bool:
    low, high, step = constraints.minimum, constraints.maximum, constraints.multiple_of
    above = low is None or value > low or (value == low and not constraints.exclusive_minimum)
    below = high is None or value < high or (value == high and not constraints.exclusive_maximum)
    return above and below and (not step or (value / step).is_integer())
