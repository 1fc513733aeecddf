"""Waiting for long-running operations."""

import functools
import time
from collections.abc import Awaitable, Callable, Container
from typing import Any, TypeVar

from . import retries
from .connection import maybe_await, run
from .resource import AsyncResource, Resource

T = TypeVar("T")


class WaitError(Exception):
    """Waiting ended without success. ``last`` is the last response."""

    def __init__(self, message: str, last: Any = None) -> None:
        super().__init__(message)
        self.last = last


class WaitFailedError(WaitError):
    """The operation failed."""


class WaitTimeoutError(WaitError, TimeoutError):
    """The operation did not finish in time."""


class WaitingResource(Resource):
    """A resource with endpoints that start long-running operations."""

    def _wait(self, get: Callable[[], T], **until: Any) -> T:  # the keywords of `poll`
        found: T = run(poll(get, retries.sleep, **until))
        return found


class AsyncWaitingResource(AsyncResource):
    """A resource with endpoints that start long-running operations."""

    async def _wait(self, get: Callable[[], Awaitable[T]], **until: Any) -> T:
        return await poll(get, retries.async_sleep, **until)


async def poll(
    get: Callable[[], T | Awaitable[T]],
    sleep: Callable[[float], Any],
    now: Callable[[], float] = time.monotonic,
    *,
    state: str,
    success: Container[object],
    failure: Container[object],
    interval: float,
    timeout: float | None,
    on_progress: Callable[[T], object] | None,
) -> T:
    """Call ``get`` until the attribute at the path ``state`` of what it returns is one of
    ``success``. ``interval`` and ``timeout`` are in seconds.

    Raises WaitFailedError for a state of ``failure``, or WaitTimeoutError.
    """
    end = float("inf") if timeout is None else now() + timeout
    while True:
        resource: T = await maybe_await(get())
        if on_progress:
            on_progress(resource)
        found = functools.reduce(getattr, state.split("."), resource)
        if found in success:
            return resource
        if found in failure:
            raise WaitFailedError(f"{state} is {found!r}", resource)
        left = end - now()
        if left <= 0:
            raise WaitTimeoutError(f"{found!r} after {timeout} s", resource)
        await maybe_await(sleep(min(interval, left)))
