"""The modules of the runtime that a package needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .. import ir, queries, runtime_modules
from ..package import Alias, EnumClass, Item, Model, Module, Resource, RootClient
from ..typing_ import Type
from .clients import sockets
from .context import Context


def runtime(
    context: Context, modules: Iterable[Module], resources: Iterable[Resource]
) -> tuple[str, ...]:
    """The modules of the runtime that a package needs, sorted by name: those that its modules
    import, and those that its types and calls need at run time. Layout `fern` has all."""
    if context.fern:
        module_names = runtime_modules.all_names()
        if not any(ir.channels(context.api.root)):
            module_names = _without_sockets(module_names)
        unused = _ON_REQUEST - imported_core(modules) - _by_setting(context)
        return tuple(
            name
            for name in module_names
            if name not in unused and _is_wanted_of_fakes(context, name)
        )
    modules = list(modules)
    names = of_modules(modules) | _by_setting(context)
    if "sockets" in names:
        # It is imported when a connection ends.
        names.add("socket_errors")
    if _is_wanted_of_fakes(context, "testing_server"):
        names.add("testing_server")
    if _has_unions(context):
        names.add("unions")
    if _sends_models(context.api):
        names.add("native")
    if _takes_text(context.api):
        names.add("texts")
    if _has_long_chains(context.uses):
        names.add("deep")
    calls = {
        (keyword.name, keyword.expression)
        for resource in resources
        for method in resource.methods
        for keyword in method.call.keywords
    }
    keywords = {name for name, _ in calls}
    if keywords & {"form", "data", "files", "content"}:
        names.add("bodies")
    if "content" in keywords:
        names.add("raw_bodies")
    if keywords & {"styles", "form_styles", "path_styles"} or _has_objects_in_queries(context):
        names.add("styles")
    return runtime_modules.needed(names)


_ON_REQUEST = frozenset(
    {
        *("existing", "number_texts", "phase_timeouts", "positional"),
        *("transports", "user_agent"),
    }
)
"""The modules that only settings need, also in layout `fern`."""


def _by_setting(context: Context) -> set[str]:
    """The modules that the runtime loads by name for a setting."""
    python = context.settings.python
    wanted = {
        "datetime_rules": python.datetime_milliseconds,
        "number_texts": python.pydantic.coerce_numbers_to_str,
        "phase_timeouts": python.timeouts is not None,
    }
    return {name for name, is_wanted in wanted.items() if is_wanted}


def with_types(context: Context, runtime: tuple[str, ...], needs: Iterable[str]) -> tuple[str, ...]:
    """The modules of the runtime, with those that only types need (`of_modules`)."""
    return runtime if context.fern else runtime_modules.needed((*runtime, *needs))


def of_modules(modules: Iterable[Module]) -> set[str]:
    """The modules of the runtime that modules import, or that their types need at run time."""
    modules = list(modules)
    names = imported_core(modules)
    if has_formats(modules):
        names.add("formats")
    if has_other_literals(modules):
        names.add("integers")
    if has_constants(modules):
        names.add("constants")
    return names


def _is_wanted_of_fakes(context: Context, module: str) -> bool:
    """Whether a module is needed, if it belongs to the fakes."""
    python = context.settings.python
    if module == "testing_server":
        return python.testing and python.tests and python.tests_over_http
    return python.testing or not module.startswith("testing")


def imported_core(modules: Iterable[Module]) -> set[str]:
    """The modules of the runtime that modules import."""
    result: set[str] = set()
    for module in modules:
        for import_ in (*module.imports, *module.typing_imports):
            _, core, name = import_.module.rpartition("core.")
            if core:
                result.add(name)
    return result


def _without_sockets(modules: Iterable[str]) -> tuple[str, ...]:
    """Modules without those that need the library `websockets`."""
    return tuple(module for module in modules if module not in _SOCKETS)


_SOCKETS = (
    "socket_client",
    "socket_errors",
    "sockets",
    "testing_sockets",
    "websocket_compat",
)


def _has_unions(context: Context) -> bool:
    declarations = context.api.declarations.values()
    return (
        any(isinstance(declaration, ir.Union) for declaration in declarations)
        or any(contains_union(type_) for type_ in queries.types(context.api))
        or any(
            isinstance(sockets.received(channel), ir.UnionOf)
            for _, channel in ir.channels(context.api.root)
        )
    )


def contains_union(type_: object) -> bool:
    return isinstance(type_, ir.UnionOf) or any(map(contains_union, queries.parts(type_)))


def _sends_models(api: ir.Api) -> bool:
    """Whether an object of a class can be in a JSON request body."""
    bodies = [endpoint.body for _, endpoint in ir.endpoints(api.root)]
    sent = [body for body in bodies if body is not None and body.encoding == "json"]
    return any(isinstance(api.declarations[id_], ir.Model) for id_ in queries.reachable(api, sent))


def _takes_text(api: ir.Api) -> bool:
    """Whether a JSON response may also be text."""
    return any(
        not isinstance(queries.resolved_non_null(api, result.type), ir.Model | ir.ListOf | ir.MapOf)
        for result in (endpoint.result for _, endpoint in ir.endpoints(api.root))
        if result.kind == "json" and result.type is not None
    )


MAX_CHAIN = 24
"""The maximum nesting of models in one schema of the runtime (`deep.MAX_CHAIN`)."""


def _has_long_chains(uses: Mapping[str, frozenset[str]]) -> bool:
    """Whether models may be nested deeper than the runtime allows at once: there is a cycle or a
    long chain."""
    long = set(uses)
    for _ in range(MAX_CHAIN):
        before, long = long, {id_ for id_ in long if not uses[id_].isdisjoint(long)}
        if len(long) == len(before):  # There is a cycle, or nothing.
            break
    return bool(long)


def has_constants(modules: Iterable[Module]) -> bool:
    """Whether a field may be omitted because it has only one value."""
    return any(
        field.default not in (None, "None")
        for module in modules
        for item in module.items
        if isinstance(item, Model)
        for field in item.fields
    )


def has_formats(modules: Iterable[Module]) -> bool:
    """Whether a type needs conversions that JSON does not have."""
    items = [item for module in modules for item in module.items]
    if any(
        isinstance(item, EnumClass) or (isinstance(item, Alias) and item.recursive)
        for item in items
    ):
        return True
    return any(
        node.head in ("uuid.UUID", "dt.date", "set", "tuple")
        or (node.head == "dict" and node.items[0].head != "str")
        for annotation in _annotations(items)
        for node in annotation.nodes
    )


def has_other_literals(modules: Iterable[Module]) -> bool:
    """Whether a response may have literals that are not strings."""
    items = [item for module in modules for item in module.items]
    return any(
        any(not isinstance(value, str) for value in node.literals)
        for annotation in _annotations(items)
        for node in annotation.nodes
    )


def _annotations(items: Iterable[Item]) -> Iterable[Type]:
    """The types in the annotations of modules, each once: most fields share theirs."""
    return {id(type_): type_ for type_ in _all_annotations(items)}.values()


def _all_annotations(items: Iterable[Item]) -> Iterator[Type]:
    for item in items:
        match item:
            case Model():
                yield from (field.annotation for field in item.fields)
                if item.extra is not None:
                    yield item.extra
            case Alias():
                yield item.value
            case Resource():
                yield from _called(item)
            case RootClient():
                yield from (argument.annotation for argument in item.arguments)
                yield from _called(item.resource)
            case _:
                pass


def _called(resource: Resource) -> Iterator[Type]:
    for method in resource.methods:
        yield method.returns
        yield from (argument.annotation for argument in method.arguments)


def _has_objects_in_queries(context: Context) -> bool:
    """Whether a query parameter may be more than a scalar or a list of scalars."""
    return any(
        _is_structured(context, parameter.type)
        for parameter in (
            *context.api.query,
            *(
                parameter
                for one in queries.requests(context.api.root)
                for parameter in one.parameters
            ),
        )
        if parameter.location == "query"
    )


def _is_structured(context: Context, type_: ir.Type) -> bool:
    resolved = queries.resolved_non_null(context.api, type_)
    if isinstance(resolved, ir.ListOf):
        resolved = queries.resolved_non_null(context.api, resolved.item)
    return not isinstance(resolved, ir.Primitive | ir.Enum | ir.Literal)
