"""What generated clients inherit: each endpoint is one call of a method here."""

import typing
from collections.abc import Awaitable, Callable
from typing import Any

from typing_extensions import Unpack

from .client_wrapper import AsyncClientWrapper, SyncClientWrapper
from .http_client import run
from .http_response import AsyncHttpResponse, HttpResponse
from .request import OMIT as OMIT
from .request import Call

P = typing.ParamSpec("P")
T = typing.TypeVar("T")


class Resource:
    """A group of endpoints."""

    _raw = False

    def __init__(self, *, client_wrapper: SyncClientWrapper) -> None:
        self._client_wrapper = client_wrapper

    def _request(
        self, returns: type[T] | object, method: str, url: str, /, **call: Unpack[Call]
    ) -> T:
        """Call an endpoint. ``returns`` says what ``T`` is: a union is no `type`."""
        http = self._client_wrapper.httpx_client
        response = run(http.request(returns, method, url, call))
        result: T = response if self._raw else response.data
        return result

    def _send(self, method: str, url: str, /, **call: Unpack[Call]) -> None:
        """Call an endpoint that answers nothing."""
        return typing.cast("None", self._request(None, method, url, **call))


class AsyncResource:
    """A group of endpoints, called asynchronously."""

    _raw = False

    def __init__(self, *, client_wrapper: AsyncClientWrapper) -> None:
        self._client_wrapper = client_wrapper

    async def _request(
        self, returns: type[T] | object, method: str, url: str, /, **call: Unpack[Call]
    ) -> T:
        """Call an endpoint. ``returns`` says what ``T`` is: a union is no `type`."""
        http = self._client_wrapper.httpx_client
        response = await http.request(returns, method, url, call)
        result: T = response if self._raw else response.data
        return result

    async def _send(self, method: str, url: str, /, **call: Unpack[Call]) -> None:
        """Call an endpoint that answers nothing."""
        return typing.cast("None", await self._request(None, method, url, **call))


class RawResource(Resource):
    """The same endpoints, of which each gives its whole response."""

    _raw = True


class AsyncRawResource(AsyncResource):
    """The same endpoints, of which each gives its whole response."""

    _raw = True


class RawMethod(typing.Generic[P, T]):
    """A method of a resource in its raw resource: the same function, bound to that."""

    def __init__(self, method: Any) -> None:
        self._method = method

    def __get__(self, instance: object, owner: Any) -> Callable[P, T]:
        bound: Callable[P, T] = self._method.__get__(instance, owner)
        return bound


def raw(
    method: Callable[typing.Concatenate[Any, P], T],
) -> RawMethod[P, HttpResponse[T]]:
    """The ``method`` of a `Resource` in its `RawResource`."""
    return RawMethod(method)


def async_raw(
    method: Callable[typing.Concatenate[Any, P], Awaitable[T]],
) -> RawMethod[P, Awaitable[AsyncHttpResponse[T]]]:
    """The ``method`` of an `AsyncResource` in its `AsyncRawResource`."""
    return RawMethod(method)
