"""Finds modules that several generated packages have in common, so that a type checker checks one of them.

The errors in a module depend on its place in the package, on its text, and on the same of all modules that it
imports directly or indirectly. Most modules of the runtime agree in all of this.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Module:
    """Equal for two packages if place and text are."""

    place: PurePosixPath
    text: bytes


Modules = Mapping[PurePosixPath, Module]
"""The modules of a package, by place."""


def copies(folder: Path, packages: Sequence[str]) -> list[PurePosixPath]:
    """The modules, relative to the folder, that an earlier package has too, with all their imports."""
    trees = {package: modules(folder / package) for package in packages}
    counts = Counter(module for tree in trees.values() for module in tree.values())
    imports = {module: [*imported(module)] for module, count in counts.items() if count > 1}
    earlier: set[tuple[Module, frozenset[Module]]] = set()
    results: list[PurePosixPath] = []
    for package, tree in trees.items():
        for module in tree.values():
            if (closure := with_imports(module, tree, imports)) is None:
                continue
            if (module, closure) in earlier:
                results.append(package / module.place)
            earlier.add((module, closure))
    return results


def modules(package: Path) -> Modules:
    places = (PurePosixPath(path.relative_to(package)) for path in sorted(package.rglob("*.py")))
    return {place: Module(place, (package / place).read_bytes()) for place in places}


def with_imports(
    start: Module, tree: Modules, imports: Mapping[Module, Sequence[PurePosixPath]]
) -> frozenset[Module] | None:
    """A module and all that it imports; None if one of them is in no other package."""
    results: set[Module] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module in results:
            continue
        if module not in imports:
            return None
        results.add(module)
        waiting += [tree[place] for place in imports[module] if place in tree]
    return frozenset(results)


def imported(module: Module) -> Iterator[PurePosixPath]:
    """The places where the modules that a module imports may be: of `from .a import b`, both may be modules."""
    for statement in ast.walk(ast.parse(module.text)):
        if isinstance(statement, ast.ImportFrom) and statement.level:
            base = module.place.parents[statement.level - 1]
            base = base.joinpath(*(statement.module or "").split("."))
            for path in (base, *(base / name.name for name in statement.names)):
                yield path / "__init__.py"
                if path.name:
                    yield path.with_suffix(".py")
