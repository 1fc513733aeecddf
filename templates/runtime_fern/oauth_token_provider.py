"""Tokens of a token endpoint, for requests that are made by hand."""

import inspect
from typing import Any

from .connection import ClientWrapper, maybe_await, root_clients, run


class _Provider:
    """Asks as the client of the package does, on the connection of ``client_wrapper``."""

    BUFFER_IN_MINUTES = 2
    """How long before it expires a token is replaced, unless its lifetime is short."""

    _is_async = False

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        client_wrapper: ClientWrapper,
        **more: Any,
    ) -> None:
        client_wrapper = ClientWrapper.around(client_wrapper)
        clients = root_clients()
        make = clients.AsyncRootClient if self._is_async else clients.RootClient
        taken = inspect.signature(make).parameters
        shared = {
            name: client_wrapper.settings[name]
            for name in ("base_url", "environment")
            if name in taken and name in client_wrapper.settings
        }
        client = make(
            client_id=client_id,
            client_secret=client_secret,
            httpx_client=client_wrapper.client,
            **shared,
            **more,
        )
        self._auth = client._client_wrapper.auth

    async def _token(self) -> str:
        values = [await maybe_await(value) for value in self._auth.headers().values()]
        return str(values[0]).rpartition(" ")[2]


class OAuthTokenProvider(_Provider):
    """The token for the credentials of a client."""

    def get_token(self) -> str:
        """The token, which is fetched when there is none and before it expires."""
        return run(self._token())


class AsyncOAuthTokenProvider(_Provider):
    """`OAuthTokenProvider` for asynchronous code."""

    _is_async = True

    async def get_token(self) -> str:
        """The token, which is fetched when there is none and before it expires."""
        return await self._token()
