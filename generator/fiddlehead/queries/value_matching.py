"""Checks whether JSON values are valid for the types of an API."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from .. import ir
from . import lookup
from .lookup import Declares

_KINDS: dict[str, type] = {
    "boolean": bool,
    "integer": int,
    "long": int,
    "uint": int,
    "uint64": int,
    "float": float,
    "double": float,
}
"""The Python types of JSON values for primitives other than strings."""


_WHOLE = frozenset({"integer", "long", "uint", "uint64"})


def is_whole(type_: ir.Type | ir.Declaration) -> bool:
    """Whether the values of a type are integers."""
    return isinstance(type_, ir.Primitive) and type_.kind in _WHOLE


class ValueMatcher:
    """Checks values against the types of one API."""

    def __init__(self, api: Declares) -> None:
        self.api = api
        self._fields: dict[str, tuple[ir.Field, ...]] = {}

    def fields(self, declaration: ir.Model | ir.Union) -> tuple[ir.Field, ...]:
        """The fields of a model, inherited ones first, without duplicates."""
        if declaration.id not in self._fields:
            self._fields[declaration.id] = tuple(lookup.fields(self.api, declaration))
        return self._fields[declaration.id]

    def resolved(self, type_: ir.Type) -> ir.Declaration | ir.Type:
        """A type after resolving aliases."""
        return lookup.resolved(self.api, type_)

    def fits(self, value: ir.Json, type_: ir.Type, seen: tuple[str, ...] = ()) -> bool:
        """Whether a value is valid for its type; unknown properties are ignored."""
        match type_:
            case ir.Primitive():
                return is_primitive(value, type_.kind)
            case ir.Literal():
                return value == type_.value and isinstance(value, bool) == isinstance(
                    type_.value, bool
                )
            case ir.Nullable():
                return value is None or self.fits(value, type_.item, seen)
            case ir.ListOf():
                return (
                    isinstance(value, tuple)
                    and len(value) == len(type_.positions or value)
                    and all(self.fits(x, type_.item_at(i)) for i, x in enumerate(value))
                )
            case ir.MapOf():
                return isinstance(value, Mapping) and all(
                    self.fits(key_value(key, type_.key), type_.key) and self.fits(item, type_.value)
                    for key, item in value.items()
                )
            case ir.UnionOf():
                return any(self.fits(value, member, seen) for member in type_.members)
            case ir.Ref():
                declaration = self.api.declarations.get(type_.id)
                if declaration is None:
                    return True
                return type_.id not in seen and self._fits_declared(
                    value, declaration, (*seen, type_.id)
                )
            case ir.Unknown():
                return True

    def fits_resolved(self, value: ir.Json, resolved: ir.Type | ir.Declaration) -> bool:
        """The same for a resolved type."""
        if isinstance(resolved, ir.Model | ir.Enum | ir.Union | ir.Alias):
            return self._fits_declared(value, resolved, ())
        return self.fits(value, resolved)

    def _fits_declared(
        self, value: ir.Json, declaration: ir.Declaration, seen: tuple[str, ...]
    ) -> bool:
        match declaration:
            case ir.Alias():
                return self.fits(value, declaration.type, seen)
            case ir.Enum():
                return any(same(value, item.value) for item in declaration.values)
            case ir.Model():
                return self._fits_fields(value, self.fields(declaration))
            case ir.Union() if declaration.discriminator is None:
                return any(
                    variant.type is not None and self.fits(value, variant.type, seen)
                    for variant in declaration.variants
                )
            case ir.Union():
                variant = self.variant(declaration, value)
                if variant is None:
                    return False
                if variant.untagged and variant.type is not None:
                    return self.fits(value, variant.type, seen)
                if not self._fits_fields(value, self.fields(declaration)) or variant.type is None:
                    return variant.type is None
                if variant.key is None:
                    return self.fits(value, variant.type, seen)
                return self.fits(mapping(value).get(variant.key), variant.type)

    def _fits_fields(self, value: ir.Json, fields: tuple[ir.Field, ...]) -> bool:
        if not isinstance(value, Mapping):
            return False
        for field in fields:
            property_value = value.get(field.name)
            if field.name not in value or (property_value is None and not field.required):
                if field.required and field.access is None:
                    return False
            elif not self.fits(property_value, field.type):
                return False
        return True

    def variant(self, union: ir.Union, value: ir.Json) -> ir.Variant | None:
        """The variant that a value of a discriminated union selects. A value without a
        discriminator value belongs to a variant that is not an object."""
        if union.discriminator is None:
            return None
        if isinstance(value, Mapping):
            tag = value.get(union.discriminator.property)
            candidates = [variant for variant in union.variants if variant.tag == tag]
        else:
            candidates = [variant for variant in union.variants if variant.untagged]
        fitting = (
            candidate
            for candidate in candidates
            if len(candidates) > 1
            and candidate.type is not None
            and self.fits(value, candidate.type)
        )
        return next(fitting, candidates[0] if candidates else None)

    def member(self, value: ir.Json, members: tuple[ir.Type, ...]) -> ir.Type:
        """The member of an undiscriminated union that matches a value best."""
        fitting = [member for member in members if self.fits(value, member)]
        if fitting:
            return max(fitting, key=lambda type_: self._named(value, type_))
        kind = type(value) if not isinstance(value, Mapping) else dict
        return next((member for member in members if self._kind(member) is kind), members[0])

    def _named(self, value: ir.Json, type_: ir.Type) -> int:
        """The number of properties of a value that a type defines."""
        what = self.resolved(type_)
        if isinstance(what, ir.Nullable):
            return self._named(value, what.item)
        if isinstance(what, ir.Union | ir.UnionOf):
            members = what.members if isinstance(what, ir.UnionOf) else variant_types(what)
            return max((self._named(value, member) for member in members), default=0)
        if isinstance(what, ir.Model) and isinstance(value, Mapping):
            return 1 + sum(1 for field in self.fields(what) if field.name in value)
        return -1 if isinstance(what, ir.Unknown) else 0

    def _kind(self, type_: ir.Type) -> type | None:
        what = self.resolved(type_)
        if isinstance(what, ir.Nullable):
            return self._kind(what.item)
        if isinstance(what, ir.ListOf):
            return tuple
        if isinstance(what, ir.Model | ir.MapOf):
            return dict
        if isinstance(what, ir.Enum):
            return type(what.values[0].value)
        if isinstance(what, ir.Literal):
            return type(what.value)
        return _KINDS.get(what.kind, str) if isinstance(what, ir.Primitive) else None


def variant_types(union: ir.Union) -> tuple[ir.Type, ...]:
    """The types of the variants, if they have one."""
    return tuple(variant.type for variant in union.variants if variant.type is not None)


def mapping(value: ir.Json) -> Mapping[str, ir.Json]:
    """The value if it is an object, otherwise an empty one."""
    return value if isinstance(value, Mapping) else {}


def same(value: ir.Json, known: ir.Scalar) -> bool:
    return value == known and isinstance(value, bool) == isinstance(known, bool)


def key_value(key: str, type_: ir.Type) -> ir.Json:
    """The key of a map as a value of the key type: in JSON, keys are strings."""
    numeric = isinstance(type_, ir.Primitive) and type_.kind in ("integer", "long", "uint")
    return int(key) if numeric and key.lstrip("-").isdecimal() else key


def is_primitive(value: ir.Json, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in _WHOLE:
        # 1.0 is an integer in JSON Schema (draft 2020-12, validation, section 6.1.1).
        is_integer = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return is_integer and not isinstance(value, bool)
    if kind in ("float", "double"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    try:
        if kind == "date":
            dt.date.fromisoformat(value)
        elif kind == "date-time":
            moment(value)
        elif kind == "date-time-rfc-2822":
            parsedate_to_datetime(value)
        elif kind == "uuid":
            uuid.UUID(value)
    except (ValueError, TypeError):
        return False
    return True


def moment(text: str) -> dt.datetime:
    """The value of an RFC 3339 date-time; raises ValueError if it is invalid.

    Before Python 3.11, `datetime.fromisoformat` supports neither `Z` nor fractions with other than
    three or six digits.
    """
    head, dot, tail = text.replace("Z", "+00:00").replace("z", "+00:00").partition(".")
    if dot:
        digits = len(tail) - len(tail.lstrip("0123456789"))
        head += "." + tail[:digits][:6].ljust(6, "0") + tail[digits:]
    if "T" not in head and " " not in head:
        raise ValueError(text)
    return dt.datetime.fromisoformat(head)
