"""Warns about unsupported parts of a description or settings."""

from __future__ import annotations

from .. import ir, queries
from ..config.checks import is_header_name
from ..diagnostics import Span
from .context import Context

_WITH_A_NAME = ("bearer", "basic", "header", "oauth", "cookie")


def report(context: Context) -> None:
    """Warn about each element for which nothing is generated."""
    _header_names(context)
    if not context.settings.importer.object_query_parameters:
        _objects_in_queries(context)


def _header_names(context: Context) -> None:
    """Warn about invalid names of headers and cookies, which are tokens (RFC 9110, section 5.6.2)."""
    api = context.api
    headers: list[tuple[str, str, Span]] = [
        (parameter.location, parameter.name, parameter.span)
        for parameter in (
            *api.headers,
            *api.idempotency_headers,
            *(parameter for one in queries.requests(api.root) for parameter in one.parameters),
        )
        if parameter.location in ("header", "cookie")
    ]
    if api.version_header is not None:
        headers.append(("header", api.version_header.header, api.version_header.span))
    for scheme in api.auth_schemes.values():
        names = tuple(scheme.properties) if scheme.kind == "inferred" else ()
        if scheme.kind in _WITH_A_NAME and scheme.key is not None:
            names = (scheme.key,)
        place = "cookie" if scheme.kind == "cookie" else "header"
        headers += ((place, name, scheme.span) for name in names)
    for place, name, span in dict.fromkeys(headers):
        if not is_header_name(name):
            context.diagnostics.warning(
                "bad-header",
                f"the {place} '{name}' cannot be sent: HTTP allows only ASCII letters, digits and"
                " !#$%&'*+-.^_`|~ in its name",
                span,
                hint="correct the name in the description",
            )


def _objects_in_queries(context: Context) -> None:
    """Warn where `object-query-parameters: false` is not supported."""
    for endpoint in queries.requests(context.api.root):
        for parameter in endpoint.parameters:
            resolved = queries.resolved_non_null(context.api, parameter.type)
            if parameter.location == "query" and isinstance(resolved, ir.Model | ir.MapOf):
                context.diagnostics.warning(
                    "unused-setting",
                    "'object-query-parameters: false' is not supported:"
                    f" the object '{parameter.name}' is one argument",
                    parameter.span,
                    hint="describe its properties as query parameters",
                )
