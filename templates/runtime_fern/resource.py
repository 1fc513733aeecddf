"""Base classes of the generated resources, with a response of each kind of client."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from . import _resource
from ._resource import OMIT as OMIT
from ._resource import Method as Method
from ._resource import Raw as Raw
from ._resource import raw as raw
from .connection import ClientWrapper
from .http_responses import AsyncHttpResponse

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class sub_client(Generic[T_co]):
    """An attribute that is a client of a group, created on first use.

    It is stored under its name with an underscore; hand-written code may replace it.
    """

    def __init__(self, create: Callable[[Any], T_co]) -> None:
        self._create = create
        self.__doc__ = create.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        private = f"_{name}"
        # A group `request` cannot be kept as `_request`, which is a method.
        taken = getattr(owner, private, None) is not None
        if taken or name == "client_wrapper":
            self._key = name
        else:
            self._key = private
            setattr(owner, private, None)

    @overload
    def __get__(self, instance: None, owner: type) -> "sub_client[T_co]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T_co: ...

    def __get__(self, instance: object, owner: type) -> "sub_client[T_co] | T_co":
        if instance is None:
            return self
        attributes = vars(instance)
        if attributes.get(self._key) is None:
            attributes[self._key] = self._create(instance)
        return cast("T_co", attributes[self._key])


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
