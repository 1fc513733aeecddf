"""Query parameters whose values are arrays or objects (OpenAPI 3.1, section 4.8.12)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .encode import Json, encode, to_text
from .request import quote

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def query(params: Mapping[str, Any], styles: Mapping[str, str]) -> str:
    """The query, with each parameter in its style; without one, form and explode."""
    pairs = [
        f"{key}={value}"
        for name, item in params.items()
        for key, value in _pairs(quote(name), encode(item), styles.get(name))
    ]
    return "&".join(pairs)


def _pairs(name: str, value: Json, style: str | None) -> Iterator[tuple[str, str]]:
    if style == "json":
        yield name, quote(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    elif style in _DELIMITERS and isinstance(value, (dict, list)):
        parts = [*_flat(value)] if isinstance(value, dict) else value
        yield name, _DELIMITERS[style].join(quote(to_text(part)) for part in parts)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item)
    elif isinstance(value, dict) and style == "deepObject":
        yield from _deep(name, value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(quote(key), item, None)
    else:
        yield name, quote(to_text(value))


def _flat(value: dict[str, Any]) -> Iterator[Any]:
    for key, item in value.items():
        yield key
        yield item


def _deep(name: str, value: Json) -> Iterator[tuple[str, str]]:
    """``a[b][c]=d``; arrays repeat their name."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}[{quote(key)}]", item)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item)
    else:
        yield name, quote(to_text(value))
