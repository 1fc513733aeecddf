"""A use of a type: what it means, where it stands, and how it is spelled within a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .. import ir
from .definition_files import DefinitionFile


@dataclass(frozen=True)
class Use:
    """A use of a type. `optional` says that the value may be left out.

    `by_alias` says that only a name says so, whose own type is nullable then.
    """

    type: ir.Type
    optional: bool = False
    by_alias: bool = False

    @property
    def value(self) -> ir.Type:
        """The type where nothing can be left out: null takes the place of what is not there."""
        return nullable(self.type) if self.optional and not self.by_alias else self.type


def nullable(type_: ir.Type) -> ir.Type:
    return type_ if isinstance(type_, ir.Nullable) else ir.Nullable(type_)


UNKNOWN = Use(ir.Unknown())
"""Stands for a type that is wrong, so that the rest is read and its problems are found too."""


@dataclass(frozen=True)
class Scope:
    """Where a type is named: in a file, with the arguments of a generic type by parameter."""

    file: DefinitionFile
    bindings: Mapping[str, Use] = field(default_factory=lambda: dict[str, Use]())


def name_words(use: Use) -> Iterator[str]:
    """How a type is spelled in the name of a generic type that it is an argument of."""
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
