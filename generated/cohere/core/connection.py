"""The connection that a client and its resources share: settings and sending."""

import functools
import importlib
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

from . import http_library, retries
from . import request as parts
from .auth import Auth
from .http_library import Response
from .http_response import error_of, response_of
from .request import OMIT, Call, Values, merged

T = TypeVar("T")
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class ClientWrapper:
    """The settings of a client, and its HTTP client. Its methods may be patched."""

    def __init__(
        self, *, is_async: bool = False, auth: Auth | None = None, **settings: object
    ) -> None:
        self.is_async, self.auth = is_async, auth or Auth("", None)
        self.settings: dict[str, Any] = {"max_retries": 2, **merged(settings)}
        client, preferred = map(self.settings.get, ("httpx_client", "http_library"))
        self.library: Any = http_library.library_of(client, is_async, preferred)
        http_library.timeout_of(self.library, self.settings.get("timeout"))
        self._url, self._merged = functools.lru_cache(64)(self.library.URL), Call()

    @functools.cached_property
    def client(self) -> Any:
        """The HTTP client. Created on first use, because creating one is slow."""
        if "httpx_client" in self.settings:
            return self.settings["httpx_client"]
        make = self.library.AsyncClient if self.is_async else self.library.Client
        options = {"timeout": self.settings.get("default_timeout")}
        options["follow_redirects"] = self.settings.get("follow_redirects", True)
        return make(**options)

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request. A value may be a coroutine."""
        known = self.settings.get
        own = {"User-Agent": known("user_agent"), **known("headers", {})}
        return merged({**own, **self.auth.headers(), **known("custom_headers", {})})

    def log(self, request: Any, text: str, *outcome: object) -> None:
        """Log a request, or its outcome, without secrets."""
        logger = self.settings.get("logging", _log)
        if logger is not _log or _log.isEnabledFor(logging.DEBUG):
            url = request.url.copy_with(query=None, userinfo=b"")
            logger.debug(f"HTTP request: {request.method} {url}: {text % outcome}")

    async def request(
        self, returns: type[T] | object, method: str, path: str, call: Call, raw: bool
    ) -> T:
        """The body as ``returns``, or the response if ``raw``. Raises ApiError."""
        response = response_of(returns, await self.send(method, path, call), call)
        return cast("T", response if raw else response.data)

    async def send(self, method: str, path: str, call: Call) -> Response:
        """The response, which ``begin`` reads if it is in the call. Raises ApiError."""
        tried, body = 0, Call()
        while True:
            try:
                left, body, other = await self._parts(path, call, body)
            except RecursionError as error:
                raise ValueError(f"a value is nested too deep ({error})") from error
            request = self._built(method, body, other)
            self.log(request, "sent")
            try:
                outcome = await self.exchange(request, stream="begin" in call)
            except self.library.TransportError as error:
                outcome = error  # in place of a response
            self.log(request, "%r", outcome)
            if getattr(outcome, "is_success", False):
                return cast("Response", outcome)
            keys = self.settings.get("idempotency_headers", ())
            if tried >= left or not retries.is_wanted(request, outcome, keys):
                failed = isinstance(outcome, Exception)
                raise outcome if failed else error_of(self.settings, outcome, call)
            await self.sleep(retries.pause(getattr(outcome, "headers", {}), tried))
            tried += 1

    async def sleep(self, seconds: float) -> None:
        """Wait between two requests. (To import asyncio takes long.)"""
        module = importlib.import_module("asyncio" if self.is_async else "time")
        await maybe_await(module.sleep(seconds))

    async def exchange(self, request: Any, *history: Any, **options: Any) -> Any:
        """The response after redirects; with ``stream=True``, a success is unread."""
        response = self.client.send(request, follow_redirects=False, **options)
        response = await response if self.is_async else response
        response.history, following = [*history], response.next_request
        if following is None or not self.client.follow_redirects:
            return response
        if len(history) >= self.client.max_redirects:
            raise self.library.TooManyRedirects("too many", request=request)
        same = http_library.same_origin(request.url, following.url)
        options |= {} if same else {"auth": None}
        for name in [*following.headers]:
            secret = name in self.auth.names or http_library.SECRET.match(name)
            body = http_library.OF_BODY.match(name)
            if (secret and not same) or (body and following.method != request.method):
                del following.headers[name]
        return await self.exchange(following, *history, response, **options)

    async def _parts(self, path: str, call: Call, sent: Call) -> tuple[int, Call, Call]:
        """The most retries, the body (``sent`` again) and arguments of `build_request`."""
        options: Values = {**call, **(call.get("options") or {})}
        body = sent or parts.json_of(call)
        seconds = options.get("timeout_in_seconds", self.settings.get("timeout", OMIT))
        params = merged(call.get("params"), options.get("additional_query_parameters"))
        query = parts.query_of(params)
        url = parts.url_of(self.settings["base_url"], path, call)
        arguments = Call(url=self._url(parts.with_query(url, query)))  # parsed once
        if (timeout := options.get("timeout", seconds)) is not OMIT:
            arguments["timeout"] = http_library.timeout_of(self.library, timeout)
        own = await maybe_await(self.get_headers())
        own = {k: v if type(v) is str else await maybe_await(v) for k, v in own.items()}
        layers = [body.get("headers", {}), own, merged(call.get("headers"))]
        last: Values = options.get("additional_headers") or {}
        accept = {"Accept": call.get("accept", "application/json")}
        arguments["headers"] = parts.headers_of(accept, *layers, last)
        left = options.get("max_retries")
        return self.settings["max_retries"] if left is None else left, body, arguments

    def _built(self, method: str, body: Call, other: Call) -> Any:
        """The request. Headers are merged once while calls repeat them."""
        client, library, url = self.client, self.library, other["url"]
        build, headers = client.build_request, other["headers"]
        own = getattr(build, "__func__", None) is library.Client.build_request
        same = own and not (body or client.params or client.cookies)
        key = [url.netloc, client.headers.raw, headers] if same else []
        last, merged_headers = self._merged.get(method, (None, None))
        if key == last:
            limit = library.Timeout(other.get("timeout", client.timeout)).as_dict()
            more = {"extensions": {"timeout": limit}, "stream": library.ByteStream(b"")}
            request = library.Request(method, url, headers=merged_headers, **more)
            request.read()
            return request
        request = build(method, **{**body, **other, "headers": parts.encoded(headers)})
        if client.params:  # an empty mapping would remove the query of the URL
            request.url = library.URL(parts.with_query(str(url), str(client.params)))
        if key and url.is_absolute_url:
            self._merged[method] = key, library.Headers(request.headers)
        return request

    def close(self) -> None:
        """Close the HTTP client, unless the caller passed it in."""
        if "httpx_client" not in self.settings:
            self.client.close()

    async def aclose(self) -> None:
        if "httpx_client" not in self.settings:
            await self.client.aclose()


async def maybe_await(value: Any) -> Any:
    """Await ``value`` if it is awaitable: both clients share one implementation."""
    return await value if hasattr(value, "__await__") else value


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never suspends."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    coroutine.close()
    raise TypeError("an asynchronous function in a synchronous client")
