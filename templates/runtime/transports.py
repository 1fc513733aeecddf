"""Transports of the HTTP library that a caller can pass."""

from typing import Any, Protocol


class Transport(Protocol):
    """An `httpx2.BaseTransport` or an `httpx.BaseTransport`."""

    def handle_request(self, request: Any) -> Any: ...


class AsyncTransport(Protocol):
    """An `httpx2.AsyncBaseTransport` or an `httpx.AsyncBaseTransport`."""

    async def handle_async_request(self, request: Any) -> Any: ...
