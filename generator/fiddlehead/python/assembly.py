"""Assembles a package: builds its clients, errors, pages and other modules around the types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import package
from ..config import Settings
from ..examples.example_calls import ExampleCalls
from ..frozen import dataclass, replace
from ..literals import literal
from ..recording import Tracked, part
from . import header, needed_runtime, unsupported, webhooks
from .clients import environments, fern_http_clients, groups, root_client
from .context import Context
from .examples import examples, fake_examples, fakes, method_tests, package_tests
from .exports import fern_import_paths, package_exports
from .locations.namespace import Namespace, in_order
from .methods import custom_pagers, methods
from .pages import reference
from .recorder import Recorder
from .types import errors, package_types, typed_dicts

RUNTIME = "runtime"
"""The attributes that determine the needed runtime modules: only the kinds of types."""


def assemble(
    context: Context, built: package_types.Types, recorder: Recorder | None = None
) -> package.Package:
    """The package with these types, everything else is built.

    The modules of types may be missing in `built`: they and the parts of the runtime that only they
    need are then added by the caller.
    """
    settings = context.settings
    parts = _parts(context, built)
    modules = _modules(context, parts)
    fake = None
    if settings.python.testing:
        taken = [*context.type_locations.members, *(module.path for module in modules)]
        calls = parts.call_examples.example_calls
        fake = fakes.build(
            context,
            parts.client,
            parts.resources,
            parts.namespaces,
            taken,
            calls,
            parts.environment,
        )
        modules += fake.modules
    unsupported.report(context)
    with part(context.api.declarations, RUNTIME):
        runtime = needed_runtime.runtime(context, modules, parts.resources)
    python_package = package.Package(
        name=settings.package,
        header=header(settings),
        license_header=settings.python.license_header,
        modules=tuple(sorted(modules, key=lambda module: module.path)),
        runtime=runtime,
        root=parts.client,
        resources=tuple(parts.resources[1:]),
        types=parts.types.by_id,
        type_modules=_type_modules(context),
        errors=parts.errors.classes,
        environment=parts.environment,
        http_library=settings.http_library,
        templates=settings.templates,
        fern=context.fern,
    )
    if recorder is not None:
        recorder.examples(fake_examples.examples_of(context, parts.resources))
    marks = recorder.marks if recorder is not None else None
    pages = reference.pages(context.api, python_package, settings, marks)
    if fake is not None:
        tested = method_tests.Tested(
            context, parts.client, parts.call_examples, parts.types.by_id, fake.folder
        )
        pages += _test_pages(python_package, tested, parts.resources)
    return replace(python_package, pages=pages)


@dataclass(frozen=True)
class _Parts:
    """The parts from which the modules of a package are built."""

    types: package_types.Types
    errors: errors.Errors
    environment: package.EnvironmentClass | None
    tree: groups.Group
    resources: list[package.Resource]
    """The resources with documented methods; the root is the first."""
    namespaces: dict[str, Namespace]
    """The namespaces of the modules of resources, by path."""
    client: package.RootClient
    helpers: package.Module | None
    exported: list[package.Module]
    call_examples: examples.Examples


def _parts(context: Context, built: package_types.Types) -> _Parts:
    built_errors = errors.build(context)
    own_name, shown_name, client_module = root_client.names(context)
    environment = environments.build(context, shown_name)
    tree = groups.plan(context, own_name)
    resources, namespaces = _resources(context, tree, f"{client_module}.py")
    client = root_client.build(
        context,
        namespaces[resources[0].module],
        resources[0],
        environment,
        _methods_by_id(resources),
    )
    helpers_module, helpers = webhooks.build(context)
    sockets = groups.socket_names(tree)
    exported = package_exports.build(
        context, client, resources[1:], built_errors.classes, environment, helpers, sockets
    )
    example_pages = examples.build(context, client, built.by_id, exported, environment)
    resources = [_documented(example_pages.resource(resource)) for resource in resources]
    client = root_client.documented(context, replace(client, resource=resources[0]), resources)
    return _Parts(
        types=built,
        errors=built_errors,
        environment=environment,
        tree=tree,
        resources=resources,
        namespaces=namespaces,
        client=client,
        helpers=helpers_module,
        exported=exported,
        call_examples=example_pages,
    )


def _modules(context: Context, parts: _Parts) -> list[package.Module]:
    """All modules except those of fakes."""
    first, *others = parts.resources
    modules = [
        *parts.types.modules,
        *parts.errors.modules,
        *typed_dicts.build(context, parts.types.by_id),
        _version_module(context.settings),
        _root_module(context, parts.client, parts.namespaces[first.module]),
        *(groups.module(context, other, parts.namespaces[other.module]) for other in others),
        *groups.socket_modules(context, parts.tree),
        *parts.exported,
    ]
    if parts.environment is not None:
        modules.append(environments.module(parts.environment))
    if parts.helpers is not None:
        modules.append(parts.helpers)
    pagers = custom_pagers.build(context)
    if pagers is not None:
        modules.append(pagers)
    if context.fern:
        taken = [*context.type_locations.members, *(module.path for module in modules)]
        modules += fern_import_paths.build(
            context, taken, parts.client, others, parts.errors.classes
        )
    rules = fern_http_clients.request_rules(context.settings)
    if context.fern and rules is not None:
        modules.append(rules)
    if context.fern and context.settings.is_protected("core/pydantic_utilities.py"):
        models = package.Constant(name="MODELS", annotation="bool", value="True")
        modules.append(package.Module(path="core/hand_written.py", items=(models,)))
    if context.settings.python.datetime_milliseconds:
        rule = package.Constant(name="MILLISECONDS", annotation="bool", value="True")
        modules.append(package.Module(path="core/datetime_rules.py", items=(rule,)))
    if fern_http_clients.has_them(context.settings):
        modules.append(fern_http_clients.module(context.settings))
    return modules


def _resources(
    context: Context, tree: groups.Group, client_path: str
) -> tuple[list[package.Resource], dict[str, Namespace]]:
    """The resource of each group, the root first, and the namespaces of their modules by path."""
    resources: list[package.Resource] = []
    namespaces: dict[str, Namespace] = {}
    for group in groups.all_groups(tree):
        path = group.module if group.package else client_path
        namespaces[path] = groups.namespace(context, group, path)
        resources.append(groups.resource(context, group, namespaces[path], path))
    return resources, namespaces


def _methods_by_id(
    resources: Iterable[package.Resource],
) -> dict[str, tuple[tuple[str, ...], package.Method]]:
    """Each method by the id of its endpoint, with the attributes from the client to its resource."""
    return {
        method.id: (resource.attribute, method)
        for resource in resources
        for method in resource.methods
        if method.alias_of is None
    }


def _version_module(settings: Settings) -> package.Module:
    value, imports = literal(settings.version), tuple[package.Import, ...]()
    if settings.installed_version and settings.layout == "fern":
        function = "installed_version"
        value = f"{function}({literal(settings.distribution or settings.package)}, {value})"
        imports = (package.Import(".core.installed_version", function),)
    version = package.Constant(name="__version__", value=value)
    return package.Module(path="version.py", items=(version,), imports=imports)


def _test_pages(
    python_package: package.Package, tested: method_tests.Tested, resources: list[package.Resource]
) -> tuple[package.Page, ...]:
    """The examples that fakes return, and the tests of the package if the settings enable them."""
    context = tested.context
    # The dependencies of examples that are already cached would not be recorded.
    fresh = isinstance(context.api.declarations, Tracked)
    example_calls = ExampleCalls(context.api) if fresh else tested.examples.example_calls
    lines = fake_examples.example_lines(context, resources, example_calls)
    path = f"{python_package.name}/{tested.folder}/examples.jsonl"
    pages = (package.Page(path=path, template="lines.jinja", content=lines),)
    if not context.settings.python.tests:
        return pages
    return pages + package_tests.Tests(tested, python_package.header).pages(resources)


def _type_modules(context: Context) -> Mapping[str, str]:
    return {
        id_: type_location.module for id_, type_location in context.type_locations.types.items()
    }


def _documented(resource: package.Resource) -> package.Resource:
    """A resource whose methods have their docstrings."""
    return replace(
        resource,
        methods=tuple(
            methods.with_docs(
                method, methods.docstring(method), methods.docstring(method, asynchronous=True)
            )
            for method in resource.methods
        ),
    )


def _root_module(
    context: Context, client: package.RootClient, namespace: Namespace
) -> package.Module:
    module = replace(groups.module(context, client.resource, namespace), items=(client,))
    if not context.fern:
        return module
    # Users of Fern's packages import OMIT from here, even if this client does not need it.
    omit = package.Import(namespace.relative("core/resource.py"), "OMIT")
    imports = [import_ for import_ in module.imports if import_ != omit]
    imports.append(replace(omit, alias="OMIT"))
    place = namespace.relative("core/default_client.py")
    name = "make_default_async_client"
    imports.append(package.Import(place, name))
    # Fern's packages have this function here, and tests of their users call it.
    constant = package.Constant(name=f"_{name}", value=name)
    return replace(module, items=(*module.items, constant), imports=in_order(imports))
