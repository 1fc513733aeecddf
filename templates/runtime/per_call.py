"""Credentials and cookies of single calls."""

import copy
import json
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .api_error import MissingCredentialError
from .auth import Auth
from .auth_schemes import AllAuth, CookieAuth, cookie
from .connection import ClientWrapper
from .encode import encode, to_text
from .http_library import Response, same_origin
from .nesting import Json, flat, limited, members
from .request import Call, merged, url_of
from .request_auth import RequestAuth
from .request_wrapper import RequestWrapper

Alternatives = tuple[tuple[str, ...], ...]

# Characters of a cookie that need no escape (RFC 6265, section 4.1.1), without %.
_COOKIE_OCTETS = "!#$&'()*+-./:<=>?@[]^_`{|}~"
# The same for its name, which is a token.
_TOKEN = "!#$&'*+-.^_`|~"


class EndpointAuth(RequestAuth):
    """Several schemes by name; each endpoint selects its own.

    ``default`` is for endpoints without a selection: alternatives of sets of names,
    where an empty set means no credentials. A missing credential raises only when an
    endpoint requires it.
    """

    def __init__(
        self,
        schemes: Mapping[str, Callable[[], Auth]],
        default: Alternatives = (),
        *,
        optional: bool = False,
    ) -> None:
        super().__init__("", None)
        self._auths: dict[str, Auth] = {}
        self._missing: dict[str, str] = {}
        self._default, self._optional = default, optional
        for name, make in schemes.items():
            try:
                self._auths[name] = make()
            except MissingCredentialError as error:
                self._missing[name] = str(error)
        self.names = frozenset(n for auth in self._auths.values() for n in auth.names)

    def headers(self) -> dict[str, Any]:
        return self.chosen(self._default).headers()

    def params(self) -> dict[str, str]:
        chosen = self.chosen(self._default)
        return chosen.params() if isinstance(chosen, RequestAuth) else {}

    def of(self, call: Call) -> Auth:
        """The credentials of a call. Raises MissingCredentialError if none are set."""
        return self.chosen(call.get("auth", self._default))

    def chosen(self, alternatives: Alternatives) -> Auth:
        """The first alternative whose credentials are all set."""
        lacking: list[str] = []
        for names in filter(None, alternatives):
            missing = [self._missing[name] for name in names if name in self._missing]
            if not missing:
                return AllAuth(*(self._auths[name] for name in names))
            lacking.append(" and ".join(missing))
        if self._optional or not lacking or () in alternatives:
            return Auth("", None)
        raise MissingCredentialError("; or ".join(lacking))


class Cookies:
    """Cookie parameters by wire name; None is left out.

    A parameter without a style is one cookie for each item of an array, or each
    property of an object (style form, explode); with ``"form"``, one cookie with commas
    between the values. ``"cookie"`` is the same for values that are already escaped.
    """

    def __init__(
        self, values: Mapping[str, Any], styles: Mapping[str, str] | None = None
    ) -> None:
        self._values, self._styles = merged(values), styles or {}

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The cookies, encoded."""
        for name, value in self._values.items():
            plain: Json = encode(value)
            style = self._styles.get(name, "")
            escaped = _completed if "cookie" in style else _escaped
            if style == "json":
                text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
                yield name, _escaped(text)
            elif "form" not in style and isinstance(plain, dict):
                for key, item in members(plain):
                    yield _escaped(key, _TOKEN), escaped(to_text(item))
            elif "form" not in style and isinstance(plain, list):
                yield from ((name, escaped(to_text(v))) for _, v in members(plain))
            elif items := flat(plain):
                yield name, ",".join(escaped(to_text(item)) for item in items)

    @limited()
    def __wire__(self) -> str:
        return "; ".join(cookie(name, value) for name, value in self.pairs())


def _escaped(text: str, safe: str = _COOKIE_OCTETS) -> str:
    return urllib.parse.quote(text, safe=safe)


def _completed(text: str) -> str:
    """``text``, in which only characters that a cookie cannot have are escaped."""
    return _escaped(text, f"{_COOKIE_OCTETS}%")


class CallWrapper(RequestWrapper):
    """Sends each request with the credentials and the cookies of its call."""

    _cookies: Sequence[tuple[str, str]] = ()

    async def send(self, method: str, path: str, call: Call) -> Response:
        opened, wrapper = self.client, copy.copy(self)
        cookies: list[tuple[str, str]] = []
        if call.get("auth") is not False:
            if isinstance(self.auth, EndpointAuth):
                try:
                    wrapper.auth = self.auth.of(call)
                except MissingCredentialError as error:
                    message = f"{method} /{path} needs credentials: {error}"
                    raise MissingCredentialError(message) from None
            cookies += _auth_cookies(wrapper.auth)
        headers = {**call.get("headers", {})}
        own = headers.pop("Cookie", None)
        if isinstance(own, Cookies):
            cookies += _parsed(own.__wire__())
        if cookies:
            wrapper.auth, auth = Auth("", None), wrapper.auth
            kept_cookies = _kept_cookies(wrapper, opened, path, call)
            wrapper.auth = auth
            wrapper._cookies = cookies
            headers["Cookie"] = _merged(kept_cookies, cookies)
        elif own is not None and not isinstance(own, Cookies):
            headers["Cookie"] = own
        sent: Call = {**call, "headers": headers}
        return await RequestWrapper.send(wrapper, method, path, sent)

    async def exchange(self, request: Any, *history: Any, **options: Any) -> Any:
        """The response, after redirects that keep the cookies of the call on one origin.

        The HTTP library sends only the cookies that it stores with a redirected request.
        """
        urls = [*(response.request.url for response in history), request.url]
        if history and self._cookies and all(map(same_origin, urls, urls[1:])):
            stored = _parsed(request.headers.get("Cookie"))
            request.headers["Cookie"] = _merged(stored, self._cookies)
        return await super().exchange(request, *history, **options)


def _auth_cookies(auth: Auth) -> list[tuple[str, str]]:
    if isinstance(auth, CookieAuth):
        return _parsed(auth.headers().get("Cookie"))
    parts: Sequence[Auth] = auth.parts if isinstance(auth, AllAuth) else ()
    return [pair for part in parts for pair in _auth_cookies(part)]


def _kept_cookies(
    wrapper: ClientWrapper, opened: Any, path: str, call: Call
) -> list[tuple[str, str]]:
    """Cookies that the header would replace: those that the HTTP client holds for the
    URL, and those that the caller gave as a header."""
    url = url_of(wrapper.settings["base_url"], path, call)
    request = wrapper.library.Request("GET", url)
    opened.cookies.set_cookie_header(request)
    headers = {name.lower(): value for name, value in wrapper.get_headers().items()}
    return _parsed(request.headers.get("Cookie")) + _parsed(headers.get("cookie"))


def _merged(stored: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]]) -> str:
    """The header of several cookies, of which ``own`` replace stored ones of their name."""
    names = {name for name, _ in own}
    others = [pair for pair in stored if pair[0] not in names]
    return "; ".join(f"{name}={value}" for name, value in (*others, *own))


def _parsed(header: str | None) -> list[tuple[str, str]]:
    parts = [part.strip() for part in (header or "").split(";")]
    return [(name, value) for name, _, value in (p.partition("=") for p in parts if p)]
