"""Sends requests, and sends them again where that may help."""

import copy
import functools
import inspect
import typing
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from . import retries
from .auth import Auth
from .http_response import answer_of, error_of
from .request import Call, options_of, prepare

if typing.TYPE_CHECKING:
    from .client_wrapper import BaseClientWrapper

T = typing.TypeVar("T")


async def settle(value: Any) -> Any:
    """``value``, awaited where it has to be: one body serves both kinds of client."""
    return await value if inspect.isawaitable(value) else value


def run(coroutine: Coroutine[Any, Any, T]) -> T:
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

    def __init__(self, wrapper: "BaseClientWrapper") -> None:
        self._wrapper = wrapper

    @functools.cached_property
    def httpx_client(self) -> Any:
        """The `httpx.Client` or `httpx.AsyncClient`; one of our own takes its time."""
        settings = self._wrapper.settings
        kind: Any = httpx.AsyncClient if self._wrapper.is_async else httpx.Client
        return settings.get("httpx_client") or kind(
            timeout=settings.get("default_timeout"),
            follow_redirects=bool(settings.get("follow_redirects", True)),
            transport=settings.get("transport"),
        )

    async def request(
        self, returns: type[T] | object, method: str, path: str, call: Call, raw: bool
    ) -> T:
        """A ``returns``, or with ``raw`` the response with it; ApiError for an error."""
        response = await self.send(method, path, call)
        answer: Any = answer_of(returns, response, call)
        result: T = answer if raw else answer.data
        return result

    async def send(
        self,
        method: str,
        path: str,
        call: Call,
        begin: Callable[[httpx.Response], object] | None = None,
    ) -> httpx.Response:
        """The answer: whole, or as far as ``begin`` reads it; ApiError for an error."""
        wrapper, client = self._wrapper, self.httpx_client
        if call.get("auth") is False:
            # Credentials may be what the call asks for: they are not even made.
            wrapper, secret = copy.copy(wrapper), wrapper.auth.names
            wrapper.auth = Auth()
            wrapper.auth.names = secret
        headers = await wrapper.async_get_headers()
        url, query, arguments = prepare(wrapper, headers, path, call)
        sleep = retries.async_sleep if wrapper.is_async else retries.sleep
        left = options_of(call).get("max_retries", wrapper.max_retries)
        left, tried = left if call.get("retries", True) else 0, 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            request = client.build_request(method, url, **arguments)
            own = request.url.query  # the parameters that the httpx client adds
            whole = b"&".join(filter(None, [own, query.encode()]))
            request.url = request.url.copy_with(query=whole or None)
            wrapper.log("request", request)
            try:
                sent = client.send(request, stream=begin is not None)
                outcome = response = await settle(sent)
                if begin is not None:
                    read = response.aread if wrapper.is_async else response.read
                    await settle(begin(response) if response.is_success else read())
            except httpx.TransportError as error:
                outcome = error
            wrapper.log("response", outcome)
            pause = retries.pause(outcome, tried)
            if pause is None or tried >= left:
                break
            tried += 1
            await settle(sleep(pause))
        if isinstance(outcome, httpx.TransportError):
            raise outcome
        if not outcome.is_success:
            raise error_of(wrapper, outcome, call)
        return outcome
