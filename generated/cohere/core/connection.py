"""The connection that a client and its resources share: settings and sending."""

import functools
import inspect
import logging
import uuid
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from . import http_library, retries
from . import request as parts
from .auth import Auth
from .decode import part
from .http_library import Response
from .http_response import answer_of, error_of
from .request import OMIT, Call, Values, given

T = TypeVar("T")
Begin = Callable[[Any], object]
_log = logging.getLogger((__package__ or "core").rpartition(".")[0])


class ClientWrapper:
    """The settings; its methods are asked anew for each request, and may be patched.

    ``settings`` are what the client was given, by the names of its arguments and of
    what the API needs beside them. None means: not set.
    """

    def __init__(self, **settings: Any) -> None:
        self.settings: dict[str, Any] = {"max_retries": 2, **given(settings)}
        self.is_async = bool(self.settings.get("is_async"))
        self.auth: Auth = self.settings.get("auth", Auth("", None))
        client, preferred = map(self.settings.get, ("httpx_client", "http_library"))
        self.library: Any = http_library.library_of(client, self.is_async, preferred)
        if "timeout" in self.settings:
            http_library.timeout_of(self.library, self.settings["timeout"])

    @functools.cached_property
    def client(self) -> Any:
        """The HTTP client. Created on first use, because creating one is slow."""
        if "httpx_client" in self.settings:
            return self.settings["httpx_client"]
        make = self.library.AsyncClient if self.is_async else self.library.Client
        transport = self.settings.get("transport")
        return make(
            timeout=self.settings.get("default_timeout"),
            follow_redirects=self.settings.get("follow_redirects", True),
            transport=transport and transport(self.library),
        )

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request."""
        agent = self.settings.get("user_agent")
        own, custom = (self.settings.get(n, {}) for n in ("headers", "custom_headers"))
        return given({"User-Agent": agent, **own, **self.auth.headers(), **custom})

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, including those that are coroutines."""
        headers = self.get_headers()
        return {name: await settle(value) for name, value in headers.items()}

    def get_base_url(self) -> str:
        """The base URL, unless a call overrides it."""
        return str(self.settings["base_url"])

    def log(self, request: Any, outcome: str) -> None:
        """Log the outcome of a request, without secrets."""
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
    ) -> Response:
        """The response: whole, or as far as ``begin`` reads it; ApiError for an error."""
        client, wrapper = self.client, self
        if call.get("auth") is False:
            wrapper = part("anonymous").anonymous(self)
        url, left, layers, body = wrapper._prepared(method, path, call)
        layers[1] = await wrapper.async_get_headers()
        sleep = retries.async_sleep if self.is_async else retries.sleep
        tried, renewed = 0, False
        while True:
            outcome: Any  # a response, or a TransportError
            headers = parts.headers_of(*layers)
            request = client.build_request(method, url, headers=headers, **body)
            if client.params:  # an empty mapping would remove the query of the URL
                own = parts.with_query(url, str(client.params))
                request.url = self.library.URL(own)
            self.log(request, "sent")
            try:
                outcome = await wrapper._follow(request, begin is not None)
                if begin is not None and outcome.is_success:
                    await settle(begin(outcome))
            except self.library.TransportError as error:
                outcome = error
            self.log(request, repr(outcome))
            refused = getattr(outcome, "status_code", 0) == 401 and not renewed
            if refused and wrapper.auth.renew(request.headers) and left is not None:
                renewed, layers[1] = True, await wrapper.async_get_headers()
                continue
            keys = self.settings.get("idempotency_headers", ())
            if tried >= (left or 0) or not retries.is_wanted(request, outcome, keys):
                break
            await settle(sleep(retries.pause(getattr(outcome, "headers", {}), tried)))
            tried += 1
        if isinstance(outcome, Exception):
            raise outcome
        if not outcome.is_success:
            raise error_of(self.settings, outcome, call)
        return cast("Response", outcome)

    async def _follow(self, request: Any, stream: bool) -> Any:
        """The response at the end of all redirects; ``stream`` leaves a success unread."""
        history: list[Any] = []
        options: dict[str, Any] = {"stream": stream, "follow_redirects": False}
        while True:
            response = await settle(self.client.send(request, **options))
            if stream and not response.is_success:
                await settle(response.aread() if self.is_async else response.read())
            response.history, following = [*history], response.next_request
            if following is None or not self.client.follow_redirects:
                return response
            if len(history) >= self.client.max_redirects:
                raise self.library.TooManyRedirects("too many", request=request)
            if not http_library.same_origin(request.url, following.url):
                http_library.without_credentials(following, self.auth.names)
                options["auth"] = None
            history.append(response)
            request = following

    def _prepared(
        self, method: str, path: str, call: Call
    ) -> tuple[str, int | None, list[Any], dict[str, Any]]:
        """The URL, how many retries (None: the body cannot be sent twice), headers of
        the call around those of the client, other arguments of `build_request`."""
        settings, options = self.settings, cast("Values", call.get("options") or {})
        body = parts.body_of(call, self.is_async)
        fixed = {"Accept": call.get("accept", "application/json")}
        if key := settings.get("idempotency", {}).get(method):
            fixed[key] = str(uuid.uuid4())
        fixed |= body.pop("headers", {})
        seconds = options.get("timeout_in_seconds", settings.get("timeout", OMIT))
        if (timeout := options.get("timeout", seconds)) is not OMIT:
            body["timeout"] = http_library.timeout_of(self.library, timeout)
        left = options.get("max_retries", settings["max_retries"])
        params = {**self.auth.params(), **given(call.get("params"))}
        params |= given(options.get("additional_query_parameters"))
        url = parts.url_of(call.get("base", self.get_base_url()), path, call)
        url = parts.with_query(url, parts.query_of(params, call.get("styles", {})))
        added = options.get("additional_headers", {})
        layers = [fixed, {}, given(call.get("headers")), added]
        return url, left if call.get("retries", True) else None, layers, body

    def close(self) -> None:
        """Close the HTTP client, unless the caller passed it in."""
        if "httpx_client" not in self.settings:
            self.client.close()

    async def aclose(self) -> None:
        """Close the HTTP client, unless the caller passed it in."""
        if "httpx_client" not in self.settings:
            await self.client.aclose()


async def settle(value: Any) -> Any:
    """Await ``value`` if it is awaitable: both clients share one implementation."""
    return await value if inspect.isawaitable(value) else value


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never suspends."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast("T", done.value)
    coroutine.close()
    raise TypeError("an asynchronous function in a synchronous client")
