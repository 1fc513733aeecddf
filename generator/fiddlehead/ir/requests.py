"""Requests: parameters, bodies, and the settings of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Availability, Default
from .declarations import Field
from .types import Assertions, Constraints, Type

Location: TypeAlias = OneOf["path", "query", "header", "cookie"]
ParameterStyle: TypeAlias = OneOf[
    "simple",
    "label",
    "matrix",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "tabDelimited",
    "deepObject",
    "json",
    "cookie",
    "query-json",
    "query-text",
]

DELIMITERS: Mapping[ParameterStyle, str] = {
    "spaceDelimited": " ",
    "pipeDelimited": "|",
    "tabDelimited": "\t",
}
"""The character between the items, by style. `tabDelimited` is Swagger's `tsv`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in the path, the query, a header or a cookie (OpenAPI 3.1, section 4.8.12).

    `style` and `explode` include the defaults of the specification.
    """

    name: str
    location: Location
    type: Type
    required: bool
    doc: str | None = None
    rename: str | None = None
    default: Default | None = None
    client_default: Default | None = None
    """The value that is sent if the caller passes none (x-fern-default)."""
    style: ParameterStyle = "form"
    """query-json and query-text are the whole query (OpenAPI 3.2, section 4.12.1)."""
    explode: bool = True
    allow_multiple: bool = False
    """Fern's `allow-multiple`: one value or a list of values, each sent with its own key."""
    constraints: Constraints | None = None
    """The constraints of the list, if `allow_multiple` is set and `type` is that of its items."""
    assertions: Assertions = ()
    """The assertions of the list."""
    nullable: bool = False
    """Whether the description allows null, which a URL or a header cannot express."""
    allow_reserved: bool = False
    """For query parameters: the reserved characters of RFC 3986, section 2.2, are not
    percent-encoded."""
    availability: Availability | None = None
    example: Default | None = None
    variable: str | None = None
    """The client-wide variable with the value (x-fern-sdk-variable)."""
    env: str | None = None
    """For a client-wide header: the environment variable of its default."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a request.

    Either `fields`, each an argument of the method (a flat body), or `type`, one argument named
    `request`; `fixed` literals are fields like the others. `name` is the name of the request
    (x-fern-request-name, Fern's `request.name`), after which inline types are named.
    """

    encoding: OneOf["json", "form", "multipart", "bytes", "text"]
    content_type: str
    type: Type | None = None
    fields: tuple[Field, ...] = ()
    required: bool = True
    extra: Type | None = None
    doc: str | None = None
    name: str | None = None
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CallSettings:
    """The default settings of the calls of one endpoint (x-fiddlehead-request): the timeout in
    seconds, and the maximum number of retries."""

    timeout: float | None = None
    max_retries: int | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
