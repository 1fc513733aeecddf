"""`PACKAGE.testing`: a fake of each client class, for tests of code that uses the client.

A fake is a subclass of the client class; its methods are objects of the runtime's `testing`. Each
group has a module with its two fakes and a class for the arguments of each method, with the local
names of the client's module: names in annotations are imported only for type checkers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ... import ir, queries
from ...examples.example_calls import PLACEHOLDER_URL, ExampleCalls, thawed
from ...frozen import dataclass, replace
from ...literals import literal
from ...package import (
    Argument,
    Child,
    EnvironmentClass,
    FakeCall,
    FakeClass,
    FakeMethod,
    Fakes,
    Import,
    Method,
    Module,
    Resource,
    RootClient,
)
from ..clients.groups import child_decorator
from ..context import Context
from ..locations.namespace import Namespace, in_order

_RUNTIME = {
    "request": ("testing", "fake"),
    "stream": ("testing_streams", "fake_stream"),
    "download": ("testing_downloads", "fake_download"),
    "pages": ("testing_pages", "fake_pages"),
    "wait": ("testing_waiters", "fake_wait"),
    "socket": ("testing_sockets", "fake_socket"),
}


@dataclass(frozen=True)
class Built:
    """The modules of the fakes; `folder` is their package."""

    folder: str
    modules: tuple[Module, ...]


def build(
    context: Context,
    client: RootClient,
    resources: Sequence[Resource],
    namespaces: Mapping[str, Namespace],
    taken: Iterable[str],
    example_calls: ExampleCalls,
    environment: EnvironmentClass | None,
) -> Built:
    """The fakes of the client and of its groups; `namespaces` are those of the clients' modules by
    path, `taken` the paths of the other modules of the package."""
    folder = _folder(context, client, resources, taken)
    endpoints = {request.id: request for request in queries.requests(context.api.root)}
    modules: list[Module] = []
    for resource in resources:
        writer = _Writer(context, resource, namespaces[resource.module], endpoints, folder)
        placeholders = _placeholders(context, client, example_calls)
        modules.append(writer.module(placeholders, environment))
    return Built(folder, tuple(modules))


def _folder(
    context: Context, client: RootClient, resources: Sequence[Resource], taken: Iterable[str]
) -> str:
    """`testing`, or with an underscore if the package already has this name."""
    tops = {path.partition("/")[0].removesuffix(".py") for path in taken}
    folder = "testing"
    while folder in tops:
        folder += "_"
    if folder != "testing":
        testing = next(
            (resource for resource in resources if resource.attribute[:1] == ("testing",)), None
        )
        context.diagnostics.warning(
            "duplicate-name",
            f"the package already has a 'testing': the fake client is in '{folder}'",
            (testing or client.resource).span,
        )
    return folder


def _placeholders(
    context: Context, client: RootClient, example_calls: ExampleCalls
) -> tuple[tuple[str, str], ...]:
    """The arguments that a fake passes to the constructor of its client: required arguments, and
    all credentials, so that no environment variable is read."""
    api = context.api
    secrets = {
        credential.name for one in api.auth_schemes.values() for credential in one.credentials
    }
    types: dict[str, ir.Type] = {header.name: header.type for header in (*api.headers, *api.query)}
    types |= {variable.name: variable.type for variable in api.variables}
    result: list[tuple[str, str]] = []
    for argument in client.arguments:
        if argument.name == "environment" and not argument.wire:
            continue
        if argument.wire in types and argument.required:
            value = thawed(
                example_calls.samples.value(types[argument.wire], argument.name, "request")
            )
            result.append(
                (argument.name, repr(value) if not isinstance(value, str) else literal(value))
            )
        elif argument.name == "base_url" and argument.required:
            result.append((argument.name, literal(PLACEHOLDER_URL)))
        elif argument.required or (argument.wire and argument.wire in secrets):
            result.append((argument.name, literal("fake")))
    return tuple(result)


class _Writer:
    """Writes the module of one group."""

    def __init__(
        self,
        context: Context,
        resource: Resource,
        client: Namespace,
        endpoints: Mapping[str, ir.Endpoint],
        folder: str,
    ) -> None:
        self._context = context
        self._resource = resource
        self._folder = folder
        self._abstract = context.settings.python.stream_abstraction
        self._endpoints = endpoints
        self._typing: set[Import] = set()
        path = self._path(resource.attribute, bool(resource.children))
        members = [method.name for method in resource.methods]
        members += [child.attribute for child in resource.children]
        members += [old for child in resource.children for old in child.old_names]
        self._calls: dict[str, FakeCall] = {}
        self._names = {f"Fake{class_}" for class_ in self._classes}
        self._names |= {f"Fake{name}" for child in resource.children for name in _names(child)}
        annotated = self._annotated(path, client)
        self._names |= annotated
        self._namespace = context.namespace(path, self._names, (), members)

    @property
    def _classes(self) -> tuple[str, str]:
        return (self._resource.sync.name, self._resource.asynchronous.name)

    def _path(self, attribute: tuple[str, ...], is_package: bool) -> str:
        path = "/".join((self._folder, *attribute))
        return f"{path}/__init__.py" if is_package or not attribute else f"{path}.py"

    def _annotated(self, path: str, client: Namespace) -> set[str]:
        """The names in annotations of arguments, which are imported as in the client's module."""
        annotations = (
            annotation
            for method in self._resource.methods
            for argument in method.arguments
            for annotation in (argument.annotation, argument.async_annotation)
            if annotation is not None and argument.location != "options"
        )
        needed = client.needs(annotations)
        self._typing |= {
            replace(import_, module=self._moved(import_.module, path)) for import_ in needed
        }
        return {
            import_.alias or import_.name or import_.module.partition(".")[0] for import_ in needed
        }

    def _moved(self, module: str, path: str) -> str:
        """A relative import of the client's module, relative to the module at `path`."""
        name = module.lstrip(".")
        dots = len(module) - len(name)
        if not dots:
            return module
        folders = self._resource.module.split("/")[:-1]
        base = folders[: len(folders) - dots + 1]
        return "." * (path.count("/") + 1) + ".".join([*base, *([name] if name else [])])

    def _child(self, child: Child, asynchronous: bool) -> Child:
        """A child group as an attribute of a fake, whose class is a fake too."""
        name = f"Fake{_names(child)[asynchronous]}"
        module = "." + ".".join(child.module.strip(".").split(".")[-2:-1])
        alias = f"{child.alias_prefix}{name}" if child.alias_prefix else ""
        self._typing.add(Import(module, name, alias))
        return replace(child, class_name=name, module=module)

    def module(
        self, placeholders: tuple[tuple[str, str], ...], environment: EnvironmentClass | None
    ) -> Module:
        resource, namespace = self._resource, self._namespace
        root = not resource.attribute
        if root and environment is not None and environment.default is None:
            class_name = namespace.local("environment.py", environment.name)
            member = f"{class_name}.{environment.members[0].name}"
            placeholders = (("environment", member), *placeholders)
        cached = child_decorator(self._context, namespace) if resource.children else ""
        deprecated = "deprecated"
        if any(child.old_names for child in resource.children):
            deprecated = namespace.use(Import("typing_extensions", "deprecated"))
        classes = (self._class(False), self._class(True))
        fakes = Fakes(
            calls=tuple(self._calls.values()),
            call=namespace.core("testing", "Call") if self._calls else "",
            classes=classes,
            root=root,
            placeholders=placeholders if root else (),
            any=namespace.use(Import("typing", "Any")) if root else "",
            cached=cached,
            deprecated_by=deprecated,
        )
        comments = ["pyright: reportIncompatibleMethodOverride=false"]
        if any(method.deprecated for method in resource.methods):
            comments.append("pyright: reportDeprecated=false")
        if self._typing:
            namespace.use(Import("typing", "TYPE_CHECKING"))
        return Module(
            path=namespace.path,
            items=(fakes,),
            comments=tuple(comments) if resource.methods else (),
            imports=namespace.imports,
            typing_imports=in_order(self._typing),
            future=True,
            doc="Fakes of the client, for tests of code that uses it." if root else None,
        )

    def _class(self, asynchronous: bool) -> FakeClass:
        resource, namespace = self._resource, self._namespace
        own = resource.asynchronous if asynchronous else resource.sync
        base = namespace.local(self._context.written_to(resource.module), own.name)
        path = ".".join(resource.attribute)
        return FakeClass(
            name=f"Fake{own.name}",
            bases=(namespace.core("testing", "Fake"), base),
            path=path,
            methods=tuple(self._methods(base, asynchronous)),
            children=tuple(self._child(child, asynchronous) for child in resource.children),
        )

    def _methods(self, base: str, asynchronous: bool) -> Iterator[FakeMethod]:
        for method in self._resource.methods:
            if method.kind == "custom_pages":
                # The items are hand-written classes.
                continue
            module, name = _RUNTIME[method.kind]
            if method.kind == "stream" and not self._abstract:
                name = "fake_iterator"
            decorator = self._namespace.core(module, f"async_{name}" if asynchronous else name)
            settings: list[tuple[str, str]] = []
            endpoint = self._endpoints.get(method.id)
            if endpoint is not None and endpoint.result.status not in ("200", ""):
                status = endpoint.result.status
                if status.isdecimal() and method.kind == "request":
                    settings.append(("status", status))
            if method.alias_of is not None:
                settings.append(("now", literal(method.alias_of)))
            call = self._call(method, asynchronous)
            yield FakeMethod(method.name, decorator, f"{base}.{method.name}", call, tuple(settings))

    def _call(self, method: Method, asynchronous: bool) -> str:
        """The class name for the arguments of a method."""
        arguments = [argument for argument in method.arguments if argument.location != "options"]
        if not arguments:
            return self._namespace.core("testing", "Call")
        special = asynchronous and any(argument.async_annotation for argument in arguments)
        key = f"{'Async' if special else ''}{method.name}"
        if key not in self._calls:
            words = "".join(word[:1].upper() + word[1:] for word in method.name.split("_"))
            words = words if words.isidentifier() else f"Method{words}"
            name = f"{'Async' if special else ''}{words}Call"
            while name in self._names:
                name = f"{name.removesuffix('Call')}_Call"
            self._names.add(name)
            self._calls[key] = FakeCall(
                name=name,
                arguments=tuple(map(_recorded, arguments)),
                asynchronous=special,
            )
        return self._calls[key].name


def _names(child: Child) -> tuple[str, str]:
    return (child.class_name, f"Async{child.class_name}")


def _recorded(argument: Argument) -> Argument:
    """An argument with the default None, if the client's default means to send nothing."""
    default = argument.default
    return replace(argument, default="None" if default and default.endswith("OMIT") else default)
