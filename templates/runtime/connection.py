"""What a client and its resources share: their settings, and how requests are sent."""

import functools
import inspect
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

import httpx

from . import retries
from .auth import Auth
from .decode import part
from .http_response import answer_of, error_of
from .request import Call, Values, body_of, given, headers_of, query_of, url_of

T = TypeVar("T")
Begin = Callable[[httpx.Response], object]
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class ClientWrapper:
    """The settings; its methods are asked anew for each request, and may be patched.

    ``settings`` are what the client was given, by the names of its arguments and of
    what the API needs beside them; None is as good as absent.
    """

    def __init__(self, **settings: Any) -> None:
        defaults = {"max_retries": 2, "timeout": httpx.USE_CLIENT_DEFAULT}
        self.settings: dict[str, Any] = {**defaults, **given(settings)}
        self.is_async = bool(self.settings.get("is_async"))
        self.auth: Auth = self.settings.get("auth", Auth("", None))

    @functools.cached_property
    def client(self) -> Any:
        """The `httpx.Client` or `httpx.AsyncClient`; one of our own takes its time."""
        kind: Any = httpx.AsyncClient if self.is_async else httpx.Client
        return self.settings.get("httpx_client") or kind(
            timeout=self.settings.get("default_timeout"),
            follow_redirects=self.settings.get("follow_redirects", True),
            transport=self.settings.get("transport", lambda: None)(),
        )

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request."""
        agent = self.settings.get("user_agent")
        own, custom = (self.settings.get(n, {}) for n in ("headers", "custom_headers"))
        return given({"User-Agent": agent, **own, **self.auth.headers(), **custom})

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, with those that have to be waited for."""
        headers = self.get_headers()
        return {name: await settle(value) for name, value in headers.items()}

    def get_base_url(self) -> str:
        """The URL that paths are under, where a call does not say otherwise."""
        return str(self.settings["base_url"])

    def log(self, request: httpx.Request, outcome: str) -> None:
        """Tell the logger what came of a request, without what may be secret in it."""
        logger = self.settings.get("logging", _log)
        if logger is not _log or _log.isEnabledFor(logging.DEBUG):
            url = request.url.copy_with(query=None, userinfo=b"")
            logger.debug(f"HTTP request: {request.method} {url}: {outcome}")

    async def request(
        self, returns: type[T] | object, method: str, path: str, call: Call, raw: bool
    ) -> T:
        """A ``returns``, or with ``raw`` the response with it; ApiError for an error."""
        answer = answer_of(returns, await self.send(method, path, call), call)
        return cast("T", answer if raw else answer.data)

    async def send(
        self, method: str, path: str, call: Call, begin: Begin | None = None
    ) -> httpx.Response:
        """The answer: whole, or as far as ``begin`` reads it; ApiError for an error."""
        client, wrapper = self.client, self
        if call.get("auth") is False:
            wrapper = part("anonymous").anonymous(self)
        headers = await wrapper.async_get_headers()
        url, left, arguments = wrapper._prepared(headers, path, call)
        if client.params:  # they would take the place of the query
            arguments["params"] = url.params
        sleep = retries.async_sleep if self.is_async else retries.sleep
        tried = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            request = client.build_request(method, url, **arguments)
            self.log(request, "sent")
            try:
                sent = client.send(request, stream=begin is not None)
                outcome = response = await settle(sent)
                if begin is not None:
                    read = response.aread if self.is_async else response.read
                    await settle(begin(response) if response.is_success else read())
            except httpx.TransportError as error:
                outcome = error
            self.log(request, repr(outcome))
            pause = retries.pause(outcome, tried)
            if pause is None or tried >= left:
                break
            tried += 1
            await settle(sleep(pause))
        if isinstance(outcome, httpx.TransportError):
            raise outcome
        if not outcome.is_success:
            raise error_of(self.settings, outcome, call)
        return outcome

    def _prepared(
        self, headers: Values, path: str, call: Call
    ) -> tuple[httpx.URL, int, dict[str, Any]]:
        """The URL, the retries, and the arguments of `httpx.Client.build_request`."""
        settings, options = self.settings, cast("Values", call.get("options") or {})
        body = body_of(call, self.is_async)
        accept = call.get("accept", "application/json")
        own = {"Accept": accept, **body.get("headers", {})}
        added = options.get("additional_headers", {})
        body["headers"] = headers_of(own, headers, given(call.get("headers")), added)
        timeout = options.get("timeout_in_seconds", settings["timeout"])
        body["timeout"] = options.get("timeout", timeout)
        left = options.get("max_retries", settings["max_retries"])
        params = {**self.auth.params(), **given(call.get("params"))}
        params |= given(options.get("additional_query_parameters"))
        url = url_of(call.get("base", self.get_base_url()), path, call)
        if query := query_of(params, call.get("styles", {})):
            url += f"{'&' if '?' in url else '?'}{query}"
        return httpx.URL(url), left if call.get("retries", True) else 0, body

    def close(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self.settings.get("httpx_client"):
            self.client.close()

    async def aclose(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self.settings.get("httpx_client"):
            await self.client.aclose()


async def settle(value: Any) -> Any:
    """``value``, awaited where it has to be: one body serves both kinds of client."""
    return await value if inspect.isawaitable(value) else value


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine in which there is nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    coroutine.close()
    raise TypeError("an asynchronous function in a synchronous client")
