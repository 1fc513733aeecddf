"""The second of two descriptions that are compared, made from the first where only types differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .. import ir
from ..config import Settings
from ..diagnostics import Span
from ..frozen import dataclass
from ..package import Module, TypeDef
from ..python.partial import runtime_needs
from ..source.json_reader import span_at
from ..targets.python_package import PythonPackage
from .changes import comparable
from .problems import offsets
from .state import State
from .types import Unknown
from .update import Side, Update


@dataclass(frozen=True)
class Second:
    """The second description. Elements that it shares with the first have its locations.

    Attributes:
        api: Its API.
        built: Its package.
    """

    api: ir.Api
    built: PythonPackage
    _old: Side
    _new: Side
    _changed: frozenset[str]

    def place(self, span: Span | None) -> Span | None:
        """The place in the second description of something that was found in it."""
        if span is None or span.source is not self.api.span.source:
            return span
        old, new = self._old.layout, self._new.layout
        start, end = offsets(span)
        # Changed elements were read again, and have the locations of the second description.
        if old.part_at(start) in self._changed:
            raise Unknown
        return span_at(self._new.source, old.moved(start, new), old.moved(end, new))


class SecondMaker(Update):
    """Makes the second description from the first, of which `api` and `built` are known."""

    def __init__(
        self,
        state: State,
        settings: Settings,
        api: ir.Api,
        built: PythonPackage,
        declarations: Mapping[str, ir.Declaration],
        old: Side,
        new: Side,
    ) -> None:
        super().__init__(state, settings, old, new)
        self._api, self._built = api, built
        self._by_id = declarations

    def _declare(self, id_: str) -> ir.Declaration:
        return self._by_id[id_]

    def make(self) -> Second:
        """The second description; raises `Unknown`."""
        parts = self._changed_parts()
        ids, _ = self._changed_ids(parts)
        self._warnings(parts)
        declarations = self._declarations()
        modules = {module.path: module for module in self._built.package.modules}
        types = dict(self._built.package.types)
        # An unchanged declaration may have another location, which its class also has.
        again = {id_ for id_ in self._new.declarations if id_ in self._state.type_locations.types}
        for path in self._paths(ids | again):
            self._build(path, modules, types)
        if len({*self._old.sources.files, *self._new.sources.files}) > 2:
            raise Unknown
        package = replace(self._built.package, modules=tuple(modules.values()), types=types)
        api = replace(self._api, declarations=declarations)
        built = replace(self._built, api=api, package=package)
        return Second(api, built, self._old, self._new, frozenset(parts))

    def _declarations(self) -> dict[str, ir.Declaration]:
        """The declarations of the API, with those of the parts that were read again."""
        declarations = dict(self._api.declarations)
        for id_, declared in self._new.declarations.items():
            # Reading parts of the first must give the same as reading all of it.
            if id_ not in declarations or comparable(self._old.declarations[id_]) != comparable(
                declarations[id_]
            ):
                raise Unknown
            declarations[id_] = declared
        return declarations

    def _build(self, path: str, modules: dict[str, Module], types: dict[str, TypeDef]) -> None:
        """Builds a module of types again, of which the first description has to give the known one."""
        before, after = self._old_types.module(path), self._new_types.module(path)
        if before != modules.get(path) or runtime_needs(before) != runtime_needs(after):
            raise Unknown
        definitions = self._new_types.of_module(path)
        if not definitions.keys() <= types.keys():
            raise Unknown
        modules[path] = after
        types.update(definitions)
