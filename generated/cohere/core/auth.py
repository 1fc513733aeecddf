"""Credentials: where they come from, and the header that carries them."""

import inspect
import os
import typing
from collections.abc import Awaitable, Callable

from .api_error import MissingCredentialError

Secret = str | Callable[[], str] | Callable[[], Awaitable[str]]


class Auth:
    """Sends nothing; the base of what sends something."""

    names: frozenset[str] = frozenset()
    """The headers and query parameters that it sends, in lower case."""

    def headers(self) -> dict[str, typing.Any]:
        """Headers, of which a value may have to be awaited."""
        return {}

    def params(self) -> dict[str, str]:
        return {}


class HeaderAuth(Auth):
    """A token in a header: given, called for, or in the environment as of now.

    An empty token sends nothing, for a server that authenticates in its own way.
    """

    def __init__(
        self,
        header: str,
        value: Secret | None,
        *,
        prefix: str = "",
        **source: typing.Any,
    ) -> None:
        self.names = frozenset({header.lower()})
        self._header, self._prefix = header, prefix
        self._value = credential(value, **source)

    def headers(self) -> dict[str, typing.Any]:
        value = self._value() if callable(self._value) else self._value
        if inspect.isawaitable(value):
            return {self._header: self._later(value)}
        return {self._header: f"{self._prefix}{value}"} if value else {}

    async def _later(self, value: Awaitable[str]) -> str:
        return f"{self._prefix}{await value}"


def credential(
    value: Secret | None,
    argument: str = "token",
    env: str | None = None,
    optional: bool = False,
) -> Secret | None:
    """``value``, or the variable ``env``; MissingCredentialError where there is none."""
    found = os.environ.get(env) if value is None and env else value
    if found is None and not optional:
        variable = f" or set the environment variable {env}" if env else ""
        raise MissingCredentialError(f"pass the argument {argument}{variable}")
    return found
