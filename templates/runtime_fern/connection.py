"""The connection of a client, with the names that Fern gives to its parts."""

import copy
import functools
from typing import Any

from ._connection import Begin as Begin
from ._connection import ClientWrapper as PlainClientWrapper
from ._connection import run as run
from ._connection import settle as settle
from .http_library import Response
from .request import Call


class ClientWrapper(PlainClientWrapper):
    """The settings of a client, and its HTTP client."""

    async def send(
        self, method: str, path: str, call: Call, begin: Begin | None = None
    ) -> Response:
        """The response. The methods below are asked anew for each request."""
        opened, wrapper = self.client, copy.copy(self)
        headers = await self.async_get_headers()
        vars(wrapper).update(client=opened, get_headers=lambda: headers)
        call.setdefault("base", self.get_base_url())
        return await PlainClientWrapper.send(wrapper, method, path, call, begin)

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, including those that are coroutines."""
        return {k: await settle(v) for k, v in self.get_headers().items()}

    def get_base_url(self) -> str:
        """The base URL, unless a call overrides it."""
        return str(self.settings["base_url"])

    @functools.cached_property
    def httpx_client(self) -> "HttpClient":
        """The holder of the HTTP client."""
        return HttpClient(self)


class HttpClient:
    """The HTTP client, under the name that Fern's packages use."""

    def __init__(self, wrapper: ClientWrapper) -> None:
        self._wrapper = wrapper

    @property
    def httpx_client(self) -> Any:
        """The `httpx.Client` or `httpx.AsyncClient`."""
        return self._wrapper.client
