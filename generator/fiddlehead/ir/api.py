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
    """An error class. `status` is "404", or "4XX"; `type` is the body where all uses agree."""

    id: str = field(compare=False)
    name: Name
    status: str
    type: Type | None = None
    doc: str | None = None
    package: Words = ()
    discriminant: str | None = None
    """The value of the API's error property that stands for it (Fern's error-discrimination)."""
    empty: bool = False
    """Whether the description declares that it has no body (an error of Fern without `type`)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that is given once to the client and used in paths (x-fern-sdk-variables)."""

    name: str
    type: Type
    doc: str | None = None
    env: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class VersionHeader:
    """The header that says which version of the API is meant (x-fern-version)."""

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
    """By id, in the order of the description; names and files are never decided by this order."""
    errors: Mapping[str, Error] = field(default_factory=dict[str, Error])
    environments: tuple[Environment, ...] = ()
    default_environment: str | None = None
    auth_schemes: Mapping[str, AuthScheme] = field(default_factory=dict[str, AuthScheme])
    auth: tuple[tuple[str, ...], ...] = ()
    """Alternatives (OR) of sets (AND) of scheme ids, for endpoints that say nothing else."""
    headers: tuple[Parameter, ...] = ()
    """Headers that every request carries, given once to the client."""
    query: tuple[Parameter, ...] = ()
    """Query parameters that every request carries, given once to the client."""
    idempotency_headers: tuple[Parameter, ...] = ()
    variables: tuple[Variable, ...] = ()
    version_header: VersionHeader | None = None
    error_property: str | None = None
    """Where errors are told apart by a property of the body and not by the status."""
    webhooks: tuple[Webhook, ...] = ()
    response_headers: tuple[Header, ...] = ()
    """Headers that every response may carry, for the reference page."""
    doc: str | None = None
    operations_found: int = 0
    """How many operations the description has after audiences and ignores, streams counted once."""
    operations_left_out: int = 0
    """How many audiences and ignores dropped."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
