"""Further values of a type, which differ from a given one."""

from __future__ import annotations

import base64
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from email.utils import format_datetime

from .. import ir
from ..queries.value_matching import ValueMatcher, is_whole, variant_types
from .constrained_values import allows, fitted

_TRIES = 200
"""How many values are looked at for each that is needed."""


def distinct(
    matcher: ValueMatcher, type_: ir.Type, value: ir.Json, count: int
) -> tuple[ir.Json, ...]:
    """The value and others of its type, up to `count`; fewer where no others are found."""
    values = [value]
    for other in itertools.islice(_others(matcher, type_, value), _TRIES * count):
        if len(values) >= count:
            break
        if all(not _same(other, known) for known in values):
            values.append(other)
    return tuple(values)


def _same(one: ir.Json, other: ir.Json) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _others(matcher: ValueMatcher, type_: ir.Type, value: ir.Json) -> Iterator[ir.Json]:
    match type_:
        case ir.Primitive():
            yield from _scalars(type_, value)
        case ir.Nullable():
            yield from _others(matcher, type_.item, value)
            yield None
        case ir.ListOf() if isinstance(value, tuple) and value:
            for other in _others(matcher, type_.item_at(0), value[0]):
                yield (other, *value[1:])
        case ir.MapOf() if isinstance(value, Mapping) and value:
            first, *more = value
            for other in _others(matcher, type_.value, value[first]):
                yield {first: other, **{key: value[key] for key in more}}
            for key in _others(matcher, type_.key, first):
                yield {str(key): value[first], **{key: value[key] for key in more}}
        case ir.UnionOf():
            yield from _others(matcher, matcher.member(value, type_.members), value)
        case ir.Ref():
            declaration = matcher.api.declarations.get(type_.id)
            if declaration is not None:
                yield from _declared(matcher, declaration, value)
        case ir.Unknown() if isinstance(value, Mapping) and "key" in value:
            for number in itertools.count(2):
                yield {**value, "key": f"value{number}"}
        case _:
            return


def _declared(
    matcher: ValueMatcher, declaration: ir.Declaration, value: ir.Json
) -> Iterator[ir.Json]:
    match declaration:
        case ir.Alias():
            yield from _others(matcher, declaration.type, value)
        case ir.Enum():
            yield from (value.value for value in declaration.values)
        case ir.Model():
            if isinstance(value, Mapping):
                yield from _objects(matcher, matcher.fields(declaration), value)
        case ir.Union() if declaration.discriminator is None:
            member = matcher.member(value, variant_types(declaration))
            yield from _others(matcher, member, value)
        case ir.Union():
            variant = matcher.variant(declaration, value)
            if variant is None or variant.type is None or not isinstance(value, Mapping):
                return
            tag = declaration.discriminator.property if declaration.discriminator else ""
            if variant.key is not None:
                for other in _others(matcher, variant.type, value.get(variant.key)):
                    yield {**value, variant.key: other}
                return
            target = matcher.resolved(variant.type)
            if isinstance(target, ir.Model):
                fields = tuple(field for field in matcher.fields(target) if field.name != tag)
                yield from _objects(matcher, fields, value)


def _objects(
    matcher: ValueMatcher, fields: tuple[ir.Field, ...], value: Mapping[str, ir.Json]
) -> Iterator[ir.Json]:
    """Objects that differ in one property."""
    for field in fields:
        if field.name in value:
            for other in itertools.islice(_others(matcher, field.type, value[field.name]), _TRIES):
                yield {**value, field.name: other}


def _scalars(type_: ir.Primitive, value: ir.Json) -> Iterator[ir.Json]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from _numbers(type_, value)
    elif isinstance(value, str):
        constraints = type_.constraints or ir.Constraints()
        for number in range(2, _TRIES):
            text = _text(type_.kind, constraints, value, number)
            yield fitted(text, constraints, number) if type_.kind == "string" else text


def _numbers(type_: ir.Primitive, value: int | float) -> Iterator[ir.Json]:
    limits = type_.constraints or ir.Constraints()
    integers = is_whole(type_)
    step = limits.multiple_of or 1
    for distance in range(1, _TRIES):
        for number in (value + step * distance, value - step * distance):
            exact = round(number, 9)
            if allows(limits, exact) and (not integers or float(exact).is_integer()):
                yield int(exact) if integers else exact
    if not integers and limits.minimum is not None and limits.maximum is not None:
        for part in range(1, _TRIES):
            number = limits.minimum + (limits.maximum - limits.minimum) * part / _TRIES
            if allows(limits, number):
                yield number


def _text(kind: ir.PrimitiveKind, limits: ir.Constraints, value: str, number: int) -> str:
    """Another text of a kind or a format."""
    day = dt.datetime(2024, 1, 15, 9, 30, tzinfo=dt.timezone.utc) + dt.timedelta(days=number - 1)
    match kind:
        case "date":
            return f"{day:%Y-%m-%d}"
        case "date-time":
            return f"{day:%Y-%m-%dT%H:%M:%SZ}"
        case "date-time-rfc-2822":
            return format_datetime(day, usegmt=True)
        case "uuid":
            return f"{value[:-2]}{number:02x}"
        case "bigint":
            return str(1_000_000 + number)
        case "base64" | "bytes":
            return base64.b64encode(f"Hello {number:04}".encode()).decode()
        case _:
            pass
    match limits.format:
        case "uuid":
            return f"{value[:-2]}{number:02x}"
        case "email" | "idn-email":
            return f"a{number}@b.test"
        case "hostname" | "idn-hostname":
            return f"a{number}.test"
        case "uri" | "iri" | "url":
            return f"http://a{number}.test"
        case "ipv4":
            return f"192.0.2.{number}"
        case "ipv6":
            return f"2001:db8::{number:x}"
        case "time":
            return f"09:{number % 60:02}:00Z"
        case "duration":
            return f"P{number}D"
        case _:
            text = f"{value}{number}"
            most = limits.max_length
            return text if most is None else text[max(0, len(text) - most) :]
