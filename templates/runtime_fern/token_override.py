"""Tokens of the caller, in place of the credentials of a token endpoint."""

from collections.abc import Callable

from .auth import Auth, Secret


def token_or(
    header: str,
    prefix: str,
    override: Secret | None,
    token: Secret | None,
    make: Callable[[], Auth],
) -> Auth:
    """``override``, else ``token``, as a header; ``make()`` if neither is set."""
    chosen = override if override is not None else token
    return make() if chosen is None else Auth(header, chosen, prefix)
