"""Credentials other than one token in a header."""

import base64
import os
import re
from collections.abc import Callable, Mapping
from typing import Any

from .api_error import MissingCredentialError
from .auth import Auth, Secret, credential
from .request_auth import RequestAuth


def basic_credential(
    value: Secret | None, argument: str, env: str | None = None, optional: bool = False
) -> Secret | None:
    """A user name or a password, which may be empty."""
    resolved = os.environ.get(env) if value is None and env else value
    return "" if resolved == "" else credential(resolved, argument, env, optional)


class BasicAuth(Auth):
    """A user name and a password (RFC 7617)."""

    def __init__(self, username: Secret | None, password: Secret | None) -> None:
        super().__init__("Authorization", None)
        self._username, self._password = username, password

    def headers(self) -> dict[str, Any]:
        if self._username is None and self._password is None:
            return {}
        username = _text(self._username)
        if (
            ":" in username
        ):  # the password starts at the first colon (RFC 7617, section 2)
            raise ValueError(
                "the user name of Basic authentication must not have a colon"
            )
        pair = f"{username}:{_text(self._password)}".encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


class QueryAuth(RequestAuth):
    """An API key in a query parameter."""

    def __init__(self, name: str, key: Secret | None) -> None:
        super().__init__(name, None)
        self._name, self._key = name, key

    def headers(self) -> dict[str, Any]:
        return {}

    def params(self) -> dict[str, str]:
        text = _text(self._key)
        return {self._name: text} if text else {}


class CookieAuth(Auth):
    """An API key in a cookie."""

    def __init__(self, name: str, key: Secret | None) -> None:
        super().__init__("Cookie", None)
        self._name, self._key = name, key

    def headers(self) -> dict[str, Any]:
        text = _text(self._key)
        return {"Cookie": cookie(self._name, text)} if text else {}


class AllAuth(RequestAuth):
    """Several credentials at once."""

    def __init__(self, *parts: Auth) -> None:
        super().__init__("", None)
        self.parts = parts
        self.names = frozenset(name for part in parts for name in part.names)

    def headers(self) -> dict[str, Any]:
        headers: dict[str, Any] = {}
        for name, value in (h for part in self.parts for h in part.headers().items()):
            # There is one header for all cookies (RFC 6265, section 5.4).
            both = name == "Cookie" and name in headers
            headers[name] = f"{headers[name]}; {value}" if both else value
        return headers

    def params(self) -> dict[str, str]:
        return {k: v for part in self._more() for k, v in part.params().items()}

    def renew(self, sent: Mapping[str, str]) -> bool:
        renewed = [part.renew(sent) for part in self._more()]  # each of them
        return any(renewed)

    def _more(self) -> list[RequestAuth]:
        return [part for part in self.parts if isinstance(part, RequestAuth)]


class AnyAuth(AllAuth):
    """The first of several alternatives whose credentials are all set."""

    def __init__(self, *makers: Callable[[], Auth], optional: bool = False) -> None:
        missing: list[str] = []
        for make in makers:
            try:
                super().__init__(make())
                return
            except MissingCredentialError as error:
                missing.append(str(error))
        if not optional:
            raise MissingCredentialError("; or ".join(missing))
        super().__init__()


def cookie(name: str, value: str) -> str:
    """A cookie. ValueError for a name that is not a token, and for a value with ``;`` or
    control characters (RFC 6265, section 4.1.1)."""
    if not re.fullmatch(r"(?a)[\w!#$%&'*+.^`|~-]+=[^;\0-\x1f\x7f]*", f"{name}={value}"):
        raise ValueError(f"the cookie {name!r} has characters that HTTP forbids")
    return f"{name}={value}"


def _text(value: Secret | None) -> str:
    text = (value() if callable(value) else value) or ""
    if not isinstance(text, str):
        raise TypeError("this credential cannot be an asynchronous function")
    return text
