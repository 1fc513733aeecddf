"""Example values for the types of an API, from its description or made up by fixed rules."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Literal

from .. import ir
from ..queries.value_matching import (
    ValueMatcher,
    is_primitive,
    is_whole,
    key_value,
    mapping,
    same,
    variant_types,
)
from . import asserted as assertions
from .asserted import Asserted
from .constrained_values import MADE_UP, constrained, encoded, items_wanted
from .distinct_values import distinct
from .object_properties import completed

Direction = Literal["request", "response"]

MAX_VALUES = 300
MAX_NESTING = 12
"""How many values, and how many objects in each other, an example has. Without a bound, two required
fields of the next model double it with each level."""


class Elided(str):
    """What stands for an object that an example leaves out; a text, so that it can be printed."""


ELIDED = Elided("...")

MAX_ITEMS = 100
"""How many items a list has at most, counted together with those of the lists that hold it."""

_NOTHING = Asserted()

OPTIONAL_DEPTH = 2
"""How many levels of models of a response that is made up show their optional properties."""


class _Endless(Exception):
    """A value of this type would have to contain a value of this type."""


class Samples:
    """Gives JSON values for the types of one API: the same values for the same description.

    What the description gives as an example is kept as far as it fits its type; what is missing
    is made up. A request has what is required and what its example has, a response also shows
    optional properties.
    """

    def __init__(self, matcher: ValueMatcher) -> None:
        self.matcher = matcher
        self._declarations = matcher.api.declarations
        self._models: dict[tuple[str, Direction, int], tuple[ir.Json, int]] = {}
        # Of the value that is being made: how many values it has, how deep this one is, and how
        # often something was left out.
        self._made = self._nesting = self._elided = 0
        self._copies = 1

    def value(self, type_: ir.Type, name: str, direction: Direction) -> ir.Json:
        """A value of a type; `name` is what holds it. Null where no finite value exists."""
        return self._whole(type_, name, direction, OPTIONAL_DEPTH if direction == "response" else 0)

    def parameter(self, type_: ir.Type, name: str) -> ir.Json:
        """A value that a URL or a header can carry: an object without properties is nothing there."""
        made = self._whole(type_, name, "request", 0)
        empty: tuple[ir.Json, ...] = ({}, ({},))
        return self._whole(type_, name, "request", 1) if made in empty else made

    def _whole(self, type_: ir.Type, name: str, direction: Direction, depth: int) -> ir.Json:
        self._made = self._nesting = 0
        self._copies = 1
        try:
            return self._make(type_, name, direction, depth, ())
        except _Endless:
            return None

    def _make(
        self, type_: ir.Type, name: str, direction: Direction, depth: int, within: tuple[str, ...]
    ) -> ir.Json:
        match type_:
            case ir.Primitive():
                made = MADE_UP.get(type_.kind, name)
                if type_.kind == "base64":
                    return encoded(str(made), type_.constraints)
                if type_.kind != "string" and isinstance(made, str):
                    return made
                return constrained(made, type_.constraints, is_whole(type_))
            case ir.Literal():
                return type_.value
            case ir.Nullable():
                try:
                    return self._make(type_.item, name, direction, depth, within)
                except _Endless:
                    return None
            case ir.ListOf():
                return self._list(type_, name, direction, depth, within)
            case ir.MapOf():
                return self._map(type_, name, direction, depth, within)
            case ir.UnionOf():
                return self._first(type_.members, name, direction, depth, within)
            case ir.Ref():
                return self._declared(type_.id, name, direction, depth, within)
            case ir.Unknown():
                said = assertions.read(type_.assertions)
                return said.values[0] if said.values else {"key": "value"}

    def _list(
        self,
        type_: ir.ListOf,
        name: str,
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
    ) -> tuple[ir.Json, ...]:
        """A list of two scalars or of one other value, or of as many as it needs."""
        said = assertions.read(type_.assertions)
        unique = type_.unique or said.unique
        # The items of the lists in a list multiply.
        most = max(2, MAX_ITEMS // self._copies)
        least = min(items_wanted(1, type_.constraints), most)
        self._copies, copies = self._copies * max(least, 1), self._copies
        try:
            item = self._make(type_.item, name, direction, depth, within)
        except _Endless:
            return ()
        finally:
            self._copies = copies
        usual = 2 if not unique and not isinstance(item, tuple | Mapping) else 1
        count = min(items_wanted(usual, type_.constraints), most)
        if said.prefix:
            first = tuple(assertions.simple_value(each, name) for each in said.prefix)
            return (*first, *(item,) * (count - len(first)))
        items = distinct(self.matcher, type_.item, item, count) if unique else (item,) * count
        return (*said.contained, *items)[: max(count, 1)] if said.contained else items[:count]

    def _map(
        self,
        type_: ir.MapOf,
        name: str,
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
    ) -> dict[str, ir.Json]:
        """An object of one key, or of as many as it needs."""
        said = assertions.read(type_.assertions)
        if said.max_properties == 0:
            return {}
        try:
            value = self._make(type_.value, name, direction, depth, within)
        except _Endless:
            return {}
        if said.required:
            return dict.fromkeys(said.required, value)
        key = type_.key
        if said.key_patterns:
            key = ir.Primitive("string", ir.Constraints(pattern=said.key_patterns[0]))
        first = self._make(key, name, direction, depth, within)
        count = min(max(said.min_properties, 1), MAX_ITEMS)
        keys = distinct(self.matcher, key, first, count)
        return {str(each): value for each in keys}

    def _first(
        self,
        members: tuple[ir.Type, ...],
        name: str,
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
    ) -> ir.Json:
        for member in members:
            try:
                return self._make(member, name, direction, depth, within)
            except _Endless:
                continue
        raise _Endless

    def _declared(
        self, id_: str, name: str, direction: Direction, depth: int, within: tuple[str, ...]
    ) -> ir.Json:
        if id_ in within:
            raise _Endless
        declaration = self._declarations[id_]
        for example in declaration.examples:
            if self.matcher.fits(example.value, ir.Ref(id_)):
                return self.fit(example.value, ir.Ref(id_), name, direction)
        # With a depth, recursion ends by itself: the value depends on nothing around it.
        inside = (*within, id_) if depth == 0 else within
        match declaration:
            case ir.Alias():
                return self._make(declaration.type, name, direction, depth, (*within, id_))
            case ir.Enum():
                return (declaration.default or declaration.values[0]).value
            case ir.Union():
                return self._variant(declaration, name, direction, depth, (*within, id_))
            case ir.Model():
                return self._model(declaration, direction, depth, inside)

    def _model(
        self, declaration: ir.Model, direction: Direction, depth: int, within: tuple[str, ...]
    ) -> ir.Json:
        """An object; where the example is long or deep enough, what stands for the rest of it."""
        if self._made >= MAX_VALUES or self._nesting >= MAX_NESTING:
            self._elided += 1
            return ELIDED
        key = (declaration.id, direction, depth)
        if depth > 0 and key in self._models:
            known, size = self._models[key]
            self._made += size
            return known
        before, elided = self._made, self._elided
        self._nesting += 1
        try:
            fields = self.matcher.fields(declaration)
            inside = max(depth - 1, 0)
            made = self._fields(fields, direction, inside, within, depth > 0)
            said = assertions.of_model(self.matcher, declaration)
            if said != _NOTHING:
                extra = declaration.extra
                made = self._completed(made, fields, extra, said, direction, inside, within)
        finally:
            self._nesting -= 1
        if depth > 0 and elided == self._elided:
            self._models[key] = (made, self._made - before)
        return made

    def _fields(
        self,
        fields: tuple[ir.Field, ...],
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
        optional: bool,
    ) -> dict[str, ir.Json]:
        made: dict[str, ir.Json] = {}
        for field in fields:
            if not _travels(field, direction) or not (field.required or optional):
                continue
            self._made += 1
            try:
                made[field.name] = self._field(field, direction, depth, within)
            except _Endless:
                if field.required:
                    raise
        return made

    def completed(
        self, made: Mapping[str, ir.Json], body: ir.Body, direction: Direction
    ) -> dict[str, ir.Json]:
        """A body that was made up of its fields, with what its assertions ask for."""
        said = assertions.read(body.assertions)
        return self._completed(made, body.fields, body.extra, said, direction, 0, ())

    def _completed(
        self,
        made: Mapping[str, ir.Json],
        fields: tuple[ir.Field, ...],
        extra: ir.Type | None,
        said: Asserted,
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
    ) -> dict[str, ir.Json]:
        """An object with the properties that assertions ask for, without those they forbid."""
        known = {field.name: field for field in fields if _travels(field, direction)}

        def value(name: str) -> ir.Json:
            if name in known:
                return self._field(known[name], direction, depth, within)
            return self._make(extra or ir.Unknown(), name, direction, depth, within)

        def add(found: dict[str, ir.Json], name: str) -> None:
            with contextlib.suppress(_Endless):
                found[name] = value(name)

        required = {name for name, field in known.items() if field.required}
        return completed(made, said, [*known], required, add, extra is not None, MAX_ITEMS)

    def _field(
        self, field: ir.Field, direction: Direction, depth: int, within: tuple[str, ...]
    ) -> ir.Json:
        for known in (field.example, field.default):
            if (
                known is not None
                and known.value is not None
                and self.matcher.fits(known.value, field.type)
            ):
                return self.fit(known.value, field.type, field.name, direction)
        return self._make(field.type, field.name, direction, depth, within)

    def _variant(
        self,
        union: ir.Union,
        name: str,
        direction: Direction,
        depth: int,
        within: tuple[str, ...],
    ) -> ir.Json:
        for variant in union.variants:
            try:
                common = self._fields(self.matcher.fields(union), direction, depth, within, False)
                if variant.type is None:
                    return {**common, **_tagged(union, variant)}
                value = self._make(variant.type, name, direction, depth, within)
            except _Endless:
                continue
            if union.discriminator is None or variant.bare:
                return value
            if variant.key is not None:
                return {**_tagged(union, variant), **common, variant.key: value}
            return {**_tagged(union, variant), **common, **mapping(value)}
        raise _Endless

    def fit(self, value: ir.Json, type_: ir.Type, name: str, direction: Direction) -> ir.Json:
        """The value with what does not fit its type replaced by something that does."""
        match type_:
            case ir.Primitive():
                if type_.kind == "string" and isinstance(value, int | float):
                    return str(value).lower() if isinstance(value, bool) else str(value)
                if type_.kind in ("float", "double") and is_primitive(value, "integer"):
                    return value
                if not is_primitive(value, type_.kind):
                    return self.value(type_, name, direction)
                # 1.0 is an integer, and is written as one.
                return int(value) if isinstance(value, float) and is_whole(type_) else value
            case ir.Literal():
                return type_.value
            case ir.Nullable():
                return None if value is None else self.fit(value, type_.item, name, direction)
            case ir.ListOf() if isinstance(value, tuple):
                return tuple(self.fit(each, type_.item, name, direction) for each in value)
            case ir.MapOf() if isinstance(value, Mapping):
                return {
                    key: self.fit(each, type_.value, name, direction)
                    for key, each in value.items()
                    if self.matcher.fits(key_value(key, type_.key), type_.key)
                }
            case ir.UnionOf():
                member = self.matcher.member(value, type_.members)
                return self.fit(value, member, name, direction)
            case ir.Ref():
                return self._fit_declared(value, type_, name, direction)
            case ir.Unknown():
                return value
            case _:
                return self.value(type_, name, direction)

    def _fit_declared(
        self, value: ir.Json, ref: ir.Ref, name: str, direction: Direction
    ) -> ir.Json:
        declaration = self._declarations[ref.id]
        match declaration:
            case ir.Alias():
                return self.fit(value, declaration.type, name, direction)
            case ir.Enum():
                if any(same(value, each.value) for each in declaration.values):
                    return value
            case ir.Model():
                if isinstance(value, Mapping):
                    return self.object_(self.matcher.fields(declaration), value, direction)
            case ir.Union() if declaration.discriminator is None:
                member = self.matcher.member(value, variant_types(declaration))
                return self.fit(value, member, name, direction)
            case ir.Union():
                variant = self.matcher.variant(declaration, value)
                if variant is not None and variant.bare and variant.type is not None:
                    return self.fit(value, variant.type, name, direction)
                if variant is not None and isinstance(value, Mapping):
                    return self._fit_variant(value, declaration, variant, direction)
        return self.value(ref, name, direction)

    def _fit_variant(
        self,
        value: Mapping[str, ir.Json],
        union: ir.Union,
        variant: ir.Variant,
        direction: Direction,
    ) -> ir.Json:
        common = self.object_(self.matcher.fields(union), value, direction, keep=False)
        tag = _tagged(union, variant)
        if variant.type is None:
            return {**tag, **common}
        if variant.key is not None:
            held = value.get(variant.key)
            return {
                **tag,
                **common,
                variant.key: self.fit(held, variant.type, variant.key, direction),
            }
        return {**tag, **common, **mapping(self.fit(value, variant.type, "value", direction))}

    def object_(
        self,
        fields: tuple[ir.Field, ...],
        value: Mapping[str, ir.Json],
        direction: Direction,
        keep: bool = True,
    ) -> dict[str, ir.Json]:
        """An object with what a value gives of some fields, and what they require."""
        made: dict[str, ir.Json] = {}
        known = {field.name: field for field in fields}
        for key, held in value.items():
            if key in known:
                field = known[key]
                if not _travels(field, direction) or (held is None and not _nullable(field)):
                    continue
                made[key] = self.fit(held, field.type, key, direction)
            elif keep:
                made[key] = held
        for field in fields:
            if field.required and field.name not in made and _travels(field, direction):
                try:
                    made[field.name] = self._field(field, direction, 0, ())
                except _Endless:
                    made[field.name] = None
        return made


def _tagged(union: ir.Union, variant: ir.Variant) -> dict[str, ir.Json]:
    if union.discriminator is None or variant.tag is None:
        return {}
    return {union.discriminator.property: variant.tag}


def _travels(field: ir.Field, direction: Direction) -> bool:
    return field.access != ("read-only" if direction == "request" else "write-only")


def _nullable(field: ir.Field) -> bool:
    return isinstance(field.type, ir.Nullable | ir.Unknown)
