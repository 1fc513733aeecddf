"""Requests made by hand, with the interface that Fern's packages have for them."""

# The arguments are of any type, as in Fern's packages, and tests import private names.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnusedFunction=false
# pyright: reportPrivateUsage=false

import asyncio
import contextlib
import time
import types
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
    Mapping,
)
from typing import Any

from .connection import maybe_await, run
from .file import convert_file_dict_to_httpx_tuples
from .http_library import Response
from .http_parts import _AUTH_HEADERS as _AUTH_HEADERS
from .http_parts import _SENSITIVE_HEADERS as _SENSITIVE_HEADERS
from .http_parts import (
    _maybe_filter_none_from_multipart_data as _maybe_filter_none_from_multipart_data,
)
from .http_parts import _redact_headers as _redact_headers
from .http_parts import drop_content_type_without_body as drop_content_type_without_body
from .http_parts import get_request_body as get_request_body
from .http_parts import maybe_filter_request_body as maybe_filter_request_body
from .http_parts import merge_headers as _merge_headers
from .http_parts import remove_none_from_dict as remove_none_from_dict
from .http_parts import remove_omit_from_dict as remove_omit_from_dict
from .http_retries import INITIAL_RETRY_DELAY_SECONDS as INITIAL_RETRY_DELAY_SECONDS
from .http_retries import JITTER_FACTOR as JITTER_FACTOR
from .http_retries import MAX_RETRY_DELAY_SECONDS as MAX_RETRY_DELAY_SECONDS
from .http_retries import _add_positive_jitter as _add_positive_jitter
from .http_retries import _add_symmetric_jitter as _add_symmetric_jitter
from .http_retries import _parse_retry_after as _parse_retry_after
from .http_retries import _parse_x_ratelimit_reset as _parse_x_ratelimit_reset
from .http_retries import _retry_timeout as _retry_timeout
from .http_retries import _retry_timeout_from_retries as _retry_timeout_from_retries
from .http_retries import _should_retry as _should_retry
from .jsonable_encoder import jsonable_encoder
from .keepalive import keepalive_options
from .keepalive_mounts import _get_environment_proxies as _get_environment_proxies
from .keepalive_mounts import (
    get_async_keepalive_proxy_mounts as get_async_keepalive_proxy_mounts,
)
from .keepalive_mounts import get_keepalive_proxy_mounts as get_keepalive_proxy_mounts
from .lazy import part
from .query_encoder import encode_query
from .request_rules import PHASES, RETRIED


def _build_url(base_url: str, path: str | None) -> str:
    """``path`` below ``base_url``, whose own path is kept."""
    return f"{base_url.rstrip('/')}/{path.lstrip('/')}" if path else base_url


def get_keepalive_socket_options(
    idle: int = 60, intvl: int = 30, cnt: int = 5
) -> list[tuple[int, int, int]]:
    """Options of a socket: ``idle`` s of silence, then ``cnt`` probes ``intvl`` s apart."""
    return keepalive_options(idle=idle, interval=intvl, count=cnt)


class _Client:
    def __init__(
        self,
        *,
        httpx_client: Any,
        base_timeout: Callable[[], Any],
        base_headers: Callable[[], Mapping[str, Any]],
        base_url: Callable[[], str] | None = None,
        base_max_retries: int = 2,
        logging_config: Any = None,
        async_base_headers: Callable[[], Any] | None = None,
    ) -> None:
        self.httpx_client, self.base_url = httpx_client, base_url
        self.base_timeout, self.base_headers = base_timeout, base_headers
        self.base_max_retries, self.logging_config = base_max_retries, logging_config
        self.async_base_headers = async_base_headers

    def get_base_url(self, maybe_base_url: str | None) -> str:
        """``maybe_base_url``, or the base URL of the client."""
        if maybe_base_url is None and self.base_url is not None:
            maybe_base_url = self.base_url()
        if maybe_base_url is None:
            raise ValueError("A base_url is required to make this request.")
        return maybe_base_url

    async def _get_headers(self) -> dict[str, Any]:
        if self.async_base_headers is not None:
            return dict(await maybe_await(self.async_base_headers()))
        return {name: await maybe_await(v) for name, v in self.base_headers().items()}

    async def _arguments(
        self,
        path: str | None = None,
        *,
        method: str,
        base_url: str | None = None,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        data: Any = None,
        content: Any = None,
        files: Any = None,
        headers: Mapping[str, Any] | None = None,
        request_options: Any = None,
        retries: int = 0,
        omit: Any = None,
        force_multipart: bool | None = None,
        optional_body: bool = False,
    ) -> dict[str, Any]:
        """The arguments of a request of httpx."""
        options: Mapping[str, Any] = request_options or {}
        more: Mapping[str, Any] = options.get("additional_query_parameters") or {}
        query = {**(params or {}), **more}
        own = remove_none_from_dict(remove_omit_from_dict(query, omit))
        layers = _merge_headers(
            await self._get_headers(), headers, options.get("additional_headers")
        )
        json_body, data_body = get_request_body(
            json=json,
            data=data,
            request_options=request_options,
            omit=omit,
            optional_body=optional_body,
        )
        layers = drop_content_type_without_body(
            layers,
            json_body=json_body,
            data_body=data_body,
            optional_body=optional_body,
        )
        parts = None
        if isinstance(files, dict) and files is not omit:
            file_parts = remove_none_from_dict(remove_omit_from_dict(files, omit))
            parts = convert_file_dict_to_httpx_tuples(file_parts)
        is_multipart = parts is not None or bool(force_multipart)
        data_body = _maybe_filter_none_from_multipart_data(
            data_body, None, is_multipart
        )
        named = (options.get("timeout"), options.get("timeout_in_seconds"))
        seconds = next((item for item in named if item is not None), None)
        if parts == [] or (parts is None and force_multipart):
            # A form without files is also sent as multipart: its fields are parts.
            parts = [(k, (None, str(v))) for k, v in (data_body or {}).items()] or None
            data_body = None if parts else data_body
        return {
            "method": method,
            "url": _build_url(self.get_base_url(base_url), path),
            "headers": jsonable_encoder(remove_none_from_dict(layers)),
            # An empty list would remove the query of the URL.
            "params": encode_query(jsonable_encoder(own)) or None,
            "json": json_body,
            "data": data_body,
            "content": content,
            "files": parts,
            "timeout": self._timeout(
                self.base_timeout() if seconds is None else seconds, options
            ),
        }

    def _timeout(self, timeout: Any, options: Mapping[str, Any]) -> Any:
        """``timeout`` with the limits of phases that the settings and a request have."""
        if PHASES is None:
            return timeout
        library = types.SimpleNamespace(Timeout=type(self.httpx_client.timeout))
        return part("phase_timeouts").timeout_of(library, timeout, PHASES, options)

    async def _send(self, is_async: bool, *path: Any, **call: Any) -> Any:
        attempts = _Attempts(self.base_max_retries, call)
        while True:
            arguments = await self._arguments(*path, **call)
            try:
                outcome = await maybe_await(self.httpx_client.request(**arguments))
            except Exception as error:
                outcome = error
            wait = attempts.pause_after(outcome)
            if wait is None:
                return _returned(outcome)
            if is_async:
                await asyncio.sleep(wait)
            else:
                time.sleep(wait)


