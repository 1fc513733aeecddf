"""Fakes of methods that return a stream; see `testing`."""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_args

from .encode import encode, to_json
from .streaming import AsyncStream, Stream
from .testing import AsyncFakeMethod, FakeMethod, Stub
from .testing_transport import Exchange

P = ParamSpec("P")
Q = ParamSpec("Q")
T = TypeVar("T")
C = TypeVar("C")
_KINDS = {"text": "text/plain", "json": "application/x-ndjson"}


def fake_stream(
    method: Callable[Concatenate[Any, P], Stream[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeMethod[P, Stream[T], Sequence[T], Q, C]]:
    """Decorator: the fake of ``method``, for which a test sets lists of items."""
    return lambda _: FakeMethod(method, call, content=content, value=items, **settings)


def async_fake_stream(
    method: Callable[Concatenate[Any, P], AsyncStream[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], AsyncFakeMethod[P, AsyncStream[T], Sequence[T], Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: AsyncFakeMethod(
        method, call, content=content, value=items, **settings
    )


def fake_iterator(
    method: Callable[Concatenate[Any, P], Iterator[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], FakeMethod[P, Iterator[T], Sequence[T], Q, C]]:
    """`fake_stream` where streams are annotated as iterators."""
    return lambda _: FakeMethod(method, call, content=content, value=items, **settings)


def async_fake_iterator(
    method: Callable[Concatenate[Any, P], AsyncIterator[T]],
    call: Callable[Q, C],
    **settings: Any,
) -> Callable[[Stub], AsyncFakeMethod[P, AsyncIterator[T], Sequence[T], Q, C]]:
    """The same for a method of an asynchronous client."""
    return lambda _: AsyncFakeMethod(
        method, call, content=content, value=items, **settings
    )


def items(stream: Any) -> Any:
    """The type of the values that a test sets for a method that returns a stream."""
    return cast("Any", Sequence)[get_args(stream)[0]]


def content(value: Iterable[Any] | None, exchange: Exchange) -> tuple[str, Any]:
    """The `Content` of a stream of items."""
    form = exchange.sent.get("format", "sse")
    return _KINDS.get(form, "text/event-stream"), _lines(value or (), exchange, form)


def _lines(items: Iterable[Any], exchange: Exchange, form: str) -> Iterator[bytes]:
    for item in items:
        if form == "text":
            yield str(item).encode()
        elif form == "json":
            yield to_json(item) + b"\n"
        else:
            yield _event(item, exchange).encode()
    end = exchange.sent.get("terminator")
    if end is not None and form != "text":
        yield f"{end}\n".encode() if form == "json" else f"data: {end}\n\n".encode()


def _event(item: Any, exchange: Exchange) -> str:
    """A server-sent event (WHATWG HTML, section 9.2.6)."""
    plain: Any = encode(item)
    texts = exchange.sent.get("text_events", isinstance(plain, str))
    head = ""
    if (name := exchange.sent.get("event_discriminator")) and isinstance(plain, dict):
        members = cast("dict[str, Any]", plain)
        head = f"event: {members.get(name)}\n"
        known = [key for key in ("id", "retry") if members.get(key) is not None]
        head += "".join(f"{key}: {members[key]}\n" for key in known)
        texts = texts is True or (texts and members.get(name) in texts)
        plain = members.get("data")
    text = plain if texts and isinstance(plain, str) else json.dumps(plain)
    return head + "".join(f"data: {line}\n" for line in text.split("\n")) + "\n"
