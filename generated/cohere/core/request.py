"""From the arguments of a call to the parts of an HTTP request."""

import functools
import typing
import urllib.parse
from collections.abc import Mapping
from typing import Any

import httpx

from .decode import is_model, part
from .encode import encode, to_json, to_text
from .request_options import RequestOptions

if typing.TYPE_CHECKING:
    from .client_wrapper import BaseClientWrapper

OMIT: Any = ...
"""The default of an optional argument: leave it out of the request."""

Values = Mapping[str, Any]
quote = functools.partial(urllib.parse.quote, safe="")


class Call(typing.TypedDict, total=False):
    """What an endpoint says of its request, beside the method and the path.

    Names are those on the wire. None and OMIT are left out; in ``json``, None is sent.
    """

    path: Values
    params: Values
    styles: Mapping[str, str]
    headers: Values
    json: Any
    form: Values
    data: Values
    files: Values
    content: Any
    content_type: str
    content_types: Mapping[str, str]
    accept: str
    result: typing.Literal["json", "text", "bytes"]
    unwrap: str
    errors: Mapping[int | str, Any]
    options: RequestOptions | None
    base: str
    auth: bool | tuple[tuple[str, ...], ...]
    retries: bool


def prepare(
    wrapper: "BaseClientWrapper", headers: Values, path: str, call: Call, is_async: bool
) -> tuple[str, str, dict[str, Any]]:
    """The URL, the query and the arguments of `httpx.Client.build_request`."""
    body, options = body_of(call, is_async), options_of(call)
    params = wrapper.auth.params()
    if call.get("auth") is False:
        secret = wrapper.auth.names
        headers = {k: v for k, v in headers.items() if k.lower() not in secret}
    url = url_of(call.get("base", wrapper.get_base_url()), path, call)
    url, _, query = url.partition("?")
    query = "&".join(filter(None, [query, query_of(params, call)]))
    own = {"Accept": call.get("accept"), **body.get("headers", {})}
    timeout = options.get("timeout_in_seconds", wrapper.timeout)
    body["timeout"] = options.get("timeout", timeout)
    body["headers"] = headers_of(own, headers, call=call)
    return url, query, body


def options_of(call: Call) -> RequestOptions:
    return call.get("options") or {}


def url_of(base_url: str, path: str, call: Call) -> str:
    """The URL, with each path value quoted as one segment.

    ValueError for a value that would lead to another endpoint: nothing, or ``.`` or
    ``..``, which URLs resolve (RFC 3986, section 5.2.4).
    """
    filled = path
    for name, value in call.get("path", {}).items():
        text = "" if value is None or value is OMIT else quote(to_text(value))
        filled = filled.replace(f"{{{name}}}", text)
    for template, segment in zip(path.split("/"), filled.split("/"), strict=True):
        if segment != template and segment in ("", ".", ".."):
            raise ValueError(f"{template} must not be {segment!r}")
    if path.startswith(("http://", "https://")):
        return filled
    return f"{base_url.rstrip('/')}/{filled.lstrip('/')}"


def query_of(base: Values, call: Call) -> str:
    """The query; each item of a list is a parameter of its own."""
    added = options_of(call).get("additional_query_parameters")
    params = {**base, **given(call.get("params")), **given(added)}
    styles = call.get("styles", {})
    items = [(name, item) for name, v in params.items() for item in items_of(v)]
    if styles or any(isinstance(i, Mapping) or is_model(type(i)) for _, i in items):
        query: str = part("styles").query(params, styles)
        return query
    return "&".join(f"{quote(name)}={quote(to_text(item))}" for name, item in items)


def headers_of(*below: Values, call: Call) -> httpx.Headers:
    """Each header as the last says that has it: ``below``, the call, its options."""
    added = options_of(call).get("additional_headers", {})
    layers = (*below, given(call.get("headers")), added)
    last = {name.lower(): (name, v) for layer in layers for name, v in layer.items()}
    sent = [(name, to_text(v)) for name, v in last.values() if v is not None]
    return httpx.Headers(sent, encoding="utf-8")


def body_of(call: Call, is_async: bool) -> dict[str, Any]:
    """The body, as arguments of `httpx.Client.build_request`."""
    if not call.keys().isdisjoint({"form", "data", "files", "content"}):
        body: dict[str, Any] = part("bodies").body(call, is_async)
        return body
    added = options_of(call).get("additional_body_parameters")
    value = call.get("json", OMIT)
    if value is OMIT and not added:
        return {}
    items: Any = {} if value is OMIT else value
    if value is OMIT or isinstance(value, Mapping):
        value = {name: item for name, item in items.items() if item is not OMIT}
    if added:
        value = {**encode(value), **added}
    headers = {"Content-Type": call.get("content_type", "application/json")}
    return {"content": to_json(value), "headers": headers}


def given(values: Values | None) -> dict[str, Any]:
    """The values that are to be sent."""
    return {k: v for k, v in (values or {}).items() if v is not None and v is not OMIT}


def items_of(value: Any) -> list[Any]:
    """What a list repeats a name for, or the one ``value``."""
    return [*value] if isinstance(value, (list, tuple, set)) else [value]
