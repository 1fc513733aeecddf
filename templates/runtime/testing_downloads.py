"""Fakes of methods that return a file; see `testing`."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Concatenate, ParamSpec, TypeVar

from .testing import AsyncFakeMethod, FakeMethod, Stub
from .testing_transport import Exchange

P = ParamSpec("P")
Q = ParamSpec("Q")
C = TypeVar("C")


def fake_download(
    method: Callable[Concatenate[Any, P], Iterator[bytes]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeMethod[P, Iterator[bytes], bytes, Q, C]]:
    """Decorator: the fake of ``method``, for which a test sets the whole file."""
    return lambda _: FakeMethod(method, call, content=content, value=_file, **settings)


def async_fake_download(
    method: Callable[Concatenate[Any, P], AsyncIterator[bytes]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], AsyncFakeMethod[P, AsyncIterator[bytes], bytes, Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: AsyncFakeMethod(
        method, call, content=content, value=_file, **settings
    )


def _file(_: Any) -> Any:
    return bytes


def content(value: bytes | str | None, exchange: Exchange) -> tuple[str, Any]:
    """The `Content` of a file."""
    data = value.encode() if isinstance(value, str) else value or b""
    return "application/octet-stream", data
