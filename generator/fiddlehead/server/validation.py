"""Validates values against their types, with the location of each problem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Sized
from functools import lru_cache

from .. import ir
from ..diagnostics import Span
from ..queries import lookup
from ..queries.value_matching import ValueMatcher, is_primitive, key_value
from .messages import Problem
from .property_paths import is_list, is_object

Place = tuple[str | int, ...]

MAX_PROBLEMS = 20
"""The maximum number of reported problems of one request."""

_SPOKEN = {
    "string": "a string",
    "integer": "an integer",
    "long": "an integer",
    "uint": "an integer",
    "uint64": "an integer",
    "bigint": "an integer in a string",
    "float": "a number",
    "double": "a number",
    "boolean": "a boolean",
    "date": "a date such as 2023-01-15",
    "date-time": "a date-time such as 2024-01-15T09:30:00Z",
    "date-time-rfc-2822": "a date-time such as Mon, 15 Jan 2024 09:30:00 GMT",
    "uuid": "a UUID",
    "base64": "a string in Base64",
    "bytes": "bytes",
}


class Validator:
    """Validates values of one API. Values are as returned by `json.loads`."""

    def __init__(self, matcher: ValueMatcher) -> None:
        self._matcher = matcher
        self._api = matcher.api

    def problems(
        self, value: object, type_: ir.Type, place: Place, span: Span | None = None
    ) -> Iterator[Problem]:
        """The problems of a value; `span` is the location of its type."""
        # The reference to a declaration is more specific than the declaration.
        use = span or type_.span
        match type_:
            case ir.Nullable():
                if value is not None:
                    yield from self.problems(value, type_.item, place, span)
            case ir.Ref():
                target = lookup.resolved(self._api, type_)
                if isinstance(target, ir.Model | ir.Union):
                    yield from self._declared(value, target, place, use)
                elif isinstance(target, ir.Enum):
                    yield from self._enum(value, target, place, use)
                elif isinstance(target, ir.Nullable) or not isinstance(target, ir.Alias):
                    yield from self.problems(value, target, place, use)
            case ir.Primitive():
                yield from self._primitive(value, type_, place, use)
            case ir.Literal():
                if value != type_.value or isinstance(value, bool) != isinstance(type_.value, bool):
                    yield Problem(place, f"{_display(value)} is not {_display(type_.value)}", use)
            case ir.ListOf():
                yield from self._list(value, type_, place, use)
            case ir.MapOf():
                yield from self._map(value, type_, place, use)
            case ir.UnionOf():
                yield from self._one_of(value, type_.members, place, use)
            case ir.Unknown():
                return

    def _primitive(
        self, value: object, type_: ir.Primitive, place: Place, span: Span
    ) -> Iterator[Problem]:
        scalar = value if isinstance(value, str | int | float | bool) else None
        if not is_primitive(scalar, type_.kind):
            yield Problem(place, f"{_display(value)} is not {_SPOKEN[type_.kind]}", span)
            return
        limits = type_.constraints
        if limits is None:
            return
        if isinstance(scalar, str):
            yield from _length(scalar, limits, place, span)
        elif isinstance(scalar, int | float):
            yield from _range(scalar, limits, place, span)

    def _list(self, value: object, type_: ir.ListOf, place: Place, span: Span) -> Iterator[Problem]:
        if not is_list(value):
            yield Problem(place, f"{_display(value)} is not a list", span)
            return
        yield from number_of_items(value, type_.constraints, place, span)
        for index, item in enumerate(value):
            # The location of the list's schema, which contains that of its items.
            yield from self.problems(item, type_.item_at(index), (*place, index), span)

    def _map(self, value: object, type_: ir.MapOf, place: Place, span: Span) -> Iterator[Problem]:
        if not is_object(value):
            yield Problem(place, f"{_display(value)} is not an object", span)
            return
        for key, member in value.items():
            yield from self.problems(key_value(str(key), type_.key), type_.key, (*place, str(key)))
            yield from self.problems(member, type_.value, (*place, str(key)))

    def _enum(self, value: object, enum: ir.Enum, place: Place, span: Span) -> Iterator[Problem]:
        known = [value.value for value in enum.values]
        fits = any(value == x and isinstance(value, bool) == isinstance(x, bool) for x in known)
        if not fits:
            choices = ", ".join(_display(name) for name in known[:12])
            more = ", …" if len(known) > 12 else ""
            yield Problem(place, f"{_display(value)} is not one of {choices}{more}", span)

    def _declared(
        self, value: object, declaration: ir.Model | ir.Union, place: Place, span: Span
    ) -> Iterator[Problem]:
        if isinstance(declaration, ir.Union):
            yield from self._union(value, declaration, place, span)
        elif not is_object(value):
            yield Problem(place, f"{_display(value)} is not an object", span)
        else:
            fields = self._matcher.fields(declaration)
            yield from self.fields(value, fields, place, declaration.extra)

    def _union(self, value: object, union: ir.Union, place: Place, span: Span) -> Iterator[Problem]:
        if union.discriminator is None:
            types = [variant.type for variant in union.variants if variant.type is not None]
            yield from self._one_of(value, types, place, span)
            return
        untagged = [
            variant.type
            for variant in union.variants
            if variant.untagged and variant.type is not None
        ]
        if not is_object(value):
            if untagged:
                yield from self._one_of(value, untagged, place, span)
            else:
                yield Problem(place, f"{_display(value)} is not an object", span)
            return
        name = union.discriminator.property
        tagged = [variant for variant in union.variants if variant.tag == value.get(name)]
        if not tagged:
            tags = ", ".join(
                _display(variant.tag) for variant in union.variants[:12] if not variant.untagged
            )
            what = f"{_display(value[name])} is not" if name in value else "is missing: it must be"
            yield Problem((*place, name), f"{what} one of {tags}", union.discriminator.span)
            return
        yield from self.fields(value, self._matcher.fields(union), place, None)
        keyed = [
            variant for variant in tagged if variant.key is not None and variant.type is not None
        ]
        if keyed and keyed[0].key is not None and keyed[0].type is not None:
            member = value.get(keyed[0].key)
            yield from self.problems(member, keyed[0].type, (*place, keyed[0].key))
            return
        # The discriminator is not necessarily a property of the variant.
        types = [variant.type for variant in tagged if variant.type is not None]
        if types:
            yield from self._one_of(value, types, place, span)

    def _one_of(
        self, value: object, types: Sequence[ir.Type], place: Place, span: Span
    ) -> Iterator[Problem]:
        """The problems of the member that matches best."""
        best: list[Problem] | None = None
        for type_ in types:
            problems = list(self.problems(value, type_, place))
            if not problems:
                return
            # If the first problem is deep inside, the rest of the member matches.
            if best is None or _depth(problems) > _depth(best):
                best = problems
        if best is not None and (len(types) == 1 or _depth(best) > len(place)):
            yield from best
        elif best is not None:
            yield Problem(
                place, f"{_display(value)} is not one of the types that are allowed", span
            )

    def fields(
        self,
        value: Mapping[str, object],
        fields: Sequence[ir.Field],
        place: Place,
        extra: ir.Type | None,
    ) -> Iterator[Problem]:
        """The problems of the properties of an object in a request."""
        for field in fields:
            if field.name not in value:
                if field.required and field.access != "read-only":
                    yield Problem((*place, field.name), "is missing", field.span)
                continue
            held = value[field.name]
            if field.access == "read-only":
                continue
            yield from self.problems(held, field.type, (*place, field.name))
        if extra is not None:
            known = {field.name for field in fields}
            for key, member in value.items():
                if key not in known:
                    yield from self.problems(member, extra, (*place, str(key)))


def _depth(result: list[Problem]) -> int:
    return min(len(problem.place) for problem in result)


def _display(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"


def number_of_items(
    value: Sized, limits: ir.Constraints | None, place: Place, span: Span
) -> Iterator[Problem]:
    """Whether a list is too short or too long."""
    least = limits.min_items if limits else None
    most = limits.max_items if limits else None
    if least is not None and len(value) < least:
        yield Problem(place, f"has {_counted(len(value), 'item')}, of at least {least}", span)
    if most is not None and len(value) > most:
        yield Problem(place, f"has {_counted(len(value), 'item')}, of at most {most}", span)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _length(value: str, limits: ir.Constraints, place: Place, span: Span) -> Iterator[Problem]:
    if limits.min_length is not None and len(value) < limits.min_length:
        yield Problem(
            place,
            f"{_display(value)} is shorter than {_counted(limits.min_length, 'character')}",
            span,
        )
    if limits.max_length is not None and len(value) > limits.max_length:
        yield Problem(
            place,
            f"{_display(value)} is longer than {_counted(limits.max_length, 'character')}",
            span,
        )
    if limits.pattern is not None:
        pattern = _compiled(limits.pattern)
        if pattern is not None and not pattern.search(value):
            yield Problem(place, f"{_display(value)} does not match {limits.pattern}", span)


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern; None if Python does not support this ECMA 262 pattern."""
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return None


def _range(
    value: int | float, limits: ir.Constraints, place: Place, span: Span
) -> Iterator[Problem]:
    low, high = limits.minimum, limits.maximum
    if low is not None and (value < low or (limits.exclusive_minimum and value == low)):
        word = "not above" if limits.exclusive_minimum else "less than"
        yield Problem(place, f"{_display(value)} is {word} {low:g}", span)
    if high is not None and (value > high or (limits.exclusive_maximum and value == high)):
        word = "not below" if limits.exclusive_maximum else "more than"
        yield Problem(place, f"{_display(value)} is {word} {high:g}", span)
    step = limits.multiple_of
    if step:
        ratio = value / step
        if abs(ratio - round(ratio)) > 1e-9 * max(1.0, abs(ratio)):
            yield Problem(place, f"{_display(value)} is not a multiple of {step:g}", span)
