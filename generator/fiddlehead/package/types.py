"""Definitions of types: models, enums, unions, aliases and TypedDicts."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass

if TYPE_CHECKING:
    from ..typing_ import Type


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An attribute of a model.

    `default` is None if a value is required. `inherited` fields are listed for comparison and
    documentation; the class body does not print them.
    """

    name: str
    wire: str
    annotation: Type
    default: str | None = None
    required: bool
    """Whether the description requires it on the wire."""
    doc: str | None = None
    alias: str | None = None
    """The wire name as printed, if it differs from `name`."""
    inherited: bool = False
    deprecated: str | None = None
    access: Literal["read-only", "write-only"] | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter of the constructor of a model."""

    name: str
    annotation: Type
    default: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """A pydantic class."""

    name: str
    bases: tuple[str, ...]
    base_ids: tuple[str, ...] = ()
    """The ids of the declared base classes."""
    references: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """The ids of its base classes, and those that its own fields refer to."""
    fields: tuple[Field, ...] = ()
    config: tuple[tuple[str, str], ...] = ()
    """Keywords of `pydantic.ConfigDict` that differ from the base class."""
    extra: Type | None = None
    """The annotation of additional properties, if no base class has it."""
    parameters: tuple[Parameter, ...] = ()
    """The parameters of a constructor whose first one is positional, for type checkers."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    deprecated_by: str = "deprecated"
    """The local name of the decorator for old names, which a field could hide."""
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def own(self) -> tuple[Field, ...]:
        """The fields that the class itself prints."""
        return tuple(field for field in self.fields if not field.inherited)

    @property
    def empty(self) -> bool:
        return not (self.own or self.doc or self.config or self.extra)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value of an enum: `expression` is its literal, `name` its member name if it has one."""

    expression: str
    name: str | None = None
    doc: str | None = None
    deprecated: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A member of a union: its annotation, and the discriminator value that selects it."""

    annotation: Type
    tag: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """A name for a type: an enum of literals, a union, or any other type.

    `value` is the right side of the assignment. `recursive` aliases use
    `typing_extensions.TypeAliasType`.
    """

    name: str
    value: Type
    kind: Literal["enum", "union", "alias"] = "alias"
    values: tuple[Value, ...] = ()
    variants: tuple[Variant, ...] = ()
    discriminator: str | None = None
    """The wire name of the discriminator."""
    recursive: bool = False
    declared_by: str | None = None
    """The local name of `TypeAlias`, if type checkers would treat the alias as a variable."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnumClass:
    """An `enum.Enum` (settings: `pydantic_config.enum_type`)."""

    name: str
    base: str
    values: tuple[Value, ...]
    open: bool = False
    """Whether an unknown value becomes a new member instead of an error."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


TypeDef: TypeAlias = Model | Alias | EnumClass


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictField:
    """A key of a TypedDict, with the name of the model's attribute."""

    name: str
    annotation: Type
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictClass:
    """The type of an object that is passed as a plain dict (layout `fern`)."""

    name: str
    base: str
    fields: tuple[TypedDictField, ...]
    doc: str | None = None
