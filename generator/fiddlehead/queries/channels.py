"""The channels of an API: their groups, and their handshakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import ir
from ..frozen import replace


def handshake(channel: ir.Channel) -> ir.Endpoint:
    """The request that opens a channel: a GET request (RFC 6455, section 4.1)."""
    return ir.Endpoint(
        channel.id,
        channel.name,
        "GET",
        channel.path,
        doc=channel.doc,
        parameters=channel.parameters,
        auth=channel.auth,
        server=channel.server,
        availability=channel.availability,
        exact=channel.exact,
        span=channel.span,
    )


def requests(root: ir.Resource) -> Iterator[ir.Endpoint]:
    """Every endpoint of a tree of resources, then the handshake of every channel."""
    yield from (endpoint for _, endpoint in ir.endpoints(root))
    yield from (handshake(channel) for _, channel in ir.channels(root))


def with_channels(
    root: ir.Resource, channels: Iterable[tuple[ir.Words, ir.Channel]]
) -> ir.Resource:
    """A tree of resources with channels in their groups; missing groups are created."""
    for package, channel in channels:
        root = _with_channel(root, package, channel)
    return root


def _with_channel(root: ir.Resource, package: ir.Words, channel: ir.Channel) -> ir.Resource:
    if not package:
        return replace(root, channels=(*root.channels, channel))
    names = [child.name for child in root.children]
    children = root.children
    if package[0] not in names:
        children = (*children, ir.Resource(package[0], span=channel.span))
    return replace(
        root,
        children=tuple(
            _with_channel(child, package[1:], channel) if child.name == package[0] else child
            for child in children
        ),
    )


def without_channels(root: ir.Resource) -> ir.Resource:
    """A tree of resources without channels, and without groups that have only channels."""
    children = tuple(
        resource
        for child in root.children
        for resource in [without_channels(child)]
        if resource.endpoints or resource.children or not any(ir.channels(child))
    )
    return replace(root, channels=(), children=children)
