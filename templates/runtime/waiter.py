"""Waiting for long-running operations."""

import functools
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypedDict, TypeVar

from typing_extensions import Unpack

from . import retries
from .connection import maybe_await, run
from .resource import AsyncResource, Resource

T = TypeVar("T")


class Until(TypedDict):
    """The keywords of a generated call that waits; see `poll`."""

    state: str
    success: tuple[object, ...]
    failure: tuple[object, ...]
    interval: float
    timeout: float | None
    on_progress: Callable[[Any], object] | None


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

    def _wait(self, get: Callable[[], T], **until: Unpack[Until]) -> T:
        """Poll ``get`` until it succeeds. Raises WaitFailedError or WaitTimeoutError."""
        return run(poll(get, retries.sleep, until))


class AsyncWaitingResource(AsyncResource):
    """A resource with endpoints that start long-running operations."""

    async def _wait(self, get: Callable[[], Awaitable[T]], **until: Unpack[Until]) -> T:
        """Poll ``get`` until it succeeds. Raises WaitFailedError or WaitTimeoutError."""
        return await poll(get, retries.async_sleep, until)


async def poll(
    get: Callable[[], T | Awaitable[T]],
    sleep: Callable[[float], Any],
    until: Until,
    now: Callable[[], float] = time.monotonic,
) -> T:
    """Poll ``get`` until ``state``, a path of attributes, is final (times in seconds)."""
    path, interval, timeout = until["state"], until["interval"], until["timeout"]
    end = float("inf") if timeout is None else now() + timeout
    while True:
        resource: T = await maybe_await(get())
        if until["on_progress"]:
            until["on_progress"](resource)
        state = functools.reduce(getattr, path.split("."), resource)
        if state in until["success"]:
            return resource
        if state in until["failure"]:
            raise WaitFailedError(f"{path} is {state!r}", resource)
        left = end - now()
        if left <= 0:
            raise WaitTimeoutError(f"{state!r} after {timeout} s", resource)
        await maybe_await(sleep(min(interval, left)))
