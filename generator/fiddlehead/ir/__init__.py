"""The API as frozen values with the names of its description, without Python names.

Every value has a span, which comparisons ignore: equal descriptions in OpenAPI and in Fern's
language, anywhere in a file, give equal values.

There is a module for each subject. Code outside this package uses the names below, as
`ir.Endpoint`.
"""

from __future__ import annotations

from .api import Api, Error, Variable, VersionHeader
from .auth import AuthScheme, Credential
from .basics import Availability, Default, Example, Json, Name, Scalar, Words
from .channel import Channel, Message
from .declarations import (
    Alias,
    Declaration,
    Discriminator,
    Enum,
    EnumValue,
    Field,
    FieldStyle,
    Model,
    Union,
    Variant,
)
from .endpoint import Call, Endpoint, Lifecycle, Pagination, Waiter
from .requests import DELIMITERS, Body, CallSettings, Location, Parameter, ParameterStyle
from .resources import Resource, channels, endpoints, operations
from .responses import ErrorResponse, Header, Result, Streaming
from .servers import Environment, Server, ServerVariable
from .types import (
    Assertions,
    Constraints,
    ListOf,
    Literal,
    MapOf,
    Nullable,
    Primitive,
    PrimitiveKind,
    Ref,
    Type,
    UnionOf,
    Unknown,
)
from .webhooks import (
    AsymmetricAlgorithm,
    HmacAlgorithm,
    SignatureAlgorithm,
    SignatureComponent,
    SignatureEncoding,
    TimestampFormat,
    Webhook,
    WebhookSignature,
)

__all__ = (
    "DELIMITERS",
    "Alias",
    "Api",
    "Assertions",
    "AsymmetricAlgorithm",
    "AuthScheme",
    "Availability",
    "Body",
    "Call",
    "CallSettings",
    "Channel",
    "Constraints",
    "Credential",
    "Declaration",
    "Default",
    "Discriminator",
    "Endpoint",
    "Enum",
    "EnumValue",
    "Environment",
    "Error",
    "ErrorResponse",
    "Example",
    "Field",
    "FieldStyle",
    "Header",
    "HmacAlgorithm",
    "Json",
    "Lifecycle",
    "ListOf",
    "Literal",
    "Location",
    "MapOf",
    "Message",
    "Model",
    "Name",
    "Nullable",
    "Pagination",
    "Parameter",
    "ParameterStyle",
    "Primitive",
    "PrimitiveKind",
    "Ref",
    "Resource",
    "Result",
    "Scalar",
    "Server",
    "ServerVariable",
    "SignatureAlgorithm",
    "SignatureComponent",
    "SignatureEncoding",
    "Streaming",
    "TimestampFormat",
    "Type",
    "Union",
    "UnionOf",
    "Unknown",
    "Variable",
    "Variant",
    "VersionHeader",
    "Waiter",
    "Webhook",
    "WebhookSignature",
    "Words",
    "channels",
    "endpoints",
    "operations",
)
