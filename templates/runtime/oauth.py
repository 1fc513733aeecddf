"""Tokens from a token endpoint, such as OAuth 2.0 client credentials."""

import asyncio
import math
import re
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any, Generic, TypeVar

from .api_error import ApiError
from .auth import credential
from .connection import maybe_await, run
from .request_auth import RequestAuth

R = TypeVar("R")
_EARLY = 120.0
"""Seconds before expiry at which a token is renewed (at most half its lifetime)."""

_Locks = weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]


class _TokenAuth(RequestAuth, Generic[R]):
    """What clients of both kinds share. ``R`` is what ``fetch`` and ``refresh`` return."""

    def __init__(
        self,
        fetch: Callable[[], R],
        *,
        headers: Mapping[str, tuple[str, str]],
        expires_in: str | None = None,
        refresh_token: str | None = None,
        refresh: Callable[[str], R] | None = None,
    ) -> None:
        super().__init__("", None)
        self._fetch, self._refresh = fetch, refresh
        self._headers, self._expires_in = headers, expires_in
        self._refresh_token = refresh_token
        self._response: Any = None
        self._until = 0.0
        # A lock of asyncio is for one event loop.
        self._lock, self._locks = threading.Lock(), _Locks()
        self.names = frozenset(name.lower() for name in headers)

    async def _valid(self) -> Any:
        """A response of the token endpoint whose token has not expired."""
        response = self._response  # another thread may replace it
        if response is not None and time.monotonic() < self._until:
            return response
        try:
            return self._store(await maybe_await(self._requested()))
        except ApiError:
            if not self._discard_refresh_token():
                raise
            return self._store(await maybe_await(self._requested()))

    def _requested(self) -> R:
        """The response of the token endpoint. Async clients await it."""
        path, response = self._refresh_token, self._response
        token = _at(response, path) if path and response is not None else None
        return self._refresh(token) if token and self._refresh else self._fetch()

    def _store(self, response: Any) -> Any:
        """Store and return a response. Raises ApiError if it has no usable token."""
        for _, path in self._headers.values():
            token = _at(response, path)
            if not (
                isinstance(token, str) and re.fullmatch(r"[!-~]([ -~]*[!-~])?", token)
            ):
                raise ApiError(body=f"the token endpoint gave no usable {path!r}")
        try:
            seconds = float(_at(response, self._expires_in or ""))
        except (TypeError, ValueError, OverflowError):
            seconds = math.inf
        seconds = math.inf if math.isnan(seconds) else seconds
        self._response = response  # first: it must not have the lifetime of the last
        self._until = time.monotonic() + max(seconds - _EARLY, seconds / 2)
        return response

    def _discard_refresh_token(self) -> bool:
        """Discard the refresh token, which was not accepted. False if there is none."""
        path, response = self._refresh_token, self._response
        self._response = None
        return bool(path and self._refresh and _at(response, path))

    def _value_of(self, name: str, response: Any) -> str:
        prefix, path = self._headers[name]
        return f"{prefix}{_at(response, path)}"

    def renew(self, sent: Mapping[str, str]) -> bool:
        """Discard the token that a request was sent with. False if it had none."""
        used, last = [name for name in self._headers if name in sent], self._response
        # Another thread may have fetched a new one in the meantime.
        if last is not None and all(sent[n] == self._value_of(n, last) for n in used):
            self._response = None
        return bool(used)


class TokenAuth(_TokenAuth[Any]):
    """Sends the token that ``fetch`` gets from the token endpoint, until it expires.

    ``headers`` maps each header to its prefix and to a path of attributes in the
    response; ``expires_in`` is the path of the lifetime in seconds. If
    ``refresh_token`` is the path of a refresh token, ``refresh`` is called with that
    token instead of ``fetch``.
    """

    def headers(self) -> dict[str, Any]:
        with self._lock:
            response = run(self._valid())
            return {name: self._value_of(name, response) for name in self._headers}

    def renew(self, sent: Mapping[str, str]) -> bool:
        with self._lock:
            return super().renew(sent)


class AsyncTokenAuth(_TokenAuth[Awaitable[Any]]):
    """`TokenAuth` with asynchronous ``fetch`` and ``refresh``."""

    def headers(self) -> dict[str, Any]:
        return {name: _Later(self, name) for name in self._headers}

    async def header(self, name: str) -> str:
        """The value of a header, with a token that has not expired."""
        loop = asyncio.get_running_loop()
        async with self._locks.setdefault(loop, asyncio.Lock()):
            return self._value_of(name, await self._valid())


class _Later:
    """A header to await. A coroutine would warn if the caller's header replaces it."""

    def __init__(self, auth: AsyncTokenAuth, name: str) -> None:
        self._auth, self._name = auth, name

    def __await__(self) -> Generator[Any, None, str]:
        return self._auth.header(self._name).__await__()


def _at(value: Any, path: str) -> Any:
    """The value at a path of attributes, or None."""
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def required(value: str | None, argument: str, env: str | None = None) -> str:
    """``value``, or the variable ``env``; MissingCredentialError if neither is set."""
    resolved = credential(value, argument, env)
    assert isinstance(resolved, str)
    return resolved
