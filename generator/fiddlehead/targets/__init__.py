"""The registry of targets: each kind of output is a target.

A target builds its output from an API (`ir.Api`) and renders it to files. Commands select a target
by name; only a target's own modules depend on its output.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..config import Settings
from ..diagnostics import Diagnostics, Span
from ..frozen import dataclass

if TYPE_CHECKING:
    from .. import ir
    from ..review import Finding


@dataclass(frozen=True)
class Location:
    """The location of a target's files: `folder` of `root` is owned by the target and has a
    manifest; files next to it may belong to users."""

    root: Path
    folder: str
    always: tuple[str, ...] = ()
    """Prefixes of paths next to the folder that are written even without `project`."""

    @property
    def owned_folder(self) -> Path:
        return self.root / self.folder


@dataclass(frozen=True)
class GeneratedName:
    """One name: its key in the settings, the generated name, and the wire name."""

    kind: str
    key: str
    name: str
    wire: str | None
    span: Span
    old_names: tuple[str, ...] = ()


class Built(Protocol):
    """The output of a target for an API, with all names."""

    def files(self) -> Mapping[str, str]:
        """The text of every file, by path relative to `Location.root`, with slashes."""
        ...


@runtime_checkable
class WithBinaryFiles(Protocol):
    """Output with binary files."""

    def binary_files(self) -> Mapping[str, bytes]:
        """Their contents, by path relative to `Location.root`, with slashes."""
        ...


@runtime_checkable
class Named(Protocol):
    """Output with names that settings can change."""

    def names(self) -> Iterator[GeneratedName]:
        """Every name, in the order of the documentation."""
        ...


@runtime_checkable
class Recorded(Protocol):
    """Output with names that users write; the manifest records them."""

    def record(self) -> dict[str, dict[str, str]]:
        """The names of each element of the description, by its location: "" is the element itself,
        other keys are its parts."""
        ...

    def report_moves(self, old: Mapping[str, Mapping[str, str]], diagnostics: Diagnostics) -> None:
        """Warn about the names in an older record that have changed."""
        ...


@runtime_checkable
class Reviewed(Protocol):
    """Output that users can review for breaking changes."""

    def changes_since(self, old: Built) -> list[Finding]:
        """The changes since `old`, which the same target built, in no particular order."""
        ...


@runtime_checkable
class Installable(Protocol):
    """A target whose output has runtime dependencies."""

    def requirements(self, settings: Settings, api: ir.Api | None = None) -> tuple[str, ...]:
        """The runtime dependencies of the output (PEP 508)."""
        ...


class Target(Protocol):
    """A kind of output. A module of `targets` defines one as `TARGET`."""

    @property
    def uses(self) -> tuple[str, ...]:
        """The names of the targets whose output `build` uses."""
        ...

    @property
    def tools(self) -> tuple[str, ...]:
        """The distributions whose versions affect the output; the manifest records them."""
        ...

    def location(self, settings: Settings) -> Location: ...

    def build(
        self,
        api: ir.Api,
        settings: Settings,
        diagnostics: Diagnostics,
        built: Mapping[str, Built],
    ) -> Built:
        """Build the output. `built` has the output of the targets in `uses`.

        Problems are added to `diagnostics`. The API may have errors; it is built as far as
        possible, so that one run reports all problems.
        """
        ...


@runtime_checkable
class Printer(Protocol):
    """A target that can print its files while it builds them, in two processes."""

    def load(self) -> None:
        """Import the modules that `build_printed` needs."""
        ...

    def build_printed(self, api: ir.Api, settings: Settings, diagnostics: Diagnostics) -> Built:
        """The same as `build`, for callers that only need the files and the record of names."""
        ...


DEFAULT = "python"
"""The target of `generate`, `check`, `names` and `diff`."""

_MODULES = {
    "docs": ".docs",
    "python": ".python",
}
"""The module of each target by name. Modules are imported when they are used."""


def target(name: str = DEFAULT) -> Target:
    """The target with a name; raises KeyError if it does not exist."""
    module = importlib.import_module(_MODULES[name], __name__)
    result: Target = module.TARGET
    return result


def load(name: str, *, printed: bool) -> None:
    """Import the modules of a target that `build` imports when they are used."""
    chosen = target(name)
    if printed and isinstance(chosen, Printer):
        chosen.load()


def build(
    name: str,
    api: ir.Api,
    settings: Settings,
    diagnostics: Diagnostics,
    *,
    printed: bool = False,
) -> Built:
    """The output of a target for an API, after building the targets that it uses.

    With `printed`, only its files and the record of names are needed.
    """
    chosen = target(name)
    if printed and isinstance(chosen, Printer):
        return chosen.build_printed(api, settings, diagnostics)
    built = {use: build(use, api, settings, diagnostics) for use in chosen.uses}
    return chosen.build(api, settings, diagnostics, built)


def tools(name: str) -> tuple[str, ...]:
    """The distributions that affect the output of a target, including those of the targets that it
    uses."""
    chosen = target(name)
    names = {*chosen.tools, *(tool for use in chosen.uses for tool in tools(use))}
    return tuple(sorted(names))
