"""Waiting for long-running operations."""

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from .connection import ClientWrapper, maybe_await, run

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


class Waiting:
    """A resource with endpoints that start long-running operations."""

    _client_wrapper: ClientWrapper
    _now = staticmethod(time.monotonic)

    def _wait(
        self,
        get: Callable[[], T],
        *,
        state: str,
        success: tuple[object, ...],
        failure: tuple[object, ...],
        interval: float,
        timeout: float | None,
        on_progress: Callable[[Any], object] | None,
    ) -> T:
        """Poll ``get`` until its attribute ``state``, a dotted path, is final. Times are in
        seconds. Raises WaitFailedError or WaitTimeoutError."""

        async def poll() -> Any:
            end = float("inf") if timeout is None else self._now() + timeout
            while True:
                resource = await maybe_await(get())
                if on_progress:
                    on_progress(resource)
                value = functools.reduce(getattr, state.split("."), resource)
                if value in success:
                    return resource
                if value in failure:
                    raise WaitFailedError(f"{state} is {value!r}", resource)
                if (left := end - self._now()) <= 0:
                    raise WaitTimeoutError(f"{value!r} after {timeout} s", resource)
                await self._client_wrapper.sleep(min(interval, left))

        return cast("T", poll() if self._client_wrapper.is_async else run(poll()))
