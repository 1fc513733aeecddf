"""Classes and aliases for types: models, enums, unions, aliases and TypedDicts."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .annotations import Annotation


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """An attribute of a model.

    `default` is None where a value must be given. `inherited` fields are listed for those who
    compare or document a class; the class body does not print them.
    """

    name: str
    wire: str
    annotation: Annotation
    default: str | None = None
    required: bool
    """Whether the description requires it on the wire."""
    doc: str | None = None
    alias: str | None = None
    """The wire name as it is printed, where it differs from `name`."""
    discriminator: bool = False
    """Whether it is the tag of a union, whose value is the default."""
    inherited: bool = False
    deprecated: str | None = None
    access: Literal["read-only", "write-only"] | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """A pydantic class."""

    name: str
    bases: tuple[str, ...]
    base_ids: tuple[str, ...] = ()
    """The ids of the bases that the description declares."""
    references: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """What the class names, bases and types of its own fields: ids, and classes of the runtime."""
    fields: tuple[Field, ...] = ()
    config: tuple[tuple[str, str], ...] = ()
    """Keywords of `pydantic.ConfigDict`, where they differ from the base class."""
    extra: Annotation | None = None
    """The annotation of further properties, where the description gives them a type that no base
    class has."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    deprecated_by: str = "deprecated"
    """What the decorator of old names is called here, which a field could hide."""
    variant_of: str | None = None
    """The key of the union that this class exists for, which adds the tag to another model."""
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def own(self) -> tuple[Field, ...]:
        """The fields that the class itself prints."""
        return tuple(each for each in self.fields if not each.inherited)

    @property
    def empty(self) -> bool:
        return not (self.own or self.doc or self.config or self.extra)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value of an enum: `expression` is its literal, `name` its member name where it has one."""

    expression: str
    name: str | None = None
    doc: str | None = None
    deprecated: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A member of a union: its annotation, and the tag that selects it."""

    annotation: Annotation
    tag: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alias:
    """A name for a type: an enum of literals, a union, or any other type.

    `value` is what stands right of the equals sign. `recursive` ones are written with
    `typing_extensions.TypeAliasType`, which may name itself.
    """

    name: str
    value: Annotation
    kind: Literal["enum", "union", "alias"] = "alias"
    values: tuple[Value, ...] = ()
    variants: tuple[Variant, ...] = ()
    discriminator: str | None = None
    """The wire name of the property that tells the variants apart."""
    recursive: bool = False
    declared_by: str | None = None
    """The local name of `TypeAlias`, where type checkers would take the alias for a variable."""
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
    """Whether an unknown value becomes a member of its own in place of an error."""
    doc: str | None = None
    deprecated: str | None = None
    old_names: tuple[str, ...] = ()
    key: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


TypeDef: TypeAlias = Model | Alias | EnumClass


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictField:
    """A key of a TypedDict, called as the attribute of the model."""

    name: str
    annotation: Annotation
    doc: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedDictClass:
    """What an argument takes for an object as a plain dict (layout `fern`)."""

    name: str
    base: str
    fields: tuple[TypedDictField, ...]
    doc: str | None = None
