"""A use of a type: its meaning, its scope, and its words in a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from .. import ir
from ..frozen import dataclass
from .definition_files import DefinitionFile


@dataclass(frozen=True)
class Use:
    """A use of a type. `optional` means that the value may be omitted.

    `by_alias` means that the type is optional only because of an alias, whose own type is nullable.
    """

    type: ir.Type
    optional: bool = False
    by_alias: bool = False

    @property
    def value(self) -> ir.Type:
        """The type in a place where values cannot be omitted: a missing value is null."""
        return nullable(self.type) if self.optional and not self.by_alias else self.type


def nullable(type_: ir.Type) -> ir.Type:
    return type_ if isinstance(type_, ir.Nullable) else ir.Nullable(type_)


UNKNOWN = Use(ir.Unknown())
"""The type of an invalid use, so that the rest can still be read and checked."""


@dataclass(frozen=True)
class Scope:
    """The scope of a type name: a file, and the arguments of generic type parameters."""

    file: DefinitionFile
    bindings: Mapping[str, Use] = field(default_factory=lambda: dict[str, Use]())


def name_words(use: Use) -> Iterator[str]:
    """The words of a type in the name of a generic type that has it as an argument."""
    if use.optional:
        yield "Optional"
    match use.type:
        case ir.Ref(id_):
            yield from id_.rsplit("/", 1)[-1].split(".")
        case ir.Primitive(kind):
            yield kind
        case ir.ListOf(item, unique):
            yield "Set" if unique else "List"
            yield from name_words(Use(item))
        case ir.MapOf(key, value):
            yield "Map"
            yield from name_words(Use(key))
            yield from name_words(Use(value))
        case ir.Nullable(ir.Unknown()):
            yield "Unknown"
        case ir.Nullable(item):
            yield "Nullable"
            yield from name_words(Use(item))
        case ir.Literal(value):
            yield re.sub(r"[^A-Za-z0-9]+", "", str(value)) or "Literal"
        case _:
            yield "Unknown"
