"""What generated clients inherit: each endpoint is one call of a method here."""

import typing
from collections.abc import Awaitable, Callable
from typing import Any

from .client_wrapper import AsyncClientWrapper, SyncClientWrapper
from .http_client import run
from .http_response import AsyncHttpResponse, HttpResponse
from .request import OMIT as OMIT

P = typing.ParamSpec("P")
T = typing.TypeVar("T")


class Resource:
    """A group of endpoints."""

    _raw = False

    def __init__(self, *, client_wrapper: SyncClientWrapper) -> None:
        self._client_wrapper = client_wrapper

    def _request(
        self, returns: type[T] | object, method: str, url: str, /, **call: Any
    ) -> T:
        """Call an endpoint. ``returns`` says what ``T`` is: a union is no `type`."""
        http = self._client_wrapper.httpx_client
        return run(http.request(returns, method, url, call, self._raw))

    def _send(self, method: str, url: str, /, **call: Any) -> None:
        """Call an endpoint that answers nothing."""
        return typing.cast("None", self._request(None, method, url, **call))


class AsyncResource:
    """A group of endpoints, called asynchronously."""

    _raw = False

    def __init__(self, *, client_wrapper: AsyncClientWrapper) -> None:
        self._client_wrapper = client_wrapper

    async def _request(
        self, returns: type[T] | object, method: str, url: str, /, **call: Any
    ) -> T:
        """Call an endpoint. ``returns`` says what ``T`` is: a union is no `type`."""
        http = self._client_wrapper.httpx_client
        return await http.request(returns, method, url, call, self._raw)

    def _send(self, method: str, url: str, /, **call: Any) -> Awaitable[None]:
        """Call an endpoint that answers nothing."""
        return self._request(None, method, url, **call)


class RawResource(Resource):
    """The same endpoints, of which each gives its whole response."""

    _raw = True


class AsyncRawResource(AsyncResource):
    """The same endpoints, of which each gives its whole response."""

    _raw = True


Method = Callable[typing.Concatenate[Any, P], T]
"""A function in a class. A raw resource has those of its resource, bound to itself."""


def raw(method: Method[P, T]) -> Method[P, HttpResponse[T]]:
    """The ``method`` of a `Resource` in its `RawResource`."""
    return typing.cast("Method[P, HttpResponse[T]]", method)


def async_raw(
    method: Method[P, Awaitable[T]],
) -> Method[P, Awaitable[AsyncHttpResponse[T]]]:
    """The ``method`` of an `AsyncResource` in its `AsyncRawResource`."""
    return typing.cast("Method[P, Awaitable[AsyncHttpResponse[T]]]", method)
