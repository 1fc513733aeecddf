"""The exports of packages: their types, those of their groups, clients and errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...package import (
    EnvironmentClass,
    ErrorClass,
    Export,
    Exports,
    Import,
    Module,
    NameImports,
    Resource,
    RootClient,
)
from ..clients import fern_http_clients
from ..context import Context
from ..locations.namespace import in_order
from ..types import typed_dicts
from .exported_names import ExportedNames, Package
from .first_imports import import_order


def build(
    context: Context,
    root: RootClient,
    resources: Sequence[Resource],
    errors: Sequence[ErrorClass],
    environment: EnvironmentClass | None,
    helpers: Sequence[str] = (),
    sockets: Mapping[Package, Sequence[str]] | None = None,
) -> list[Module]:
    """The `__init__` modules of all packages; `helpers` are the classes of webhooks, `sockets` those
    of the WebSockets of each group."""
    builder = _Builder(context, errors)
    modules = [*builder.types(), *builder.requests()]
    modules += builder.groups(resources, sockets or {})
    modules.append(builder.root(root, resources, environment, helpers))
    return modules


class _Builder:
    def __init__(self, context: Context, errors: Sequence[ErrorClass]) -> None:
        self._context = context
        self._names = ExportedNames(context, errors)

    def types(self) -> list[Module]:
        """The package of types of each group that has types."""
        types: list[Module] = []
        for package, names in self._names.types.items():
            folder = (*package, "types")
            exports = [Export(name, _relative(folder, path)) for name, path in names.items()]
            exports.sort(key=lambda export: (export.module, export.name))
            renamed = tuple(sorted(self._names.old_names.get(package, ())))
            types += self._modules(folder, Exports(names=tuple(exports), renamed=renamed))
        return types

    def requests(self) -> list[Module]:
        """The package of TypedDicts of each group that has some."""
        requests: list[Module] = []
        for package, names in self._names.requests.items():
            folder = (*package, typed_dicts.FOLDER)
            exports = [Export(name, _relative(folder, path)) for name, path in names.items()]
            exports.sort(key=lambda export: (export.module, export.name))
            requests += self._modules(folder, Exports(names=tuple(exports)))
        return requests

    def groups(
        self, resources: Sequence[Resource], sockets: Mapping[Package, Sequence[str]]
    ) -> list[Module]:
        """The packages of groups: types first, then clients whose names are not taken."""
        by_package = {tuple(resource.module.split("/")[:-1]): resource for resource in resources}
        modules: list[Module] = []
        for package in self._names.folders - {()}:
            stars, alone, taken = self._names.stars(package)
            names: list[Export] = [*alone, *self._names.groups_below(package)]
            resource = by_package.get(package)
            if resource is not None:
                for name in (resource.sync.name, resource.asynchronous.name):
                    if name not in taken:
                        names.append(Export(name, ".client"))
            for socket in sockets.get(package, ()):
                if socket not in taken:
                    names.append(Export(socket, ".socket_client"))
            exports = Exports(
                names=tuple(sorted(names)),
                stars=stars,
                submodules=self._names.subfolders(package),
                renamed=self._old_clients(package, resource, taken),
                stars_renamed=self._names.renamed(package, stars),
            )
            modules.append(self._module(package, exports))
            modules += self._old_packages(package, exports)
        return modules

    def _old_clients(
        self, package: Package, resource: Resource | None, taken: set[str]
    ) -> tuple[tuple[str, str], ...]:
        """The clients of a group by their names under the group's old names."""
        if resource is None:
            return ()
        clients: list[tuple[str, str]] = []
        for old in self._context.folders.old_names.get(package, ()):
            name = f"{self._context.names.class_name((old,))}Client"
            for prefix in ("", "Async"):
                if f"{prefix}{name}" not in taken:
                    clients.append((f"{prefix}{name}", f"{prefix}{resource.name}"))
        return tuple(sorted(clients))

    def _old_packages(self, package: Package, exports: Exports) -> list[Module]:
        """The exports of a package under its old names."""
        names = [name.name for name in exports.names]
        names += [name for star in exports.stars for name in star.names]
        old_exports = Exports(
            names=tuple(Export(name, f"..{package[-1]}") for name in sorted(names)),
            submodules=("types",) if package in self._names.types else (),
            renamed=exports.all_renamed,
        )
        old = self._context.folders.old_names.get(package, ())
        modules = [self._module((*package[:-1], name), old_exports) for name in old]
        if package in self._names.types:
            place = f"...{package[-1]}.types"
            types = Exports(
                names=tuple(Export(name, place) for name in self._names.type_names(package)),
                renamed=tuple(sorted(self._names.old_names.get(package, ()))),
            )
            for name in old:
                modules += self._modules((*package[:-1], name, "types"), types)
        return modules

    def root(
        self,
        root: RootClient,
        resources: Sequence[Resource],
        environment: EnvironmentClass | None,
        helpers: Sequence[str],
    ) -> Module:
        """The package itself."""
        settings = self._context.settings.python
        stars, alone, taken = self._names.stars(())
        names: dict[str, Export] = {export.name: export for export in alone}

        def export(name: str, module: str, *, handwritten: bool = False) -> None:
            if name not in taken:
                names.setdefault(name, Export(name, module, handwritten))

        for group in self._names.groups_below(()):
            names.setdefault(group.name, group)
        own_errors, deeper = self._names.root_errors(taken)
        for error_class in deeper:
            export(error_class.name, _module_of(error_class))
        if environment is not None:
            export(environment.name, ".environment")
        for helper in helpers:
            export(helper, ".webhooks_helper")
        for init in settings.additional_init_exports:
            for name in init.names:
                export(name, f".{init.module.lstrip('.')}", handwritten=True)
        client_name = settings.exported_client_class_name
        if client_name is None or client_name == root.name:
            export(root.name, f".{settings.client_module}")
            export(f"Async{root.name}", f".{settings.client_module}")
        else:
            module = f".{settings.exported_client_module or 'client'}"
            export(client_name, module, handwritten=True)
            export(f"Async{client_name}", module, handwritten=True)
        for name in (
            fern_http_clients.NAMES if fern_http_clients.has_them(self._context.settings) else ()
        ):
            export(name, f".{fern_http_clients.PATH.removesuffix('.py')}")
        old = [(old, error.name) for error in (*own_errors, *deeper) for old in error.old_names]
        # Names of the description and of the settings take precedence over names of the runtime.
        taken |= {name for name, _ in (*old, *self._names.renamed((), stars))}
        for name, module in _own(root, resources, fern=self._context.fern):
            export(name, module)
        exports = Exports(
            names=tuple(sorted(names.values(), key=lambda name: (name.module, name.name))),
            stars=stars,
            submodules=self._names.subfolders(()),
            eager=(Export("__version__", ".version"),),
            renamed=tuple(sorted(old)),
            first=import_order(self._context.type_locations, self._context.uses),
            stars_renamed=self._names.renamed((), stars),
            existing=tuple(name.lstrip(".") for name in settings.import_paths),
            recursion_limit=settings.recursion_limit,
        )
        return self._module((), exports)

    def _modules(self, package: Package, exports: Exports) -> list[Module]:
        """A package, and the imports of its names for type checkers if it is large."""
        modules = [self._module(package, exports)]
        if exports.is_large:
            path = "/".join((*package, "_exports.py"))
            doc = "The names of the package, for type checkers."
            comments = ("isort: skip_file",)
            imports = NameImports(names=exports.names)
            modules.append(Module(path=path, items=(imports,), doc=doc, comments=comments))
        return modules

    def _module(self, package: Package, exports: Exports) -> Module:
        core = f"{'.' * (len(package) + 1)}core"
        old = bool(exports.all_renamed)
        lazy = Import(f"{core}.renamed", "lazy_renamed") if old else Import(f"{core}.lazy", "lazy")
        imports = [lazy, Import(f"{core}.lazy", "TYPE_CHECKING")]
        if exports.is_large:
            imports.append(Import(f"{core}.name_table", "NameTable"))
        if exports.first:
            imports.append(Import("importlib", "import_module"))
        if exports.existing:
            imports.append(Import(f"{core}.existing", "import_existing"))
        if exports.recursion_limit:
            imports.append(Import("sys"))
        for export in exports.eager:
            imports.append(Import(export.module, export.name, export.name))
        return Module(
            path="/".join((*package, "__init__.py")),
            items=(exports,),
            imports=in_order(imports),
            # It would have a statement for each exported name.
            comments=("isort: skip_file",),
        )


