"""The names of types and errors, and which packages export them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...package import ErrorClass, Export, Star
from ..context import Context
from ..types import typed_dicts

Package = tuple[str, ...]


class ExportedNames:
    """The names of types and errors, and the packages that export them."""

    def __init__(self, context: Context, errors: Sequence[ErrorClass]) -> None:
        self._context = context
        self._errors: dict[Package, list[ErrorClass]] = {}
        for error in errors:
            self._errors.setdefault(error.package, []).append(error)
        self.folders: set[Package] = set(context.packages.values())
        self._between = context.folders.between
        if self._between:
            self.folders |= {package[:-1] for package in self.folders if package}
        # The root has a package of types, also without types, unless a group has its name.
        self.types: dict[Package, dict[str, str]] = {} if ("types",) in self.folders else {(): {}}
        self.old_names: dict[Package, list[tuple[str, str]]] = {}
        self.requests: dict[Package, dict[str, str]] = {}
        for id_, type_location in context.type_locations.types.items():
            if typed_dicts.is_params(id_):
                self.requests.setdefault(type_location.package, {})[
                    type_location.class_name
                ] = type_location.module
                continue
            self.types.setdefault(type_location.package, {})[
                type_location.class_name
            ] = type_location.module
            for old in type_location.old_names:
                self.old_names.setdefault(type_location.package, []).append(
                    (old, type_location.class_name)
                )

    def stars(self, package: Package) -> tuple[tuple[Star, ...], list[Export], set[str]]:
        """The types and errors of a package and of its direct child groups, listed separately for
        groups with name clashes; a name that two of those groups have is not exported here.

        Returns: The packages whose types are all exported, the other names, and all names.
        """
        if self._context.settings.python.exclude_types_from_init_exports:
            return self._only_errors(package)
        dicts = {*self.requests.get(package, ())}
        own = {*self.types.get(package, {}), *self._error_names(package), *dicts}
        taken = set(own)
        stars: list[Star] = []
        alone = [Export(name, ".errors") for name in self._error_names(package)]
        alone += [Export(dict_name, f".{typed_dicts.FOLDER}") for dict_name in sorted(dicts)]
        if package in self.types:
            stars.append(Star(module=".types", names=self.type_names(package)))
        children = [folder for folder in sorted(self.folders) if package in self._parents(folder)]
        counted = Counter(
            name
            for child in children
            for name in {
                *self.types.get(child, ()),
                *self._error_names(child),
                *self.requests.get(child, ()),
            }
        )
        for child in children:
            failures = [x for x in self._error_names(child) if counted[x] == 1 and x not in own]
            relative = ".".join(child[len(package) :])
            alone += [Export(name, f".{relative}.errors") for name in failures]
            dicts = {x for x in self.requests.get(child, ()) if counted[x] == 1 and x not in own}
            place = f".{relative}.{typed_dicts.FOLDER}"
            alone += [Export(name, place) for name in sorted(dicts)]
            taken.update(failures, dicts)
            if child not in self.types:
                continue
            names = self.type_names(child)
            free = tuple(name for name in names if counted[name] == 1 and name not in own)
            module = f".{relative}.types"
            if free == names:
                stars.append(Star(module=module, names=names))
            else:
                # Only the clashing name is left out.
                alone += [Export(name, module) for name in free]
            taken.update(free)
        return tuple(stars), alone, taken

    def _only_errors(self, package: Package) -> tuple[tuple[Star, ...], list[Export], set[str]]:
        """The exports of a package, without types."""
        children = [folder for folder in sorted(self.folders) if package in self._parents(folder)]
        names = {".errors": self._error_names(package)}
        for child in children:
            relative = ".".join(child[len(package) :])
            names[f".{relative}.errors"] = self._error_names(child)
        counted = Counter(name for place in names.values() for name in place)
        own = {*names[".errors"]}
        exports = [
            Export(name, place)
            for place, error_names in names.items()
            for name in error_names
            if place == ".errors" or (counted[name] == 1 and name not in own)
        ]
        return (), exports, {export.name for export in exports}

    def root_errors(self, taken: set[str]) -> tuple[list[ErrorClass], list[ErrorClass]]:
        """The errors that the root exports with its groups, and in layout `compact` those of deeper
        groups: there, the root exports each error whose name is unique."""
        all_errors = [error for errors in self._errors.values() for error in errors]
        counted = Counter(error_class.name for error_class in all_errors)
        near = [
            error_class
            for error_class in all_errors
            if len(self._context.folders.attribute(error_class.package)) < 2
            and counted[error_class.name] == 1
        ]
        if self._context.fern:
            return near, []
        deep = [
            error_class
            for error_class in all_errors
            if len(error_class.package) > 1 and counted[error_class.name] == 1
        ]
        return near, [error_class for error_class in deep if error_class.name not in taken]

    def _error_names(self, package: Package) -> list[str]:
        types = self.types.get(package, {})
        names = [error.name for error in self._errors.get(package, ())]
        return [name for name in names if name not in types]

    def type_names(self, package: Package) -> tuple[str, ...]:
        return tuple(sorted(self.types[package]))

    def renamed(self, package: Package, stars: Sequence[Star]) -> tuple[tuple[str, str], ...]:
        """The old names of the types that a package exports."""
        packages = [
            (*package, *star.module.removesuffix(".types").split(".")[1:]) for star in stars
        ]
        return tuple(
            sorted(pair for package in packages for pair in self.old_names.get(package, ()))
        )

    def subfolders(self, package: Package) -> tuple[str, ...]:
        """The groups in a package."""
        here = [folder for folder in self.folders if folder and folder[:-1] == package]
        if self._between and not self._is_between(package):
            return ()
        old = self._context.folders.old_names
        return tuple(
            sorted(name for package in here for name in (package[-1], *old.get(package, ())))
        )

    def groups_below(self, package: Package) -> list[Export]:
        """The groups that a package exports from the package between."""
        if not self._between or self._is_between(package):
            return []
        names = self.subfolders((*package, self._between))
        return [Export(name, f".{self._between}") for name in names]

    def _parents(self, folder: Package) -> set[Package]:
        """The packages that export the types of a group besides its own."""
        if not folder:
            return set()
        return {folder[:-1], folder[:-2]} if self._between else {folder[:-1]}

    def _is_between(self, package: Package) -> bool:
        return len(package) % 2 == 1
