"""Which schemas users send, and which they receive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import ir


def sent(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that requests hold, of any of the APIs."""
    return frozenset(found for api in apis for found in _closure(api, _requests(api)))


def received(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that answers, errors, webhooks and messages hold."""
    return frozenset(found for api in apis for found in _closure(api, _answers(api)))


def _requests(api: ir.Api) -> Iterator[ir.Type]:
    for parameter in (*api.headers, *api.query, *api.idempotency_headers):
        yield parameter.type
    for _, endpoint in ir.endpoints(api.root):
        for parameter in endpoint.parameters:
            yield parameter.type
        if endpoint.body is not None:
            yield from (field.type for field in endpoint.body.fields)
            yield from (each for each in (endpoint.body.type, endpoint.body.extra) if each)
    for channel in api.channels:
        yield from (parameter.type for parameter in channel.parameters)
        yield from (each.type for each in channel.messages if each.origin == "client")


def _answers(api: ir.Api) -> Iterator[ir.Type]:
    for _, endpoint in ir.endpoints(api.root):
        if endpoint.result.type is not None:
            yield endpoint.result.type
        yield from (error.type for error in endpoint.errors if error.type is not None)
    yield from (error.type for error in api.errors.values() if error.type is not None)
    yield from (webhook.payload for webhook in api.webhooks)
    for channel in api.channels:
        yield from (each.type for each in channel.messages if each.origin == "server")


def _closure(api: ir.Api, types: Iterable[ir.Type]) -> set[str]:
    todo = [ref.id for type_ in types for ref in ir.references(type_)]
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name in found or name not in api.declarations:
            continue
        found.add(name)
        todo += [
            ref.id for type_ in _inside(api.declarations[name]) for ref in ir.references(type_)
        ]
    return found


def _inside(declared: ir.Declaration) -> Iterator[ir.Type]:
    if isinstance(declared, ir.Alias):
        yield declared.type
    if isinstance(declared, ir.Model | ir.Union):
        yield from (field.type for field in declared.fields)
        yield from declared.extends
    if isinstance(declared, ir.Model) and declared.extra is not None:
        yield declared.extra
    if isinstance(declared, ir.Union):
        yield from (each.type for each in declared.variants if each.type is not None)
