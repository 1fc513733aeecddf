"""The exports of packages, and re-exports between modules."""

from __future__ import annotations

from dataclasses import field

from ..frozen import dataclass


@dataclass(frozen=True, order=True)
class Export:
    """A name that a package exports lazily from `module` (relative). `handwritten` means that the
    module is not generated. A submodule is exported from "." and its own name."""

    name: str
    module: str
    handwritten: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Star:
    """A package whose exports are all exported again: its relative import path, and the names."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exports:
    """The lazy exports of a package's `__init__`, each group sorted. At run time `_names` are the
    current names, `__all__` also has old names."""

    names: tuple[Export, ...] = ()
    stars: tuple[Star, ...] = ()
    submodules: tuple[str, ...] = ()
    """Subpackages that are attributes of the package."""
    eager: tuple[Export, ...] = ()
    """Imported together with the package: names without a cost, such as `__version__`."""
    renamed: tuple[tuple[str, str], ...] = ()
    """(old name, name) pairs, both usable; the old one gives a warning."""
    first: tuple[str, ...] = ()
    """Modules that are imported in this order together with the package, so that a long chain of
    imports does not exceed Python's recursion limit."""
    stars_renamed: tuple[tuple[str, str], ...] = ()
    """The same for stars, for type checkers."""
    existing: tuple[str, ...] = ()
    """Hand-written modules that are imported together with the package if they exist."""
    recursion_limit: int | None = None
    """Importing the package raises Python's recursion limit to this number."""

    @property
    def is_large(self) -> bool:
        """Whether names are a text at run time, and type checkers read them in another module: the
        imports of thousands of names need memory even if they do not run."""
        others = self.stars or self.submodules or self.eager
        return len(self.names) >= _LARGE and not others

    @property
    def all_renamed(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((*self.renamed, *self.stars_renamed)))

    @property
    def is_empty(self) -> bool:
        """Whether there are no lazy exports."""
        return not (self.names or self.stars or self.submodules)

    @property
    def all_names(self) -> tuple[str, ...]:
        """All exported names, sorted."""
        result = {name.name for name in (*self.names, *self.eager)} | {*self.submodules}
        for star in self.stars:
            result.update(star.names)
        return tuple(sorted(result | {old for old, _ in self.all_renamed}))


_LARGE = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class NameImports:
    """The module that imports the names of a large package, for type checkers only."""

    names: tuple[Export, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reexport:
    """A one-line module that re-exports names of another module (layout `fern`)."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """The end of a module: names of modules that import it, which are resolved before a class of it
    is used. `names` are local names, each with its module and, after a colon, its name there; a
    star means all names of a module that the module does not have."""

    function: str
    names: tuple[tuple[str, str], ...]
