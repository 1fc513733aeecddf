"""Fakes of methods that return pages; see `testing`."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_args

from .encode import encode, to_json
from .pagination import AsyncPager, SyncPager
from .testing import Async, AsyncFakeMethod, FakeMethod, Stub
from .testing_transport import JSON, Exchange

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")
C = TypeVar("C")
Page = TypeVar("Page")


def fake_pages(
    method: Callable[Concatenate[Any, P], SyncPager[T, Page]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeMethod[P, SyncPager[T, Page], Sequence[T], Q, C]]:
    """Decorator: the fake of ``method``, for which a test sets lists of items. A list is
    the only page of one call."""
    return lambda _: FakeMethod(method, call, content=content, value=items, **settings)


def async_fake_pages(
    method: Callable[Concatenate[Any, P], Async[AsyncPager[T, Page]]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[
    [Stub], AsyncFakeMethod[P, Async[AsyncPager[T, Page]], Sequence[T], Q, C]
]:
    """The same for a method of an asynchronous client."""
    return lambda _: AsyncFakeMethod(
        method, call, content=content, value=items, **settings
    )


def items(pager: Any) -> Any:
    """The type of the values that a test sets for a method that returns pages."""
    return cast("Any", Sequence)[get_args(pager)[0]]


def content(value: Any, exchange: Exchange) -> tuple[str, Any]:
    """The `Content` of the only page: the example's, with the items that a test set."""
    sent = exchange.sent
    page: Any = exchange.example
    items = _at(page, sent.get("results", "")) if exchange.is_example else value
    items = [*cast("Iterable[Any]", items or ())] if exchange.count == 1 else []
    page = _with(page, sent.get("results", ""), encode(items))
    if "cursor" in sent:
        page = _with(page, sent["cursor"][1], None)
    if "has_next" in sent:
        page = _with(page, sent["has_next"], False)
    for place in ("next_uri", "next_path"):
        if place in sent:
            page = _with(page, sent[place], None)
    return JSON, to_json(page)


def _at(value: Any, path: str) -> Any:
    for step in path.split(".") if path else ():
        value = cast("Any", value).get(step) if isinstance(value, dict) else None
    return value


def _with(value: Any, path: str, new: Any) -> Any:
    """A copy of a JSON value with another value at a path."""
    if not path:
        return new
    name, _, inner = path.partition(".")
    members = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    return {**members, name: _with(members.get(name), inner, new)}
