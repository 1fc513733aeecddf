"""What a client and its resources share: addresses, credentials, settings, connection."""

import logging as _logging
from collections.abc import Collection, Mapping
from typing import Any

import httpx

from .api_error import ApiError
from .auth import Auth
from .http_client import HttpClient, Outcome, settle

_log = _logging.getLogger((__package__ or "core").rpartition(".")[0])
_SECRET = ("auth", "cookie", "key", "password", "secret", "token")


class BaseClientWrapper:
    """The settings; its methods are asked anew for each request, and may be patched.

    ``environment`` has one attribute for each of several URLs; ``errors`` is keyed by
    status, ``"4XX"`` or the value of ``error_property`` in the body; ``redact`` names
    more headers that logs must not show. None is as good as absent.
    """

    def __init__(
        self,
        *,
        base_url: str,
        environment: object = None,
        user_agent: str | None = None,
        auth: Auth | None = None,
        headers: Mapping[str, Any] | None = None,
        custom_headers: Mapping[str, Any] | None = None,
        errors: Mapping[int | str, type[ApiError]] | None = None,
        error_property: str | None = None,
        timeout: float | httpx.Timeout | None = None,
        max_retries: int | None = None,
        logging: Any = None,
        redact: Collection[str] = (),
        **more: Any,
    ) -> None:
        self.auth = auth or Auth()
        self.errors, self.error_property = errors or {}, error_property
        self.max_retries = 2 if max_retries is None else max_retries
        self.timeout: Any = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        self.more = more
        self._base_url, self._environment = base_url, environment
        self._headers = {"User-Agent": user_agent, **(headers or {})}
        self._custom_headers = custom_headers or {}
        self._logger, self._redact = logging, {name.lower() for name in redact}

    def get_headers(self) -> dict[str, Any]:
        """The headers of every request."""
        headers = {**self._headers, **self.auth.headers(), **self._custom_headers}
        return {name: value for name, value in headers.items() if value is not None}

    def get_base_url(self, name: str | None = None) -> str:
        """The URL that paths are under; ``name`` is one of several in an environment."""
        url: str = getattr(self._environment, name) if name else self._base_url
        return url

    def log(self, event: str, subject: httpx.Request | Outcome) -> None:
        """Tell the logger about a request or what came of it, without the secrets."""
        if not self._logger and not _log.isEnabledFor(_logging.DEBUG):
            return
        told: dict[str, Any] = {"error": repr(subject)}
        if not isinstance(subject, httpx.TransportError):
            url = subject.url
            for name in filter(self._is_secret, url.params):
                url = url.copy_set_param(name, "[redacted]")
            told = {"url": str(url), "headers": dict(subject.headers)}
            for name in filter(self._is_secret, subject.headers):
                told["headers"][name] = "[redacted]"
            told["status_code"] = getattr(subject, "status_code", None)
        if self._logger:
            self._logger.debug(f"HTTP {event}", **told)
        else:
            _log.debug("HTTP %s: %s", event, told)

    def _is_secret(self, name: str) -> bool:
        name = name.lower()
        listed = name in self.auth.names or name in self._redact
        return listed or any(word in name for word in _SECRET)

    def _own(self, transport: Any) -> dict[str, Any]:
        """The arguments of an httpx client of our own."""
        more, options = self.more, self.more.get("socket_options")
        unset = self.timeout is httpx.USE_CLIENT_DEFAULT
        return {
            "timeout": more.get("default_timeout") if unset else self.timeout,
            "follow_redirects": bool(more.get("follow_redirects", True)),
            "transport": transport(socket_options=options) if options else None,
        }


class SyncClientWrapper(BaseClientWrapper):
    """The settings of a client, and its connections, which open when first used."""

    def __init__(
        self, *, httpx_client: httpx.Client | None = None, **more: Any
    ) -> None:
        def make() -> httpx.Client:
            return httpx_client or httpx.Client(**self._own(httpx.HTTPTransport))

        super().__init__(**more)
        self._given = httpx_client
        self.httpx_client = HttpClient(self, make, is_async=False)

    def close(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self._given:
            self.httpx_client.httpx_client.close()


class AsyncClientWrapper(BaseClientWrapper):
    """The settings of an asynchronous client, and its connections."""

    def __init__(
        self, *, httpx_client: httpx.AsyncClient | None = None, **more: Any
    ) -> None:
        def make() -> httpx.AsyncClient:
            own = {} if httpx_client else self._own(httpx.AsyncHTTPTransport)
            return httpx_client or httpx.AsyncClient(**own)

        super().__init__(**more)
        self._given = httpx_client
        self.httpx_client = HttpClient(self, make, is_async=True)

    async def async_get_headers(self) -> dict[str, Any]:
        """The headers of every request, with those that have to be waited for."""
        headers = self.get_headers()
        return {name: await settle(value) for name, value in headers.items()}

    async def aclose(self) -> None:
        """Close the connections, but those of a client that the caller made."""
        if not self._given:
            await self.httpx_client.httpx_client.aclose()
