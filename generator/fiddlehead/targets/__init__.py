"""What fiddlehead generates: each kind of output is a target, and all of them are listed here.

A target makes something of an API (`ir.Api`) and renders it to files. Commands ask for a target by
its name; nothing outside a target's own modules knows what it generates.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..config import Settings
from ..diagnostics import Diagnostics, Span

if TYPE_CHECKING:
    from .. import ir
    from ..review import Finding


@dataclass(frozen=True)
class Location:
    """Where the files of a target go: `folder` of `root` is the target's own, with a manifest in
    it; what is beside the folder is shared with files of the user."""

    root: Path
    folder: str

    @property
    def owned_folder(self) -> Path:
        return self.root / self.folder


@dataclass(frozen=True)
class GeneratedName:
    """One name: what settings call it (`key`), what the target calls it, what the wire calls it."""

    kind: str
    key: str
    name: str
    wire: str | None
    span: Span
    old_names: tuple[str, ...] = ()


class Built(Protocol):
    """What a target made of an API, with every name decided."""

    def files(self) -> Mapping[str, str]:
        """The text of every file, by path relative to `Location.root`, with slashes."""
        ...


@runtime_checkable
class WithBinaryFiles(Protocol):
    """What was built has files that are no text."""

    def binary_files(self) -> Mapping[str, bytes]:
        """Their contents, by path relative to `Location.root`, with slashes."""
        ...


@runtime_checkable
class Named(Protocol):
    """What was built has names that settings can change."""

    def names(self) -> Iterator[GeneratedName]:
        """Every name, in the order in which a user meets them."""
        ...


@runtime_checkable
class Recorded(Protocol):
    """What was built has names that users write; its manifest keeps them."""

    def record(self) -> dict[str, dict[str, str]]:
        """What each thing of the description is called, by its place: "" is the thing itself,
        other keys are what is in it."""
        ...

    def report_moves(self, old: Mapping[str, Mapping[str, str]], diagnostics: Diagnostics) -> None:
        """Warns of the names that an older record has for the same things."""
        ...


@runtime_checkable
class Reviewed(Protocol):
    """What was built has users, for whom a change of the API can break something."""

    def changes_since(self, old: Built) -> list[Finding]:
        """What changed since `old`, which the same target built, in no particular order."""
        ...


@runtime_checkable
class Installable(Protocol):
    """A target whose output depends on packages at run time."""

    def requirements(self, settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
        """What the output needs, as PEP 508 writes it."""
        ...


class Target(Protocol):
    """A kind of output. A module of `targets` gives one as `TARGET`."""

    @property
    def uses(self) -> tuple[str, ...]:
        """The names of the targets whose output `build` needs."""
        ...

    @property
    def tools(self) -> tuple[str, ...]:
        """The distributions whose versions shape the output; the manifest records them."""
        ...

    def location(self, settings: Settings) -> Location: ...

    def build(
        self,
        api: ir.Api,
        settings: Settings,
        diagnostics: Diagnostics,
        built: Mapping[str, Built],
    ) -> Built:
        """Decides everything that is generated. `built` has what the targets in `uses` built.

        Problems are added to `diagnostics`; the API may have errors already, and is built as far
        as it goes, so that one run reports everything.
        """
        ...


DEFAULT = "python"
"""The target of `generate`, `check`, `names` and `diff`."""

_MODULES = {
    "docs": ".docs",
    "python": ".python",
}
"""Every target by its name, with its module. Modules are imported when they are asked for."""


def target(name: str = DEFAULT) -> Target:
    """The target of a name; raises KeyError where there is none."""
    module = importlib.import_module(_MODULES[name], __name__)
    found: Target = module.TARGET
    return found


def build(name: str, api: ir.Api, settings: Settings, diagnostics: Diagnostics) -> Built:
    """What a target makes of an API, after the targets that it uses."""
    chosen = target(name)
    built = {each: build(each, api, settings, diagnostics) for each in chosen.uses}
    return chosen.build(api, settings, diagnostics, built)


def tools(name: str) -> tuple[str, ...]:
    """The distributions that shape the output of a target, those of what it uses among them."""
    chosen = target(name)
    found = {*chosen.tools, *(tool for each in chosen.uses for tool in tools(each))}
    return tuple(sorted(found))
