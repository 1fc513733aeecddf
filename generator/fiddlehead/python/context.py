"""The context of the Python stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from .. import ir, queries
from ..config import Settings
from ..diagnostics import Diagnostics
from ..frozen import dataclass
from ..naming import Named, Names
from ..typing_ import TypeBuilder
from . import docs
from .locations.folders import Folders
from .locations.namespace import Namespace
from .locations.placement import TypeLocation, TypeLocations


@dataclass(frozen=True)
class Context:
    """The API, the settings, and the decisions before the first class is built."""

    api: ir.Api
    settings: Settings
    diagnostics: Diagnostics
    names: Names
    type_locations: TypeLocations
    errors: Mapping[str, TypeLocation]
    """The locations of the error classes, by the ids of the errors."""
    folders: Folders
    types: TypeBuilder
    routed: bool
    """Whether an endpoint requires other credentials than the API as a whole."""
    field_names: dict[str, dict[str, Named]] = field(default_factory=dict[str, dict[str, Named]])
    """The attributes of models by id and wire name, as far as they are assigned."""
    uses: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """The declarations that each declaration refers to, by id."""

    @property
    def packages(self) -> Mapping[ir.Words, tuple[str, ...]]:
        return self.folders.packages

    @property
    def fern(self) -> bool:
        return self.settings.layout == "fern"

    def written_to(self, client_module: str) -> str:
        """The module of the generated clients of a group: that of the raw clients if
        `client_module` is written by hand."""
        folder, _, name = client_module.rpartition("/")
        raw = f"{folder}/raw_client.py" if folder else f"raw_{name}"
        is_protected = self.settings.is_protected
        return raw if self.fern and is_protected(client_module) else client_module

    def namespace(
        self,
        path: str,
        defined: Iterable[str] = (),
        used: Iterable[str] = (),
        shadowed: Iterable[str] = (),
        *,
        lazy: bool = False,
    ) -> Namespace:
        """The names of a module, which defines some names and uses types by their id."""
        return Namespace(path, self.type_locations, self.types, defined, used, shadowed, lazy=lazy)

    def model(self, type_: ir.Type) -> ir.Model | None:
        return queries.model_of(self.api, type_)


def in_body(type_: ir.Type, namespace: Namespace, *, none: bool = False) -> str:
    """A type as used in the body of a method; `object` means any JSON."""
    if isinstance(type_, ir.Unknown):
        return namespace.builtin("object")
    return namespace.annotation(type_, body=True, none=none).text


def deprecation(availability: ir.Availability | None) -> str | None:
    """The deprecation message; None if the element is not deprecated."""
    if availability is None or availability.status != "deprecated":
        return None
    return availability.message or docs.UNEXPLAINED
