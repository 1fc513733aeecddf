"""Query parameters, under Fern's names."""

from collections.abc import Iterator, Mapping
from typing import Any

from .encode import encode
from .styles import Json


def encode_query(query: Mapping[str, Any] | None) -> list[tuple[str, Any]] | None:
    """One pair for each parameter: lists repeat their name, objects are ``a[b]``."""
    if query is None:
        return None
    return [
        pair for name, value in query.items() for pair in _pairs(name, encode(value))
    ]


def _pairs(name: str, value: Json) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(f"{name}[{key}]", item)
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(name, item)
    else:
        yield name, value
