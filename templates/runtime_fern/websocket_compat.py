"""Handshakes of WebSockets that a server refused, under Fern's names."""

from typing import Any


def get_status_code(exc: Any) -> int:
    """The status of the response in an error of the library websockets."""
    response = getattr(exc, "response", None)
    return int(exc.status_code if response is None else response.status_code)
