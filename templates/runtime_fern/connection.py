"""The connection of a client, with the names that Fern gives to its parts."""

import functools
from typing import Any

from ._connection import Begin as Begin
from ._connection import ClientWrapper as PlainClientWrapper
from ._connection import run as run
from ._connection import settle as settle


class ClientWrapper(PlainClientWrapper):
    """The settings of a client, and what sends its requests."""

    @functools.cached_property
    def httpx_client(self) -> "HttpClient":
        """What holds the httpx client."""
        return HttpClient(self)


class HttpClient:
    """Where code written for Fern's packages looks for the httpx client."""

    def __init__(self, wrapper: ClientWrapper) -> None:
        self._wrapper = wrapper

    @property
    def httpx_client(self) -> Any:
        """The `httpx.Client` or `httpx.AsyncClient`."""
        return self._wrapper.client
