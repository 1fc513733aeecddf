"""Base classes of the generated resources."""

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from typing_extensions import Unpack

from .connection import ClientWrapper, run
from .http_response import HttpResponse
from .request import OMIT as OMIT
from .request import Request

P = ParamSpec("P")
T = TypeVar("T")


class _Resource:
    _raw = False

    def __init__(self, *, client_wrapper: ClientWrapper) -> None:
        self._client_wrapper = client_wrapper


class Resource(_Resource):
    """A group of endpoints of the synchronous client."""

    def _request(
        self, of: type[T] | object, method: str, url: str, /, **call: Unpack[Request]
    ) -> T:
        """Call an endpoint. ``of`` fixes ``T`` for type checkers if it is a union."""
        return run(self._client_wrapper.request(of, method, url, {**call}, self._raw))

    def _send(self, method: str, url: str, /, **call: Unpack[Request]) -> None:
        """Call an endpoint whose response has no body."""
        return cast("None", self._request(None, method, url, **call))


class AsyncResource(_Resource):
    """A group of endpoints of the asynchronous client."""

    async def _request(
        self, of: type[T] | object, method: str, url: str, /, **call: Unpack[Request]
    ) -> T:
        return await self._client_wrapper.request(of, method, url, {**call}, self._raw)

    async def _send(self, method: str, url: str, /, **call: Unpack[Request]) -> None:
        return await self._request(None, method, url, **call)


class Raw:
    """Base class of `with_raw_response`: every method returns an `HttpResponse`."""

    _raw = True


Method = Callable[Concatenate[Any, P], T]  # of a resource, or of its raw resource


def raw(method: Method[P, T]) -> Method[P, HttpResponse[T]]:
    """The ``method`` of a `Resource` in its raw resource."""
    return cast("Method[P, HttpResponse[T]]", method)


def async_raw(method: Method[P, Awaitable[T]]) -> Method[P, Awaitable[HttpResponse[T]]]:
    return cast("Method[P, Awaitable[HttpResponse[T]]]", method)
