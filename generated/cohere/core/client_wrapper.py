"""What a client and its resources share: addresses, credentials, settings, connection."""

import logging as _logging
from collections.abc import Collection, Mapping
from typing import Any

import httpx

from .api_error import ApiError
from .auth import Auth
from .http_client import HttpClient, settle

_log = _logging.getLogger((__package__ or "core").rpartition(".")[0])
_SECRET = ("auth", "cookie", "key", "password", "secret", "token")


class BaseClientWrapper:
    """The settings; its methods are asked anew for each request, and may be patched.

    ``errors`` is keyed by status, ``"4XX"`` or the value of ``error_property`` in the
    body; ``redact`` names more headers that logs must not show; ``more`` is for who
    asks for it. None is as good as absent.
    """

    def __init__(
        self,
        *,
        base_url: str,
        user_agent: str | None = None,
        auth: Auth | None = None,
        headers: Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, Any] | None = None,
        errors: Mapping[int | str, type[ApiError]] | None = None,
        error_property: str | None = None,
        timeout: float | httpx.Timeout | None = None,
        max_retries: int | None = None,
        httpx_client: httpx.Client | httpx.AsyncClient | None = None,
        logging: Any = None,
        redact: Collection[str] = (),
        **more: Any,
    ) -> None:
        self.auth = auth or Auth()
        self.errors, self.error_property = errors or {}, error_property
        self.max_retries = 2 if max_retries is None else max_retries
        self.timeout: Any = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        self.more = more
        self.httpx_client = HttpClient(self, httpx_client)
        self._given = httpx_client is not None
        self._base_url, self._custom_headers = base_url, custom_headers or {}
        self._headers = {"User-Agent": user_agent, **(headers or {})}
        self._logger, self._redact = logging or _log, {*map(str.lower, redact)}

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request."""
        headers = {**self._headers, **self.auth.headers(), **self._custom_headers}
        return {name: value for name, value in headers.items() if value is not None}

    def get_base_url(self) -> str:
        """The URL that paths are under, where a call does not say otherwise."""
        return self._base_url

    def log(self, event: str, subject: Any) -> None:
        """Tell the logger about a request or what came of it, without the secrets."""
        if self._logger is _log and not _log.isEnabledFor(_logging.DEBUG):
            return
        told = repr(subject)
        if not isinstance(subject, httpx.TransportError):
            params = subject.url.params.multi_items()
            url = subject.url.copy_with(params=[*map(self._shown, params)])
            headers = dict(map(self._shown, subject.headers.items()))
            told = f"{getattr(subject, 'status_code', '')} {url} {headers}".lstrip()
        self._logger.debug(f"HTTP {event}: {told}")

    def _shown(self, item: tuple[str, str]) -> tuple[str, str]:
        name = item[0].lower()
        listed = name in self.auth.names or name in self._redact
        secret = listed or any(word in name for word in _SECRET)
        return (item[0], "[redacted]") if secret else item


class SyncClientWrapper(BaseClientWrapper):
    """The settings of a client, and its connections, which open when first used."""

    def close(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self._given:
            self.httpx_client.httpx_client.close()


class AsyncClientWrapper(BaseClientWrapper):
    """The settings of an asynchronous client, and its connections."""

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, with those that have to be waited for."""
        headers = self.get_headers()
        return {name: await settle(value) for name, value in headers.items()}

    async def aclose(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self._given:
            await self.httpx_client.httpx_client.aclose()
