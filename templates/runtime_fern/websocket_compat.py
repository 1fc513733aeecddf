"""Handshakes of WebSockets that a server refused, under Fern's names."""

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    if name == "InvalidWebSocketStatus":  # not every package needs the library
        return importlib.import_module("websockets.exceptions").InvalidStatus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def get_status_code(exc: Any) -> int:
    """The status of the response in an error of the library websockets."""
    response = getattr(exc, "response", None)
    return int(exc.status_code if response is None else response.status_code)
