"""Reads path parameters, query parameters and headers of services, endpoints and the API."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir, queries
from ..diagnostics import Span
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_values import HEADER_NAME
from ..frozen import replace
from ..source import Node
from . import keys
from .context import Context
from .type_uses import Scope

_DEPTH = 5
"""The maximum depth of nested unions that are searched for objects."""


def path_parameters(
    node: Node, context: Context, scope: Scope, place: NameContext
) -> dict[str, ir.Parameter]:
    """`path-parameters:`, by name; `$variable` refers to a variable of the client."""
    result: dict[str, ir.Parameter] = {}
    for name, span, value in context.values.entries(node, "path-parameters"):
        if value.string is not None and value.string.startswith("$"):
            result[name] = _variable(name, span, value.string, value, context)
            continue
        named = value.get("variable")
        if named is not None and value.mapping is not None:
            context.values.is_mapping(value, f"the path parameter '{name}'", keys.PATH_PARAMETER)
            text = context.values.as_string(named, "'variable'") or ""
            result[name] = _variable(name, span, text, value, context)
            continue
        what = f"the path parameter '{name}'"
        detail = context.declarations.properties.detail(
            value, what, keys.PATH_PARAMETER, scope, place.part(name)
        )
        if detail is not None:
            result[name] = replace(
                detail.parameter(name, "path", span), required=True, style="simple", explode=False
            )
    return result


def _variable(name: str, span: Span, reference: str, node: Node, context: Context) -> ir.Parameter:
    variable = reference.removeprefix("$")
    declared = context.values.mapping(context.definition.root.node, "variables")
    raw_node = declared.get(variable) if declared is not None else None
    type_: ir.Type = ir.Unknown(span=span)
    if raw_node is None:
        context.values.warning(
            "unresolved-reference",
            f"unknown variable '{variable}'",
            node.span,
            hint="declare it under 'variables' of api.yml",
        )
    else:
        typed = raw_node.get("type") if raw_node.mapping is not None else raw_node
        if typed is not None:
            type_ = context.table.use(typed, Scope(context.definition.root)).type
    doc = context.values.doc(node) if node.mapping is not None else None
    return ir.Parameter(
        name,
        "path",
        type_,
        True,
        doc=doc,
        style="simple",
        explode=False,
        variable=variable,
        span=span,
    )


def query_parameters(
    node: Node, context: Context, scope: Scope, place: NameContext
) -> Iterator[ir.Parameter]:
    """`query-parameters:`. Objects are sent as `key[name]=value`, as by Fern's clients."""
    for name, span, value in context.values.entries(node, "query-parameters"):
        detail = context.declarations.properties.detail(
            value, f"the query parameter '{name}'", keys.QUERY_PARAMETER, scope, place.part(name)
        )
        if detail is None:
            continue
        of_mapping = value.mapping is not None
        multiple = of_mapping and context.values.boolean(value, "allow-multiple") is True
        explode = context.values.boolean(value, "explode") if of_mapping else None
        yield replace(
            detail.parameter(name, "query", span),
            style="deepObject" if _is_object(detail.type, context) else "form",
            explode=explode if explode is not None else True,
            allow_multiple=multiple,
        )


def _is_object(type_: ir.Type, context: Context, depth: int = 0) -> bool:
    """Whether a value, or an item of a list, may be an object."""
    resolved = queries.resolved_non_null(context.declarations, type_)
    if isinstance(resolved, ir.ListOf):
        resolved = queries.resolved_non_null(context.declarations, resolved.item)
    if isinstance(resolved, ir.Union) and depth < _DEPTH:
        types = [variant.type for variant in resolved.variants if variant.type is not None]
        is_tagged = resolved.discriminator is not None
        return is_tagged or any(_is_object(variant, context, depth + 1) for variant in types)
    return isinstance(resolved, ir.Model | ir.MapOf | ir.Unknown)


def headers(
    node: Node, key: str, context: Context, scope: Scope, place: NameContext
) -> Iterator[ir.Parameter]:
    """The headers under a key; `env` is the environment variable of the default."""
    for name, span, value in context.values.entries(node, key):
        if not HEADER_NAME.fullmatch(name):
            context.values.warning("bad-value", f"{name!r} is not a header name", span)
            continue
        detail = context.declarations.properties.detail(
            value, f"the header '{name}'", keys.HEADER, scope, place.part(name)
        )
        if detail is not None:
            yield replace(
                detail.parameter(name, "header", span),
                style="simple",
                explode=False,
                env=context.values.string(value, "env") if value.mapping is not None else None,
            )


def response_headers(
    node: Node, context: Context, scope: Scope, place: NameContext
) -> tuple[ir.Header, ...]:
    """`x-fiddlehead-response-headers:`: the headers that a response may have."""
    key = "x-fiddlehead-response-headers"
    return tuple(
        ir.Header(header.name, header.type, header.doc, span=header.span)
        for header in headers(node, key, context, scope, place)
    )
