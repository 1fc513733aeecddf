"""All modules of types of a package, built at once or on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...frozen import dataclass
from ...package import Alias, EnumClass, Model, Module, TypeDef
from ...recording import part
from ..context import Context
from .type_module import build_module


@dataclass(frozen=True)
class Types:
    """All modules of types, and their content by id."""

    modules: tuple[Module, ...]
    by_id: Mapping[str, TypeDef]


def build(context: Context) -> Types:
    modules: list[Module] = []
    by_id: dict[str, TypeDef] = {}
    for path in context.type_locations.members:
        modules.append(recorded_module(context, path))
        by_id.update(types_of(modules[-1]))
    return Types(tuple(modules), by_id)


def recorded_module(context: Context, path: str) -> Module:
    """The module of types at a path, with a record of what it was built from."""
    with part(context.api.declarations, path):
        return build_module(context, path, context.type_locations.members[path])


def types_of(module: Module) -> dict[str, TypeDef]:
    """The types that a module defines, by id."""
    return {item.id: item for item in module.items if isinstance(item, Model | Alias | EnumClass)}


class TypesOnDemand(Mapping[str, TypeDef]):
    """The types of a package by id, whose modules are built when one of their types is asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._built: dict[str, dict[str, TypeDef]] = {}

    def module(self, path: str) -> Mapping[str, TypeDef]:
        """The types of the module at a path."""
        if path not in self._built:
            self._built[path] = types_of(recorded_module(self._context, path))
        return self._built[path]

    def __getitem__(self, id_: str) -> TypeDef:
        return self.module(self._context.type_locations.types[id_].module)[id_]

    def __iter__(self) -> Iterator[str]:
        for path in self._context.type_locations.members:
            yield from self.module(path)

    def __len__(self) -> int:
        return sum(1 for _ in self)
