"""Builds the types of an API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from datamodel_code_generator.reference import Reference

from .. import ir
from ..imports import Import
from . import types
from .types import ANY, BOOL, BYTES, FLOAT, INT, NONE, STR, Type, named

_MOST_TYPES = 1_000
"""The maximum number of types that are kept to be used again: each takes 1.4 kilobytes."""

SCALARS: dict[ir.PrimitiveKind, Type] = {
    "string": STR,
    "integer": INT,
    "long": INT,
    "uint": INT,
    "uint64": INT,
    # JSON numbers beyond 2**53 are sent as strings (Fern's bigint).
    "bigint": STR,
    "float": FLOAT,
    "double": FLOAT,
    "boolean": BOOL,
    # Formats are types of the standard library, or strings: no dependencies, and no validation.
    "date": named("dt.date", Import("datetime", "", "dt")),
    "date-time": named("dt.datetime", Import("datetime", "", "dt")),
    "date-time-rfc-2822": STR,
    "uuid": named("uuid.UUID", Import("uuid")),
    "base64": STR,
    "bytes": BYTES,
}


class TypeBuilder:
    """Builds types under their usual names, which all modules share.

    `names` has the class name of each declaration and variant, by id. With `any_or_none`, a
    nullable value of any type is `Any | None`, as in Fern, instead of `Any`.
    """

    def __init__(self, names: Mapping[str, str], *, any_or_none: bool = False) -> None:
        self._names = names
        self._any_or_none = any_or_none
        self._cached = lru_cache(_MOST_TYPES)(self._build)
        self._cached_with_metadata = lru_cache(_MOST_TYPES)(self._build_with_metadata)

    def type_of(self, type_: ir.Type, argument: bool = False) -> Type:
        """The type of values of the API; for an `argument`, lists are sequences."""
        return self._cached(type_, argument)

    def with_metadata(self, type_: ir.Type, alias: str | None, may_be_missing: bool) -> Type:
        """The type of a field that has another name in JSON, as source code, or is a discriminator
        that a response may lack."""
        return self._cached_with_metadata(type_, alias, may_be_missing)

    def union(self, *members: Type) -> Type:
        """A union, in which Any includes None."""
        type_ = types.union(*members)
        return ANY if type_.alternatives == (ANY, NONE) and not self._any_or_none else type_

    def release(self) -> None:
        """Free the types that are kept."""
        self._cached.cache_clear()
        self._cached_with_metadata.cache_clear()

    def _build(self, type_: ir.Type, argument: bool) -> Type:
        match type_:
            case ir.Primitive():
                return SCALARS[type_.kind]
            case ir.Unknown():
                return ANY
            case ir.Literal(value=value):
                if value is None:
                    return NONE
                # PEP 586 does not allow literals of floats.
                return FLOAT if isinstance(value, float) else types.literals(value)
            case ir.ListOf() if type_.positions:
                return types.tuple_of(*(self.type_of(x, argument) for x in type_.positions))
            case ir.ListOf():
                item = self.type_of(type_.item, argument)
                if is_set(type_):
                    return Type(data_types=[item], is_set=True)
                return types.sequence_of(item) if argument else types.list_of(item)
            case ir.MapOf():
                key = self.type_of(type_.key, argument)
                return types.dict_of(key, self.type_of(type_.value, argument))
            case ir.Nullable():
                return self.union(self.type_of(type_.item, argument), NONE)
            case ir.UnionOf():
                members = (self.type_of(member, argument) for member in type_.members)
                return self.union(*members)
            case ir.Ref(id=id_):
                return Type(reference=Reference(path=id_, name=self._names[id_]))

    def _build_with_metadata(self, type_: ir.Type, alias: str | None, may_be_missing: bool) -> Type:
        annotation = self.type_of(type_)
        if may_be_missing:
            annotation = types.generic(types.core("constants", "OptionalTag"), annotation)
        if alias is None:
            return annotation
        field = named("pydantic.Field", Import("pydantic"))
        return types.annotated(annotation, field, f"alias={alias}")


def is_set(type_: ir.ListOf) -> bool:
    """Whether a list with unique items is a set: models are not hashable, so a list of models is a
    list."""
    return type_.unique and isinstance(type_.item, ir.Primitive | ir.Literal)
