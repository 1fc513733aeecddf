"""Helpers that verify the signatures of webhooks, one for each signature scheme."""

from __future__ import annotations

from collections.abc import Sequence

from .. import ir
from ..literals import literal
from ..naming import Claim
from ..package import Argument, Module, WebhooksHelper
from ..typing_.types import BYTES, STR, Type, core, optional, union
from . import docs
from .context import Context
from .locations.namespace import Namespace
from .pages.project import ASYMMETRIC

PATH = "webhooks_helper.py"
_NAME = "WebhooksHelper"

_TEXT = union(STR, BYTES)
_COMPONENTS: dict[str, tuple[str, Type, str]] = {
    "body": ("request_body", _TEXT, "The raw body of the request."),
    "timestamp": ("timestamp_header", STR, "The time of the request, from the header `{}`."),
    "notification-url": ("notification_url", STR, "The URL of the request."),
    "message-id": ("message_id", STR, "The id of the message."),
}


def build(context: Context) -> tuple[Module | None, tuple[str, ...]]:
    """The module of helpers, and their names; None if no webhook is signed.

    As in Fern, the scheme of most webhooks has the plain name, the first one in case of a tie;
    others are named after their first webhook.
    """
    ways: dict[ir.WebhookSignature, list[ir.Webhook]] = {}
    for webhook in context.api.webhooks:
        if webhook.signature is not None:
            ways.setdefault(webhook.signature, []).append(webhook)
    if not ways:
        return None, ()
    common = max(ways, key=lambda way: len(ways[way]))
    claims: list[Claim] = []
    for way, signed in ways.items():
        words = (*signed[0].name, _NAME)
        wanted = (_NAME,) if way == common else context.names.class_names(words)
        claims.append(Claim(wanted, ".".join(signed[0].name), way.span, rank=signed[0].name))
    assigned = context.names.assign(claims, "the helpers of webhooks", parent="webhooks")
    names = {way: named.name for way, named in zip(ways, assigned, strict=True)}
    namespace = context.namespace(PATH, list(names.values()))
    helpers = sorted(
        (_helper(namespace, name, way, ways[way]) for way, name in names.items()),
        key=lambda way: way.name,
    )
    module = Module(path=PATH, items=tuple(helpers), imports=namespace.imports)
    return module, tuple(helper.name for helper in helpers)


def _helper(
    namespace: Namespace, name: str, way: ir.WebhookSignature, signed: Sequence[ir.Webhook]
) -> WebhooksHelper:
    asymmetric = way.algorithm in ASYMMETRIC
    arguments = [
        _argument(namespace, "request_body", _TEXT, _COMPONENTS["body"][2]),
        _argument(namespace, "signature_header", STR, f"The header `{way.header}` of the request."),
        *(_keys(namespace, way) if asymmetric else (_secret(namespace),)),
    ]
    wanted = [*way.components, *(["timestamp"] if way.timestamp_header else [])]
    for component in dict.fromkeys(wanted):
        if component != "body":
            argument, type_, doc = _COMPONENTS[component]
            header = way.timestamp_header or "timestamp"
            arguments.append(_argument(namespace, argument, type_, doc.format(header)))
    parts = ", ".join(_COMPONENTS[component][0] for component in way.components)
    checks: list[str] = []
    if way.timestamp_header is not None:
        recent = namespace.core("webhooks", "is_recent")
        signature_arguments = ["timestamp_header", f"tolerance={way.tolerance!r}"]
        if way.timestamp_format != "unix-seconds":
            signature_arguments.append(f"format={literal(way.timestamp_format)}")
        checks.append(f"{recent}({', '.join(signature_arguments)})")
    keywords = [f"algorithm={literal(way.algorithm)}", f"encoding={literal(way.encoding)}"]
    if way.prefix:
        keywords.append(f"prefix={literal(way.prefix)}")
    if len(way.components) > 1:
        keywords.append(f"delimiter={literal(way.delimiter)}")
    if asymmetric:
        if way.key_id_header is not None:
            keywords.append("key_id=key_id_header")
        if way.jwks_url is not None:
            keywords.append(f"jwks_url={literal(way.jwks_url)}")
    if asymmetric:
        verify = namespace.core("webhook_keys", "verify_with_key")
    else:
        verify = namespace.core("webhooks", "verify")
    checks.append(f"{verify}(signature_header, signature_key, [{parts}], {', '.join(keywords)})")
    listed = ", ".join(f"`{'.'.join(webhook.name)}`" for webhook in signed)
    whose = "private key" if asymmetric else "secret"
    text = f"Return whether a request was signed with the {whose} and was not modified."
    if way.timestamp_header is not None:
        text += f"\n\nRequests that are more than {way.tolerance:g} seconds old are rejected."
    return WebhooksHelper(
        name=name,
        arguments=tuple(arguments),
        expression=" and ".join(checks),
        doc=f"Verifies the signatures of webhooks: {listed}.",
        method_doc=docs.method(text, arguments),
        span=way.span,
    )


def _secret(namespace: Namespace) -> Argument:
    return _argument(namespace, "signature_key", _TEXT, "The secret of the signatures.")


def _keys(namespace: Namespace, way: ir.WebhookSignature) -> list[Argument]:
    """The public key, which may be fetched, and its id."""
    doc = "The public key: PEM, a JSON Web Key, or a set of them."
    type_ = core("webhook_keys", "Key")
    default = None
    if way.jwks_url is not None:
        doc += f" None fetches the set from {way.jwks_url} and caches it."
        type_, default = optional(type_), "None"
    arguments = [_argument(namespace, "signature_key", type_, doc, default)]
    if way.key_id_header is not None:
        key_id_doc = f"The header `{way.key_id_header}` of the request, with the id of the key."
        arguments.insert(0, _argument(namespace, "key_id_header", STR, key_id_doc))
    return arguments


def _argument(
    namespace: Namespace, name: str, type_: Type, doc: str, default: str | None = None
) -> Argument:
    return Argument(
        name=name,
        wire="",
        location="header",
        kind="keyword",
        annotation=namespace.annotation(type_),
        default=default,
        doc=doc,
    )
