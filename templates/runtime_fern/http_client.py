"""Requests made by hand, with the interface that Fern's packages have for them."""

# The arguments are of any type, as in Fern's packages, and tests import private names.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportUnusedFunction=false

import asyncio
import calendar
import contextlib
import email.utils
import re
import time
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from typing import Any

from . import retries as _retries
from .connection import maybe_await, run
from .encode import encode
from .file import convert_file_dict_to_httpx_tuples
from .http_library import Response
from .query_encoder import encode_query


def _build_url(base_url: str, path: str | None) -> str:
    """``path`` below ``base_url``, whose own path is kept."""
    return f"{base_url.rstrip('/')}/{path.lstrip('/')}" if path else base_url


def _parse_retry_after(response_headers: Any) -> float | None:
    """The delay in seconds that a response asks for, or None."""
    milliseconds = response_headers.get("retry-after-ms")
    with contextlib.suppress(TypeError, ValueError):
        return max(int(milliseconds) / 1000, 0)
    text = response_headers.get("retry-after", "")
    if re.fullmatch(r"\s*[0-9]+\s*", text):
        return float(text)
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        date = email.utils.parsedate_to_datetime(text)
        return max(calendar.timegm(date.utctimetuple()) - time.time(), 0)
    return None


def _should_retry(response: Any) -> bool:
    status: int = response.status_code
    return status >= 500 or status in (408, 409, 429)


def remove_none_from_dict(original: Mapping[str, Any]) -> dict[str, Any]:
    """``original`` without the values that are None."""
    return {name: value for name, value in original.items() if value is not None}


def remove_omit_from_dict(original: Mapping[str, Any], omit: Any) -> dict[str, Any]:
    """``original`` without the values that are ``omit``."""
    if omit is None:
        return dict(original)
    return {name: value for name, value in original.items() if value is not omit}


def maybe_filter_request_body(data: Any, request_options: Any, omit: Any) -> Any:
    """``data`` as JSON, with the properties that the options add."""
    options: Mapping[str, Any] = request_options or {}
    added: Mapping[str, Any] = options.get("additional_body_parameters") or {}
    if data is None:
        return None if request_options is None else encode(added)
    if not isinstance(data, Mapping):
        return encode(data)
    return encode({**remove_omit_from_dict(data, omit), **added})


def get_request_body(
    *,
    json: Any,
    data: Any,
    request_options: Any,
    omit: Any,
    optional_body: bool = False,
) -> tuple[Any, Any]:
    """The JSON and the form of a request; one of the two is None.

    A body that is ``omit`` is none, and with ``optional_body`` one without properties.
    """
    if omit is not None:
        json, data = (None if each is omit else each for each in (json, data))
    given = json if data is None else data
    body = maybe_filter_request_body(given, request_options, omit)
    if body == {} and (given is None or optional_body):
        body = None
    return (body, None) if data is None else (None, body)


def drop_content_type_without_body(
    headers: Mapping[str, Any],
    *,
    json_body: Any,
    data_body: Any,
    optional_body: bool = False,
) -> dict[str, Any]:
    """``headers``, without the content type where an optional body is not sent."""
    if not optional_body or json_body is not None or data_body is not None:
        return dict(headers)
    return {k: v for k, v in headers.items() if k.lower() != "content-type"}


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
        layers = {**await self._get_headers(), **(headers or {})}
        layers |= options.get("additional_headers") or {}
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
            kept = remove_none_from_dict(remove_omit_from_dict(files, omit))
            parts = convert_file_dict_to_httpx_tuples(kept)
        if isinstance(data_body, Mapping) and (parts is not None or force_multipart):
            data_body = remove_none_from_dict(data_body)
        named = (options.get("timeout"), options.get("timeout_in_seconds"))
        seconds = next((each for each in named if each is not None), None)
        if parts == [] or (parts is None and force_multipart):
            # A form without files is also sent as multipart: its fields are parts.
            parts = [(k, (None, str(v))) for k, v in (data_body or {}).items()] or None
            data_body = None if parts else data_body
        return {
            "method": method,
            "url": _build_url(self.get_base_url(base_url), path),
            "headers": encode(remove_none_from_dict(layers)),
            # An empty list would remove the query of the URL.
            "params": encode_query(encode(own)) or None,
            "json": json_body,
            "data": data_body,
            "content": content,
            "files": parts,
            "timeout": self.base_timeout() if seconds is None else seconds,
        }

    async def _send(self, is_async: bool, *path: Any, **given: Any) -> Any:
        options, tried = given.get("request_options") or {}, given.get("retries", 0)
        left = options.get("max_retries", self.base_max_retries)
        while True:
            arguments = await self._arguments(*path, **given)
            failure, response = None, None
            try:
                response = await maybe_await(self.httpx_client.request(**arguments))
            except Exception as error:
                if type(error).__name__ not in ("ConnectError", "RemoteProtocolError"):
                    raise
                failure = error
            if tried >= left or (response is not None and not _should_retry(response)):
                if failure is not None:
                    raise failure
                return response
            wait = _retries.pause(getattr(response, "headers", {}), tried)
            if is_async:
                await asyncio.sleep(wait)
            else:
                time.sleep(wait)
            tried += 1


class HttpClient(_Client):
    """Sends requests for a synchronous client."""

    def request(self, path: str | None = None, **given: Any) -> Any:
        """The `httpx.Response`, after retries."""
        return run(self._send(False, path, **given))

    @contextlib.contextmanager
    def stream(
        self, path: str | None = None, **given: Any
    ) -> Generator[Response, None, None]:
        """A response whose body is not read yet."""
        with self.httpx_client.stream(
            **run(self._arguments(path, **given))
        ) as response:
            yield response


class AsyncHttpClient(_Client):
    """Requests of an asynchronous client."""

    async def request(self, path: str | None = None, **given: Any) -> Any:
        """The `httpx.Response`, after retries."""
        return await self._send(True, path, **given)

    @contextlib.asynccontextmanager
    async def stream(
        self, path: str | None = None, **given: Any
    ) -> AsyncGenerator[Response, None]:
        """A response whose body is not read yet."""
        arguments = await self._arguments(path, **given)
        async with self.httpx_client.stream(**arguments) as response:
            yield response
