"""Checks that lifecycles (x-fiddlehead-lifecycle) refer to existing elements; invalid references
are reported and ignored."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir, queries
from ..diagnostics import Diagnostics


def report(api: ir.Api, diagnostics: Diagnostics) -> None:
    """Warn about properties, states and operations of lifecycles that the API does not have."""
    endpoints = [endpoint for _, endpoint in ir.endpoints(api.root)]
    known = {endpoint.operation_id for endpoint in endpoints} | {
        _key(endpoint) for endpoint in endpoints
    }
    for endpoint in endpoints:
        lifecycle = endpoint.lifecycle
        if lifecycle is None:
            continue
        for problem in _problems(api, endpoint, lifecycle, known):
            diagnostics.warning(
                "bad-extension", f"x-fiddlehead-lifecycle: {problem}", lifecycle.span
            )


def _key(endpoint: ir.Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def _problems(
    api: ir.Api, endpoint: ir.Endpoint, lifecycle: ir.Lifecycle, known: set[str | None]
) -> Iterator[str]:
    type_ = endpoint.result.type
    if type_ is None or endpoint.result.kind != "json":
        yield "the response is not an object"
        return
    paths_by_key = [("id", lifecycle.id), ("property", lifecycle.property)]
    paths_by_key += [("copies", (path,)) for path in lifecycle.copies.values()]
    paths_by_key += [("adds", (path,)) for path in lifecycle.adds]
    for key, path in paths_by_key:
        if queries.property_type(api, type_, path) is None:
            yield f"{key}: the response has no property {'.'.join(path)!r}"
    states = _states(api, queries.property_type(api, type_, lifecycle.property))
    for state in (*lifecycle.states, *lifecycle.moves.values()):
        if states is not None and state not in states:
            yield f"{state!r} is not a value of {'.'.join(lifecycle.property)!r}"
    for name in lifecycle.moves:
        if name not in known:
            yield f"moves: unknown operation {name!r}"


def _states(api: ir.Api, type_: ir.Type | None) -> set[ir.Scalar] | None:
    """The allowed values of a property; None if they are not listed."""
    resolved = queries.resolved_non_null(api, type_) if type_ is not None else None
    if isinstance(resolved, ir.Enum):
        return {value.value for value in resolved.values}
    return {resolved.value} if isinstance(resolved, ir.Literal) else None
