"""What a client and its resources share: addresses, credentials, settings, connection."""

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from .api_error import ApiError
from .auth import Auth
from .http_client import HttpClient, settle

_log = logging.getLogger((__package__ or "core").rpartition(".")[0])
_SECRET = ("auth", "cookie", "key", "password", "secret", "token")


class BaseClientWrapper:
    """The settings; its methods are asked anew for each request, and may be patched.

    ``errors`` is keyed by status, ``"4XX"`` or the value of ``error_property`` in the
    body. None is as good as absent; some ``settings`` are read where they are used.
    """

    is_async = False

    def __init__(self, *, base_url: str, **settings: Any) -> None:
        self.settings = settings
        self.auth: Auth = settings.get("auth") or Auth()
        self.errors: Mapping[int | str, type[ApiError]] = settings.get("errors") or {}
        retries, timeout = settings.get("max_retries"), settings.get("timeout")
        self.max_retries: int = 2 if retries is None else retries
        self.timeout: Any = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        self.httpx_client = HttpClient(self)
        self._base_url = base_url

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request."""
        settings, headers = self.settings, dict[str, Any]()
        headers["User-Agent"] = settings.get("user_agent")
        headers |= settings.get("headers") or {}
        headers |= self.auth.headers()
        headers |= settings.get("custom_headers") or {}
        return {name: value for name, value in headers.items() if value is not None}

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, with those that have to be waited for."""
        headers = self.get_headers()
        return {name: await settle(value) for name, value in headers.items()}

    def get_base_url(self) -> str:
        """The URL that paths are under, where a call does not say otherwise."""
        return self._base_url

    def log(self, event: str, subject: Any) -> None:
        """Tell the logger about a request or what came of it, without the secrets."""
        logger = self.settings.get("logging") or _log
        if logger is _log and not _log.isEnabledFor(logging.DEBUG):
            return
        told = repr(subject)
        if not isinstance(subject, httpx.TransportError):
            params = subject.url.params.multi_items()
            url = subject.url.copy_with(params=[*map(self._shown, params)])
            headers = dict(map(self._shown, subject.headers.items()))
            told = f"{getattr(subject, 'status_code', '')} {url} {headers}".lstrip()
        logger.debug(f"HTTP {event}: {told}")

    def _shown(self, item: tuple[str, str]) -> tuple[str, str]:
        name = item[0].lower()
        secret = name in self.auth.names or any(word in name for word in _SECRET)
        return (item[0], "[redacted]") if secret else item


class SyncClientWrapper(BaseClientWrapper):
    """The settings of a client, and its connections, which open when first used."""

    def close(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self.settings.get("httpx_client"):
            self.httpx_client.httpx_client.close()


class AsyncClientWrapper(BaseClientWrapper):
    """The settings of an asynchronous client, and its connections."""

    is_async = True

    async def aclose(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self.settings.get("httpx_client"):
            await self.httpx_client.httpx_client.aclose()
