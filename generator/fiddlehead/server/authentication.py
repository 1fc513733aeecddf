"""Checks whether a request has the credentials that its endpoint requires."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from .. import ir
from .messages import Request


def is_allowed(api: ir.Api, endpoint: ir.Endpoint, request: Request) -> bool:
    """Whether an alternative of the endpoint's security is satisfied. Any credential value is
    accepted."""
    alternatives = api.auth if endpoint.auth is None else endpoint.auth
    if not alternatives:
        return True
    return any(_satisfied(api, alternative, request) for alternative in alternatives)


def _satisfied(api: ir.Api, schemes: Iterable[str], request: Request) -> bool:
    return all(
        _has_credential(api.auth_schemes[scheme], request)
        for scheme in schemes
        if scheme in api.auth_schemes
    )


def _has_credential(scheme: ir.AuthScheme, request: Request) -> bool:
    word, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.kind == "basic":
        try:
            return word.lower() == "basic" and b":" in base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return False
    if scheme.kind in ("bearer", "oauth"):
        return word.lower() == "bearer" and bool(value.strip())
    if scheme.kind == "inferred":
        return all(name.lower() in request.headers for name in scheme.properties)
    key = scheme.key or ""
    if scheme.kind == "header":
        sent = request.headers.get(key.lower(), "")
    elif scheme.kind == "cookie":
        sent = request.cookies.get(key, "")
    else:
        sent = "".join(request.query.get(key, []))
    return sent.startswith(scheme.prefix.strip()) and len(sent) > len(scheme.prefix.strip())
