"""The headers and the body of a request made by hand, under Fern's names."""

# The arguments are of any type, as in Fern's packages, and tests import private names.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnusedFunction=false

from collections.abc import Mapping
from typing import Any

from .jsonable_encoder import jsonable_encoder
from .request_rules import EMPTY_BODIES

_SENSITIVE_HEADERS = frozenset(
    {
        *("authorization", "proxy-authorization", "www-authenticate"),
        *("proxy-authenticate", "cookie", "set-cookie", "api-key", "apikey"),
        *("x-api-key", "x-api-token", "x-access-token", "x-auth-token"),
        *("auth-token", "x-session-token", "x-csrf-token", "x-xsrf-token"),
    }
)


_AUTH_HEADERS = frozenset[str]()
"""Other headers that hand-written code wants to be redacted."""


def _redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` without the values of those that are secrets."""
    return {
        name: (
            "[REDACTED]"
            if name.lower() in _SENSITIVE_HEADERS | _AUTH_HEADERS
            else value
        )
        for name, value in headers.items()
    }


def merge_headers(*header_dicts: Mapping[str, Any] | None) -> dict[str, Any]:
    """One mapping of several: a later header replaces one of that name, in any case."""
    merged: dict[str, tuple[str, Any]] = {}
    for headers in header_dicts:
        for name, value in (headers or {}).items():
            merged.pop(name.lower(), None)
            merged[name.lower()] = name, value
    return dict(merged.values())


def _maybe_filter_none_from_multipart_data(
    data: Any, request_files: Any, force_multipart: bool | None
) -> Any:
    """``data`` without values that are None, if it is sent as multipart."""
    if isinstance(data, Mapping) and (request_files or force_multipart):
        return remove_none_from_dict(data)
    return data


def remove_none_from_dict(original: Mapping[str, Any]) -> dict[str, Any]:
    """``original`` without the values that are None."""
    return {name: value for name, value in original.items() if value is not None}


def remove_omit_from_dict(original: Mapping[str, Any], omit: Any) -> dict[str, Any]:
    """``original`` without the values that are ``omit``."""
    if omit is None:
        return dict(original)
    return {name: value for name, value in original.items() if value is not omit}


def maybe_filter_request_body(data: Any, request_options: Any, omit: Any) -> Any:
    """``data`` as JSON, with the properties that the options add."""
    options: Mapping[str, Any] = request_options or {}
    added: Mapping[str, Any] = options.get("additional_body_parameters") or {}
    if data is None:
        return None if request_options is None else jsonable_encoder(added)
    if not isinstance(data, Mapping):
        return jsonable_encoder(data)
    return jsonable_encoder({**remove_omit_from_dict(data, omit), **added})


def get_request_body(
    *,
    json: Any,
    data: Any,
    request_options: Any,
    omit: Any,
    optional_body: bool = False,
) -> tuple[Any, Any]:
    """The JSON and the form of a request; one of the two is None.

    A body that is ``omit`` is none, and one without properties with ``optional_body`` and
    in packages of older versions.
    """
    if omit is not None:
        json, data = (None if item is omit else item for item in (json, data))
    source = json if data is None else data
    body = maybe_filter_request_body(source, request_options, omit)
    if body == {} and (source is None or optional_body or not EMPTY_BODIES):
        body = None
    return (body, None) if data is None else (None, body)


def drop_content_type_without_body(
    headers: Mapping[str, Any],
    *,
    json_body: Any,
    data_body: Any,
    optional_body: bool = False,
) -> dict[str, Any]:
    """``headers``, without the content type where an optional body is not sent."""
    if not optional_body or json_body is not None or data_body is not None:
        return dict(headers)
    return {k: v for k, v in headers.items() if k.lower() != "content-type"}
