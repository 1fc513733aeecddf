"""The whole API, with its errors, client-wide variables and version header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .auth import AuthScheme
from .basics import Name, Words
from .declarations import Declaration
from .requests import Parameter
from .resources import Resource
from .responses import Header
from .servers import Environment
from .types import Type
from .webhooks import Webhook


@dataclass(frozen=True, slots=True)
class Error:
    """An error class. `status` is "404", or "4XX"; `type` is the body if all uses have the same
    one."""

    id: str = field(compare=False)
    name: Name
    status: str
    type: Type | None = None
    doc: str | None = None
    package: Words = ()
    discriminant: str | None = None
    """The value of the API's error property for this error (Fern's error-discrimination)."""
    empty: bool = False
    """Whether the description declares that it has no body (an error of Fern without `type`)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Variable:
    """A path parameter that is an argument of the client (x-fern-sdk-variables)."""

    name: str
    type: Type
    doc: str | None = None
    env: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class VersionHeader:
    """The header with the version of the API (x-fern-version)."""

    header: str
    values: tuple[str, ...]
    default: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Api:
    """A whole API, as one description gives it."""

    title: str
    version: str | None
    root: Resource
    declarations: Mapping[str, Declaration]
    """By id, in the order of the description; names and files never depend on this order."""
    errors: Mapping[str, Error] = field(default_factory=dict[str, Error])
    environments: tuple[Environment, ...] = ()
    default_environment: str | None = None
    auth_schemes: Mapping[str, AuthScheme] = field(default_factory=dict[str, AuthScheme])
    auth: tuple[tuple[str, ...], ...] = ()
    """Alternatives (OR) of sets (AND) of scheme ids, for endpoints without their own
    authentication."""
    headers: tuple[Parameter, ...] = ()
    """Headers of every request that are arguments of the client."""
    query: tuple[Parameter, ...] = ()
    """Query parameters of every request that are arguments of the client."""
    idempotency_headers: tuple[Parameter, ...] = ()
    variables: tuple[Variable, ...] = ()
    version_header: VersionHeader | None = None
    error_property: str | None = None
    """The property of the body that identifies an error, if it is not the status."""
    webhooks: tuple[Webhook, ...] = ()
    response_headers: tuple[Header, ...] = ()
    """Headers that every response may have, for the reference page."""
    doc: str | None = None
    operations_found: int = 0
    """The number of operations after audiences and ignores; a stream condition counts once."""
    operations_left_out: int = 0
    """The number of operations that audiences and ignores excluded."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
