"""Builds single modules of types again, with the module placement of a run over the whole API."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ir
from ..config import Settings
from ..diagnostics import Diagnostics
from ..package import Module
from ..typing_ import Annotations, Classes
from . import features, names_of, types
from .context import Context
from .folders import Folders
from .placement import TypeLocations


class Partial:
    """Builds modules of types from declarations that are computed on demand."""

    def __init__(
        self,
        declarations: Mapping[str, ir.Declaration],
        type_locations: TypeLocations,
        settings: Settings,
        diagnostics: Diagnostics,
    ) -> None:
        annotations = Annotations(
            {id_: type_location.class_name for id_, type_location in type_locations.types.items()}
        )
        self._context = Context(
            api=ir.Api("", None, ir.Resource(""), declarations),
            settings=settings,
            diagnostics=diagnostics,
            names=names_of(settings, diagnostics),
            type_locations=type_locations,
            folders=Folders({}, {}, frozenset(), {}, {}),
            annotations=annotations,
            classes=Classes(annotations),
            routed=False,
            errors={},
        )

    def module(self, path: str) -> Module:
        """The module of types at a path inside the package."""
        return types.build_module(self._context, path, self._context.type_locations.members[path])


def runtime_needs(module: Module) -> tuple[frozenset[str], bool, bool]:
    """What a module needs of the runtime: the runtime modules that it imports, formats, constants."""
    core = frozenset(features.imported_core([module]))
    return core, features.has_formats([module]), features.has_constants([module])
