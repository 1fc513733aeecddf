"""The declarations and the generated types of one description, made when they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..package import Alias, EnumClass, Model, Module, TypeDef
from ..python.pages.type_facts import TypeFacts
from ..python.partial import Partial
from ..typing_ import Type
from .state import State


class Unknown(Exception):
    """The records of the previous run do not determine the result."""


class Declarations(Mapping[str, ir.Declaration]):
    """The declarations of one side: those that were read again, and the old ones."""

    def __init__(
        self,
        ids: frozenset[str],
        known: Mapping[str, ir.Declaration],
        declare: Callable[[str], ir.Declaration],
    ) -> None:
        self._ids = ids
        self._known = known
        self._declare = declare

    def __getitem__(self, id_: str) -> ir.Declaration:
        if id_ in self._known:
            return self._known[id_]
        if id_ not in self._ids:
            raise KeyError(id_)
        return self._declare(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def __iter__(self) -> Iterator[str]:
        # Code that iterates over all of them does not run again.
        raise Unknown

    def __len__(self) -> int:
        return len(self._ids)


class Types(TypeFacts, Mapping[str, TypeDef]):
    """The generated types of one side by their ids."""

    def __init__(
        self,
        state: State,
        settings: Settings,
        diagnostics: Diagnostics,
        known: Mapping[str, ir.Declaration],
        declare: Callable[[str], ir.Declaration],
    ) -> None:
        self.declarations = Declarations(frozenset(state.declarations), known, declare)
        super().__init__(ir.Api("", None, ir.Resource(""), self.declarations), self)
        self._locations = state.type_locations.types
        self._building = Partial(self.declarations, state.type_locations, settings, diagnostics)
        self._modules: dict[str, Module] = {}

    def module(self, path: str) -> Module:
        """A module of types by its path inside the package."""
        module = self._modules.get(path)
        if module is None:
            module = self._modules[path] = self._building.module(path)
        return module

    def of_module(self, path: str) -> dict[str, TypeDef]:
        """The types in a module by their ids."""
        items = self.module(path).items
        return {item.id: item for item in items if isinstance(item, Model | Alias | EnumClass)}

    def name_of(self, id_: str) -> str | None:
        type_location = self._locations.get(id_)
        return type_location.class_name if type_location is not None else None

    def named(self, annotation: Type) -> TypeDef | None:
        references = annotation.references
        # Only enums are requested here; most types are models, which need not be built.
        if len(references) == 1 and isinstance(self.declarations.get(references[0]), ir.Model):
            return None
        return super().named(annotation)

    def __getitem__(self, id_: str) -> TypeDef:
        if id_ not in self._locations:
            raise KeyError(id_)
        model = self.of_module(self._locations[id_].module).get(id_)
        if model is None:
            raise Unknown
        return model

    def __contains__(self, id_: object) -> bool:
        return id_ in self._locations

    def __iter__(self) -> Iterator[str]:
        raise Unknown

    def __len__(self) -> int:
        return len(self._locations)
