"""Paginated lists.

A call has keywords in addition to those of `request`, which say where its pages are. A
place in the request is ``params.``, ``json.`` or ``headers.`` followed by wire names; a
path in the response is wire names. ``results`` is the path of the items. ``cursor`` is
the place of the cursor, and the path of the next one. ``offset`` is the place of the
page number, or of the index of the first item (``unit``, counted from ``first``);
``step`` is the place of the page size, and ``has_next`` the path of a flag for further
pages. ``next_uri`` and ``next_path`` are paths of links to the next page.
"""

import dataclasses
import types
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Any, Generic

import pydantic
from typing_extensions import TypeVar, Unpack

from .connection import ClientWrapper, run
from .encode import encode, wire_names
from .http_library import same_origin
from .request import OMIT, Call, Request, url_of
from .resource import AsyncResource, Method, Resource

P = typing.ParamSpec("P")
T = typing.TypeVar("T")
R = TypeVar("R", default=Any)


class PageRequest(Request, total=False):
    """The keywords of a generated call with pagination."""

    results: str
    cursor: tuple[str, str]
    offset: str
    first: int
    unit: typing.Literal["page"]
    step: str
    has_next: str
    next_uri: str
    next_path: str


class PaginationError(Exception):
    """The link to the next page is unusable, or leads back to a page already read."""


@dataclasses.dataclass(frozen=True)
class SyncPager(Generic[T, R]):
    """A page of items. Iterating yields the items of this page and all later ones."""

    has_next: bool
    items: list[T] | None
    response: R
    get_next: "Callable[[], SyncPager[T, R]] | None" = None

    if not typing.TYPE_CHECKING:
        # The type of a page may be left out; `typing.Generic` would add its default.
        __class_getitem__ = classmethod(types.GenericAlias)

    def next_page(self) -> "SyncPager[T, R] | None":
        return self.get_next() if self.has_next and self.get_next else None

    def iter_pages(self) -> "Iterator[SyncPager[T, R]]":
        page: SyncPager[T, R] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        for page in self.iter_pages():
            yield from page.items or ()


@dataclasses.dataclass(frozen=True)
class AsyncPager(Generic[T, R]):
    """A page of items. Iterating yields the items of this page and all later ones."""

    has_next: bool
    items: list[T] | None
    response: R
    get_next: "Callable[[], Awaitable[AsyncPager[T, R]]] | None" = None

    if not typing.TYPE_CHECKING:
        # The type of a page may be left out; `typing.Generic` would add its default.
        __class_getitem__ = classmethod(types.GenericAlias)

    async def next_page(self) -> "AsyncPager[T, R] | None":
        return await self.get_next() if self.has_next and self.get_next else None

    async def iter_pages(self) -> "AsyncIterator[AsyncPager[T, R]]":
        page: AsyncPager[T, R] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.iter_pages():
            for item in page.items or ():
                yield item


class PagingResource(Resource):
    """A resource with paginated endpoints."""

    def _paginate(
        self,
        item: type[T] | object,
        returns: type[R] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[PageRequest],
    ) -> SyncPager[T, R]:
        """Fetch the first page of ``item``s. Each page is decoded as ``returns``."""

        def page(request: _PageCall) -> SyncPager[T, R]:
            wrapper = self._client_wrapper
            items, data, following = run(_read(wrapper, returns, method, request))
            rest = (lambda: page(following)) if following else None
            return SyncPager(following is not None, items, data, rest)

        return page((url, {**call}, frozenset()))


class AsyncPagingResource(AsyncResource):
    """A resource with paginated endpoints."""

    async def _paginate(
        self,
        item: type[T] | object,
        returns: type[R] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[PageRequest],
    ) -> AsyncPager[T, R]:
        """Fetch the first page of ``item``s. Each page is decoded as ``returns``."""

        async def page(request: _PageCall) -> AsyncPager[T, R]:
            wrapper = self._client_wrapper
            items, data, following = await _read(wrapper, returns, method, request)
            rest = (lambda: page(following)) if following else None
            return AsyncPager(following is not None, items, data, rest)

        return await page((url, {**call}, frozenset()))


def raw_pager(method: Method[P, T]) -> Method[P, T]:
    """The paginated ``method`` in the raw resource: pages have their response already."""
    return method


