"""Compares two types, from the point of view of the requests or responses that contain them."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir, queries
from ..frozen import replace
from .constraints import compare_assertions, compare_constraints, contains, relation
from .finding_collector import Collector
from .property_changes import (
    compare_access,
    compare_defaults,
    compare_property,
    hidden_access,
    property_added,
    property_removed,
)
from .type_display import (
    Core,
    Fingerprints,
    all_assertions,
    display_name,
    fields_by_name,
    json_text,
    keeps_unknown,
    members,
    type_text,
    values,
)
from .union_matching import pair
from .value_location import ValueLocation


class SchemaComparer:
    """Compares types of two APIs; a pair of named schemas is compared once for each direction."""

    def __init__(self, old: ir.Api, new: ir.Api, collector: Collector) -> None:
        self._old, self._new, self._collector = old, new, collector
        self._old_shapes, self._new_shapes = Fingerprints(old), Fingerprints(new)
        self._open: set[tuple[str, str]] = set()

    def compare(self, old: ir.Type, new: ir.Type, at: ValueLocation) -> None:
        """Find differences between two types at the same location."""
        before, after = _non_null(old), _non_null(new)
        if isinstance(before, ir.Ref) and isinstance(after, ir.Ref) and before.id == after.id:
            self._nullable(old is not before, new is not after, at)
            declared = self._old.declarations.get(before.id)
            if declared is not None and after.id in self._new.declarations:
                # A named schema is reported under its own name, for all its uses.
                if declared.owner is None:
                    at = ValueLocation(
                        display_name(declared),
                        at.direction,
                        "property",
                        declared.span,
                        self._new.declarations[after.id].span,
                    )
                with self._collector.inside(
                    ("schemas", before.id, after.id, at.direction)
                ) as first:
                    if first:
                        self._resolved(before, after, at)
            return
        if isinstance(before, ir.Ref) and isinstance(after, ir.Ref):
            names = (before.id, after.id)
            if names not in self._open:
                # Aliases can be recursive: a pair that is already being compared is not compared
                # again.
                self._open.add(names)
                self._resolved(old, new, at)
                self._open.discard(names)
            return
        self._resolved(old, new, at)

    def _resolved(self, old: ir.Type, new: ir.Type, at: ValueLocation) -> None:
        before, was_nullable = queries.resolved_with_null(self._old, old)
        after, is_nullable = queries.resolved_with_null(self._new, new)
        self._nullable(was_nullable, is_nullable, at)
        self._core(before, after, at)

    def _nullable(self, was: bool, now: bool, at: ValueLocation) -> None:
        if was != now:
            suffix = "became-nullable" if now else "became-not-nullable"
            text = "is now nullable" if now else "is no longer nullable"
            self._collector.add_at(at, suffix, f"'{at.location}' {text}")

    def _core(self, old: Core, new: Core, at: ValueLocation) -> None:
        if isinstance(old, ir.Model | ir.Union) and isinstance(new, ir.Model | ir.Union):
            with self._collector.inside(
                ("schemas", old.id, new.id, f"{at.direction} shape")
            ) as first:
                if first:
                    self._assertions(old, new, at)
                    self._declared(old, new, at)
            return
        self._assertions(old, new, at)
        if isinstance(old, ir.Enum) and isinstance(new, ir.Enum):
            compare_defaults(self._collector, at, old.default, new.default)
        old_values, new_values = values(old), values(new)
        if old_values is not None and new_values is not None:
            self._enum(old_values, new_values, at)
        elif members(old) is not None or members(new) is not None:
            self._union(old, new, at)
        elif (
            isinstance(old, ir.ListOf)
            and isinstance(new, ir.ListOf)
            and len(old.positions) == len(new.positions)
        ):
            compare_constraints(self._collector, at, old.constraints, new.constraints)
            if old.unique != new.unique:
                text = "must now be unique" if new.unique else "may now repeat"
                self._collector.add_at(
                    at, "constraint-changed", f"The items of '{at.location}' {text}"
                )
            self.compare(old.item, new.item, at.items())
            for index, pair in enumerate(zip(old.positions, new.positions, strict=True)):
                self.compare(*pair, at.items(index))
        elif isinstance(old, ir.MapOf) and isinstance(new, ir.MapOf):
            self.compare(old.value, new.value, at.values())
        elif (
            isinstance(old, ir.Primitive) and isinstance(new, ir.Primitive) and old.kind == new.kind
        ):
            compare_constraints(self._collector, at, old.constraints, new.constraints)
        elif not (isinstance(old, ir.Unknown) and isinstance(new, ir.Unknown)):
            self._other(old, new, at)

    def _assertions(self, old: Core, new: Core, at: ValueLocation) -> None:
        before, after = all_assertions(self._old, old), all_assertions(self._new, new)
        compare_assertions(self._collector, at, before, after)

    def _declared(
        self, old: ir.Model | ir.Union, new: ir.Model | ir.Union, at: ValueLocation
    ) -> None:
        if isinstance(old, ir.Model) and isinstance(new, ir.Model):
            before, after = fields_by_name(self._old, old), fields_by_name(self._new, new)
            # Unions send the discriminator, whether or not the model declares it.
            for name in queries.discriminators(self._old, old):
                after.pop(name, None)
            for name in queries.discriminators(self._new, new):
                before.pop(name, None)
            self.compare_fields(before, after, at)
            self.compare_extra(old.extra, new.extra, at)
            return
        if isinstance(old, ir.Union) and isinstance(new, ir.Union):
            self.compare_fields(fields_by_name(self._old, old), fields_by_name(self._new, new), at)
            self._discriminator(old, new, at)
        self._union(old, new, at)

    def _other(self, old: Core, new: Core, at: ValueLocation) -> None:
        before, after = type_text(self._old, old), type_text(self._new, new)
        change = relation(old, new)
        message = f"'{at.location}' was {before} and is {after}"
        request = at.direction == "request"
        if change == "chosen":
            suffix = "became-enum"
        elif change == "opened":
            suffix = "became-not-enum"
        elif change == "width" and not (request and contains(new, old)):
            # Python and JSON numbers have no size.
            suffix = "constraint-changed"
        elif change in ("wider", "width") and request:
            suffix = "type-generalized"
        elif change == "narrower" and not request:
            suffix = "type-specialized"
        else:
            suffix = "type-changed"
        self._collector.add_at(at, suffix, message, before, after)

    # --- fields ------------------------------------------------------------------------------

    def compare_fields(
        self, old: Mapping[str, ir.Field], new: Mapping[str, ir.Field], at: ValueLocation
    ) -> None:
        """Find differences between the properties of two objects."""
        hidden = hidden_access(at.direction)
        for name, before in old.items():
            where = at.property(name)
            after = new.get(name)
            if after is None:
                if before.access != hidden:
                    property_removed(
                        self._collector, self._old, before, replace(where, old=before.span)
                    )
                continue
            where = replace(where, old=before.span, new=after.span)
            compare_access(self._collector, before, after, where)
            if before.access == after.access == hidden:
                continue
            compare_property(self._collector, before, after, where)
            self.compare(before.type, after.type, where)
        for name, after in new.items():
            if name not in old and after.access != hidden:
                property_added(
                    self._collector, self._new, after, replace(at.property(name), new=after.span)
                )

    def compare_extra(self, old: ir.Type | None, new: ir.Type | None, at: ValueLocation) -> None:
        """Find whether the type of additional properties changed."""
        if old is not None and new is not None:
            self.compare(old, new, at.values())
        elif old != new and not isinstance(old or new, ir.Unknown):
            before, after = type_text(self._old, old), type_text(self._new, new)
            self._collector.add(
                f"{at.direction}-additional-properties-changed",
                at.location,
                f"Additional properties of '{at.location}' were {before} and are {after}",
                old=at.old,
                new=at.new,
                before=before,
                after=after,
            )

    # --- choices -----------------------------------------------------------------------------

    def _enum(
        self, old: tuple[ir.EnumValue, ...], new: tuple[ir.EnumValue, ...], at: ValueLocation
    ) -> None:
        before = {_token(value.value): value for value in old}
        after = {_token(value.value): value for value in new}
        for token, value in before.items():
            if token not in after:
                where = replace(at, old=value.span)
                shown_value = json_text(value.value)
                self._collector.add_at(
                    where,
                    "enum-value-removed",
                    f"The value {shown_value} of '{at.location}' was removed",
                    shown_value,
                )
        for token, value in after.items():
            if token not in before:
                where = replace(at, new=value.span)
                shown_value = json_text(value.value)
                self._collector.add_at(
                    where,
                    "enum-value-added",
                    f"The value {shown_value} of '{at.location}' was added",
                    None,
                    shown_value,
                )

    def _union(self, old: Core, new: Core, at: ValueLocation) -> None:
        before = list(members(old) or (_variant(old),))
        after = list(members(new) or (_variant(new),))
        pairs, removed, added = pair(before, after, self._old_shapes, self._new_shapes)
        alone = members(old) is None or members(new) is None
        if alone and not pairs:
            self._other(old, new, at)
            return
        is_open = keeps_unknown(self._old, old, self._new)
        for one, other in pairs:
            where = replace(at, location=f"{at.location}<{one.tag}>") if one.tag else at
            if one.type is not None and other.type is not None:
                self.compare(one.type, other.type, where)
            elif one.type != other.type:
                self._collector.add_at(
                    at,
                    "type-changed",
                    f"The variant '{one.tag}' of '{at.location}' changed",
                    type_text(self._old, one.type),
                    type_text(self._new, other.type),
                )
        for one in removed:
            name = one.tag or type_text(self._old, one.type)
            self._collector.add_at(
                replace(at, old=one.span),
                "one-of-removed",
                f"'{at.location}' is no longer {name}",
                name,
            )
        for one in added:
            name = one.tag or type_text(self._new, one.type)
            # The runtime keeps an object that is not a variant, and the annotation includes it.
            stays_open = at.direction == "response" and is_open(one)
            self._collector.add_at(
                replace(at, new=one.span),
                "variant-added" if stays_open else "one-of-added",
                f"'{at.location}' can now be {name}",
                None,
                name,
            )

    def _discriminator(self, old: ir.Union, new: ir.Union, at: ValueLocation) -> None:
        before, after = old.discriminator, new.discriminator
        if before is None or after is None:
            if before is not after:
                change = "added" if after else "removed"
                text = f"'{at.location}' {'now' if after else 'no longer'} has a discriminator"
                self._collector.add_at(at, f"discriminator-{change}", text)
            return
        if (before.property, before.context) != (after.property, after.context):
            text = f"The discriminator of '{at.location}' was '{before.property}' and is '{after.property}'"
            self._collector.add_at(
                at, "discriminator-property-name-changed", text, before.property, after.property
            )
        tags = {variant.tag: variant for variant in old.variants}
        for variant in new.variants:
            former = tags.get(variant.tag)
            if former is None or former.type is None or variant.type is None:
                continue
            a, b = self._old_shapes.of(former.type), self._new_shapes.of(variant.type)
            if former.type != variant.type and a != b:
                self._collector.add_at(
                    replace(at, old=former.span, new=variant.span),
                    "discriminator-mapping-changed",
                    f"The type of '{variant.tag}' of '{at.location}' changed",
                    type_text(self._old, former.type),
                    type_text(self._new, variant.type),
                )


def _non_null(type_: ir.Type) -> ir.Type:
    return type_.item if isinstance(type_, ir.Nullable) else type_


def _token(value: str | int | float) -> str:
    # True == 1 == 1.0 in Python, but they are different JSON values.
    return f"{type(value).__name__}:{value}"


def _variant(core: Core) -> ir.Variant:
    if isinstance(core, ir.Model | ir.Enum | ir.Union):
        return ir.Variant(ir.Ref(core.id, span=core.span), span=core.span)
    return ir.Variant(core, span=core.span)
