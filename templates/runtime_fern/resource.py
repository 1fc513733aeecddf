"""Base classes of the generated resources, with a response of each kind of client."""

from collections.abc import Awaitable
from typing import ParamSpec, TypeVar, cast

from ._resource import OMIT as OMIT
from ._resource import AsyncResource as AsyncResource
from ._resource import Method as Method
from ._resource import Raw as Raw
from ._resource import Resource as Resource
from ._resource import raw as raw
from .http_response import AsyncHttpResponse

P = ParamSpec("P")
T = TypeVar("T")


def async_raw(
    method: Method[P, Awaitable[T]],
) -> Method[P, Awaitable[AsyncHttpResponse[T]]]:
    """The ``method`` of an `AsyncResource` in its raw resource."""
    return cast("Method[P, Awaitable[AsyncHttpResponse[T]]]", method)
