"""Tokens from a token endpoint, such as OAuth 2.0 client credentials."""

import asyncio
import math
import re
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any

from .api_error import ApiError
from .auth import credential
from .request_auth import RequestAuth

_EARLY = 120.0
"""Seconds before expiry at which a token is renewed (at most half its lifetime)."""

_Locks = weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock]


class _Token:
    """The response of the token endpoint, and when it expires."""

    def __init__(
        self,
        fetch: Callable[[], Any],
        headers: Mapping[str, tuple[str, str]],
        expires_in: str | None,
        refresh_token: str | None,
        refresh: Callable[[str], Any] | None,
    ) -> None:
        self.fetch, self.refresh = fetch, refresh
        self.headers = headers
        self._expires_in, self._refresh_token = expires_in, refresh_token
        self._response: Any = None
        self._until = 0.0

    def valid(self) -> Any:
        """The response of the token endpoint, or None if there is no valid one."""
        response = self._response  # another thread may replace it
        return response if time.monotonic() < self._until else None

    def ask(self) -> Any:
        """The response of the token endpoint. Async clients await it."""
        path = self._refresh_token
        token = (
            _at(self._response, path) if path and self._response is not None else None
        )
        return self.refresh(token) if token and self.refresh else self.fetch()

    def keep(self, response: Any) -> Any:
        """Store and return a response. Raises ApiError if it has no usable token."""
        for _, path in self.headers.values():
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

    def give_up_refreshing(self) -> bool:
        """Discard the refresh token, which was not accepted. False if there is none."""
        path, response = self._refresh_token, self._response
        self._response = None
        return bool(path and self.refresh and _at(response, path))

    def header(self, name: str, response: Any) -> str:
        prefix, path = self.headers[name]
        return f"{prefix}{_at(response, path)}"

    def renew(self, sent: Mapping[str, str]) -> bool:
        """Discard the token that a request was sent with. False if it had none."""
        used, last = [name for name in self.headers if name in sent], self._response
        # Another thread may have fetched a new one in the meantime.
        if last is not None and all(sent[n] == self.header(n, last) for n in used):
            self._response = None
        return bool(used)


class TokenAuth(RequestAuth):
    """Sends the token that ``fetch`` gets from the token endpoint, until it expires.

    ``headers`` maps each header to its prefix and to a path of attributes in the
    response; ``expires_in`` is the path of the lifetime in seconds. If
    ``refresh_token`` is the path of a refresh token, ``refresh`` is called with that
    token instead of ``fetch``.
    """

    def __init__(
        self,
        fetch: Callable[[], Any],
        *,
        headers: Mapping[str, tuple[str, str]],
        expires_in: str | None = None,
        refresh_token: str | None = None,
        refresh: Callable[[str], Any] | None = None,
    ) -> None:
        super().__init__("", None)
        self._token = _Token(fetch, headers, expires_in, refresh_token, refresh)
        self._lock = threading.Lock()
        self.names = frozenset(name.lower() for name in headers)

    def headers(self) -> dict[str, Any]:
        with self._lock:
            token = self._token
            response = token.valid()
            if response is None:
                try:
                    response = token.keep(token.ask())
                except ApiError:
                    if not token.give_up_refreshing():
                        raise
                    response = token.keep(token.ask())
            return {name: token.header(name, response) for name in token.headers}

    def renew(self, sent: Mapping[str, str]) -> bool:
        with self._lock:
            return self._token.renew(sent)


class AsyncTokenAuth(RequestAuth):
    """`TokenAuth` with asynchronous ``fetch`` and ``refresh``."""

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Any]],
        *,
        headers: Mapping[str, tuple[str, str]],
        expires_in: str | None = None,
        refresh_token: str | None = None,
        refresh: Callable[[str], Awaitable[Any]] | None = None,
    ) -> None:
        super().__init__("", None)
        self._token = _Token(fetch, headers, expires_in, refresh_token, refresh)
        # A lock of asyncio is for one event loop.
        self._locks: _Locks = weakref.WeakKeyDictionary()
        self.names = frozenset(name.lower() for name in headers)

    def headers(self) -> dict[str, Any]:
        return {name: _Later(self, name) for name in self._token.headers}

    async def header(self, name: str) -> str:
        """The value of a header, with a token that has not expired."""
        loop, token = asyncio.get_running_loop(), self._token
        async with self._locks.setdefault(loop, asyncio.Lock()):
            response = token.valid()
            if response is None:
                try:
                    response = token.keep(await token.ask())
                except ApiError:
                    if not token.give_up_refreshing():
                        raise
                    response = token.keep(await token.ask())
            return token.header(name, response)

    def renew(self, sent: Mapping[str, str]) -> bool:
        return self._token.renew(sent)


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
