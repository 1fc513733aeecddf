"""Builds single modules of types again, with the type locations of a run over the whole API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..package import Module
from ..typing_ import TypeBuilder
from . import needed_runtime
from .context import Context
from .locations.folders import Folders
from .locations.placement import TypeLocations
from .prepare import names_of
from .types import type_module


class Partial:
    """Builds modules of types from declarations that are computed on demand."""

    def __init__(
        self,
        declarations: Mapping[str, ir.Declaration],
        type_locations: TypeLocations,
        settings: Settings,
        diagnostics: Diagnostics,
    ) -> None:
        self._api = ir.Api("", None, ir.Resource(""), declarations)
        self._type_locations = type_locations
        self._settings = settings
        self._diagnostics = diagnostics

    @cached_property
    def _context(self) -> Context:
        names = {
            id_: type_location.class_name
            for id_, type_location in self._type_locations.types.items()
        }
        return Context(
            api=self._api,
            settings=self._settings,
            diagnostics=self._diagnostics,
            names=names_of(self._settings, self._diagnostics),
            type_locations=self._type_locations,
            folders=Folders({}, {}, frozenset(), {}, {}),
            types=TypeBuilder(names),
            routed=False,
            errors={},
        )

    def module(self, path: str) -> Module:
        """The module of types at a path inside the package."""
        return type_module.build_module(self._context, path, self._type_locations.members[path])


def runtime_needs(module: Module) -> tuple[frozenset[str], bool, bool]:
    """The runtime needs of a module: imported runtime modules, formats, constants."""
    core = frozenset(needed_runtime.imported_core([module]))
    return core, needed_runtime.has_formats([module]), needed_runtime.has_constants([module])
