"""Rules of requests that depend on the version and the settings of Fern's generator."""

RETRIED: frozenset[str] = frozenset({"ConnectError"})
"""The connection errors after which a request is sent again."""

STATUSES: frozenset[int] = frozenset({408, 409, 429, *range(500, 1000)})
"""The statuses of responses after which a request is sent again."""

PHASES: dict[str, float] | None = None
"""Seconds for connecting, reading and writing, for requests made by hand."""

EMPTY_BODIES: bool = True
"""Whether a body without properties is sent."""
