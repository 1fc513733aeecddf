"""From the arguments of a call to the parts of an HTTP request.

A call is what an endpoint says beside its method and path. ``path``, ``params`` and
``headers`` are values by wire name, of which None and OMIT are left out; in ``json``,
None is sent. ``options`` are the caller's.
"""

import functools
import typing
import urllib.parse
from collections.abc import Mapping
from typing import Any

import httpx
import pydantic

from .decode import part
from .encode import encode, to_json, to_text

if typing.TYPE_CHECKING:
    from .connection import ClientWrapper

OMIT: Any = ...
"""The default of an optional argument: leave it out of the request."""

Call = dict[str, Any]
Values = Mapping[str, Any]
quote = functools.partial(urllib.parse.quote, safe="")


def prepare(
    wrapper: "ClientWrapper", headers: Values, path: str, call: Call
) -> tuple[httpx.URL, int, dict[str, Any]]:
    """The URL, the retries, and the arguments of `httpx.Client.build_request`."""
    body, settings = body_of(call, wrapper.is_async), wrapper.settings
    options: Values = call.get("options") or {}
    own = {"Accept": call.get("accept"), **body.get("headers", {})}
    added = options.get("additional_headers", {})
    layers = (own, headers, given(call.get("headers")), added)
    # Each header is as the last layer says that has it; None takes it away.
    last = {name.lower(): (name, v) for layer in layers for name, v in layer.items()}
    sent = [(name, to_text(v)) for name, v in last.values() if v is not None]
    body["headers"] = httpx.Headers(sent, encoding="utf-8")
    timeout = options.get("timeout_in_seconds", settings["timeout"])
    body["timeout"] = options.get("timeout", timeout)
    retries = options.get("max_retries", settings["max_retries"])
    params = {**wrapper.auth.params(), **given(call.get("params"))}
    params |= given(options.get("additional_query_parameters"))
    url = url_of(call.get("base", wrapper.get_base_url()), path, call)
    if query := query_of(params, call.get("styles", {})):
        url += f"{'&' if '?' in url else '?'}{query}"
    return httpx.URL(url), retries if call.get("retries", True) else 0, body


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
    absolute = path.startswith(("http://", "https://"))
    return filled if absolute else f"{base_url.rstrip('/')}/{filled.lstrip('/')}"


def query_of(params: Values, styles: Mapping[str, str]) -> str:
    """The query; each item of a list is a parameter of its own."""
    items = [(name, item) for name, v in params.items() for item in items_of(v)]
    if styles or any(isinstance(i, (Mapping, pydantic.BaseModel)) for _, i in items):
        query: str = part("styles").query(params, styles)
        return query
    return "&".join(f"{quote(name)}={quote(to_text(item))}" for name, item in items)


def body_of(call: Call, is_async: bool) -> dict[str, Any]:
    """The body, as arguments of `httpx.Client.build_request`."""
    if not call.keys().isdisjoint({"form", "data", "files", "content"}):
        body: dict[str, Any] = part("bodies").body(call, is_async)
        return body
    options: Values = call.get("options") or {}
    added, value = options.get("additional_body_parameters"), call.get("json", OMIT)
    if value is OMIT and not added:
        return {}
    items: Any = {} if value is OMIT else value
    if isinstance(items, Mapping):
        items = {k: v for k, v in typing.cast("Values", items).items() if v is not OMIT}
    if added:
        items = {**encode(items), **added}
    headers = {"Content-Type": call.get("content_type", "application/json")}
    return {"content": to_json(items), "headers": headers}


def given(values: Values | None) -> dict[str, Any]:
    """The values that are to be sent."""
    return {k: v for k, v in (values or {}).items() if v is not None and v is not OMIT}


def items_of(value: Any) -> list[Any]:
    """What a list repeats a name for, or the one ``value``."""
    return [*value] if isinstance(value, (list, tuple, set)) else [value]
