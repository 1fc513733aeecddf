"""Signatures of webhooks: `signature` of Fern definitions, `x-fern-webhook-signature` of OpenAPI."""

from __future__ import annotations

from typing import get_args

from .. import ir
from ..source.node import Node
from .node_reader import NodeReader
from .node_values import HEADER_NAME

_UNSUPPORTED = "body-hash-binding"
KEYS = frozenset(
    [
        "type",
        "header",
        "algorithm",
        "encoding",
        "signature-prefix",
        "payload-format",
        "timestamp",
        "asymmetric-algorithm",
        "jwks-url",
        "key-id-header",
        "public-key",
        _UNSUPPORTED,
    ]
)
_PAYLOAD_FORMAT = frozenset(["components", "delimiter"])
_TIMESTAMP = frozenset(["header", "format", "tolerance"])

# The annotations are needed: get_args() gives no types.
_HMAC: tuple[ir.HmacAlgorithm, ...] = get_args(ir.HmacAlgorithm)
_ASYMMETRIC: tuple[ir.AsymmetricAlgorithm, ...] = get_args(ir.AsymmetricAlgorithm)
_ENCODINGS: tuple[ir.SignatureEncoding, ...] = get_args(ir.SignatureEncoding)
_COMPONENTS: dict[str, ir.SignatureComponent] = {
    arg: arg for arg in get_args(ir.SignatureComponent)
}
_FORMATS: tuple[ir.TimestampFormat, ...] = get_args(ir.TimestampFormat)


def read(reader: NodeReader, node: Node, code: str = "bad-value") -> ir.WebhookSignature | None:
    """The signature that a mapping describes; None, with a warning, if it is not supported.

    Args:
        reader: Reads the values of the description.
        node: The description of the signature.
        code: The code of warnings about invalid values.
    """
    if not _is_understood(reader, node):
        return None
    kind = reader.string(node, "type") or "hmac"
    if kind not in ("hmac", "asymmetric"):
        reader.warning(
            "not-expressible",
            f"signatures of type '{kind}' are not supported: use hmac or asymmetric",
            (node.get("type") or node).span,
        )
        return None
    header = _header(reader, node, code)
    algorithm = _algorithm(reader, node, kind, code)
    components = _components(reader, node, code)
    if header is None or algorithm is None or components is None:
        return None
    payload, timestamp = (reader.get(node, key) for key in ("payload-format", "timestamp"))
    delimiter = reader.string(payload, "delimiter") if payload is not None else None
    time_header, time_format, tolerance = None, None, None
    if timestamp is not None:
        time_header = reader.string(timestamp, "header")
        time_format = reader.choice(timestamp, "format", _FORMATS, code)
        tolerance = reader.number(timestamp, "tolerance")
    encoding = reader.choice(node, "encoding", _ENCODINGS, code)
    return ir.WebhookSignature(
        header,
        algorithm,
        encoding or ("hex" if kind == "hmac" else "base64"),
        prefix=reader.string(node, "signature-prefix") or "",
        components=components,
        delimiter="." if delimiter is None else delimiter,
        timestamp_header=time_header,
        tolerance=300.0 if tolerance is None else float(tolerance),
        timestamp_format=time_format or "unix-seconds",
        jwks_url=reader.string(node, "jwks-url"),
        key_id_header=reader.string(node, "key-id-header"),
        span=node.span,
    )


def _is_understood(reader: NodeReader, node: Node) -> bool:
    """Whether every part is supported. Otherwise the verification would be wrong."""
    if node.mapping is None:
        return reader.is_mapping(node, "a webhook signature")
    parts = (
        (node, "a webhook signature", KEYS),
        (reader.get(node, "payload-format"), "'payload-format'", _PAYLOAD_FORMAT),
        (reader.get(node, "timestamp"), "'timestamp'", _TIMESTAMP),
    )
    understood = True
    for part, what, known in parts:
        if part is None:
            continue
        names = {name for name, _ in part.items() if not name.startswith("x-")}
        own = {name for name, _ in part.items() if name.startswith("x-")}
        if not reader.is_mapping(part, what, known | own) or not names <= known:
            understood = False
    if node.get(_UNSUPPORTED) is not None:
        reader.warning(
            "not-expressible",
            f"the signature is not checked: '{_UNSUPPORTED}' is not supported",
            node.key_span(_UNSUPPORTED),
        )
        understood = False
    return understood


def _header(reader: NodeReader, node: Node, code: str) -> str | None:
    """The header that has the signature."""
    header = reader.string(node, "header")
    if not header:
        reader.warning("missing-key", "a webhook signature requires 'header'", node.span)
        return None
    if not HEADER_NAME.fullmatch(header):
        span = (node.get("header") or node).span
        reader.warning(code, f"'{header}' is not a header name", span)
        return None
    return header


def _algorithm(
    reader: NodeReader, node: Node, kind: str, code: str
) -> ir.SignatureAlgorithm | None:
    if kind == "hmac":
        return reader.choice(node, "algorithm", _HMAC, code) or "sha256"
    key = "asymmetric-algorithm"
    if reader.get(node, key) is None:
        reader.warning("missing-key", f"an asymmetric signature requires '{key}'", node.span)
        return None
    return reader.choice(node, key, _ASYMMETRIC, code)


def _components(
    reader: NodeReader, node: Node, code: str
) -> tuple[ir.SignatureComponent, ...] | None:
    """The signed components, in order; None if a component is unknown."""
    payload = reader.get(node, "payload-format")
    result: list[ir.SignatureComponent] = []
    for text, span in reader.located_strings(payload, "components") if payload is not None else ():
        known = _COMPONENTS.get(text)
        if known is None:
            reader.warning(
                code,
                f"'{text}' is not a component of a signature",
                span,
                hint=f"one of {', '.join(_COMPONENTS)}",
            )
            return None
        result.append(known)
    return tuple(result) or ("body",)
