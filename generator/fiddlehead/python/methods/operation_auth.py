"""Options of single calls: their own credentials, and cookies."""

from __future__ import annotations

from ... import ir, queries
from ...literals import literal
from ...package import Keyword
from ..context import Context
from ..locations.namespace import Namespace

MODULE = "per_call"


def is_routed(api: ir.Api) -> bool:
    """Whether an endpoint requires other credentials than the API as a whole."""
    schemes = {id_ for requirement in requirements(api) for id_ in requirement}
    return len(schemes) > 1 and any(
        _known(api, endpoint.auth or api.auth) != _known(api, api.auth)
        for endpoint in queries.requests(api.root)
    )


def requirements(api: ir.Api) -> tuple[tuple[str, ...], ...]:
    """All sets of schemes that endpoints accept, those of the API first; () means none."""
    alternatives = dict.fromkeys(api.auth)
    # The order of the endpoints is not significant.
    for endpoint in sorted(queries.requests(api.root), key=lambda request: request.id):
        alternatives.update(dict.fromkeys(endpoint.auth or ()))
    return _known(api, tuple(alternatives))


def is_mandatory(api: ir.Api) -> bool:
    """Whether every endpoint requires a credential."""
    accepted = (
        api.auth if endpoint.auth is None else endpoint.auth
        for endpoint in queries.requests(api.root)
    )
    return all(alternatives and () not in alternatives for alternatives in accepted)


def wrapper(context: Context, namespace: Namespace) -> str:
    """The class with the settings of a client, for both clients."""
    api = context.api
    has_cookies = any(scheme.kind == "cookie" for scheme in api.auth_schemes.values()) or any(
        parameter.location == "cookie"
        for endpoint in queries.requests(api.root)
        for parameter in endpoint.parameters
    )
    if context.routed or has_cookies:
        return namespace.core(MODULE, "CallWrapper")
    generates_keys = context.settings.python.auto_generate_idempotency_key is not None
    if generates_keys or _has_changing_credentials(api):
        return namespace.core("request_wrapper", "RequestWrapper")
    return namespace.core("connection", "ClientWrapper")


def _has_changing_credentials(api: ir.Api) -> bool:
    """Whether there are credentials other than a constant header."""
    if any(scheme.kind in ("query", "oauth", "inferred") for scheme in api.auth_schemes.values()):
        return True
    return any(
        # A page on another host is requested without the credentials.
        (endpoint.pagination is not None and endpoint.pagination.kind == "uri")
        or (endpoint.auth == () and bool(api.auth_schemes))
        for endpoint in queries.requests(api.root)
    )


def auth_keyword(context: Context, endpoint: ir.Endpoint) -> Keyword | None:
    """The keyword for the credentials of a call, if they differ from those of the API."""
    api = context.api
    # The token endpoint is called without a token.
    token_endpoints = {
        id_
        for scheme in api.auth_schemes.values()
        for id_ in (scheme.token_endpoint, scheme.refresh_endpoint)
    }
    if (endpoint.auth == () and api.auth_schemes) or endpoint.id in token_endpoints:
        return Keyword("auth", "False")
    if endpoint.auth is None or not context.routed:
        return None
    wanted = _known(api, endpoint.auth)
    return Keyword("auth", python_source(wanted)) if wanted != _known(api, api.auth) else None


def python_source(alternatives: tuple[tuple[str, ...], ...]) -> str:
    """Alternatives of sets of schemes as Python source."""
    return _tuple([_tuple([literal(id_) for id_ in alternative]) for alternative in alternatives])


def _tuple(texts: list[str]) -> str:
    return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


def _known(api: ir.Api, alternatives: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        alternative
        for alternative in alternatives
        if all(id_ in api.auth_schemes for id_ in alternative)
    )
