"""Values of the description that fit their types: invalid parts are replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

Direction = Literal["request", "response"]


class ValueFitter:
    """Fits values to types; `made_up` and `made_up_field` return a value for an invalid part."""

    def __init__(
        self,
        matcher: ValueMatcher,
        made_up: Callable[[ir.Type, str, Direction], ir.Json],
        made_up_field: Callable[[ir.Field, Direction], ir.Json],
    ) -> None:
        self._matcher = matcher
        self._made_up = made_up
        self._made_up_field = made_up_field

    def fit(self, value: ir.Json, type_: ir.Type, name: str, direction: Direction) -> ir.Json:
        """The value, with invalid parts replaced by generated ones; `name` is its property."""
        match type_:
            case ir.Primitive():
                if type_.kind == "string" and isinstance(value, int | float):
                    return str(value).lower() if isinstance(value, bool) else str(value)
                if type_.kind in ("float", "double") and is_primitive(value, "integer"):
                    return value
                if not is_primitive(value, type_.kind):
                    return self._made_up(type_, name, direction)
                # 1.0 is an integer, and is written as one.
                return int(value) if isinstance(value, float) and is_whole(type_) else value
            case ir.Literal():
                return type_.value
            case ir.Nullable():
                return None if value is None else self.fit(value, type_.item, name, direction)
            case ir.ListOf() if isinstance(value, tuple):
                if type_.positions and len(value) != len(type_.positions):
                    return self._made_up(type_, name, direction)
                return tuple(
                    self.fit(element, type_.item_at(index), name, direction)
                    for index, element in enumerate(value)
                )
            case ir.MapOf() if isinstance(value, Mapping):
                return {
                    key: self.fit(member, type_.value, name, direction)
                    for key, member in value.items()
                    if self._matcher.fits(key_value(key, type_.key), type_.key)
                }
            case ir.UnionOf():
                member = self._matcher.member(value, type_.members)
                return self.fit(value, member, name, direction)
            case ir.Ref():
                return self._fit_declared(value, type_, name, direction)
            case ir.Unknown():
                return value
            case _:
                return self._made_up(type_, name, direction)

    def _fit_declared(
        self, value: ir.Json, ref: ir.Ref, name: str, direction: Direction
    ) -> ir.Json:
        declaration = self._matcher.api.declarations[ref.id]
        match declaration:
            case ir.Alias():
                return self.fit(value, declaration.type, name, direction)
            case ir.Enum():
                if any(same(value, item.value) for item in declaration.values):
                    return value
            case ir.Model():
                if isinstance(value, Mapping):
                    return self.object(self._matcher.fields(declaration), value, direction)
            case ir.Union() if declaration.discriminator is None:
                member = self._matcher.member(value, variant_types(declaration))
                return self.fit(value, member, name, direction)
            case ir.Union():
                variant = self._matcher.variant(declaration, value)
                if variant is not None and variant.untagged and variant.type is not None:
                    return self.fit(value, variant.type, name, direction)
                if variant is not None and isinstance(value, Mapping):
                    return self._fit_variant(value, declaration, variant, direction)
        return self._made_up(ref, name, direction)

    def _fit_variant(
        self,
        value: Mapping[str, ir.Json],
        union: ir.Union,
        variant: ir.Variant,
        direction: Direction,
    ) -> ir.Json:
        common = self.object(self._matcher.fields(union), value, direction, keep=False)
        tag = tag_of(union, variant)
        if variant.type is None:
            return {**tag, **common}
        if variant.key is not None:
            property_value = value.get(variant.key)
            return {
                **tag,
                **common,
                variant.key: self.fit(property_value, variant.type, variant.key, direction),
            }
        return {**tag, **common, **mapping(self.fit(value, variant.type, "value", direction))}

    def object(
        self,
        fields: tuple[ir.Field, ...],
        value: Mapping[str, ir.Json],
        direction: Direction,
        keep: bool = True,
    ) -> dict[str, ir.Json]:
        """An object with the given values of some fields, and generated required fields."""
        properties: dict[str, ir.Json] = {}
        known = {field.name: field for field in fields}
        for key, property_value in value.items():
            if key in known:
                field = known[key]
                if not is_sent(field, direction) or (
                    property_value is None and not _nullable(field)
                ):
                    continue
                properties[key] = self.fit(property_value, field.type, key, direction)
            elif keep:
                properties[key] = property_value
        for field in fields:
            if field.required and field.name not in properties and is_sent(field, direction):
                properties[field.name] = self._made_up_field(field, direction)
        return properties


def tag_of(union: ir.Union, variant: ir.Variant) -> dict[str, ir.Json]:
    """The discriminator property of a variant; empty if it has none."""
    if union.discriminator is None or variant.tag is None:
        return {}
    return {union.discriminator.property: variant.tag}


def is_sent(field: ir.Field, direction: Direction) -> bool:
    """Whether requests or responses contain a property."""
    return field.access != ("read-only" if direction == "request" else "write-only")


def _nullable(field: ir.Field) -> bool:
    return isinstance(field.type, ir.Nullable | ir.Unknown)
