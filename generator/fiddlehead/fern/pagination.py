"""Reads pagination and waiters: methods that call an endpoint repeatedly."""

from __future__ import annotations

import json

from .. import ir, queries
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..frontend_kit.node_values import freeze
from ..frozen import dataclass, replace
from ..queries.value_matching import ValueMatcher
from ..source import Node
from . import keys
from .context import Context
from .values import Values


@dataclass(frozen=True)
class Parts:
    """The request and response that the paths of a pagination or waiter refer to."""

    parameters: tuple[ir.Parameter, ...]
    body: ir.Body | None
    result: ir.Result


def words(text: str) -> ir.Words:
    """`$request.page.cursor` as names of properties; the first part is optional, as in Fern."""
    return tuple(text.removeprefix("$request.").removeprefix("$response.").split("."))


def read_pagination(node: Node, values: Values) -> ir.Pagination | None:
    """A `pagination:` before it is checked against an endpoint."""
    if not values.is_mapping(node, "a pagination", keys.PAGINATION):
        return None
    texts = {key: values.string(node, key) for key in keys.PAGINATION}
    path = {key: words(text) for key, text in texts.items() if text is not None}
    results = path.get("results")
    if results is None:
        values.warning("missing-key", "a pagination requires 'results'", node.span)
        return None
    if "cursor" in path and "next_cursor" in path:
        return ir.Pagination(
            "cursor", results, path["cursor"], next=path["next_cursor"], span=node.span
        )
    if "offset" in path:
        step, more = path.get("step", ()), path.get("has-next-page", ())
        return ir.Pagination(
            "offset", results, path["offset"], step=step, has_next=more, span=node.span
        )
    if "next_uri" in path:
        return ir.Pagination("uri", results, next=path["next_uri"], span=node.span)
    if "next_path" in path:
        return ir.Pagination("path", results, next=path["next_path"], span=node.span)
    if texts["type"] == "custom":
        return ir.Pagination("custom", results, span=node.span)
    values.warning(
        "missing-key",
        "this pagination has no way to request the next page",
        node.span,
        hint="add cursor and next_cursor, or offset, next_uri, next_path, or type: custom",
    )
    return None


def of_endpoint(node: Node, parts: Parts, context: Context) -> ir.Pagination | None:
    """The pagination of an endpoint: its own, or with `true` the one of api.yml."""
    raw_node = context.values.get(node, "pagination")
    if raw_node is None or raw_node.value is False:
        return None
    if raw_node.value is True:
        pagination = context.pagination
        if pagination is None:
            context.values.warning(
                "missing-key", "'pagination: true' requires 'pagination' in api.yml", raw_node.span
            )
    else:
        pagination = read_pagination(raw_node, context.values)
    if pagination is None:
        return None
    span, good = raw_node.span, True

    def at(key: str) -> Span:
        return (raw_node.get(key) or raw_node).span

    if pagination.parameter:
        in_query = any(parameter.name == pagination.parameter[0] for parameter in parts.parameters)
        good &= in_query or _in_body(pagination.parameter, parts, context, at(pagination.kind))
        pagination = replace(pagination, parameter_in="query" if in_query else "body", span=span)
    if pagination.step and all(
        parameter.name != pagination.step[0] for parameter in parts.parameters
    ):
        good &= _in_body(pagination.step, parts, context, at("step"))
    following = {"cursor": "next_cursor", "uri": "next_uri", "path": "next_path"}
    paths = {
        "results": pagination.results,
        following.get(pagination.kind, ""): pagination.next,
        "has-next-page": pagination.has_next,
    }
    for key, path in paths.items():
        good &= not path or _in_result(path, parts, context, at(key), "bad-reference")
    return pagination if good else None


def _in_body(path: ir.Words, parts: Parts, context: Context, span: Span) -> bool:
    body = parts.body
    names: list[str] = [parameter.name for parameter in parts.parameters]
    if body is not None:
        if (
            body.type is not None
            and queries.property_type(context.declarations, body.type, path) is not None
        ):
            return True
        for field in body.fields:
            if (
                field.name == path[0]
                and queries.property_type(context.declarations, field.type, path[1:]) is not None
            ):
                return True
        names += [field.name for field in body.fields]
    text = ".".join(path)
    context.values.warning(
        "bad-reference", f"the request has no '{text}'", span, hint=nearest(path[0], names)
    )
    return False


def _in_result(path: ir.Words, parts: Parts, context: Context, span: Span, code: str) -> bool:
    type_ = parts.result.type
    if type_ is not None and queries.property_type(context.declarations, type_, path) is not None:
        return True
    known = queries.property_names(context.declarations, type_) if type_ is not None else []
    message = f"the response has no property '{'.'.join(path)}'"
    context.values.warning(code, message, span, hint=nearest(path[0], known))
    return False


def waiter(node: Node, parts: Parts, context: Context) -> ir.Waiter | None:
    """`x-fiddlehead-waiter:`: a method that polls until a property has a final value."""
    values = context.values
    waiter_node = values.get(node, "x-fiddlehead-waiter")
    if waiter_node is None or not values.is_mapping(
        waiter_node, "x-fiddlehead-waiter", keys.WAITER
    ):
        return None
    name, path = values.string(waiter_node, "name"), values.string(waiter_node, "property")
    success, failure = _states(waiter_node, "success", values), _states(
        waiter_node, "failure", values
    )
    if name is None or path is None or not success:
        values.warning(
            "bad-extension", "a waiter requires 'name', 'property' and 'success'", waiter_node.span
        )
        return None
    property_path = words(path)
    span = (waiter_node.get("property") or waiter_node).span
    if not _in_result(property_path, parts, context, span, "bad-extension"):
        return None
    _check_states(waiter_node, property_path, parts, context)
    interval, timeout = values.number(waiter_node, "interval"), values.number(
        waiter_node, "timeout"
    )
    return ir.Waiter(
        name,
        property_path,
        success,
        failure,
        interval=10.0 if interval is None else float(interval),
        timeout=3600.0 if timeout is None else float(timeout),
        doc=values.doc(waiter_node),
        span=waiter_node.span,
    )


def _states(node: Node, key: str, values: Values) -> tuple[ir.Scalar, ...]:
    value = values.get(node, key)
    if value is None:
        return ()
    items = value.list if value.list is not None else [value]
    return tuple(
        item.value
        for item in items
        if item.value is None or isinstance(item.value, str | int | float)
    )


def _check_states(node: Node, property_path: ir.Words, parts: Parts, context: Context) -> None:
    type_ = queries.property_type(
        context.declarations, parts.result.type or ir.Unknown(), property_path
    )
    for key in ("success", "failure"):
        states = node.get(key)
        items = [] if states is None else states.list if states.list is not None else [states]
        for item in items:
            plain = isinstance(item.value, str | int | float)
            if (
                type_ is None
                or not plain
                or ValueMatcher(context.declarations).fits(freeze(item.json()), type_)
            ):
                continue
            text = item.string or json.dumps(item.json())
            message = f"'{text}' is not a valid value of '{'.'.join(property_path)}'"
            context.values.warning("bad-extension", message, item.span)
