"""Credentials: reading them and sending them in headers."""

import inspect
import os
from collections.abc import Awaitable, Callable
from typing import Any

from .api_error import MissingCredentialError

Secret = str | Callable[[], str] | Callable[[], Awaitable[str]]


class Auth:
    """A token in a header: a string, or a function. An empty token is not sent."""

    def __init__(self, header: str, value: Secret | None, prefix: str = "") -> None:
        self.names = frozenset({header.lower()})  # of headers and query parameters
        self._header, self._value, self._prefix = header, value, prefix

    def headers(self) -> dict[str, Any]:
        """The headers. A value may be a coroutine, which the caller awaits."""
        value: Any = self._value
        if callable(value) and inspect.isawaitable(value := value()):
            return {self._header: self._later(value)}
        return {self._header: f"{self._prefix}{value}"} if value else {}

    async def _later(self, value: Awaitable[str]) -> str | None:
        return f"{self._prefix}{token}" if (token := await value) else None


def credential(
    value: Secret | None, argument: str, env: str | None = None, optional: bool = False
) -> Secret | None:
    """``value``, or the variable ``env``; MissingCredentialError if it is empty."""
    resolved = os.environ.get(env) if value is None and env else value
    if resolved in (None, "") and not optional:
        hint = f" or set the environment variable {env}" if env else ""
        raise MissingCredentialError(f"pass argument {argument!r} to the client{hint}")
    if not (resolved is None or isinstance(resolved, str) or callable(resolved)):
        kind = type(resolved).__name__
        raise TypeError(f"{argument}: expected a string or a function, found {kind}")
    return resolved