class _Attempts:
    """How often a request is sent again. One with a body that is read once is not."""

    def __init__(self, base_max_retries: int, call: Mapping[str, Any]) -> None:
        options: Mapping[str, Any] = call.get("request_options") or {}
        self._tried: int = call.get("retries", 0)
        own = options.get("max_retries")
        self._left: int = base_max_retries if own is None else own
        if isinstance(call.get("content"), (Iterator, AsyncIterator)):
            self._left = 0
        self._passing = {*RETRIED}
        repeatable = str(call.get("method")).upper() not in ("POST", "PATCH")
        if options.get("retry_remote_protocol_errors", repeatable and bool(RETRIED)):
            self._passing.add("RemoteProtocolError")

    def pause_after(self, outcome: Any) -> float | None:
        """Seconds until the next attempt; None if ``outcome`` is the last one."""
        if self._tried >= self._left:
            return None
        if not isinstance(outcome, Exception):
            if not _should_retry(outcome):
                return None
            wait = _retry_timeout(outcome, self._tried)
        elif type(outcome).__name__ in self._passing:
            wait = _retry_timeout_from_retries(self._tried)
        else:
            return None
        self._tried += 1
        return wait


def _returned(outcome: Any) -> Any:
    """The outcome of a request. Raises it if it is an exception."""
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


class HttpClient(_Client):
    """Sends requests for a synchronous client."""

    def request(self, path: str | None = None, **call: Any) -> Any:
        """The `httpx.Response`, after retries."""
        return run(self._send(False, path, **call))

    @contextlib.contextmanager
    def stream(
        self, path: str | None = None, **call: Any
    ) -> Generator[Response, None, None]:
        """A response whose body is not read yet, after retries."""
        attempts = _Attempts(self.base_max_retries, call)
        while True:
            arguments = run(self._arguments(path, **call))
            with contextlib.ExitStack() as stack:
                opened = self.httpx_client.stream(**arguments)
                try:
                    outcome = stack.enter_context(opened)
                except Exception as error:
                    outcome = error
                wait = attempts.pause_after(outcome)
                if wait is None:
                    yield _returned(outcome)
                    return
            time.sleep(wait)


class AsyncHttpClient(_Client):
    """Requests of an asynchronous client."""

    async def request(self, path: str | None = None, **call: Any) -> Any:
        """The `httpx.Response`, after retries."""
        return await self._send(True, path, **call)

    @contextlib.asynccontextmanager
    async def stream(
        self, path: str | None = None, **call: Any
    ) -> AsyncGenerator[Response, None]:
        """A response whose body is not read yet, after retries."""
        attempts = _Attempts(self.base_max_retries, call)
        while True:
            arguments = await self._arguments(path, **call)
            async with contextlib.AsyncExitStack() as stack:
                opened = self.httpx_client.stream(**arguments)
                try:
                    outcome = await stack.enter_async_context(opened)
                except Exception as error:
                    outcome = error
                wait = attempts.pause_after(outcome)
                if wait is None:
                    yield _returned(outcome)
                    return
            await asyncio.sleep(wait)
