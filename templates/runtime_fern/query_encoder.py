"""Query parameters, under Fern's names."""

from collections.abc import Iterator, Mapping
from typing import Any

from .encode import encode
from .nesting import Json


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


def single_query_encoder(query_key: str, query_value: Any) -> list[tuple[str, Any]]:
    """The pairs of one parameter."""
    return list(_pairs(query_key, encode(query_value)))


def traverse_query_dict(
    dict_flat: Mapping[str, Any], key_prefix: str | None = None
) -> list[tuple[str, Any]]:
    """The pairs of an object, with names as ``key_prefix[key]``."""
    pairs: list[tuple[str, Any]] = []
    for name, value in dict_flat.items():
        key = f"{key_prefix}[{name}]" if key_prefix is not None else name
        pairs += _pairs(key, encode(value))
    return pairs
