"""Settings of one request, accepted by every method as ``request_options``."""

from typing import Any, TypedDict

from .http_library import Timeout


class RequestOptions(TypedDict, total=False):
    timeout: float | Timeout | None
    """Seconds for each phase of the request; None: no limit."""
    timeout_in_seconds: float
    """The older name of ``timeout``."""
    connect_timeout: float
    """Seconds to connect."""
    read_timeout: float
    """Seconds between two parts of the response."""
    write_timeout: float
    """Seconds to send a part of the request."""
    max_retries: int
    """The maximum number of retries."""
    additional_headers: dict[str, Any]
    """Additional headers. They replace headers of that name; None removes one."""
    additional_query_parameters: dict[str, Any]
    """Additional query parameters. They replace parameters of that name."""
    additional_body_parameters: dict[str, Any]
    """Additional body properties. They replace properties of that name."""
    chunk_size: int
    """The chunk size of downloads, in bytes."""
    stream_reconnection_enabled: bool
    """Whether a resumable stream reconnects after a connection error."""
    max_stream_reconnection_attempts: int
    """The maximum number of consecutive reconnects."""
