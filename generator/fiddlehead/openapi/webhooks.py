"""Webhooks: requests that the API sends, whose payloads are types of the client."""

from __future__ import annotations

from typing import Literal, cast

from .. import ir
from ..name_context import NameContext
from ..node_values import frozen
from ..source import Node
from .context import Context
from .encodings import encoding_of
from .extensions import is_wanted
from .groups import Operation
from .keys import METHODS
from .parameters import read as read_parameters
from .schema_converter import Schemas


def read_all(context: Context, schemas: Schemas, marked: list[Operation]) -> tuple[ir.Webhook, ...]:
    """The webhooks of the root, the operations that `x-fern-webhook` marks, and callbacks."""
    found: list[ir.Webhook] = []
    for name, each in context.entries(context.root, "webhooks"):
        item = context.follow(each, "a webhook")
        if item is None or not is_wanted(context, item):
            continue
        for method in METHODS:
            node = item.get(method)
            if node is None or node.value is None:
                continue
            if not context.is_mapping(node, "a webhook") or not is_wanted(context, node):
                continue
            operation = Operation(node, item, "", method.upper(), item.key_span(method))
            webhook = _webhook(context, schemas, operation, (name,), (name, method))
            found += [webhook] if webhook is not None else []
    for operation in marked:
        name = context.string(operation.node, "operationId") or operation.path
        chosen = context.string(operation.node, "x-fern-sdk-method-name") or name
        webhook = _webhook(context, schemas, operation, (chosen,), (operation.id,))
        found += [webhook] if webhook is not None else []
    return tuple(found)


def callbacks(
    context: Context, schemas: Schemas, operation: Operation, base: ir.Words
) -> tuple[ir.Webhook, ...]:
    """What an operation makes the API call back with."""
    found: list[ir.Webhook] = []
    for name, each in context.entries(operation.node, "callbacks"):
        node = context.follow(each, "a callback")
        if node is None or not is_wanted(context, node):
            continue
        for expression, item_node in node.items():
            if expression.startswith("x-"):
                continue
            item = context.follow(item_node, "a path item")
            for method in METHODS if item is not None else ():
                inner = item.get(method) if item is not None else None
                if item is None or inner is None or inner.value is None:
                    continue
                if not context.is_mapping(inner, "a callback") or not is_wanted(context, inner):
                    continue
                call = Operation(inner, item, "", method.upper(), item.key_span(method))
                long = (*base, name, expression, method)
                webhook = _webhook(context, schemas, call, (*base, name), long, operation.group)
                found += [webhook] if webhook is not None else []
    return tuple(found)


def _webhook(
    context: Context,
    schemas: Schemas,
    operation: Operation,
    words: ir.Words,
    long: ir.Words,
    package: ir.Words = (),
) -> ir.Webhook | None:
    node = operation.node
    group = tuple(context.strings(node, "x-fern-sdk-group-name")) or package
    place = NameContext((*words, "Payload"), group, None, (*long, "Payload"))
    payload: ir.Type | None = None
    examples: list[ir.Example] = []
    written = node.get("requestBody")
    holder = context.follow(written, "a request body") if written is not None else None
    for media, content in context.entries(holder, "content") if holder is not None else ():
        schema = content.get("schema")
        if payload is not None or encoding_of(media) not in ("json", "form", "multipart"):
            continue
        payload = schemas.convert(schema, place) if schema is not None else None
        example = content.get("example")
        if example is not None:
            examples.append(ir.Example(frozen(example), span=example.span))
        for name, each in context.entries(content, "examples"):
            target = context.follow(each, "an example")
            value = target.get("value") if target is not None else None
            if value is not None:
                examples.append(ir.Example(frozen(value), name, span=value.span))
    parameters = read_parameters(context, schemas, operation, place) if not operation.path else []
    return ir.Webhook(
        words,
        payload if payload is not None else ir.Unknown(span=node.span),
        package=group,
        method=operation.method,
        doc=context.doc(node) or context.doc(node, "summary"),
        headers=tuple(each for each in parameters if each.location == "header"),
        examples=tuple(examples),
        signature=_signature(context, node),
        span=operation.span,
    )


