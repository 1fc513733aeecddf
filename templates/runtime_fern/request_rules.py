"""Rules of requests made by hand that depend on the version of Fern's generator."""

RETRIED: frozenset[str] = frozenset({"ConnectError"})
"""The connection errors after which a request is sent again."""

EMPTY_BODIES: bool = True
"""Whether a body without properties is sent."""
