"""Requests with keys in the query, expiring tokens, idempotency keys, and so on."""

import copy
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from .auth import Auth
from .connection import ClientWrapper, maybe_await
from .http_library import Response, same_origin
from .request import Call, merged
from .request_auth import RequestAuth


class RequestWrapper(ClientWrapper):
    """A connection that makes credentials and idempotency keys for each request."""

    _call: Call
    _hidden: frozenset[str] = frozenset()
    _renewed: Mapping[str, str] = {}

    def get_headers(self) -> dict[str, Any]:
        headers = super().get_headers().items()
        return {name: v for name, v in headers if name.lower() not in self._hidden}

    async def send(self, method: str, path: str, call: Call) -> Response:
        opened, wrapper = self.client, copy.copy(self)
        if call.get("auth") is False:
            # Sends no credentials, not even a header that the caller gave.
            wrapper.auth, wrapper._hidden = Auth("", None), self.auth.names
        vars(wrapper)["client"] = opened
        if key := self.settings.get("idempotency", {}).get(method):
            own = {key: str(uuid.uuid4()), **self.settings.get("headers", {})}
            wrapper.settings = {**self.settings, "headers": own}
        wrapper._call = call
        return await ClientWrapper.send(wrapper, method, path, call)

    async def _parts(self, path: str, call: Call, sent: Call) -> tuple[int, Call, Call]:
        keys = self.auth.params() if isinstance(self.auth, RequestAuth) else {}
        if keys and "?" in path:  # a link to the next page may have the key
            own = self.library.URL(path).params
            keys = {name: key for name, key in keys.items() if name not in own}
        if keys:  # the HTTP library logs URLs
            _logged_without.update(name.lower() for name in keys)
            logging.getLogger(self.library.__name__).addFilter(_hide_keys)
        call = {**call, "params": {**keys, **merged(call.get("params"))}}
        return await super()._parts(path, call, sent)

    async def exchange(self, request: Any, *history: Any, **options: Any) -> Any:
        """The response, after redirects that carry no key to other servers."""
        if history:  # it is a redirected request
            if not same_origin(history[-1].request.url, request.url):
                self._remove_keys(request)
            return await super().exchange(request, *history, **options)
        response = await self._renewing(request, **options)
        self._remove_keys(response.request)  # so that no error has one in its URL
        return response

    async def _renewing(self, request: Any, **options: Any) -> Any:
        request.headers.update(self._renewed)
        response = await super().exchange(request, **options)
        once = response.status_code != 401 or self._call.get("retries") is False
        if once or self._renewed or not isinstance(self.auth, RequestAuth):
            return response
        if not self.auth.renew(request.headers):
            return response
        self.log(request, "%r", response)
        headers = {
            name: await maybe_await(v) for name, v in self.auth.headers().items()
        }
        self._renewed = {
            k: v for k, v in headers.items() if k.lower() not in self._chosen()
        }
        request.headers.update(self._renewed)
        return await super().exchange(request, **options)

    def _remove_keys(self, request: Any) -> None:
        """Remove keys from the query if a redirect goes to another server."""
        for name in [*request.url.params]:
            if name.lower() in self.auth.names:
                request.url = request.url.copy_remove_param(name)

    def _chosen(self) -> set[str]:
        """The headers that the caller gave, in lower case."""
        options: Call = self._call.get("options") or {}
        layers = (self.settings.get("custom_headers"), self._call.get("headers"))
        all_layers = (*layers, options.get("additional_headers"))
        return {name.lower() for layer in all_layers for name in layer or ()}


_logged_without: set[str] = set()
"""Query parameters that are API keys, in lower case."""


def _hide_keys(record: logging.LogRecord) -> bool:
    """A filter that removes API keys from the URLs of a log record."""
    if isinstance(record.args, tuple):
        record.args = tuple(map(_without_keys, record.args))
    return True


def _without_keys(value: Any) -> Any:
    """``value`` without API keys, if it is a URL of the HTTP library."""
    for name in [*getattr(value, "params", ())] if hasattr(value, "raw_path") else ():
        if name.lower() in _logged_without:
            value = value.copy_remove_param(name)
    return value
