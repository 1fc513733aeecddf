"""The local names of one module, and its imports."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable

from ... import ir
from ...package import Import
from ...typing_ import Type, TypeBuilder
from ...typing_.types import NONE
from .placement import TypeLocations

_BUILTINS = frozenset(
    {"bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"}
)


class Namespace:
    """Assigns local names, and collects the imports that they need.

    `defined` are the names that the module itself defines, `used` the ids of the types that it
    uses. Names of the description come first; names of the runtime get an underscore if they clash.
    """

    def __init__(
        self,
        path: str,
        type_locations: TypeLocations,
        types: TypeBuilder,
        defined: Iterable[str] = (),
        used: Iterable[str] = (),
        shadowed: Iterable[str] = (),
        *,
        lazy: bool = False,
    ) -> None:
        self.path = path
        self._type_locations = type_locations
        self._types = types
        self._imports: set[Import] = set()
        self._late: set[Import] = set()
        self._defined = frozenset(defined)
        self._locals = {} if lazy else self._local_names(sorted(set(used)))
        self._lazy = lazy
        self._known: dict[tuple[ir.Type | Type, bool, frozenset[str], bool], Type] = {}
        hidden = frozenset(shadowed)
        self._shadowed = hidden & _BUILTINS
        self._arguments: frozenset[str] = frozenset()
        self._taken = self._defined | hidden | frozenset(self._locals.values())

    def _local_names(self, used: list[str]) -> dict[str, str]:
        folder = self.path.rpartition("/")[0]
        by_name: dict[str, set[tuple[str, ...]]] = {}
        for id_ in used:
            type_location = self._type_locations.types[id_]
            by_name.setdefault(type_location.class_name, set()).add(type_location.package)
        names: dict[str, str] = {}
        for id_ in used:
            type_location = self._type_locations.types[id_]
            here = type_location.module == self.path
            near = folder.removesuffix("types").strip("/") == "/".join(type_location.package)
            alone = (
                len(by_name[type_location.class_name]) == 1
                and type_location.class_name not in self._defined
            )
            if here or alone or (near and type_location.class_name not in self._defined):
                names[id_] = type_location.class_name
            else:
                words = (
                    "".join(word.title().replace("_", "") for word in type_location.package)
                    or "Root"
                )
                names[id_] = f"_{words}{type_location.class_name}"
        return names

    def set_arguments(self, names: Iterable[str]) -> None:
        """The arguments of the method that is built next; its body cannot use builtins with these
        names."""
        self._arguments = _BUILTINS.intersection(names)

    def builtin(self, name: str) -> str:
        """A builtin in the body of a method."""
        return f"{self.use(Import('builtins'))}.{name}" if name in self._arguments else name

    def without_imports(self) -> Namespace:
        """The same names, for text that the module does not print: its imports are dropped."""
        other = copy.copy(self)
        other._imports, other._late, other._known = set(), set(), {}
        return other

    def ref(self, id_: str) -> str:
        """The local name of a type."""
        type_location = self._type_locations.types[id_]
        if self._lazy:
            package = self.relative("/".join((*type_location.package, "__init__.py")))
            alias = "_".join(("", *type_location.package, type_location.folder))
            self._imports.add(Import(package, type_location.folder, alias))
            return f"{alias}.{type_location.class_name}"
        local = self._locals.get(id_, type_location.class_name)
        if type_location.module != self.path:
            alias = local if local != type_location.class_name else ""
            late = type_location.module in self._type_locations.late.get(self.path, ())
            imports = self._late if late else self._imports
            imports.add(
                Import(self.relative(type_location.module), type_location.class_name, alias)
            )
        return local

    def use(self, imported: Import) -> str:
        """The local name of an element of the runtime or a library; a module may be a path in the
        package."""
        if imported.module.endswith(".py"):
            imported = Import(self.relative(imported.module), imported.name, imported.alias)
        name = imported.alias or imported.name or imported.module
        if name in self._taken:
            imported = Import(imported.module, imported.name, f"_{name}")
            name = f"_{name}"
        self._imports.add(imported)
        return name

    def core(self, module: str, name: str) -> str:
        """The local name of an element of the runtime: `core("resource", "Resource")`."""
        return self.use(Import(self.relative(f"core/{module}.py"), name))

    def local(self, path: str, name: str) -> str:
        """The local name of an element of another generated module."""
        return self.use(Import(self.relative(path), name))

    def relative(self, path: str) -> str:
        """The relative import of the module at `path`."""
        here = self.path.split("/")[:-1]
        there = path.removesuffix(".py").removesuffix("/__init__").split("/")
        if there == ["__init__"]:
            there = []
        shared = 0
        while shared < min(len(here), len(there)) and here[shared] == there[shared]:
            shared += 1
        return "." * (len(here) - shared + 1) + ".".join(there[shared:])

    def annotation(
        self,
        type_: ir.Type | Type,
        *,
        argument: bool = False,
        body: bool = False,
        none: bool = False,
    ) -> Type:
        """A type with the local names of this module, which are imported; with `none`, None is
        allowed too. In the `body` of a method only its arguments hide builtins."""
        hidden = self._arguments if body else self._shadowed
        key = (type_, argument, hidden, none)
        local = self._known.get(key)
        if local is None:
            usual = type_ if isinstance(type_, Type) else self._types.type_of(type_, argument)
            usual = self._types.union(usual, NONE) if none else usual
            local = self._known[key] = self._renamed(usual, hidden)
        return local

    def _renamed(self, usual: Type, hidden: frozenset[str]) -> Type:
        """A type with the local names, which are then imported; `hidden` are builtins whose names
        something else has."""
        types: dict[str, str] = {}
        for id_ in usual.references:
            if (local := self.ref(id_)) != self._type_locations.types[id_].class_name:
                types[id_] = local
        names: dict[str, str] = {}
        for import_ in usual.needed_imports:
            name = import_.alias or import_.name or import_.module
            if (local := self.use(import_)) != name:
                names[name] = local
        if hidden:
            for name in hidden.intersection(node.head for node in usual.nodes):
                names[name] = f"{self.use(Import('builtins'))}.{name}"
        return usual.renamed(types, names) if types or names else usual

    def needs(self, types: Iterable[Type]) -> tuple[Import, ...]:
        """The imports that types of this module need in another module with the same local
        names."""
        other = self.without_imports()
        for type_ in types:
            other._renamed(type_, other._shadowed)
        return in_order((*other._imports, *other._late))

    @property
    def late(self) -> tuple[Import, ...]:
        """The imports, used only in annotations, from modules that import this one."""
        return in_order(self._late)

    @property
    def imports(self) -> tuple[Import, ...]:
        """All imports: the standard library, libraries, then relative ones."""
        return in_order(self._imports)


_LIBRARIES = frozenset({"httpx", "pydantic", "typing_extensions"})


def in_order(imports: Iterable[Import]) -> tuple[Import, ...]:
    """Imports in the order in which a module prints them."""
    return tuple(sorted(imports, key=_order))


def _order(import_: Import) -> tuple[object, ...]:
    relative = len(import_.module) - len(import_.module.lstrip("."))
    group = 2 if relative else int(import_.module in _LIBRARIES)
    module = _natural(import_.module)
    return (group, -relative, bool(import_.name), module, by_type(import_.name), import_.alias)


def by_type(name: str) -> tuple[object, ...]:
    """isort's order of imported names: constants, classes, others; numbers by value."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return (kind, *_natural(name))


def _natural(name: str) -> tuple[object, ...]:
    parts = re.split(r"(\d+)", name.lower())
    return (tuple(int(part) if part.isdigit() else part for part in parts), name)
