"""Lists with pagination that is specific to the API.

The pages are read by a class of `custom_pagination`, which is written by hand.
"""

from collections.abc import Callable
from typing import TypeVar

from typing_extensions import Unpack

from .connection import run
from .request import Request
from .resource import AsyncResource, Resource

L = TypeVar("L")


class CustomPagingResource(Resource):
    """A resource with endpoints that have custom pagination."""

    def _custom_pages(
        self,
        pager: Callable[..., L],
        returns: type[object] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[Request],
    ) -> L:
        """Fetch the first page, and construct a ``pager`` with it."""
        wrapper = self._client_wrapper
        first: object = run(wrapper.request(returns, method, url, {**call}, raw=False))
        return pager(initial_response=first, client_wrapper=wrapper)


class AsyncCustomPagingResource(AsyncResource):
    """A resource with endpoints that have custom pagination."""

    async def _custom_pages(
        self,
        pager: Callable[..., L],
        returns: type[object] | object,
        method: str,
        url: str,
        /,
        **call: Unpack[Request],
    ) -> L:
        """Fetch the first page, and construct a ``pager`` with it."""
        wrapper = self._client_wrapper
        first: object = await wrapper.request(returns, method, url, {**call}, raw=False)
        return pager(initial_response=first, client_wrapper=wrapper)
