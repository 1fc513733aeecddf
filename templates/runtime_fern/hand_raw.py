"""Clients whose `raw_client.py` is written by hand: their methods call it."""

import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any


class CallsRawClient:
    """Base class of a client whose methods return the data of its `_raw_client`.

    A method that the raw client does not have sends the request itself, and so do the
    methods of a fake.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if CallsRawClient in cls.__bases__:  # not a user's subclass
            for name, method in [*vars(cls).items()]:
                if inspect.isfunction(method) and not name.startswith("_"):
                    setattr(cls, name, _calling(name, method))


def _calling(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **options: Any) -> Any:
        by_hand = getattr(self._raw_client, name, None)
        if by_hand is None or "fake" in getattr(self._client_wrapper, "settings", ()):
            return method(self, *arguments, **options)
        return _data_of(by_hand(*arguments, **options))

    return call


def _data_of(result: Any) -> Any:
    """The data of a response; of an open one, its items. A pager is returned as it is."""
    if inspect.isawaitable(result):
        return _awaited(result)
    if hasattr(result, "__aenter__"):
        return _async_items(result)
    if hasattr(result, "__enter__"):
        return _items(result)
    return result.data if hasattr(result, "data") else result


async def _awaited(result: Awaitable[Any]) -> Any:
    return _data_of(await result)


def _items(opened: Any) -> Iterator[Any]:
    with opened as response:
        yield from response.data


async def _async_items(opened: Any) -> AsyncIterator[Any]:
    async with opened as response:
        async for item in response.data:
            yield item
