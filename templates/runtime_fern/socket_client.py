"""Clients of an open WebSocket, with the private methods of Fern's packages."""

from collections.abc import Mapping
from typing import Any, TypeVar

from . import _socket_client
from ._socket_client import MAX_MESSAGE_SIZE as MAX_MESSAGE_SIZE
from ._socket_client import Messages as Messages
from ._socket_client import OpenSocket as OpenSocket
from .encode import to_json

T = TypeVar("T")


def _frame(data: Any) -> str | bytes:
    """Text and bytes as they are, and anything else as JSON."""
    if isinstance(data, (str, bytes)):
        return data
    if not isinstance(data, Mapping) and hasattr(data, "dict"):
        data = data.dict()
    return to_json(data).decode()


class SocketClient(_socket_client.SocketClient[T]):
    """An open WebSocket of a synchronous client."""

    def _send(self, frame: Any) -> None:
        super()._send(_frame(frame))

    def _send_model(self, data: Any) -> None:
        """Send a model, or another object with a method ``dict``, as JSON."""
        super()._send(_frame(data))


class AsyncSocketClient(_socket_client.AsyncSocketClient[T]):
    """An open WebSocket of an asynchronous client."""

    async def _send(self, frame: Any) -> None:
        await super()._send(_frame(frame))

    async def _send_model(self, data: Any) -> None:
        """Send a model, or another object with a method ``dict``, as JSON."""
        await super()._send(_frame(data))
