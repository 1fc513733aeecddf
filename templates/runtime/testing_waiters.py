"""Fakes of methods that wait; see `testing`. No time passes while they do."""

import copy
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from .connection import maybe_await, run
from .testing import Async, AsyncFakeMethod, FakeMethod, Stub

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")
C = TypeVar("C")
R = TypeVar("R")
V = TypeVar("V")
MOST = 10_000
"""The maximum number of polls of a fake without a timeout."""


class _Clock:
    """A clock that only ``sleep`` moves."""

    def __init__(self) -> None:
        self._now, self._count = 0.0, 0
        self.endless = True

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self._now += seconds
        self._count += 1
        if self.endless and self._count > MOST:
            raise AssertionError("what is set for the fake would be waited on for ever")


class _Waiting(FakeMethod[P, R, V, Q, C]):
    """A method that waits. It runs as in the client, unless a test sets a result."""

    def _called(
        self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        clone, wrapper = copy.copy(target), copy.copy(target._client_wrapper)
        clock, polled = _Clock(), clone._wait
        members = cast("dict[str, Any]", vars(clone))
        for name, value in [*members.items()]:
            if isinstance(value, FakeMethod) and not isinstance(value, _Waiting):
                method = cast("FakeMethod[..., Any, Any, ..., Any]", value)
                members[name] = method.asked_by(self._path)

        async def result(outcome: Callable[..., Any]) -> Any:
            value = await maybe_await(outcome(*args, **kwargs))
            self._check(value)
            return value

        def wait(get: Callable[[], Any], **until: Any) -> Any:
            if self._outcome is not None:
                waiting = result(self._outcome)
                return waiting if wrapper.is_async else run(waiting)
            clock.endless = until["timeout"] is None
            return polled(get, **until)

        vars(wrapper)["sleep"] = clock.sleep
        members |= {"_client_wrapper": wrapper, "_now": clock.now, "_wait": wait}
        return self._function(clone, *args, **kwargs)


class _AsyncWaiting(_Waiting[P, R, V, Q, C], AsyncFakeMethod[P, R, V, Q, C]):
    """The same for an asynchronous client."""


def fake_wait(
    method: Callable[Concatenate[Any, P], T], call: Callable[Q, C], **settings: Any
) -> Callable[[Stub], FakeMethod[P, T, T, Q, C]]:
    """Decorator: the fake of ``method``, which polls a fake method until it is done."""
    return lambda _: _Waiting(method, call, **settings)


def async_fake_wait(
    method: Callable[Concatenate[Any, P], Async[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], AsyncFakeMethod[P, Async[T], T, Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: _AsyncWaiting(method, call, **settings)