def _signature(context: Context, node: Node) -> ir.WebhookSignature | None:
    """`x-fern-webhook-signature` of a webhook, else of the root."""
    written = node.get("x-fern-webhook-signature") or context.root.get("x-fern-webhook-signature")
    if written is None or written.value is None or written.value is False:
        return None
    if not context.is_mapping(written, "'x-fern-webhook-signature'"):
        return None
    type_ = context.string(written, "type") or "hmac"
    header = context.string(written, "header")
    if type_ not in ("hmac", "asymmetric"):
        context.warning(
            "not-expressible",
            f"signatures of type '{type_}' are not checked: only hmac and asymmetric are",
            (written.get("type") or written).span,
        )
        return None
    if not header:
        context.warning("missing-key", "'x-fern-webhook-signature' needs 'header'", written.span)
        return None
    if type_ == "hmac":
        algorithm = _one_of(context, written, "algorithm", ("sha256", "sha1", "sha384", "sha512"))
        encoding = _one_of(context, written, "encoding", ("hex", "base64"))
    else:
        named = context.string(written, "asymmetric-algorithm")
        if named not in _ASYMMETRIC:
            context.warning(
                "bad-extension",
                f"'asymmetric-algorithm' must be one of {', '.join(_ASYMMETRIC)}",
                (written.get("asymmetric-algorithm") or written).span,
            )
            return None
        algorithm = named
        encoding = _one_of(context, written, "encoding", ("base64", "hex"))
    if _has_more(context, written):
        return None
    payload = context.mapping(written, "payload-format")
    components = tuple(context.strings(payload, "components") if payload is not None else ())
    for each in components:
        if each not in _COMPONENTS:
            context.warning(
                "bad-extension",
                f"a component is one of {', '.join(_COMPONENTS)}, and not '{each}'",
                ((payload or written).get("components") or written).span,
            )
            return None
    delimiter = context.string(payload, "delimiter") if payload is not None else None
    stamp = context.mapping(written, "timestamp")
    form = _one_of(context, stamp, "format", _FORMATS) if stamp is not None else _FORMATS[0]
    return ir.WebhookSignature(
        header,
        cast("ir.SignatureAlgorithm", algorithm),
        cast("Literal['hex', 'base64']", encoding),
        prefix=context.string(written, "signature-prefix") or "",
        components=components or ("body",),
        delimiter="." if delimiter is None else delimiter,
        timestamp_header=context.string(stamp, "header") if stamp is not None else None,
        tolerance=float(
            (context.number(stamp, "tolerance") if stamp is not None else None) or 300.0
        ),
        timestamp_format=cast("Literal['unix-seconds', 'unix-millis', 'iso8601']", form),
        jwks_url=context.string(written, "jwks-url"),
        key_id_header=context.string(written, "key-id-header"),
        span=written.span,
    )


_ASYMMETRIC = (
    "rsa-sha256",
    "rsa-sha384",
    "rsa-sha512",
    "ecdsa-sha256",
    "ecdsa-sha384",
    "ecdsa-sha512",
    "ed25519",
)
_COMPONENTS = ("body", "timestamp", "notification-url", "message-id")
_FORMATS = ("unix-seconds", "unix-millis", "iso8601")
_KNOWN = {
    "": "type header algorithm encoding signature-prefix payload-format timestamp "
    "asymmetric-algorithm jwks-url key-id-header",
    "payload-format": "components delimiter",
    "timestamp": "header format tolerance",
}


def _has_more(context: Context, written: Node) -> bool:
    """Whether a signature has a part that is not understood: it would be checked wrongly."""
    for holder, known in _KNOWN.items():
        node = written.get(holder) if holder else written
        for key, _ in node.items() if node is not None else ():
            if key not in known.split() and not key.startswith("x-"):
                context.warning(
                    "not-expressible",
                    f"the signature is not checked: '{key}' is not understood",
                    (node or written).key_span(key),
                )
                return True
    return False


def _one_of(context: Context, node: Node, key: str, known: tuple[str, ...]) -> str:
    text = context.string(node, key)
    if text is None:
        return known[0]
    if text not in known:
        context.warning(
            "bad-extension",
            f"'{key}' is one of {', '.join(known)}, and not '{text}'",
            (node.get(key) or node).span,
        )
        return known[0]
    return text
