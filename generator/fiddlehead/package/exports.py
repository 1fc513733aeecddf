"""What a package exports, and how its modules get names from each other."""

from __future__ import annotations

from dataclasses import field

from ..frozen import dataclass


@dataclass(frozen=True, order=True)
class Export:
    """A name that a package exports lazily from `module` (relative). `handwritten`: the module is
    not generated. A submodule is exported from "." and its own name."""

    name: str
    module: str
    handwritten: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Star:
    """A package whose every export is exported again, as one imports it from here, and the names."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exports:
    """The lazy exports of a package's `__init__`, each group sorted. At run time `_names` is what
    it exports under its present name, `__all__` also old names."""

    names: tuple[Export, ...] = ()
    stars: tuple[Star, ...] = ()
    submodules: tuple[str, ...] = ()
    """Sub-packages that are attributes of the package."""
    eager: tuple[Export, ...] = ()
    """Imported when the package is: names without a cost, such as `__version__`."""
    renamed: tuple[tuple[str, str], ...] = ()
    """(old name, name) pairs, both usable; the old one warns."""
    first: tuple[str, ...] = ()
    """Modules that are imported in this order when the package is: without them, the import of a
    long chain of modules would be a recursion that is too deep for Python."""
    stars_renamed: tuple[tuple[str, str], ...] = ()
    """The same of the stars, which type checkers get with them."""

    @property
    def every_renamed(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((*self.renamed, *self.stars_renamed)))

    @property
    def bare(self) -> bool:
        """Whether nothing is exported lazily."""
        return not (self.names or self.stars or self.submodules)

    @property
    def every(self) -> tuple[str, ...]:
        """All exported names, sorted."""
        found = {each.name for each in (*self.names, *self.eager)} | {*self.submodules}
        for star in self.stars:
            found.update(star.names)
        return tuple(sorted(found | {old for old, _ in self.every_renamed}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reexport:
    """A module of one line that gives names of another module (layout `fern`)."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """The end of a module: the names that it gets of modules which import it, before a class of it
    is used. `names` are local names, each with its module, and behind a colon what it is there; a
    name with a star is for all names of a module that the module lacks."""

    function: str
    names: tuple[tuple[str, str], ...]
