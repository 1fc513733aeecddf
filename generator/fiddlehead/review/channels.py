"""Compares the channels of two APIs: handshakes and messages."""

from __future__ import annotations

from .. import ir, queries
from ..frozen import replace
from .finding_collector import Collector
from .operations import Operations
from .property_changes import is_deprecated
from .schema_comparer import SchemaComparer
from .signatures import without_names
from .value_location import Direction, ValueLocation


def compare_channels(
    old: ir.Api, new: ir.Api, schemas: SchemaComparer, collector: Collector
) -> None:
    """Find added, removed and changed channels. A channel is identified by its path."""
    before = {without_names(channel.path): channel for _, channel in ir.channels(old.root)}
    after = {without_names(channel.path): channel for _, channel in ir.channels(new.root)}
    handshakes = Operations(old, new, schemas, collector)
    for path, channel in before.items():
        other = after.get(path)
        where = f"channel {channel.path}"
        if other is None:
            text = f"The channel '{channel.path}' was removed"
            collector.add("channel-removed", where, text, old=channel.span)
            continue
        with collector.inside(("operation", where)):
            handshakes.compare_calls(_handshake(channel, where), _handshake(other, where))
            _messages(where, channel, other, schemas, collector)
    for path, channel in after.items():
        if path not in before:
            text = f"The channel '{channel.path}' was added"
            collector.add("channel-added", f"channel {channel.path}", text, new=channel.span)


def _handshake(channel: ir.Channel, where: str) -> ir.Endpoint:
    return replace(queries.handshake(channel), id=where)


def _messages(
    where: str, old: ir.Channel, new: ir.Channel, schemas: SchemaComparer, collector: Collector
) -> None:
    after = {(message.origin, message.name): message for message in new.messages}
    for message in old.messages:
        counterpart = after.pop((message.origin, message.name), None)
        place = f"{where} {message.name}"
        if counterpart is None:
            text = f"The message '{message.name}' of the {message.origin} was removed"
            collector.add("channel-message-removed", place, text, old=message.span)
            continue
        lost = set(message.formats) - set(counterpart.formats)
        new_ones = set(counterpart.formats) - set(message.formats)
        if lost or (new_ones and message.origin == "server"):
            before, now = (" or ".join(side.formats) for side in (message, counterpart))
            collector.add(
                "channel-message-format-changed",
                place,
                f"The format of the message '{message.name}' was {before} and is {now}",
                old=message.span,
                new=counterpart.span,
                before=before,
                after=now,
            )
        if is_deprecated(counterpart.availability) and not is_deprecated(message.availability):
            text = f"The message '{message.name}' is deprecated"
            collector.add(
                "channel-message-deprecated", place, text, old=message.span, new=counterpart.span
            )
        direction: Direction = "request" if message.origin == "client" else "response"
        schemas.compare(
            message.type,
            counterpart.type,
            ValueLocation(place, direction, "body", message.span, counterpart.span),
        )
    for (origin, name), message in after.items():
        text = f"The message '{name}' of the {origin} was added"
        collector.add("channel-message-added", f"{where} {name}", text, new=message.span)
