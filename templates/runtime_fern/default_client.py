"""The HTTP client of an asynchronous client to which none was given."""

import importlib
from typing import Any

from .http_library import AsyncClient


def make_default_async_client(
    timeout: float | None, follow_redirects: bool | None, **more: Any
) -> AsyncClient:
    """An `httpx.AsyncClient`, on aiohttp where `httpx_aiohttp` is installed."""
    if follow_redirects is not None:
        more["follow_redirects"] = follow_redirects
    try:
        make: Any = importlib.import_module("httpx_aiohttp").HttpxAiohttpClient
    except ImportError:
        make = importlib.import_module("httpx").AsyncClient
    client: AsyncClient = make(timeout=timeout, **more)
    return client
