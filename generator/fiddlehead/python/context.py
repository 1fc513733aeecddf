"""What every part of the Python stage needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import ir, typing_
from ..config import Settings
from ..diagnostics import Diagnostics
from ..naming import Named, Names
from ..typing_ import Spelled
from . import walk
from .folders import Folders
from .namespace import Namespace
from .placement import Homes


@dataclass(frozen=True)
class Context:
    """The API, the settings, and what was decided before the first class is built."""

    api: ir.Api
    settings: Settings
    diagnostics: Diagnostics
    names: Names
    homes: Homes
    folders: Folders
    spelled: Mapping[ir.Type, Spelled]
    """Every type of the API with its annotation."""
    routed: bool
    """Whether some endpoint asks for other credentials than the API does for the rest."""
    field_names: dict[str, dict[str, Named]] = field(default_factory=dict[str, dict[str, Named]])
    """The attributes of models by id and wire name, as far as they were decided."""

    @property
    def packages(self) -> Mapping[ir.Words, tuple[str, ...]]:
        return self.folders.packages

    @property
    def fern(self) -> bool:
        return self.settings.layout == "fern"

    def annotation(
        self,
        type_: ir.Type,
        namespace: Namespace,
        *,
        argument: bool = False,
        none: bool = False,
    ) -> str:
        """A type as a module spells it; with `none`, one that also takes None."""
        return namespace.spell(self.spelled[type_], argument=argument, none=none)

    def expression(self, type_: ir.Type, namespace: Namespace, *, none: bool = False) -> str:
        """A type as the call in a method's body names it; `object` stands for any JSON."""
        if isinstance(type_, ir.Unknown):
            return "object"
        return namespace.spell(self.spelled[type_], body=True, none=none)

    def model(self, type_: ir.Type) -> ir.Model | None:
        return walk.model_of(self.api, type_)


def spelled(api: ir.Api) -> dict[ir.Type, Spelled]:
    """The annotation of every type of the API, also without a null around it."""
    wanted: dict[ir.Type, None] = {}
    for each in walk.everything(api):
        wanted[each] = None
        if isinstance(each, ir.Nullable):
            wanted[each.item] = None
        if isinstance(each, ir.ListOf):
            wanted[each.item] = None
        if isinstance(each, ir.UnionOf):
            wanted.update(dict.fromkeys(each.members))
    return typing_.spell(wanted)


def unwrapped(type_: ir.Type) -> ir.Type:
    """A type without the null around it."""
    while isinstance(type_, ir.Nullable):
        type_ = type_.item
    return type_


def deprecation(availability: ir.Availability | None) -> str | None:
    """What to say of a thing that is deprecated; None where it is not."""
    if availability is None or availability.status != "deprecated":
        return None
    return availability.message or "This is deprecated by the API."
