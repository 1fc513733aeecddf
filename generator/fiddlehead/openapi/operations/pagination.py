"""Reads `x-fern-pagination` and `x-fiddlehead-waiter`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ... import ir
from ...source import Node
from ..document.context import Context
from .groups import Operation

_KEYS = frozenset(
    [
        "cursor",
        "next_cursor",
        "results",
        "offset",
        "step",
        "has-next-page",
        "next_uri",
        "next_path",
        "type",
    ]
)

_Kind: TypeAlias = Literal["cursor", "offset", "uri", "path", "custom"]


def read(
    context: Context,
    operation: Operation,
    parameters: tuple[ir.Parameter, ...],
    body: ir.Body | None,
) -> ir.Pagination | None:
    """The pagination of an operation; None if it has none."""
    written = _written(context, operation)
    if written is None:
        return None
    for key in (written.mapping or {}).keys() - _KEYS:
        context.warning(
            "unknown-key", f"unknown key '{key}' of 'x-fern-pagination'", written.key_span(key)
        )
    results = _path(context, written, "results", "$response")
    if results is None:
        context.warning(
            "bad-extension", "'x-fern-pagination' requires 'results': $response.…", written.span
        )
        return None
    method = _way(context, written)
    if method is None:
        return None
    kind, parameter, following = method
    where = _where(context, operation, parameter, parameters, body, written)
    if where is None:
        return None
    return ir.Pagination(
        kind,
        results,
        parameter,
        where,
        following,
        step=_path(context, written, "step", "$request") or (),
        has_next=_path(context, written, "has-next-page", "$response") or (),
        span=written.span,
    )


def _written(context: Context, operation: Operation) -> Node | None:
    """The pagination in the description: that of the operation, or the common one of the root."""
    written = operation.node.get("x-fern-pagination")
    if written is None or written.value is None or written.value is False:
        return None
    if written.value is True:
        common = context.root.get("x-fern-pagination")
        if common is None:
            context.warning(
                "bad-extension",
                "'x-fern-pagination: true' requires 'x-fern-pagination' at the top of the file",
                written.span,
            )
            return None
        written = common
    return written if context.is_mapping(written, "'x-fern-pagination'") else None


def _way(context: Context, written: Node) -> tuple[_Kind, ir.Words, ir.Words] | None:
    """How the next page is requested: the kind, the location in the request, and the path in the
    response. None, with a warning, if it is missing."""
    value = written.mapping or {}
    if "cursor" in value:
        parameter = _path(context, written, "cursor", "$request") or ()
        following = _path(context, written, "next_cursor", "$response")
        if following:
            return "cursor", parameter, following
        context.warning(
            "bad-extension", "'cursor' requires 'next_cursor': $response.…", written.span
        )
        return None
    if "offset" in value:
        return "offset", _path(context, written, "offset", "$request") or (), ()
    if "next_uri" in value:
        return "uri", (), _path(context, written, "next_uri", "$response") or ()
    if "next_path" in value:
        return "path", (), _path(context, written, "next_path", "$response") or ()
    if context.string(written, "type") == "custom":
        return "custom", (), ()
    context.warning(
        "bad-extension",
        "'x-fern-pagination' requires one of cursor, offset, next_uri and next_path",
        written.span,
    )
    return None


def _where(
    context: Context,
    operation: Operation,
    parameter: ir.Words,
    parameters: tuple[ir.Parameter, ...],
    body: ir.Body | None,
    written: Node,
) -> Literal["query", "body"] | None:
    if not parameter:
        return "query"
    if any(
        candidate.location == "query" and candidate.name == parameter[0] for candidate in parameters
    ):
        return "query"
    if body is not None and (
        body.type is not None or any(field.name == parameter[0] for field in body.fields)
    ):
        return "body"
    context.warning(
        "bad-extension",
        f"'{operation.id}' has no '{'.'.join(parameter)}' for the pagination in its query or body",
        written.span,
    )
    return None


def _path(context: Context, node: Node, key: str, root: str) -> ir.Words | None:
    text = context.string(node, key)
    if text is None:
        return None
    if text == root:
        return ()
    if not text.startswith(root + ".") or not all(text.split(".")):
        context.warning(
            "bad-extension",
            f"'{key}' must start with {root}: {root}.name",
            (node.get(key) or node).span,
        )
        return None
    return tuple(text.split(".")[1:])


_WAITER_KEYS = frozenset(["name", "property", "success", "failure", "interval", "timeout", "docs"])


def waiter(context: Context, operation: Operation) -> ir.Waiter | None:
    """`x-fiddlehead-waiter`: a method that polls this operation until it is finished."""
    written = operation.node.get("x-fiddlehead-waiter")
    if written is None or written.value is None:
        return None
    if not context.is_mapping(written, "'x-fiddlehead-waiter'"):
        return None
    for key in sorted((written.mapping or {}).keys() - _WAITER_KEYS):
        context.warning(
            "unknown-key", f"unknown key '{key}' of 'x-fiddlehead-waiter'", written.key_span(key)
        )
    property = _path(context, written, "property", "$response")
    success = _scalars(context, written, "success")
    for key, extension in (("property", property), ("success", success)):
        if not extension:
            context.warning(
                "bad-extension", f"'x-fiddlehead-waiter' requires '{key}'", written.span
            )
    if not property or not success:
        return None
    times = [
        _seconds(context, written, "interval", 10.0),
        _seconds(context, written, "timeout", 3600.0),
    ]
    return ir.Waiter(
        context.string(written, "name") or "wait",
        property,
        success,
        _scalars(context, written, "failure"),
        interval=times[0],
        timeout=times[1],
        doc=context.doc(written, "docs"),
        span=written.span,
    )


def _scalars(context: Context, node: Node, key: str) -> tuple[ir.Scalar, ...]:
    child = node.get(key)
    if child is None or child.value is None:
        return ()
    if isinstance(child.value, (str, bool, int, float)):
        return (child.value,)
    result: list[ir.Scalar] = []
    for element in context.elements(node, key):
        if isinstance(element.value, (str, bool, int, float)):
            result.append(element.value)
        else:
            context.warning("wrong-type", f"'{key}' must be a list of scalars", element.span)
    return tuple(result)


def _seconds(context: Context, node: Node, key: str, default: float) -> float:
    seconds = context.number(node, key)
    if seconds is None:
        return default
    if not 0 < seconds < float("inf"):
        context.warning(
            "bad-value",
            f"'{key}' must be a positive number of seconds",
            (node.get(key) or node).span,
        )
        return default
    return float(seconds)
