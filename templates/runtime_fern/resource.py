"""Base classes of the generated resources, with a response of each kind of client."""

from collections.abc import Awaitable
from typing import ParamSpec, TypeVar, cast

from . import _resource
from ._resource import OMIT as OMIT
from ._resource import Method as Method
from ._resource import Raw as Raw
from ._resource import raw as raw
from .connection import ClientWrapper
from .http_response import AsyncHttpResponse

P = ParamSpec("P")
T = TypeVar("T")


class Resource(_resource.Resource):
    """A group of endpoints of the synchronous client."""

    def __init__(self, *, client_wrapper: ClientWrapper) -> None:
        super().__init__(client_wrapper=ClientWrapper.around(client_wrapper))


class AsyncResource(_resource.AsyncResource):
    """A group of endpoints of the asynchronous client."""

    def __init__(self, *, client_wrapper: ClientWrapper) -> None:
        super().__init__(client_wrapper=ClientWrapper.around(client_wrapper))


def async_raw(
    method: Method[P, Awaitable[T]],
) -> Method[P, Awaitable[AsyncHttpResponse[T]]]:
    """The ``method`` of an `AsyncResource` in its raw resource."""
    return cast("Method[P, Awaitable[AsyncHttpResponse[T]]]", method)
