"""Authentication schemes and their credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal as OneOf

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Json


@dataclass(frozen=True, slots=True)
class Credential:
    """An argument of the client for a credential, and the environment variable of its default.
    `name` is a word such as `apiKey` or `token`."""

    name: str
    env: str | None = None
    doc: str | None = None
    optional: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AuthScheme:
    """An authentication scheme.

    bearer: credentials (token,). basic: (username, password). header, query, cookie: (key,) sent as
    `key` of `location` with `prefix`. oauth: (client id, client secret), `token_endpoint` is the id
    of the endpoint that returns tokens, `properties` maps client-id, client-secret, scope,
    grant-type, access-token, expires-in, refresh-token to names in its request and response.
    inferred: the credentials are the arguments of `token_endpoint`; `properties` maps header names
    to (property of the response, prefix).
    """

    id: str
    kind: OneOf["bearer", "basic", "header", "query", "cookie", "oauth", "inferred"]
    credentials: tuple[Credential, ...]
    key: str | None = None
    prefix: str = ""
    doc: str | None = None
    token_endpoint: str | None = None
    refresh_endpoint: str | None = None
    token_url: str | None = None
    scopes: tuple[str, ...] = ()
    properties: Mapping[str, Json] = field(default_factory=dict[str, Json])
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
