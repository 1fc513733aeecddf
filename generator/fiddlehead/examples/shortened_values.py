"""Example values in a length that people read."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir


def shortened(value: ir.Json, text: int = 300, items: int = 3) -> ir.Json:
    """A value for people: long strings and long lists of plain values are cut."""
    if isinstance(value, str):
        return value if len(value) <= text else value[: text - 1].rstrip() + "…"
    if isinstance(value, tuple):
        plain = all(not isinstance(element, tuple | Mapping) for element in value)
        numbers = all(isinstance(element, int | float) for element in value)
        elements = value[: items if numbers else 3 * items] if plain else value[:items]
        return tuple(shortened(element, text, items) for element in elements)
    if isinstance(value, Mapping):
        return {key: shortened(member, text, items) for key, member in value.items()}
    return value
