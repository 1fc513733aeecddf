"""Array and object values of parameters and forms (OpenAPI 3.1, section 4.8.12).

The styles follow RFC 6570. Objects in objects, which they do not define, are written
with brackets: ``a[b]=c``.
"""

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .encode import encode, to_json, to_text
from .nesting import Json, flat, limited, members
from .request import quote

Quoted = Callable[[str], str]
_DELIMITERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
_DELIMITERS["tabDelimited"] = "\t"
_WHOLE: dict[str, Callable[[Any], str]] = {
    "query-json": lambda value: to_json(value).decode(),
    "query-text": to_text,
}
# RFC 3986, section 2.2, without the characters that a query cannot have (section 3.4).
_RESERVED = ":/?@!$&'()*+,;="


def query(params: Mapping[str, Any], styles: Mapping[str, str]) -> str:
    """The query, with each parameter in its style; the default is form and explode.

    With a style that ends in ``"reserved"``, reserved characters and existing escapes
    in values are not encoded (`allowReserved`). ``query-json`` and ``query-text`` are
    values that are the whole query, without a name.
    """
    pairs: list[str] = []
    for name, item in params.items():
        style = styles.get(name, "")
        quoted = _unreserved if style.endswith("reserved") else quote
        style = style.removesuffix("reserved").strip()
        if style in _WHOLE:
            pairs.append(quoted(_WHOLE[style](item)))
            continue
        item_pairs = _pairs(name, encode(item), style, quoted)
        pairs += (f"{quote(key)}={value}" for key, value in item_pairs)
    return "&".join(pairs)


def path_value(name: str, value: Any, style: str) -> str:
    """The value of a path parameter, with what its style puts before it.

    A style is json, delimited, or one of simple, label and matrix, with a ``*`` for
    explode.
    """
    if style == "json":
        return quote(to_json(value).decode())
    plain: Json = encode(value)
    if style in _DELIMITERS:
        return quote(_DELIMITERS[style].join(map(to_text, flat(plain))))
    basic = style.removesuffix("*")
    lead = {"label": ".", "matrix": ";"}.get(basic, "")
    named = basic == "matrix"
    if basic != style:
        pairs = members(plain, name if named else "")
        items = [_assigned(quote(k), quote(to_text(v)), named) for k, v in pairs]
        return lead + (lead or ",").join(items) if items else ""
    items = [quote(to_text(item)) for item in flat(plain)]
    text = ",".join(items)
    return lead + (_assigned(name, text, named) if named else text) if items else ""


def _assigned(name: str, text: str, named: bool) -> str:
    """``name=text``; in style matrix, ``name`` alone for an empty text (RFC 6570)."""
    plain = not name or (named and not text)
    return name or text if plain else f"{name}={text}"


@limited()
def header_value(
    value: Any, *, explode: bool = False, style: str = "form"
) -> str | None:
    """The value of a header that is an array or an object (style simple, or delimited).

    None for None, and for an array or object without members.
    """
    plain: Json = encode(value)
    named = members(plain)
    if not named:
        return None
    if not explode or not isinstance(plain, dict):
        return _DELIMITERS[style].join(map(to_text, flat(plain)))
    return ",".join(f"{key}={to_text(item)}" for key, item in named)


@limited()
def json_header(value: Any) -> str | None:
    """The value of a header that is JSON (`content` of a parameter), in ASCII."""
    separators, plain = (",", ":"), encode(value)
    text = json.dumps(plain, separators=separators, allow_nan=False)
    return None if value is None else text


def texts(name: str, value: Any, style: str) -> list[tuple[str, str]]:
    """Names and texts of a value in its style, without percent-encoding."""
    return [*_pairs(name, encode(value), style, str)]


def _unreserved(value: str) -> str:
    """``value`` percent-encoded by RFC 6570, section 3.2.3."""
    text = urllib.parse.quote(value, safe=f"{_RESERVED}%")
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)


def _pairs(
    name: str, value: Json, style: str, quoted: Quoted
) -> Iterator[tuple[str, str]]:
    if style == "json":
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield name, quoted(text)
    elif style in _DELIMITERS and isinstance(value, (dict, list)):
        delimiter = "," if style == "form" else quoted(_DELIMITERS[style])
        if parts := flat(value):
            yield name, delimiter.join(quoted(to_text(part)) for part in parts)
    elif isinstance(value, dict) and style not in ("deepObject", "brackets"):
        for key, item in members(value):
            yield from _deep(key, item, style, quoted)
    else:
        yield from _deep(name, value, style, quoted)


def _deep(
    name: str, value: Json, style: str, quoted: Quoted
) -> Iterator[tuple[str, str]]:
    """``a[b][c]=d``; arrays repeat their name, or in style brackets have numbers."""
    if not isinstance(value, (dict, list)):
        yield name, quoted(to_text(value))
        return
    for index, (key, item) in enumerate(members(value)):
        if isinstance(value, dict):
            inner = f"{name}[{key}]"
        else:
            inner = f"{name}[{index}]" if style == "brackets" else name
        yield from _deep(inner, item, style, quoted)
