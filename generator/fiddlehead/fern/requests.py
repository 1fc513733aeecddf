"""Reads the request of an endpoint: its body, and the parameters under `request:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .. import ir, queries
from ..diagnostics import Span
from ..frontend_kit.name_context import NameContext
from ..frozen import dataclass, replace
from ..source import Node
from . import keys
from .context import Context
from .parameters import headers, path_parameters, query_parameters
from .properties import Access
from .syntax import BadType, parse
from .type_uses import Scope

_CONTENT_TYPE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(\s*;[\x20-\x7e]*)?", re.ASCII)
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """The contents of `request:`."""

    name: ir.Name | None = None
    path: dict[str, ir.Parameter] | None = None
    query: tuple[ir.Parameter, ...] = ()
    headers: tuple[ir.Parameter, ...] = ()
    body: ir.Body | None = None


def read(node: Node, context: Context, scope: Scope, place: NameContext) -> Request:
    """The `request:` of an endpoint: a type, or a mapping.

    Inline types are named after `place` if the request has no name.
    """
    values = context.values
    raw_node = values.get(node, "request")
    if raw_node is None:
        return Request()
    if raw_node.mapping is None:
        return Request(body=_referenced(raw_node, None, context, scope, None, None))
    values.is_mapping(raw_node, "a request", keys.REQUEST)
    name = values.string(raw_node, "name")
    if name is not None:
        place = replace(place, words=(name,), exact=True)
    return Request(
        name=ir.Name((name,), exact=True) if name is not None else None,
        path=path_parameters(raw_node, context, scope, place),
        query=tuple(query_parameters(raw_node, context, scope, place)),
        headers=tuple(headers(raw_node, "headers", context, scope, place)),
        body=_body(raw_node, context, scope, place, name),
    )


def _body(
    node: Node, context: Context, scope: Scope, place: NameContext, name: str | None
) -> ir.Body | None:
    values = context.values
    body = values.get(node, "body")
    content_type = values.string(node, "content-type")
    if content_type is not None and not _CONTENT_TYPE.fullmatch(content_type):
        span = (values.get(node, "content-type") or node).span
        values.warning("bad-value", f"{content_type!r} is not a media type", span)
        content_type = None
    doc = values.doc(node)
    if body is None:
        return None
    if body.mapping is None:
        return _referenced(body, content_type, context, scope, doc, name)
    if body.get("properties") is None and body.get("type") is not None:
        values.is_mapping(body, "a body", keys.BODY_REFERENCE)
        typed = values.required(body, "type", "a body")
        doc = values.doc(body) or doc
        if typed is None:
            return None
        return _referenced(typed, content_type, context, scope, doc, name)
    values.is_mapping(body, "a body", keys.BODY)
    fields = _inherited(body, context, scope)
    for field in _fields(body, context, scope, place):
        fields[field.name] = field
    return _flat(body, tuple(fields.values()), content_type, context, doc, name)


def _flat(
    body: Node,
    fields: tuple[ir.Field, ...],
    content_type: str | None,
    context: Context,
    doc: str | None,
    name: str | None,
) -> ir.Body:
    has_file = any(is_file(field.type) for field in fields)
    base = ir.Body(
        "json",
        content_type or "application/json",
        fields=fields,
        extra=ir.Unknown() if context.values.boolean(body, "extra-properties") else None,
        doc=doc,
        name=name,
        span=body.span,
    )
    media = (content_type or "").split(";")[0].strip().lower()
    if has_file or media.startswith("multipart/"):
        if not has_file:
            context.values.warning(
                "upload-without-file",
                "this multipart body has no file among its properties",
                body.span,
            )
        if not media.startswith("multipart/"):
            content_type = None
        return replace(
            base, encoding="multipart", content_type=content_type or "multipart/form-data"
        )
    return replace(base, encoding="form") if media == _FORM else base


def _referenced(
    node: Node,
    content_type: str | None,
    context: Context,
    scope: Scope,
    doc: str | None,
    name: str | None,
) -> ir.Body | None:
    """A body that is one type, or bytes."""
    raw, optional = _raw(node)
    if raw is not None:
        default = "application/octet-stream" if raw == "bytes" else "text/plain"
        return ir.Body(
            raw, content_type or default, required=not optional, doc=doc, name=name, span=node.span
        )
    use = context.table.use(node, scope)
    media = (content_type or "").split(";")[0].strip().lower()
    body = ir.Body(
        "json",
        content_type or "application/json",
        type=use.type,
        required=not use.optional,
        doc=doc,
        name=name,
        span=node.span,
    )
    if media == _FORM:
        return replace(body, encoding="form")
    if media.startswith("multipart/"):
        return replace(body, encoding="multipart")
    return replace(body, encoding="text") if media.startswith("text/") else body


def _raw(node: Node) -> tuple[Literal["bytes", "text"] | None, bool]:
    """Whether a body is `bytes` or `text`, and whether it is optional."""
    try:
        expression = parse(node.string or "")
    except BadType:
        return None, False
    optional = expression.name == "optional" and len(expression.arguments) == 1
    inner = expression.arguments[0] if optional else expression
    if inner.name in ("bytes", "file") and not inner.arguments:
        return "bytes", optional
    return ("text", optional) if inner.name == "text" and not inner.arguments else (None, False)


def _inherited(body: Node, context: Context, scope: Scope) -> dict[str, ir.Field]:
    result: dict[str, ir.Field] = {}
    for base in context.declarations.properties.extends(body, scope):
        model = queries.resolved_non_null(context.declarations, base)
        if isinstance(model, ir.Model):
            result.update(
                (field.name, field) for field in queries.fields(context.declarations, model)
            )
    return result


def _fields(body: Node, context: Context, scope: Scope, place: NameContext) -> Iterator[ir.Field]:
    values = context.values
    for name, span, value in values.entries(body, "properties"):
        detail = context.declarations.properties.detail(
            value, f"the property '{name}'", keys.BODY_PROPERTY, scope, place.part(name), files=True
        )
        if detail is None:
            continue
        style: Literal["json", "exploded", "form"] | None = None
        access: Access | None = None
        content_type: str | None = None
        if value.mapping is not None and value.get("type") is not None:
            style = values.choice(value, "style", ("json", "exploded", "form"))
            access = values.choice(value, "access", ("read-only", "write-only"))
            content_type = _part_type(value, context)
        field = detail.field(name, span)
        yield replace(field, access=access, content_type=content_type, style=style)


def _part_type(node: Node, context: Context) -> str | None:
    text = context.values.string(node, "content-type")
    if text is None or _CONTENT_TYPE.fullmatch(text):
        return text
    context.values.warning(
        "bad-value", f"{text!r} is not a media type", _span(node, "content-type")
    )
    return None


def _span(node: Node, key: str) -> Span:
    return (node.get(key) or node).span


def is_file(type_: ir.Type) -> bool:
    """Whether a property of a body is a file, or a list of files."""
    if isinstance(type_, ir.Nullable | ir.ListOf):
        return is_file(type_.item)
    return isinstance(type_, ir.Primitive) and type_.kind == "bytes"
