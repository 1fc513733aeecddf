"""Pages of lists: the items of a request, and the reference to the next page."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from .. import ir, queries
from ..queries import lookup
from .messages import Request
from .property_paths import at, is_object, put

_SIZE = re.compile(r"^(page_?)?(limit|size|count)$|^per_?page$|^max_?results$", re.IGNORECASE)

PAGE_PARAMETER = "fiddlehead_page"
"""The query parameter of the next page, if the response has its URL."""


def fill_page(
    api: ir.Api,
    endpoint: ir.Endpoint,
    request: Request,
    body: object,
    value: object,
    items: list[object],
    default_size: int,
) -> object:
    """Put one page of items into a response. Pagination always ends: the last page has no next
    page, and later pages are empty."""
    pagination = endpoint.pagination
    if pagination is None:
        return value
    size = _size(pagination, request, body) or default_size
    sent = _sent(pagination, request, body)
    start = _start(endpoint, pagination, sent, size)
    page, end = items[start : start + size], start + size
    more = end < len(items)
    if pagination.results:
        put(value, pagination.results, page)
    else:
        value = page
    if pagination.has_next:
        put(value, pagination.has_next, more)
    if pagination.next:
        _put_next(api, endpoint, request, value, end if more else None)
    return value


def is_first(endpoint: ir.Endpoint, request: Request, body: object) -> bool:
    """Whether a request is for the first page."""
    pagination = endpoint.pagination
    if pagination is None:
        return True
    return _start(endpoint, pagination, _sent(pagination, request, body), 1) == 0


def end(endpoint: ir.Endpoint, value: object) -> object:
    """Make a response an empty last page."""
    pagination = endpoint.pagination
    if pagination is None:
        return value
    if not pagination.results:
        return []
    put(value, pagination.results, [])
    if pagination.has_next:
        put(value, pagination.has_next, False)
    if pagination.next:
        _put_end(value, pagination.next)
    return value


def _sent(pagination: ir.Pagination, request: Request, body: object) -> object:
    if pagination.kind in ("uri", "path"):
        texts = request.query.get(PAGE_PARAMETER)
        return texts[-1] if texts else None
    return _position(pagination.parameter, pagination, request, body)


def _position(path: ir.Words, pagination: ir.Pagination, request: Request, body: object) -> object:
    if not path:
        return None
    if pagination.parameter_in == "body":
        return at(body, path)
    head, *rest = path
    name = head + "".join(f"[{name}]" for name in rest)
    texts = request.query.get(name) or request.query.get(path[-1])
    return texts[-1] if texts else None


def _size(pagination: ir.Pagination, request: Request, body: object) -> int | None:
    sent = _position(pagination.step, pagination, request, body)
    if sent is None and not pagination.step:
        size_names = [name for name in request.query if _SIZE.match(name)]
        sent = request.query[size_names[0]][-1] if size_names else None
    return max(1, number) if (number := _number(sent)) is not None else None


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    text = str(value) if value is not None else ""
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else None


def _start(endpoint: ir.Endpoint, pagination: ir.Pagination, sent: object, size: int) -> int:
    if sent in (None, ""):
        return 0
    if pagination.kind != "offset":
        digits = re.search(r"\d+$", str(sent))
        # A cursor that this server did not create is from an example, and has no items.
        return int(digits[0]) if digits and _is_own_cursor(sent) else 10**9
    number = _number(sent)
    if number is None:
        return 0
    if queries.is_item_offset(pagination):
        return max(0, number)
    return max(0, number - _first(endpoint, pagination)) * size


def _first(endpoint: ir.Endpoint, pagination: ir.Pagination) -> int:
    """The number of the first page: the default of the parameter, or else 1."""
    for parameter in endpoint.parameters:
        if parameter.name == pagination.parameter[-1] and parameter.default is not None:
            return 0 if parameter.default.value == 0 else 1
    return 1


def _is_own_cursor(sent: object) -> bool:
    text = str(sent)
    return text.isdecimal() or text.startswith(_CURSOR)


_CURSOR = "page-from-"


def _put_next(
    api: ir.Api, endpoint: ir.Endpoint, request: Request, value: object, start: int | None
) -> None:
    pagination = endpoint.pagination
    assert pagination is not None
    if start is None:
        _put_end(value, pagination.next)
        return
    if pagination.kind in ("uri", "path"):
        query = urlencode(
            [
                *(
                    (name, text)
                    for name, texts in request.query.items()
                    for text in texts
                    if name != PAGE_PARAMETER
                ),
                (PAGE_PARAMETER, str(start)),
            ]
        )
        path = f"{request.path}?{query}"
        host = request.headers.get("host", "127.0.0.1")
        put(value, pagination.next, path if pagination.kind == "path" else f"http://{host}{path}")
        return
    type_ = endpoint.result.type
    next_type = lookup.property_type(api, type_, pagination.next) if type_ else None
    target = lookup.resolved_non_null(api, next_type) if next_type is not None else None
    is_integer = isinstance(target, ir.Primitive) and target.kind in (
        "integer",
        "long",
        "uint",
        "uint64",
        "float",
        "double",
    )
    put(value, pagination.next, start if is_integer else f"{_CURSOR}{start}")


def _put_end(value: object, path: ir.Words) -> None:
    """Set the reference to the next page to null. Missing properties on the path stay missing."""
    for key in path[:-1]:
        value = value.get(key) if is_object(value) else None
    if is_object(value):
        value[path[-1]] = None
