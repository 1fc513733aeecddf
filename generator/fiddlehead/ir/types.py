"""The types of values: primitives, literals, lists, maps, unions and references to declarations."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Constraints:
    """JSON Schema's assertions on a value: documented, compared in reviews, never enforced."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    min_items: int | None = None
    max_items: int | None = None


Assertions: TypeAlias = tuple[tuple[str, str], ...]
"""(keyword of JSON Schema, its value as JSON) of what narrows a type without being one, such as
`uniqueItems`: compared in reviews, never enforced, and no part of what makes two types equal."""


PrimitiveKind: TypeAlias = OneOf[
    "string",
    "integer",
    "long",
    "uint",
    "uint64",
    "bigint",
    "float",
    "double",
    "boolean",
    "date",
    "date-time",
    "date-time-rfc-2822",
    "uuid",
    "base64",
    "bytes",
]


@dataclass(frozen=True, slots=True)
class Primitive:
    kind: PrimitiveKind
    constraints: Constraints | None = None
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, eq=False, slots=True)
class Literal:
    """A value that can only be this one (`const`, an enum of one, Fern's `literal<…>`).

    `1`, `1.0` and `true` are three literals, though Python has them equal. None is JSON null.
    """

    value: str | int | float | bool | None
    span: Span = field(default=NOWHERE, repr=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class ListOf:
    item: Type
    unique: bool = False
    constraints: Constraints | None = None
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class MapOf:
    key: Type
    value: Type
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Nullable:
    """A value that may be JSON null; whether it may be left out is said by what holds it."""

    item: Type
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """A use of a declaration, by its id in `Api.declarations`."""

    id: str
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types, without a name of its own; never of one member, never nested."""

    members: tuple[Type, ...]
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any JSON value."""

    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


Type: TypeAlias = Primitive | Literal | ListOf | MapOf | Nullable | Ref | UnionOf | Unknown
