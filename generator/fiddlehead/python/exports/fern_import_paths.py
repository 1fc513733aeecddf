"""Layout `fern`: one-line modules at the import paths of Fern's packages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ... import ir, queries
from ...literals import literal
from ...package import Constant, ErrorClass, Import, Module, Reexport, Resource, RootClient
from ..clients import environments, raw_modules
from ..context import Context
from ..locations.namespace import in_order


def build(
    context: Context,
    taken: Iterable[str],
    root: RootClient,
    resources: Sequence[Resource],
    errors: Sequence[ErrorClass],
) -> list[Module]:
    """The modules; a path in `taken` has a real module."""
    result: dict[str, Module] = {}

    def add(path: str, module: str, *names: str) -> None:
        result[path] = Module(path=path, items=(Reexport(module=module, names=names),))

    for path, (module, names) in _moved(context).items():
        add(path, _relative(path, module), *sorted(names))
    for error in errors:
        add(context.errors[error.id].own_module, ".", error.name)
    for resource in (root.resource, *resources):
        path = raw_modules.raw_path(resource.module)
        module = resource.module.rpartition("/")[2].removesuffix(".py")
        raws = [cls.name for cls in (resource.async_raw, resource.raw) if cls is not None]
        add(path, f".{module}", *raws)
    place = f"..{context.written_to(root.resource.module).removesuffix('.py')}"
    result["core/root_clients.py"] = Module(
        path="core/root_clients.py",
        items=(
            Constant(name="AsyncRootClient", value=f"Async{root.name}"),
            Constant(name="DECLARED", value=_declared(context, root)),
            Constant(name="RootClient", value=root.name),
        ),
        # `core.client_wrapper` constructs wrappers by hand as a client would.
        imports=in_order([Import(place, f"Async{root.name}"), Import(place, root.name)]),
    )
    taken_paths = set(taken)
    return [module for path, module in sorted(result.items()) if path not in taken_paths]


def _declared(context: Context, root: RootClient) -> str:
    """The arguments of the client that the description declares, besides credentials, as source."""
    api = context.api
    wires = {parameter.name for parameter in (*api.headers, *api.query)}
    wires |= {variable.name for variable in api.variables}
    wires |= {variable.name for variable in environments.variables(context)}
    if api.version_header is not None:
        wires.add(api.version_header.header)
    names = [argument.name for argument in root.arguments if argument.wire in wires]
    return f"({', '.join(map(literal, names))}{',' if names else ''})"


def _moved(context: Context) -> dict[str, tuple[str, list[str]]]:
    """By module of Fern's packages, the module and the names of types that are defined elsewhere.
    Fern's module of a union has the classes of its variants."""
    types = context.type_locations.types
    unions = {
        queries.variant_id(union, variant): union.id
        for union in context.api.declarations.values()
        if isinstance(union, ir.Union)
        for variant in queries.classed(union)
    }
    result: dict[str, tuple[str, list[str]]] = {}
    for id_, place in types.items():
        path = types[unions.get(id_, id_)].own_module
        if path != place.module:
            result.setdefault(path, (place.module, []))[1].append(place.class_name)
    return result


def _relative(here: str, there: str) -> str:
    folders = here.split("/")[:-1]
    target = there.removesuffix(".py").split("/")
    shared = 0
    while shared < min(len(folders), len(target) - 1) and folders[shared] == target[shared]:
        shared += 1
    return "." * (len(folders) - shared + 1) + ".".join(target[shared:])
