"""The parts of an HTTP request."""

import functools
import re
import urllib.parse
from collections.abc import Mapping
from typing import Any, TypedDict, cast

from .encode import encode, to_json, to_text
from .request_options import RequestOptions

OMIT: Any = ...  # the default of an optional argument: it is not in the request


class Request(TypedDict, total=False):
    """The keywords of a generated call: values by wire name. None is sent in ``json``."""

    path: Mapping[str, object]
    json: object
    options: RequestOptions | None


Call = dict[str, Any]
Values = Mapping[str, Any]
# A name is a token; a value has no control characters and no surrounding spaces.
_LINE = re.compile(r"(?a)[\w!#$%&'*+.^`|~-]+:(?![ \t])[^\0-\x08\n-\x1f\x7f]*(?<![ \t])")
quote = functools.partial(urllib.parse.quote, safe="")


def url_of(base_url: object, path: str, call: Call) -> str:
    """The URL, with each path value quoted as one segment, and the query of the base.

    ValueError for "", "." and "..", which select another endpoint (RFC 3986, 5.2.4).
    """
    filled = path
    for name, value in call.get("path", {}).items():
        text = ",".join([quote(to_text(item)) for item in items_of(value)])
        filled = filled.replace(f"{{{name}}}", text)
    for template, segment in zip(path.split("/"), filled.split("/"), strict=True):
        if segment != template and segment in ("", ".", ".."):
            raise ValueError(f"the path's {template} must not be {segment or 'empty'}")
    base, _, query = str(call.get("base", base_url)).partition("#")[0].partition("?")
    return with_query(f"{base.rstrip('/')}/{filled.lstrip('/')}", query)


def with_query(url: str, query: str) -> str:
    """``url`` with ``query`` after the query that it has."""
    return f"{url}{'&' if '?' in url else '?'}{query}" if query else url


def query_of(params: Values) -> str:
    """The query. Each item of a list is a separate parameter; None is skipped."""
    items = [(quote(name), item) for name, v in params.items() for item in items_of(v)]
    return "&".join([f"{name}={quote(to_text(item))}" for name, item in items])


def headers_of(*layers: Values) -> list[tuple[str, str]]:
    """Merge headers: later layers win, and None or an empty list removes a header."""
    last = {name.lower(): (name, v) for layer in layers for name, v in layer.items()}
    return [(k, to_text(v)) for k, v in last.values() if type(v) is str or items_of(v)]


def encoded(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """The octets; ValueError where HTTP cannot send a header (RFC 9110, section 5)."""
    for name, text in headers:
        if not _LINE.fullmatch(f"{name}:{text}"):
            raise ValueError(f"the header {name!r} has characters that HTTP forbids")
    return [(name.encode(), text.encode()) for name, text in headers]


def json_of(call: Call) -> dict[str, Any]:
    """The JSON body, as arguments of `Client.build_request`."""
    options: Values = call.get("options") or {}
    added, value = options.get("additional_body_parameters"), call.get("json", OMIT)
    if value is OMIT and not added:
        return {}
    if isinstance(value, Mapping):
        value = {k: v for k, v in cast("Values", value).items() if v is not OMIT}
    if added:
        value = encode({} if value is OMIT else value) | {**added}
    headers = {"Content-Type": call.get("content_type", "application/json")}
    return {"content": to_json(value), "headers": headers}


def merged(*layers: Values | None) -> dict[str, Any]:
    """The values to send, without None and OMIT. Later layers win."""
    pairs = [pair for layer in layers if layer for pair in layer.items()]
    return {k: v for k, v in pairs if v is not None and v is not OMIT} if pairs else {}


def items_of(value: Any) -> list[Any]:
    """The items of a list, or ``value`` alone, without None, OMIT and empty lists."""
    items: Any = value if issubclass(type(value), (list, tuple, set)) else (value,)
    return [x for x in items if x is not None and x is not OMIT and x not in ([], ())]