def _own(root: RootClient, resources: Sequence[Resource], *, fern: bool) -> list[tuple[str, str]]:
    """The runtime exceptions that users catch, each with its module."""
    result = [
        ("ApiError", ".core.api_error"),
        # In layout `fern`, a team may replace `core.api_error` by a hand-written module.
        ("MissingCredentialError", ".core._credential_error" if fern else ".core.api_error"),
        ("ParsingError", ".core.parse_error" if fern else ".core.api_error"),
    ]
    methods = [method for one in (root.resource, *resources) for method in one.methods]
    if any(method.kind == "wait" for method in methods):
        result += [(name, ".core.waiter") for name in ("WaitFailedError", "WaitTimeoutError")]
    if any(method.kind == "socket" for method in methods):
        errors = ("MessageTooBigError", "SocketClosed", "SocketClosedError", "SocketClosedOK")
        result += [
            ("EventType", ".core.events"),
            *((name, ".core.socket_errors") for name in errors),
        ]
    return result


def _module_of(error: ErrorClass) -> str:
    return f".{error.module.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"


def _relative(package: Package, path: str) -> str:
    """A module relative to its package."""
    folder = "/".join(package)
    if path.startswith(f"{folder}/"):
        return f".{path.removeprefix(f'{folder}/').removesuffix('.py').replace('/', '.')}"
    # A cycle of references may put a type into the module of another group.
    return f"{'.' * (len(package) + 1)}{path.removesuffix('.py').replace('/', '.')}"
