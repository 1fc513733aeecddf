"""The tree of resources with endpoints and channels, and iteration over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Words
from .channel import Channel
from .endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of endpoints; the root of the tree is the client itself, without a name."""

    name: str
    """One word: the attribute of the parent, as spelled in the description."""
    doc: str | None = None
    endpoints: tuple[Endpoint, ...] = ()
    children: tuple[Resource, ...] = ()
    channels: tuple[Channel, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


def endpoints(root: Resource, package: Words = ()) -> Iterator[tuple[Words, Endpoint]]:
    """Every endpoint of a tree of resources, with its group."""
    for endpoint in root.endpoints:
        yield package, endpoint
    for child in root.children:
        yield from endpoints(child, (*package, child.name))


def channels(root: Resource, package: Words = ()) -> Iterator[tuple[Words, Channel]]:
    """Every channel of a tree of resources, with its group."""
    for channel in root.channels:
        yield package, channel
    for child in root.children:
        yield from channels(child, (*package, child.name))


def operations(root: Resource) -> int:
    """The number of operations of the endpoints: the two endpoints of a stream condition count
    once."""
    paths = {endpoint.id: endpoint.path for _, endpoint in endpoints(root)}
    return sum(
        not (id_.endswith("#stream") and paths.get(id_.removesuffix("#stream")) == path)
        for id_, path in paths.items()
    )
