"""Which schemas users send, and which they receive."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir, queries


def sent(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that requests hold, of any of the APIs."""
    return frozenset(id_ for api in apis for id_ in queries.reachable(api, _requests(api)))


def received(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that responses, errors, webhooks and messages hold."""
    return frozenset(id_ for api in apis for id_ in queries.reachable(api, _responses(api)))


def _requests(api: ir.Api) -> Iterator[object]:
    """What is sent, as parts of the API."""
    yield from (*api.headers, *api.query, *api.idempotency_headers)
    for _, endpoint in ir.endpoints(api.root):
        yield from endpoint.parameters
        yield endpoint.body
    for _, channel in ir.channels(api.root):
        yield from channel.parameters
        yield from (each for each in channel.messages if each.origin == "client")


def _responses(api: ir.Api) -> Iterator[object]:
    """What is received, as parts of the API."""
    for _, endpoint in ir.endpoints(api.root):
        yield endpoint.result
        yield from endpoint.errors
    yield from api.errors.values()
    yield from api.webhooks
    for _, channel in ir.channels(api.root):
        yield from (each for each in channel.messages if each.origin == "server")
