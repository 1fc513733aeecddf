"""Finds the type or endpoint that owns each type with `inline: true`."""

from __future__ import annotations

from collections.abc import Iterable

from .. import ir, queries
from ..frozen import replace
from .types import TypeTable
from .values import Values


def assign(
    declared: dict[str, ir.Declaration],
    endpoints: Iterable[ir.Endpoint],
    table: TypeTable,
    values: Values,
) -> dict[str, ir.Declaration]:
    """The declarations; inline ones have the only declaration or endpoint that uses them as owner.

    Fern nests an inline type in its owner; fiddlehead keeps the two in one module. A type with
    several uses has no owner.
    """
    users: dict[str, dict[str, None]] = {}
    for declaration in declared.values():
        for used in queries.references(declaration):
            users.setdefault(used.id, {})[declaration.id] = None
    for endpoint in endpoints:
        # An error belongs to the API, not to the endpoints that return it.
        for part in (*endpoint.parameters, endpoint.body, endpoint.result):
            for used in queries.references(part):
                users.setdefault(used.id, {})[endpoint.id.removesuffix("#stream")] = None
    result = dict(declared)
    for id_, entry in table.declared.by_id.items():
        inline = entry.node.mapping is not None and values.boolean(entry.node, "inline")
        owners = [user for user in users.get(id_, {}) if user != id_]
        if inline and id_ in result and len(owners) == 1:
            result[id_] = replace(result[id_], owner=owners[0])
    return result
