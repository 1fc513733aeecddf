"""Headers that (almost) all operations have become arguments of the client."""

from __future__ import annotations

from collections import defaultdict

from .. import ir, queries
from ..frozen import replace

SHARE = 0.75
"""The minimum share of operations with a header of the client (Fern's rule)."""

FEWEST = 4
"""With fewer operations than this, no header becomes an argument of the client."""


def promote(
    endpoints: list[ir.Endpoint], operations: int, known: list[ir.Parameter]
) -> tuple[list[ir.Endpoint], list[ir.Parameter]]:
    """Move headers that (almost) all operations have to the client.

    `operations` is the number of operations; a stream condition counts once. Returns the endpoints
    and all headers of the client.
    """
    uses: dict[str, dict[str, ir.Parameter]] = defaultdict(dict)
    for endpoint in endpoints:
        for parameter in endpoint.parameters:
            if parameter.location == "header" and parameter.variable is None:
                uses[parameter.name.lower()][endpoint.id.removesuffix("#stream")] = parameter
    promoted = list(known)
    names = {parameter.name.lower() for parameter in known}
    for name, by_endpoint in uses.items():
        parameters = list(by_endpoint.values())
        first = parameters[0]
        if name in names or operations < FEWEST or len(by_endpoint) < SHARE * operations:
            continue
        same = all(
            parameter.type == first.type and parameter.rename == first.rename
            for parameter in parameters
        )
        if not same or not _is_scalar(first.type):
            continue
        everywhere = len(by_endpoint) == operations and all(
            parameter.required for parameter in parameters
        )
        promoted.append(replace(first, required=everywhere))
        names.add(name)
    return [_without(endpoint, names) for endpoint in endpoints], promoted


def promoted(api: ir.Api) -> ir.Api:
    """The merged API of several descriptions, with headers that (almost) all its operations have
    moved to the client."""
    endpoints = [endpoint for _, endpoint in ir.endpoints(api.root)]
    _, headers = promote(endpoints, api.operations_found, list(api.headers))
    if len(headers) == len(api.headers):
        return api
    names = {header.name.lower() for header in headers}
    root = queries.with_endpoints(api.root, lambda endpoint: _without(endpoint, names))
    return replace(api, root=root, headers=tuple(headers))


def _without(endpoint: ir.Endpoint, names: set[str]) -> ir.Endpoint:
    parameters = tuple(
        parameter
        for parameter in endpoint.parameters
        if not (parameter.location == "header" and parameter.name.lower() in names)
    )
    return replace(endpoint, parameters=parameters)


def _is_scalar(type_: ir.Type) -> bool:
    """Whether one value can be used for all operations; an inline type belongs to one operation."""
    return isinstance(type_, (ir.Primitive, ir.Literal, ir.Ref))
