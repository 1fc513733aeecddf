"""Settings of one request, accepted by every method as ``request_options``."""

from typing import Any, TypedDict

from .http_library import Timeout


class RequestOptions(TypedDict, total=False):
    timeout: float | Timeout | None
    """Seconds for each phase of the request; None: no limit."""
    timeout_in_seconds: float
    """The older name of ``timeout``."""
    max_retries: int
    """How often to try again."""
    additional_headers: dict[str, Any]
    """Headers that join or replace the request's own; None takes one away."""
    additional_query_parameters: dict[str, Any]
    """Query parameters that join or replace the request's own."""
    additional_body_parameters: dict[str, Any]
    """Properties that join or replace those of the body."""
    chunk_size: int
    """Bytes in each piece of a download."""
    stream_reconnection_enabled: bool
    """Whether a resumable stream takes up again when its connection broke."""
    max_stream_reconnection_attempts: int
    """How often in a row it tries to."""
