"""Webhooks and their signatures."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Example, Words
from .requests import Parameter
from .types import Type


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request that the API sends; the type of its payload is generated."""

    name: Words
    payload: Type
    package: Words = ()
    method: str = "POST"
    doc: str | None = None
    headers: tuple[Parameter, ...] = ()
    examples: tuple[Example, ...] = ()
    signature: WebhookSignature | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


HmacAlgorithm: TypeAlias = OneOf["sha256", "sha1", "sha384", "sha512"]
AsymmetricAlgorithm: TypeAlias = OneOf[
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "ecdsa-sha256",
    "ecdsa-sha384",
    "ecdsa-sha512",
    "ed25519",
]
SignatureAlgorithm: TypeAlias = HmacAlgorithm | AsymmetricAlgorithm
SignatureEncoding: TypeAlias = OneOf["hex", "base64"]
SignatureComponent: TypeAlias = OneOf["body", "timestamp", "notification-url", "message-id"]
TimestampFormat: TypeAlias = OneOf["unix-seconds", "unix-millis", "iso8601"]


@dataclass(frozen=True, slots=True)
class WebhookSignature:
    """The signature of a payload (x-fern-webhook-signature): of its `components`, joined with
    `delimiter`, with a shared secret (HMAC) or a private key.

    The public keys are at `jwks_url` (RFC 7517), if it is known; the header `key_id_header` has the
    id of the key.
    """

    header: str
    algorithm: SignatureAlgorithm = "sha256"
    encoding: SignatureEncoding = "hex"
    prefix: str = ""
    components: tuple[SignatureComponent, ...] = ("body",)
    delimiter: str = "."
    timestamp_header: str | None = None
    tolerance: float = 300.0
    """The maximum difference in seconds between the time of a request and now."""
    timestamp_format: TimestampFormat = "unix-seconds"
    jwks_url: str | None = None
    key_id_header: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
