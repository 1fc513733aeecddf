"""Query parameters whose values are arrays or objects (OpenAPI 3.1, section 4.8.12)."""

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .encode import encode, to_text
from .request import quote

Json = dict[str, Any] | list[Any] | str | int | float | bool | None
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
# RFC 3986, section 2.2, without what no query can have (section 3.4).
_RESERVED = ":/?@!$&'()*+,;="


def query(params: Mapping[str, Any], styles: Mapping[str, str]) -> str:
    """The query, with each parameter in its style; without one, form and explode.

    A style that ends in ``"reserved"`` leaves the reserved characters of values as they
    are (`allowReserved`), and what is escaped already.
    """
    pairs: list[str] = []
    for name, item in params.items():
        style = styles.get(name, "")
        quoted = _unreserved if style.endswith("reserved") else quote
        style = style.removesuffix("reserved").strip()
        found = _pairs(quote(name), encode(item), style, quoted)
        pairs += (f"{key}={value}" for key, value in found)
    return "&".join(pairs)


def _unreserved(value: str) -> str:
    """``value`` by RFC 6570, section 3.2.3."""
    text = urllib.parse.quote(value, safe=f"{_RESERVED}%")
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)


def _pairs(
    name: str, value: Json, style: str, quoted: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    if style == "json":
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield name, quoted(text)
    elif style in _DELIMITERS and isinstance(value, (dict, list)):
        parts = [*_flat(value)] if isinstance(value, dict) else value
        yield name, _DELIMITERS[style].join(quoted(to_text(part)) for part in parts)
    elif style == "brackets":
        yield from _bracketed(name, value, quoted)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item, quoted)
    elif isinstance(value, dict) and style == "deepObject":
        yield from _deep(name, value, quoted)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(quote(key), item, "", quoted)
    else:
        yield name, quoted(to_text(value))


def _flat(value: dict[str, Any]) -> Iterator[Any]:
    for key, item in value.items():
        yield key
        yield item


def _deep(
    name: str, value: Json, quoted: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """``a[b][c]=d``; arrays repeat their name."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}[{quote(key)}]", item, quoted)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item, quoted)
    else:
        yield name, quoted(to_text(value))


def _bracketed(
    name: str, value: Json, quoted: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """``a[b][0]=c``: OpenAPI leaves open what arrays in `deepObject` are in a form."""
    if not isinstance(value, (dict, list)):
        yield name, quoted(to_text(value))
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _bracketed(f"{name}[{quote(str(key))}]", item, quoted)
