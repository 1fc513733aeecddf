"""The connection errors after which a request made by hand is sent again."""

RETRIED: frozenset[str] = frozenset({"ConnectError"})
