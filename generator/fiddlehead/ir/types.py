"""The types of values: primitives, literals, lists, maps, unions and references to declarations."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf
from typing import TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass


@dataclass(frozen=True, slots=True)
class Constraints:
    """JSON Schema's assertions on a value: documented and compared in reviews, but not enforced."""

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
"""(keyword of JSON Schema, its value as JSON) of assertions that are not types, such as
`uniqueItems`: compared in reviews, not enforced, and ignored when types are compared for equality.
"""


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
    """A constant value (`const`, an enum with one value, Fern's `literal<…>`).

    `1`, `1.0` and `true` are three literals, although they are equal in Python. None is JSON null.
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
    """A list; with `positions`, a tuple: a list of as many items, each with a type of its own.

    `item` is then the type of items after the positions, which are not valid.
    """

    item: Type
    unique: bool = False
    constraints: Constraints | None = None
    positions: tuple[Type, ...] = ()
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def item_types(self) -> tuple[Type, ...]:
        """The types of all valid items, without their order."""
        return self.positions or (self.item,)

    def item_at(self, index: int) -> Type:
        """The type of one item."""
        return self.positions[index] if index < len(self.positions) else self.item


@dataclass(frozen=True, slots=True)
class MapOf:
    key: Type
    value: Type
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Nullable:
    """A value that may be JSON null; its container determines whether it is optional."""

    item: Type
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a declaration, by its id in `Api.declarations`."""

    id: str
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types, without a name; it has at least two members and is never nested."""

    members: tuple[Type, ...]
    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any JSON value."""

    assertions: Assertions = field(default=(), compare=False, repr=False, kw_only=True)
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


Type: TypeAlias = Primitive | Literal | ListOf | MapOf | Nullable | Ref | UnionOf | Unknown
