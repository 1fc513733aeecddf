"""Compares one property of two objects, without its type."""

from __future__ import annotations

from .. import ir
from .finding_collector import Collector
from .type_display import default_text, type_text
from .value_location import Direction, ValueLocation


def hidden_access(direction: Direction) -> str:
    """The access of properties that requests or responses do not contain."""
    return "read-only" if direction == "request" else "write-only"


def compare_property(collector: Collector, old: ir.Field, new: ir.Field, at: ValueLocation) -> None:
    """Find whether a property became required or deprecated, or has another default or encoding."""
    if hidden_access(at.direction) not in (old.access, new.access):
        _compare_required(collector, old, new, at)
    compare_defaults(collector, at, old.default, new.default)
    was, now = is_deprecated(old.availability), is_deprecated(new.availability)
    if was != now:
        text = "is deprecated" if now else "is no longer deprecated"
        collector.add_at(at, "deprecated" if now else "reactivated", f"'{at.location}' {text}")
    _compare_encoding(collector, old, new, at)


def compare_access(collector: Collector, old: ir.Field, new: ir.Field, at: ValueLocation) -> None:
    """Find whether a property became read-only or write-only."""
    need = "required" if new.required else "optional"
    for access in ("read-only", "write-only"):
        was, now = old.access == access, new.access == access
        if was != now:
            change = f"became-{access}" if now else f"became-not-{access}"
            text = f"'{at.location}' is {'' if now else 'no longer '}{access}"
            rule = f"{at.direction}-{need}-property-{change}"
            collector.add(rule, at.location, text, old=at.old, new=at.new)


def property_removed(collector: Collector, api: ir.Api, field: ir.Field, at: ValueLocation) -> None:
    """Report a removed property of the old API."""
    if at.direction == "request":
        rule = "request-property-removed"
    elif field.required:
        rule = "response-required-property-removed"
    else:
        rule = "response-optional-property-removed"
    need = "required" if field.required else "optional"
    collector.add(
        rule,
        at.location,
        f"The {need} property '{at.location}' was removed",
        old=at.old,
        new=at.new,
        before=type_text(api, field.type),
    )


def property_added(collector: Collector, api: ir.Api, field: ir.Field, at: ValueLocation) -> None:
    """Report an added property of the new API."""
    need = "required" if field.required else "optional"
    if at.direction == "response":
        rule = f"response-{need}-property-added"
    elif field.required and field.default is not None:
        rule = "new-required-request-property-with-default"
    else:
        rule = f"new-{need}-request-property"
    collector.add(
        rule,
        at.location,
        f"The {need} property '{at.location}' was added",
        old=at.old,
        new=at.new,
        after=type_text(api, field.type),
    )


def _compare_required(
    collector: Collector, old: ir.Field, new: ir.Field, at: ValueLocation
) -> None:
    if old.required == new.required:
        return
    if not new.required:
        collector.add_at(at, "became-optional", f"'{at.location}' was required and is now optional")
    elif at.direction == "request" and new.default is not None:
        text = f"'{at.location}' is now required; the server has a default"
        collector.add_at(at, "became-required-with-default", text)
    else:
        collector.add_at(at, "became-required", f"'{at.location}' was optional and is now required")


def _compare_encoding(
    collector: Collector, old: ir.Field, new: ir.Field, at: ValueLocation
) -> None:
    changed = (old.content_type, old.style) != (new.content_type, new.style)
    if changed and at.direction == "request":
        collector.add(
            "request-part-encoding-changed",
            at.location,
            f"The encoding of the form field '{at.location}' changed",
            old=at.old,
            new=at.new,
            before=old.content_type or old.style,
            after=new.content_type or new.style,
        )


def compare_defaults(
    collector: Collector, at: ValueLocation, old: ir.Default | None, new: ir.Default | None
) -> None:
    """Find whether the default of a value changed."""
    if old == new:
        return
    change = "added" if old is None else "removed" if new is None else "changed"
    before, after = default_text(old), default_text(new)
    text = f"The default of '{at.location}' was {before} and is {after}"
    collector.add_at(at, f"default-value-{change}", text, before, after)


def is_deprecated(availability: ir.Availability | None) -> bool:
    return availability is not None and availability.status == "deprecated"
