"""The declarations that requests and responses of an API refer to."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir, queries


def sent(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that are used by requests of any of the APIs."""
    return frozenset(id_ for api in apis for id_ in queries.reachable(api, _requests(api)))


def received(*apis: ir.Api) -> frozenset[str]:
    """The ids of declarations that are used by responses, errors, webhooks and messages."""
    return frozenset(id_ for api in apis for id_ in queries.reachable(api, _responses(api)))


def _requests(api: ir.Api) -> Iterator[object]:
    """The parts of the API that are sent."""
    yield from (*api.headers, *api.query, *api.idempotency_headers)
    for _, endpoint in ir.endpoints(api.root):
        yield from endpoint.parameters
        yield endpoint.body
    for _, channel in ir.channels(api.root):
        yield from channel.parameters
        yield from (message for message in channel.messages if message.origin == "client")


def _responses(api: ir.Api) -> Iterator[object]:
    """The parts of the API that are received."""
    for _, endpoint in ir.endpoints(api.root):
        yield endpoint.result
        yield from endpoint.errors
    yield from api.errors.values()
    yield from api.webhooks
    for _, channel in ir.channels(api.root):
        yield from (message for message in channel.messages if message.origin == "server")
