"""An endpoint, with its pagination, its waiter, the lifecycle of its resource, and its examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal as OneOf

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Availability, Default, Json, Name, Scalar, Words
from .requests import Body, CallSettings, Parameter
from .responses import ErrorResponse, Result, Streaming


@dataclass(frozen=True, slots=True)
class Pagination:
    """How the next page is requested (x-fern-pagination). Paths are dotted, without `$request.`.

    cursor: `next` of the response is the `parameter` of the next request. offset: `parameter`
    increases by one, or by `step`. uri, path: `next` of the response is the URL or path of the next
    page. `parameter_in` is whether `parameter` is a query parameter or a property of the body.
    """

    kind: OneOf["cursor", "offset", "uri", "path", "custom"]
    results: Words
    parameter: Words = ()
    parameter_in: OneOf["query", "body"] = "query"
    next: Words = ()
    step: Words = ()
    has_next: Words = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Waiter:
    """A method that calls this endpoint until a property has a final value (x-fiddlehead-waiter).
    Times are in seconds."""

    name: str
    property: Words
    success: tuple[Scalar, ...]
    failure: tuple[Scalar, ...] = ()
    interval: float = 10.0
    timeout: float = 3600.0
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """How the state of a resource changes over time (x-fiddlehead-lifecycle); for mock servers, not
    for clients. Paths refer to the response with the resource.

    A new resource has the first of `states` and gets the next one after it was fetched `requests`
    times, or after `seconds`. In the last state it also has the properties in `adds`. `moves` maps
    endpoints (an operation id, or `POST /jobs/{id}/cancel`) to the final state that they set;
    `copies` maps properties of the create request to those of the resource.
    """

    id: Words
    property: Words
    states: tuple[Scalar, ...]
    requests: int = 3
    seconds: float = 30.0
    moves: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])
    copies: Mapping[str, str] = field(default_factory=dict[str, str])
    adds: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Call:
    """An example of a request with its response; missing values are generated when it is printed."""

    name: str | None = None
    doc: str | None = None
    path: Mapping[str, Json] = field(default_factory=dict[str, Json])
    query: Mapping[str, Json] = field(default_factory=dict[str, Json])
    headers: Mapping[str, Json] = field(default_factory=dict[str, Json])
    body: Default | None = None
    response: Default | None = None
    further: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """Other responses of the description that no example has, by name."""
    events: tuple[Json, ...] = ()
    """For a streaming endpoint: the events of the response."""
    error: str | None = None
    """The id of the error, if the response is an error."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of the client. `id` is unique and stable (`POST /v1/chat`, plus `#stream` for the
    streaming endpoint of a stream condition)."""

    id: str
    name: Words
    method: str
    path: str
    """The path template relative to the base URL, with the names of its parameters in braces."""
    summary: str | None = None
    doc: str | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    result: Result = field(default_factory=lambda: Result("none"))
    streaming: Streaming | None = None
    pagination: Pagination | None = None
    waiter: Waiter | None = None
    lifecycle: Lifecycle | None = field(default=None, compare=False, kw_only=True)
    errors: tuple[ErrorResponse, ...] = ()
    examples: tuple[Call, ...] = ()
    availability: Availability | None = None
    auth: tuple[tuple[str, ...], ...] | None = None
    """Alternatives (OR) of sets (AND) of scheme ids; () means none; None means that of the API."""
    idempotent: bool = False
    retries: bool = True
    calls: CallSettings | None = None
    server: str | None = None
    """The name of its base URL, if an environment has several."""
    base_path: str | None = None
    """The path that it has instead of the path of the base URL (`servers: [{url: /v2}]`)."""
    operation_id: str | None = None
    request_name: Name | None = None
    """The name of the request (`V2ChatRequest`): inline parameter types are named after it."""
    other_names: tuple[Words, ...] = ()
    """Its names if another endpoint of its group has the same name, the best first."""
    exact: bool = False
    """Whether the name is explicit (x-fern-sdk-method-name, a Fern endpoint)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
