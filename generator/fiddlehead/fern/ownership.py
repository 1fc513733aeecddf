"""Which type or endpoint a type that is marked `inline: true` is part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .. import ir
from .types import TypeTable
from .values import Values


def assign(
    declared: dict[str, ir.Declaration],
    endpoints: Iterable[ir.Endpoint],
    table: TypeTable,
    values: Values,
) -> dict[str, ir.Declaration]:
    """The declarations, inline ones with their owner: what alone uses them.

    Fern writes an inline type within the type that it belongs to; fiddlehead keeps the two in one
    module. A type that several use belongs to none of them.
    """
    users: dict[str, dict[str, None]] = {}
    for declaration in declared.values():
        for type_ in _types(declaration):
            for used in ir.references(type_):
                users.setdefault(used.id, {})[declaration.id] = None
    for endpoint in endpoints:
        for type_ in _types_of(endpoint):
            for used in ir.references(type_):
                users.setdefault(used.id, {})[endpoint.id.removesuffix("#stream")] = None
    found = dict(declared)
    for id_, entry in table.by_id.items():
        inline = entry.node.mapping is not None and values.flag(entry.node, "inline")
        owners = [user for user in users.get(id_, {}) if user != id_]
        if inline and id_ in found and len(owners) == 1:
            found[id_] = replace(found[id_], owner=owners[0])
    return found


def _types(declaration: ir.Declaration) -> Iterator[ir.Type]:
    match declaration:
        case ir.Model(fields=fields, extends=extends):
            yield from (field.type for field in fields)
            yield from extends
        case ir.Union(variants=variants, fields=fields, extends=extends):
            yield from (variant.type for variant in variants if variant.type is not None)
            yield from (field.type for field in fields)
            yield from extends
        case ir.Alias(type=type_):
            yield type_
        case ir.Enum():
            return


def _types_of(endpoint: ir.Endpoint) -> Iterator[ir.Type]:
    yield from (parameter.type for parameter in endpoint.parameters)
    if endpoint.body is not None:
        yield from (field.type for field in endpoint.body.fields)
        if endpoint.body.type is not None:
            yield endpoint.body.type
    if endpoint.result.type is not None:
        yield endpoint.result.type
