"""Sends requests, and sends them again where that may help."""

import functools
import inspect
import typing
from collections.abc import Callable, Coroutine

import httpx

from . import retries
from .http_response import AsyncHttpResponse, HttpResponse, error_of, result_of
from .request import Call, Values, body_of, headers_of, options_of, query_of, url_of

if typing.TYPE_CHECKING:
    from .client_wrapper import BaseClientWrapper

T = typing.TypeVar("T")
Outcome = httpx.Response | httpx.TransportError


async def settle(value: typing.Any) -> typing.Any:
    """``value``, awaited where it has to be: one body serves both kinds of client."""
    return await value if inspect.isawaitable(value) else value


def run(coroutine: Coroutine[typing.Any, typing.Any, T]) -> T:
    """The result of a coroutine in which there is nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise TypeError("an asynchronous function in a synchronous client")


class HttpClient:
    """Sends requests through an httpx client of either kind."""

    def __init__(
        self,
        wrapper: "BaseClientWrapper",
        make: Callable[[], httpx.Client | httpx.AsyncClient],
        is_async: bool,
    ) -> None:
        self._wrapper, self._make, self._async = wrapper, make, is_async

    @functools.cached_property
    def httpx_client(self) -> typing.Any:
        """The `httpx.Client` or `httpx.AsyncClient`; one of our own takes its time."""
        return self._make()

    async def request(
        self, returns: object, method: str, path: str, call: Call
    ) -> typing.Any:
        """The response with its data as a ``returns``; ApiError for an error."""
        response = await self.send(method, path, call)
        kind: typing.Any = AsyncHttpResponse if self._async else HttpResponse
        return kind(response, *result_of(returns, response, call))

    async def send(
        self,
        method: str,
        path: str,
        call: Call,
        begin: Callable[[httpx.Response], object] | None = None,
    ) -> httpx.Response:
        """The answer: whole, or as far as ``begin`` reads it; ApiError for an error."""
        wrapper, client = self._wrapper, self.httpx_client
        get_headers = getattr(wrapper, "async_get_headers", wrapper.get_headers)
        tries = _Tries(wrapper, await settle(get_headers()), method, path, call)
        pause = retries.async_sleep if self._async else retries.sleep
        while True:
            outcome: typing.Any
            try:
                request = tries.request(client)
                outcome = await settle(client.send(request, stream=begin is not None))
                if begin is not None:
                    read = outcome.aread if self._async else outcome.read
                    await settle(begin(outcome) if outcome.is_success else read())
            except httpx.TransportError as error:
                outcome = error
            step = tries.after(outcome)
            if isinstance(step, httpx.Response):
                return step
            await settle(pause(step))


class _Tries:
    """The tries of one call: each is a new request with the same headers and body."""

    def __init__(
        self,
        wrapper: "BaseClientWrapper",
        headers: Values,
        method: str,
        path: str,
        call: Call,
    ) -> None:
        options, body, params = options_of(call), body_of(call), wrapper.auth.params()
        if call.get("auth") is False:
            secret, params = wrapper.auth.names, {}
            headers = {k: v for k, v in headers.items() if k.lower() not in secret}
        sent = headers_of(headers, call)
        for name, value in body.pop("headers", {}).items():
            sent.setdefault(name, value)
        url = url_of(wrapper.get_base_url(call.get("base")), path, call)
        self._url, _, query = url.partition("?")
        self._query = "&".join(filter(None, [query, query_of(params, call)]))
        timeout = options.get("timeout_in_seconds", wrapper.timeout)
        timeout = options.get("timeout", timeout)
        self._arguments: dict[str, typing.Any] = {
            "headers": sent,
            "timeout": timeout,
            **body,
        }
        self._wrapper, self._method, self._call = wrapper, method, call
        self._retries = options.get("max_retries", wrapper.max_retries)
        once = {"__next__", "__anext__"} & {*dir(body.get("content"))}
        if once or call.get("retries") is False:
            self._retries = 0
        self._tried = 0

    def request(self, client: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        arguments, content = {**self._arguments}, self._arguments.get("content")
        if callable(content):  # what can be sent more than once, but not as it is
            arguments["content"] = content(client)
        request = client.build_request(self._method, self._url, **arguments)
        own = request.url.query.decode()  # the parameters that the httpx client adds
        query = "&".join(filter(None, [own, self._query]))
        if query:
            request.url = request.url.copy_with(query=query.encode())
        self._wrapper.log("request", request)
        return request

    def after(self, outcome: Outcome) -> httpx.Response | float:
        """``outcome`` if it is a success; or the seconds until the next try.

        After the last try an ApiError is raised, or the transport error that it is.
        """
        self._wrapper.log("response", outcome)
        hopeless = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
        again, headers = not isinstance(outcome, hopeless), httpx.Headers()
        if isinstance(outcome, httpx.Response):
            if outcome.is_success:
                return outcome
            again, headers = retries.retryable(outcome.status_code), outcome.headers
        self._tried += 1
        if again and self._tried <= self._retries:
            return retries.delay(headers, self._tried - 1)
        if isinstance(outcome, httpx.Response):
            raise error_of(self._wrapper, outcome, self._call)
        raise outcome