_Seen = frozenset[str] | PaginationError
"""What identifies the pages before one; or the error, if that page is one of them."""
_PageCall = tuple[str, Call, _Seen]


async def _read(
    wrapper: ClientWrapper, returns: type[R] | object, method: str, page: _PageCall
) -> tuple[Any, R, _PageCall | None]:
    """The items of a page, its response, and the call for the next page."""
    url, call, seen = page
    if isinstance(seen, PaginationError):
        raise seen
    data: R = await wrapper.request(returns, method, url, call, raw=False)
    items = _at(data, call.get("results", ""))
    return items, data, _next(wrapper, url, call, data, items, seen)


def _next(
    wrapper: ClientWrapper,
    url: str,
    call: Call,
    data: Any,
    items: list[Any] | None,
    seen: frozenset[str],
) -> _PageCall | None:
    """The call for the page after ``data``, or None if that is the last page."""
    changed: Any = {**call}
    if "cursor" in call:
        place, path = call["cursor"]
        mark, current = _at(data, path), _argument(call, place)
        if mark in (None, "") or mark is False:
            return None
        changed = _with(call, place, mark)
    elif "offset" in call:
        if not (_at(data, call["has_next"]) if "has_next" in call else items):
            return None
        current = _argument(call, call["offset"])
        current = call.get("first", 0) if current is None else current
        step = _argument(call, call["step"]) if "step" in call else None
        step = 1 if call.get("unit") == "page" else step or len(items or ())
        mark = current + step
        changed = _with(call, call["offset"], mark)
    else:
        path, current = call.get("next_uri") or call.get("next_path", ""), url
        mark = _at(data, path)
        if mark in (None, "") or mark is False:
            return None
        urls = wrapper.library.URL
        base = urls(url_of(wrapper.settings["base_url"], url, call))
        try:
            link = base.join(mark)
        except (TypeError, ValueError, wrapper.library.InvalidURL):
            message = f"{path!r} is not a link to the next page: {mark!r}"
            return url, changed, PaginationError(message)
        for name in ("params", "styles", "path"):
            changed.pop(name, None)
        url = str(link if "next_uri" in call else mark).partition("#")[0]
        if "next_uri" in call and not same_origin(base, urls(url)):
            url, changed = _without_credentials(wrapper, urls(url), changed)
    known = seen if current is None else seen | {str(current)}
    if str(mark) in known:
        message = f"the page after {current!r} is {mark!r}, as before"
        return url, changed, PaginationError(message)
    return url, changed, known


def _without_credentials(
    wrapper: ClientWrapper, url: Any, call: Call
) -> tuple[str, Call]:
    """The call for a link to another origin: like a redirect, it has no credentials, no
    headers of the caller and no API key in its query."""
    for name in [*url.params]:
        if name.lower() in wrapper.auth.names:
            url = url.copy_remove_param(name)
    options: Call = call.get("options") or {}
    layers = (wrapper.settings.get("headers"), wrapper.settings.get("custom_headers"))
    all_layers = (*layers, call.get("headers"), options.get("additional_headers"))
    removed = {name: None for layer in all_layers for name in layer or ()}
    options = {**options, "additional_headers": removed}
    return str(url), {**call, "auth": False, "options": options}


def _at(value: Any, path: str) -> Any:
    """The value at a path of wire names in a response."""
    for step in path.split(".") if path else ():
        if isinstance(value, pydantic.BaseModel):
            names = {wire: name for name, wire in wire_names(type(value)).items()}
            extra = value.model_extra or {}
            value = getattr(value, names[step]) if step in names else extra.get(step)
        else:
            value = _mapping(value).get(step)
    return value


def _argument(call: Call, place: str) -> Any:
    """The value at a position of the request, or None."""
    value: Any = call
    for step in place.split("."):
        value = _mapping(value).get(step)
    return None if value is OMIT else value


def _with(call: Any, place: str, mark: Any) -> Any:
    """A copy of the request with ``mark`` at a place."""
    name, _, inner = place.partition(".")
    copy = dict(_mapping(call))
    copy[name] = _with(copy.get(name), inner, mark) if inner else mark
    return copy


def _mapping(value: Any) -> Mapping[str, Any]:
    """``value`` as a JSON object; an empty one if it is not an object."""
    if isinstance(value, pydantic.BaseModel):
        value = encode(value)
    return typing.cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
