"""The error of a response that is not an event stream."""

from typing import Any

from ..http_library import library_of

_LIBRARY: Any = library_of(None, False, "httpx")


class SSEError(_LIBRARY.TransportError):  # type: ignore[misc]  # found at run time
    """A response is not of the type text/event-stream."""
