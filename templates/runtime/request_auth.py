"""Credentials that are more than a header: keys in the query, tokens that expire."""

from collections.abc import Mapping

from .auth import Auth


class RequestAuth(Auth):
    """Credentials that `RequestWrapper` puts into each request."""

    def params(self) -> dict[str, str]:
        """Query parameters."""
        return {}

    def renew(self, sent: Mapping[str, str]) -> bool:
        """Whether new credentials may be available after the server rejected these."""
        return False
