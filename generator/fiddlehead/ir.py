"""The API as frozen values in the words of its description: wire names, no Python.

Every value has a span, which never takes part in a comparison: what is described alike, in
OpenAPI or in Fern's language, here or there in a file, is equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import TypeAlias

from .diagnostics import NOWHERE, Span

Scalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "Scalar | tuple[Json, ...] | Mapping[str, Json]"
"""A JSON value, frozen: lists are tuples."""

Words: TypeAlias = tuple[str, ...]
"""A name as the description spells it, in one or more parts: ("EmbedJob", "status")."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a declaration is called.

    `words` are breadcrumbs that naming joins into a class name by Fern's rules; `exact` says
    that the single word is a class name which somebody chose (x-fern-type-name, a Fern type).
    """

    words: Words
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """How far a thing can be relied on, and what the description says about it."""

    status: OneOf["in-development", "pre-release", "beta", "deprecated", "generally-available"]
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """A default that the server applies; a class of its own, since null is a default too."""

    value: Json


@dataclass(frozen=True, slots=True)
class Constraints:
    """JSON Schema's assertions on a value: documented, compared in reviews, never enforced."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    min_items: int | None = None
    max_items: int | None = None


Assertions: TypeAlias = tuple[tuple[str, str], ...]
"""(keyword of JSON Schema, its value as JSON) of what narrows a type without being one, such as
`uniqueItems`: compared in reviews, never enforced, and no part of what makes two types equal."""


# --- types -----------------------------------------------------------------------------------


PrimitiveKind: TypeAlias = OneOf[
    "string",
    "integer",
    "long",
    "uint",
    "uint64",
    "bigint",
    "float",
    "double",
    "boolean",
    "date",
    "date-time",
    "date-time-rfc-2822",
    "uuid",
    "base64",
    "bytes",
]


