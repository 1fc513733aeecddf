"""Headers that (nearly) all operations of an API have: they are arguments of the client."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from . import ir, queries

SHARE = 0.75
"""The share of operations from which on a header is the client's (Fern's rule)."""

FEWEST = 4
"""With fewer operations than this, no header becomes an argument of the client."""


def promote(
    endpoints: list[ir.Endpoint], operations: int, known: list[ir.Parameter]
) -> tuple[list[ir.Endpoint], list[ir.Parameter]]:
    """Takes headers that (nearly) all operations have, and those of the client, out of them.

    `operations` is how many operations there are, streams counted once. Returns the endpoints
    and all headers of the client.
    """
    uses: dict[str, dict[str, ir.Parameter]] = defaultdict(dict)
    for endpoint in endpoints:
        for each in endpoint.parameters:
            if each.location == "header" and each.variable is None:
                uses[each.name.lower()][endpoint.id.removesuffix("#stream")] = each
    promoted = list(known)
    names = {each.name.lower() for each in known}
    for name, found in uses.items():
        parameters = list(found.values())
        first = parameters[0]
        if name in names or operations < FEWEST or len(found) < SHARE * operations:
            continue
        same = all(each.type == first.type and each.rename == first.rename for each in parameters)
        if not same or not _is_scalar(first.type):
            continue
        everywhere = len(found) == operations and all(each.required for each in parameters)
        promoted.append(replace(first, required=everywhere))
        names.add(name)
    return [_without(each, names) for each in endpoints], promoted


def promoted(api: ir.Api) -> ir.Api:
    """The API of several descriptions with the headers that (nearly) all its operations have as
    those of the client."""
    endpoints = [endpoint for _, endpoint in ir.endpoints(api.root)]
    _, headers = promote(endpoints, api.operations_found, list(api.headers))
    if len(headers) == len(api.headers):
        return api
    names = {each.name.lower() for each in headers}
    root = queries.with_endpoints(api.root, lambda each: _without(each, names))
    return replace(api, root=root, headers=tuple(headers))


def _without(endpoint: ir.Endpoint, names: set[str]) -> ir.Endpoint:
    kept = tuple(
        each
        for each in endpoint.parameters
        if not (each.location == "header" and each.name.lower() in names)
    )
    return replace(endpoint, parameters=kept)


def _is_scalar(type_: ir.Type) -> bool:
    """Whether one value can go for all operations: inline types belong to one of them each."""
    return isinstance(type_, (ir.Primitive, ir.Literal, ir.Ref))
