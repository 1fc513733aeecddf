"""From the arguments of a call to the parts of an HTTP request."""

import re
import typing
import urllib.parse
import uuid
from collections.abc import Mapping

import httpx

from .decode import is_model, part
from .encode import encode, to_json, to_text
from .request_options import RequestOptions

OMIT: typing.Any = ...
"""The default of an optional argument: leave it out of the request."""

Values = Mapping[str, typing.Any]


class Call(typing.TypedDict, total=False):
    """What an endpoint says of its request, beside the method and the path.

    Names are those on the wire. None and OMIT are left out; in ``json``, None is sent.
    """

    path: Values
    params: Values
    styles: Mapping[str, str]
    headers: Values
    json: typing.Any
    form: Values
    data: Values
    files: Values
    content: typing.Any
    content_type: str
    content_types: Mapping[str, str]
    accept: str
    result: typing.Literal["json", "text", "bytes"]
    unwrap: str
    errors: Mapping[int | str, typing.Any]
    options: RequestOptions | None
    base: str
    auth: bool
    retries: bool
    idempotency: str


def options_of(call: Call) -> RequestOptions:
    return call.get("options") or {}


def url_of(base_url: str, path: str, call: Call) -> str:
    """The URL, with each path value quoted as one segment.

    ValueError for a value that would lead to another endpoint: nothing, or ``.`` or
    ``..``, which URLs resolve (RFC 3986, section 5.2.4).
    """
    values = call.get("path", {})

    def fill(match: re.Match[str]) -> str:
        value = values.get(match[1], match[0])
        return "" if value is OMIT or value is None else quote(to_text(value))

    segments = path.split("/")
    for index, template in enumerate(segments):
        segments[index] = re.sub(r"{([^{}]*)}", fill, template)
        if segments[index] != template and segments[index] in ("", ".", ".."):
            raise ValueError(f"{template} must not be {segments[index]!r}")
    if path.startswith(("http://", "https://")):
        return "/".join(segments)
    return base_url.rstrip("/") + "/" + "/".join(segments).lstrip("/")


def query_of(base: Values, call: Call) -> str:
    """The query; each item of a list is a parameter of its own."""
    added = options_of(call).get("additional_query_parameters")
    params = {**base, **given(call.get("params")), **given(added)}
    styles = call.get("styles", {})
    items = [item for value in params.values() for item in items_of(value)]
    if styles or any(isinstance(i, Mapping) or is_model(type(i)) for i in items):
        query: str = part("styles").query(params, styles)
        return query
    pairs = [(k, to_text(item)) for k, v in params.items() for item in items_of(v)]
    return urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote, safe="")


def headers_of(base: Values, call: Call) -> httpx.Headers:
    """The client's headers, under those of the call, under those of its options."""
    headers = httpx.Headers(encoding="utf-8")
    own = {"Accept": call.get("accept")}
    if "idempotency" in call:
        own[call["idempotency"]] = str(uuid.uuid4())
    for values in (own, base, call.get("headers")):
        for name, value in given(values).items():
            headers[name] = to_text(value)
    for name, value in options_of(call).get("additional_headers", {}).items():
        headers.pop(name, None)
        if value is not None:
            headers[name] = to_text(value)
    return headers


def body_of(call: Call) -> dict[str, typing.Any]:
    """The body, as arguments of `httpx.Client.build_request`."""
    if not call.keys().isdisjoint({"form", "data", "files", "content"}):
        body: dict[str, typing.Any] = part("bodies").body(call)
        return body
    added = options_of(call).get("additional_body_parameters")
    value = call.get("json", OMIT)
    if value is OMIT and not added:
        return {}
    if value is OMIT or isinstance(value, Mapping):
        items = typing.cast("Values", {} if value is OMIT else value)
        value = {name: item for name, item in items.items() if item is not OMIT}
    if added:
        value = {**typing.cast("Values", encode(value)), **added}
    headers = {"Content-Type": call.get("content_type", "application/json")}
    return {"content": to_json(value), "headers": headers}


def given(values: Values | None) -> dict[str, typing.Any]:
    """The values that are to be sent."""
    return {k: v for k, v in (values or {}).items() if v is not None and v is not OMIT}


def items_of(value: typing.Any) -> list[typing.Any]:
    """What a list repeats a name for, or the one ``value``."""
    return [*value] if isinstance(value, (list, tuple, set)) else [value]


def quote(value: str) -> str:
    return urllib.parse.quote(value, safe="")