@dataclass(frozen=True, slots=True)
class Primitive:
    kind: PrimitiveKind
    constraints: Constraints | None = None
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, eq=False, slots=True)
class Literal:
    """A value that can only be this one (`const`, an enum of one, Fern's `literal<…>`).

    `1`, `1.0` and `true` are three literals, though Python has them equal. None is JSON null.
    """

    value: str | int | float | bool | None
    span: Span = field(default=NOWHERE, repr=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Type
    unique: bool = False
    constraints: Constraints | None = None
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class MapOf:
    key: Type
    value: Type
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Nullable:
    """A value that may be JSON null; whether it may be left out is said by what holds it."""

    item: Type
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """A use of a declaration, by its id in `Api.declarations`."""

    id: str
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types, without a name of its own; never of one member, never nested."""

    members: tuple[Type, ...]
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any JSON value."""

    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


Type: TypeAlias = Primitive | Literal | ListOf | MapOf | Nullable | Ref | UnionOf | Unknown


# --- declarations ----------------------------------------------------------------------------


FieldStyle: TypeAlias = OneOf[
    "exploded", "form", "json", "spaceDelimited", "pipeDelimited", "deepObject"
]


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a model or of a request body.

    `name` is the wire name; `rename` is what the description wants it called
    (x-fern-property-name, Fern's `name:`).
    """

    name: str
    type: Type
    required: bool
    doc: str | None = None
    rename: str | None = None
    default: Default | None = None
    access: OneOf["read-only", "write-only"] | None = None
    availability: Availability | None = None
    example: Default | None = None
    content_type: str | None = None
    """Of a multipart part: OpenAPI's `encoding.contentType`, Fern's `content-type`."""
    style: FieldStyle | None = None
    """Of a multipart or form part: how a list or an object is written. Exploded and form are the
    style `form` with and without `explode`."""
    allow_reserved: bool = False
    """Of a form: the reserved characters of RFC 3986 section 2.2 are sent as they are."""
    otherwise: str | None = None
    """What an argument for it is called where another argument has its name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Example:
    """A value of a declaration, under the name it has in the description, if any."""

    value: Json
    name: str | None = None
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Declared:
    id: str = field(compare=False)
    """Unique and stable: the package and the words of the name, joined; never from an order."""
    name: Name
    package: Words = ()
    """The group that the type belongs to; () is the root."""
    owner: str | None = field(default=None, compare=False)
    """For an inline schema: the id of the declaration, or the endpoint, that it was found in."""
    places: tuple[str, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    """Where it is in the description, as JSON Pointers; () where its id says that."""
    doc: str | None = None
    availability: Availability | None = None
    examples: tuple[Example, ...] = ()
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Model(_Declared):
    """An object. `fields` are its own; those of `extends` come before them."""

    fields: tuple[Field, ...] = ()
    extends: tuple[Ref, ...] = ()
    extra: Type | None = None
    """The type of further properties where the description gives one (additionalProperties)."""


@dataclass(frozen=True, slots=True)
class EnumValue:
    value: str | int | float
    name: str | None = None
    doc: str | None = None
    availability: Availability | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Enum(_Declared):
    """A choice of values; a server may know more of them than the description."""

    values: tuple[EnumValue, ...]
    default: Default | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a union.

    With a discriminator: `tag` is its value, and `key` says under which property a member that
    is not an object is found; `type` is None where a variant has nothing but its tag.
    """

    type: Type | None
    tag: str | None = None
    key: str | None = None
    name: str | None = None
    doc: str | None = None
    bare: bool = False
    """With a discriminator: the value is what `type` says and no more, such as a list, which can
    carry no tag. It is told apart by its shape."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that tells the variants of a union apart.

    `context` is "protocol" where the value stands in the `event:` line of a server-sent event
    (x-fern-discriminator-context) and not in the data.
    """

    property: str
    rename: str | None = None
    context: OneOf["data", "protocol"] = "data"
    inline: bool = True
    """Whether the tag stands beside the variant's own properties (False: variants keep it)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Union(_Declared):
    """A choice of types. `fields` and `extends` are common to all variants (Fern's base
    properties)."""

    variants: tuple[Variant, ...]
    discriminator: Discriminator | None = None
    fields: tuple[Field, ...] = ()
    extends: tuple[Ref, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias(_Declared):
    """A name for a type that is not one of the above."""

    type: Type


Declaration: TypeAlias = Model | Enum | Union | Alias


# --- endpoints -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in the path, the query, a header or a cookie (OpenAPI 3.1 section 4.8.12).

    `style` and `explode` are resolved: what the description leaves out has its default here.
    """

    name: str
    location: OneOf["path", "query", "header", "cookie"]
    type: Type
    required: bool
    doc: str | None = None
    rename: str | None = None
    default: Default | None = None
    client_default: Default | None = None
    """What the client sends where the caller gives nothing (x-fern-default)."""
    style: OneOf[
        "simple",
        "label",
        "matrix",
        "form",
        "spaceDelimited",
        "pipeDelimited",
        "deepObject",
        "json",
        "query-json",
        "query-text",
    ] = "form"
    """query-json and query-text are the whole query (OpenAPI 3.2 section 4.12.1)."""
    explode: bool = True
    allow_multiple: bool = False
    """Fern's `allow-multiple`: one value or a list of them, each sent with its own key."""
    constraints: Constraints | None = None
    """Of the list, where `allow_multiple` is set and `type` is that of its items."""
    assertions: Assertions = ()
    """The same of the list."""
    nullable: bool = False
    """Whether the description admits null, which a URL or a header cannot say."""
    allow_reserved: bool = False
    """Of a query: the reserved characters of RFC 3986 section 2.2 are sent as they are."""
    availability: Availability | None = None
    example: Default | None = None
    variable: str | None = None
    """The client-wide variable that gives the value (x-fern-sdk-variable)."""
    env: str | None = None
    """Of a client-wide header: the environment variable to read it from."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries.

    Either `fields`, each an argument of the method (a flat body), or `type`, one argument
    called `request`; `fixed` literals are fields like the others. `name` is the name of the
    request (x-fern-request-name, Fern's `request.name`), which inline types are named after.
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
class Header:
    """A header of a response."""

    name: str
    type: Type
    doc: str | None = None
    required: bool = False
    """Whether every such response has it."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Result:
    """What a successful response carries.

    kind json: `type` in the body; text: the body as text; bytes: the whole body; file: the body
    as a stream of bytes; none: nothing. `unwrap` is the path of properties that the method
    returns in place of the whole (x-fern-sdk-return-value, Fern's `property`).
    """

    kind: OneOf["json", "text", "bytes", "file", "none"]
    type: Type | None = None
    status: str = "200"
    content_type: str | None = None
    doc: str | None = None
    headers: tuple[Header, ...] = ()
    unwrap: Words = ()
    optional: bool = False
    """Another success status has no body: the result may be absent."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Streaming:
    """The response is a sequence of events, each of `Result.type` (x-fern-streaming)."""

    format: OneOf["sse", "json", "text"]
    terminator: str | None = None
    resumable: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Pagination:
    """How the next page is found (x-fern-pagination). Paths are dotted, without `$request.`.

    cursor: `next` of the response goes into `parameter` of the request. offset: `parameter` grows
    by one, or by `step`. uri, path: `next` of the response is where the next page is.
    `parameter_in` says whether `parameter` is a query parameter or a property of the body.
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
    """A method that calls this endpoint until a property says that the work is over
    (x-fiddlehead-waiter). Times are in seconds."""

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
    """How a resource goes on by itself after it was created (x-fiddlehead-lifecycle); for mock
    servers, no part of a client. Paths are in the response that has the resource.

    A new one is in the first of `states` and gets to the next after it was fetched `requests`
    times, or after `seconds`. In the last state it also has the properties of `adds`. `moves` maps
    endpoints (an operation id, or `POST /jobs/{id}/cancel`) to the state that they end it in;
    `copies` maps properties of the creating request to those of the resource.
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
class ErrorResponse:
    """A failing response of an endpoint. `type` is None where the body is not described.

    `error` is the id of the declared error (`Api.errors`).
    """

    error: str
    type: Type | None = None
    doc: str | None = None
    examples: tuple[Example, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Call:
    """An example of a request with its response; what is not given is made up when it is printed."""

    name: str | None = None
    doc: str | None = None
    path: Mapping[str, Json] = field(default_factory=dict[str, Json])
    query: Mapping[str, Json] = field(default_factory=dict[str, Json])
    headers: Mapping[str, Json] = field(default_factory=dict[str, Json])
    body: Default | None = None
    response: Default | None = None
    events: tuple[Json, ...] = ()
    """Of a streaming endpoint: the events of the response."""
    error: str | None = None
    """The id of the error that the response is, if it is one."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CallSettings:
    """What holds for the calls of one endpoint where a caller says nothing (x-fiddlehead-request):
    seconds to wait, and the most retries."""

    timeout: float | None = None
    max_retries: int | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of the client. `id` is unique and stable (`POST /v1/chat`, plus `#stream` for
    the streaming twin of an endpoint that has a stream condition)."""

    id: str
    name: Words
    method: str
    path: str
    """The path template from the base URL on, with the names of its parameters in braces."""
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
    """Alternatives (OR) of sets (AND) of scheme ids; () is none; None is what the API says."""
    idempotent: bool = False
    retries: bool = True
    calls: CallSettings | None = None
    server: str | None = None
    """The named base URL that it goes to, where an environment has several."""
    operation_id: str | None = None
    request_name: Name | None = None
    """What the request is called (`V2ChatRequest`): inline parameter types are named after it."""
    other_names: tuple[Words, ...] = ()
    """What it is called where another endpoint of its group has its name, the best first."""
    exact: bool = False
    """Whether somebody chose the name (x-fern-sdk-method-name, a Fern endpoint)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# --- channels --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a channel, which the client or the server sends.

    `format` says what a frame holds: JSON, text as it is, or bytes. `method` is what the
    description calls the method that sends it.
    """

    name: str
    origin: OneOf["client", "server"]
    type: Type
    doc: str | None = None
    format: OneOf["json", "text", "binary"] = "json"
    method: str | None = None
    availability: Availability | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Channel:
    """A WebSocket that the client opens with `name`: the parameters of its handshake, and its
    messages.

    `label` is what the description calls the channel itself, which tells those of one group apart.
    """

    name: Words
    path: str
    label: Words = ()
    doc: str | None = None
    parameters: tuple[Parameter, ...] = ()
    messages: tuple[Message, ...] = ()
    server: str | None = None
    """The named base URL that it is at, where an environment has several."""
    auth: tuple[tuple[str, ...], ...] | None = None
    """As that of an endpoint."""
    availability: Availability | None = None
    exact: bool = False
    """Whether somebody chose the name."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def id(self) -> str:
        """Unique and stable, as the id of an endpoint is."""
        return f"WS {self.path}"


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of endpoints; the root of the tree is the client itself, with no name."""

    name: str
    """One word: the attribute of the parent, as the description spells it."""
    doc: str | None = None
    endpoints: tuple[Endpoint, ...] = ()
    children: tuple[Resource, ...] = ()
    channels: tuple[Channel, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# --- the API ---------------------------------------------------------------------------------


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
class Server:
    """A base URL; `variables` are the templated parts with default and allowed values."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    default_url: str | None = None
    """The URL that is used where no variable is given (x-fern-default-url)."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ServerVariable:
    name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Environment:
    """A place where the API runs: one URL under the key "", or several under their names."""

    name: str
    servers: Mapping[str, Server]
    doc: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Credential:
    """An argument of the client that authenticates, and the environment variable to take it
    from. `name` is a wire-free word such as `apiKey` or `token`."""

    name: str
    env: str | None = None
    doc: str | None = None
    optional: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AuthScheme:
    """A way to authenticate.

    bearer: credentials (token,). basic: (username, password). header, query, cookie: (key,) sent
    as `key` of `location` with `prefix`. oauth: (client id, client secret), `token_endpoint` is
    the id of the endpoint that gives tokens, `properties` maps client-id, client-secret, scope,
    grant-type, access-token, expires-in, refresh-token to names in its request and response.
    inferred: the credentials are the arguments of `token_endpoint`; `properties` maps header
    names to (property of the response, prefix).
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


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request that the API sends; its payload type is generated."""

    name: Words
    payload: Type
    package: Words = ()
    method: str = "POST"
    doc: str | None = None
    headers: tuple[Parameter, ...] = ()
    examples: tuple[Example, ...] = ()
    signature: WebhookSignature | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


SignatureAlgorithm: TypeAlias = OneOf[
    "sha1",
    "sha256",
    "sha384",
    "sha512",
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "ecdsa-sha256",
    "ecdsa-sha384",
    "ecdsa-sha512",
    "ed25519",
]


@dataclass(frozen=True, slots=True)
class WebhookSignature:
    """How a payload is signed (x-fern-webhook-signature), over what `components` say: body,
    timestamp, notification-url, message-id.

    The algorithms are those of HMAC, and those of private keys. The public ones are at `jwks_url`
    (RFC 7517), if it is known, and `key_id_header` says which of them it is.
    """

    header: str
    algorithm: SignatureAlgorithm = "sha256"
    encoding: OneOf["hex", "base64"] = "hex"
    prefix: str = ""
    components: tuple[str, ...] = ("body",)
    delimiter: str = "."
    timestamp_header: str | None = None
    tolerance: float = 300.0
    """How many seconds the time of a request may be from now."""
    timestamp_format: OneOf["unix-seconds", "unix-millis", "iso8601"] = "unix-seconds"
    jwks_url: str | None = None
    key_id_header: str | None = None
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


def endpoints(root: Resource, package: Words = ()) -> Iterator[tuple[Words, Endpoint]]:
    """Every endpoint of a tree of resources, with the group that it is in."""
    for endpoint in root.endpoints:
        yield package, endpoint
    for child in root.children:
        yield from endpoints(child, (*package, child.name))


def channels(root: Resource, package: Words = ()) -> Iterator[tuple[Words, Channel]]:
    """Every channel of a tree of resources, with the group that it is in."""
    for channel in root.channels:
        yield package, channel
    for child in root.children:
        yield from channels(child, (*package, child.name))


def operations(root: Resource) -> int:
    """How many operations endpoints stand for: a condition on streaming makes two of one."""
    paths = {endpoint.id: endpoint.path for _, endpoint in endpoints(root)}
    return sum(
        not (id_.endswith("#stream") and paths.get(id_.removesuffix("#stream")) == path)
        for id_, path in paths.items()
    )
