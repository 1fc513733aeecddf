"""The connection of a client, with the names that Fern gives to its parts."""

import functools
from typing import Any

from ._connection import Begin as Begin
from ._connection import ClientWrapper as PlainClientWrapper
from ._connection import run as run
from ._connection import settle as settle


class ClientWrapper(PlainClientWrapper):
    """The settings of a client, and its HTTP client."""

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
