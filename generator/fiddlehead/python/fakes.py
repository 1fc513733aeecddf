"""`PACKAGE.testing`: a fake of each client class, for tests of code that uses the client.

A fake of a class is a subclass of it, whose methods are objects of the runtime's `testing`. A
module for each group has its two fakes and a class for each method's arguments, under the names
that the module of the client has: what annotations name is imported for type checkers only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from .. import ir, queries
from ..examples.example_calls import Exchanges, thawed
from ..literals import literal
from ..package import (
    Argument,
    Child,
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
from ..recording import part
from .context import Context
from .namespace import Namespace, in_order

_RUNTIME = {
    "request": ("testing", "fake"),
    "stream": ("testing_streams", "fake_stream"),
    "download": ("testing_downloads", "fake_download"),
    "pages": ("testing_pages", "fake_pages"),
    "wait": ("testing_waiters", "fake_wait"),
    "socket": ("testing_sockets", "fake_socket"),
}
_NAME = re.compile(r"[^\W\d]\w*")
_TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")


@dataclass(frozen=True)
class Built:
    """The modules of the fakes; `folder` is what they are in."""

    folder: str
    modules: tuple[Module, ...]


def build(
    context: Context,
    client: RootClient,
    resources: Sequence[Resource],
    namespaces: Mapping[str, Namespace],
    taken: Iterable[str],
    exchanges: Exchanges,
) -> Built:
    """The fakes of the client and of its groups; `namespaces` are those of the clients' modules by
    path, `taken` the paths of the other modules of the package."""
    folder = _folder(context, client, resources, taken)
    endpoints = {each.id: each for each in queries.requests(context.api.root)}
    made: list[Module] = []
    for resource in resources:
        used = namespaces[resource.module].imports
        writer = _Writer(context, resource, used, endpoints, folder)
        made.append(writer.module(_placeholders(context, client, exchanges)))
    return Built(folder, tuple(made))


def _folder(
    context: Context, client: RootClient, resources: Sequence[Resource], taken: Iterable[str]
) -> str:
    """`testing`, or with an underscore where the package has something of that name."""
    tops = {path.partition("/")[0].removesuffix(".py") for path in taken}
    folder = "testing"
    while folder in tops:
        folder += "_"
    if folder != "testing":
        found = next((each for each in resources if each.attribute[:1] == ("testing",)), None)
        context.diagnostics.warning(
            "duplicate-name",
            f"the package has a 'testing' already: the fake client is in '{folder}'",
            (found or client.resource).span,
        )
    return folder


def _placeholders(
    context: Context, client: RootClient, exchanges: Exchanges
) -> tuple[tuple[str, str], ...]:
    """What a fake gives the constructor of its client: what has to be given, and all credentials,
    so that none is looked for in the environment."""
    api = context.api
    secrets = {each.name for one in api.auth_schemes.values() for each in one.credentials}
    types: dict[str, ir.Type] = {each.name: each.type for each in (*api.headers, *api.query)}
    types |= {each.name: each.type for each in api.variables}
    found: list[tuple[str, str]] = []
    for each in client.arguments:
        if each.wire in types and each.required:
            value = thawed(exchanges.samples.value(types[each.wire], each.name, "request"))
            found.append((each.name, repr(value) if not isinstance(value, str) else literal(value)))
        elif each.name == "base_url" and each.required:
            found.append((each.name, literal("https://api.example.com")))
        elif each.required or (each.wire and each.wire in secrets):
            found.append((each.name, literal("fake")))
    return tuple(found)


class _Writer:
    """Writes the module of one group."""

    def __init__(
        self,
        context: Context,
        resource: Resource,
        used: tuple[Import, ...],
        endpoints: Mapping[str, ir.Endpoint],
        folder: str,
    ) -> None:
        self._resource = resource
        self._folder = folder
        self._abstract = context.settings.python.stream_abstraction
        self._endpoints = endpoints
        self._typing: set[Import] = set()
        path = self._path(resource.attribute, bool(resource.children))
        members = [each.name for each in resource.methods]
        members += [each.attribute for each in resource.children]
        members += [old for each in resource.children for old in each.old_names]
        self._calls: dict[str, FakeCall] = {}
        self._names = {f"Fake{each}" for each in self._classes}
        self._names |= {f"Fake{name}" for each in resource.children for name in _names(each)}
        annotated = self._annotated(path, used)
        self._names |= annotated
        self._namespace = context.namespace(path, self._names, (), members)
        self._children = tuple(self._child(each) for each in resource.children)

    @property
    def _classes(self) -> tuple[str, str]:
        return (self._resource.sync.name, self._resource.asynchronous.name)

    def _path(self, attribute: tuple[str, ...], is_package: bool) -> str:
        path = "/".join((self._folder, *attribute))
        return f"{path}/__init__.py" if is_package or not attribute else f"{path}.py"

    def _annotated(self, path: str, used: tuple[Import, ...]) -> set[str]:
        """The names that annotations of arguments have, which are imported as in the client's
        module."""
        texts = (
            _TEXT.sub("", annotation.text)
            for method in self._resource.methods
            for each in method.arguments
            for annotation in (each.annotation, each.async_annotation)
            if annotation is not None and each.location != "options"
        )
        named = {name for text in texts for name in _NAME.findall(text)}
        found: set[str] = set()
        for each in used:
            local = each.alias or each.name or each.module.partition(".")[0]
            if local in named:
                self._typing.add(replace(each, module=self._moved(each.module, path)))
                found.add(local)
        return found

    def _moved(self, module: str, path: str) -> str:
        """A relative import of the client's module, as the module at `path` has it."""
        name = module.lstrip(".")
        dots = len(module) - len(name)
        if not dots:
            return module
        folders = self._resource.module.split("/")[:-1]
        base = folders[: len(folders) - dots + 1]
        return "." * (path.count("/") + 1) + ".".join([*base, *([name] if name else [])])

    def _child(self, child: Child) -> Child:
        name = f"Fake{child.class_name}"
        attribute = child.module.strip(".").split(".")[:-1]
        mark = child.mark
        module = "." + ".".join(attribute[-1:])
        self._typing |= {
            Import(module, f"Fake{each}", f"{mark}Fake{each}" if mark else "")
            for each in _names(child)
        }
        return replace(child, class_name=name, module=module)

    def module(self, placeholders: tuple[tuple[str, str], ...]) -> Module:
        resource, namespace = self._resource, self._namespace
        root = not resource.attribute
        functools = namespace.use(Import("functools")) if self._children else "functools"
        deprecated = "deprecated"
        if any(each.old_names for each in self._children):
            deprecated = namespace.use(Import("typing_extensions", "deprecated"))
        classes = (self._class(False), self._class(True))
        item = Fakes(
            calls=tuple(self._calls.values()),
            call=namespace.core("testing", "Call") if self._calls else "",
            classes=classes,
            children=self._children,
            root=root,
            placeholders=placeholders if root else (),
            any=namespace.use(Import("typing", "Any")) if root else "",
            functools=functools,
            deprecated_by=deprecated,
        )
        comments = ["pyright: reportIncompatibleMethodOverride=false"]
        if any(each.deprecated for each in resource.methods):
            comments.append("pyright: reportDeprecated=false")
        if self._typing:
            namespace.use(Import("typing", "TYPE_CHECKING"))
        return Module(
            path=namespace.path,
            items=(item,),
            comments=tuple(comments) if resource.methods else (),
            imports=namespace.imports,
            typing_imports=in_order(self._typing),
            future=True,
            doc="Fakes of the client, for tests of code that uses it." if root else None,
        )

    def _class(self, asynchronous: bool) -> FakeClass:
        resource, namespace = self._resource, self._namespace
        own = resource.asynchronous if asynchronous else resource.sync
        base = namespace.local(resource.module, own.name)
        path = ".".join(resource.attribute)
        return FakeClass(
            name=f"Fake{own.name}",
            bases=(namespace.core("testing", "Fake"), base),
            path=path,
            methods=tuple(self._methods(base, asynchronous)),
            asynchronous=asynchronous,
        )

    def _methods(self, base: str, asynchronous: bool) -> Iterator[FakeMethod]:
        for each in self._resource.methods:
            if each.kind == "custom_pages":
                # What it gives is written by hand.
                continue
            module, name = _RUNTIME[each.kind]
            if each.kind == "stream" and not self._abstract:
                name = "fake_iterator"
            decorator = self._namespace.core(module, f"async_{name}" if asynchronous else name)
            told: list[tuple[str, str]] = []
            endpoint = self._endpoints.get(each.id)
            if endpoint is not None and endpoint.result.status not in ("200", ""):
                status = endpoint.result.status
                if status.isdecimal() and each.kind == "request":
                    told.append(("status", status))
            if each.alias_of is not None:
                told.append(("now", literal(each.alias_of)))
            call = self._call(each, asynchronous)
            yield FakeMethod(each.name, decorator, f"{base}.{each.name}", call, tuple(told))

    def _call(self, method: Method, asynchronous: bool) -> str:
        """The name of the class of a method's arguments."""
        arguments = [each for each in method.arguments if each.location != "options"]
        if not arguments:
            return self._namespace.core("testing", "Call")
        special = asynchronous and any(each.async_annotation for each in arguments)
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
    """An argument whose default is None where the client's is to send nothing."""
    default = argument.default
    return replace(argument, default="None" if default and default.endswith("OMIT") else default)


def example_lines(
    context: Context, resources: Sequence[Resource], exchanges: Exchanges
) -> tuple[str, ...]:
    """The example of each method as a line of JSON, sorted. A line for each keeps changes apart."""
    found = examples(context, resources, exchanges)
    return tuple(example_line(method, found[method]) for method in sorted(found))


def example_line(method: str, response: object) -> str:
    """The example of one method, by its path."""
    return json.dumps({"method": method, "response": response}, ensure_ascii=False)


def examples(
    context: Context, resources: Sequence[Resource], exchanges: Exchanges
) -> dict[str, object]:
    """The body of the response of each method by its path: the description's example, or one that
    is made up. Of a stream it is the list of events."""
    found: dict[str, object] = {}
    for key, kind, endpoint in examples_of(context, resources):
        with part(context.api.declarations, f"{EXAMPLE}{key}"):
            found[key] = example(kind, endpoint, exchanges)
    return found


EXAMPLE = "example of "
"""What stands before the path of a method in the name of what is read for its example."""


def examples_of(
    context: Context, resources: Sequence[Resource]
) -> Iterator[tuple[str, str, ir.Endpoint]]:
    """The methods that have an example: path, kind and endpoint."""
    endpoints = {each.id: each for each in queries.requests(context.api.root)}
    for resource in resources:
        for method in resource.methods:
            endpoint = endpoints.get(method.id.removesuffix("#wait"))
            if endpoint is None or method.alias_of is not None or method.kind == "socket":
                continue
            waits = method.kind == "wait" and endpoint.waiter is not None
            if method.kind == "stream" or endpoint.result.kind != "none" or waits:
                yield ".".join((*resource.attribute, method.name)), method.kind, endpoint


def example(kind: str, endpoint: ir.Endpoint, exchanges: Exchanges) -> object:
    """The body of the response of one method of a kind."""
    found: object = None
    if kind == "stream":
        found = [thawed(each) for each in exchanges.events(endpoint)]
    elif endpoint.result.kind != "none":
        found = thawed(exchanges.response(endpoint))
    if kind == "wait" and endpoint.waiter is not None:
        found = _with(found, endpoint.waiter.property, endpoint.waiter.success[0])
    return found


def _with(value: object, path: tuple[str, ...], new: object) -> object:
    if not path:
        return new
    members = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return {**members, path[0]: _with(members.get(path[0]), path[1:], new)}
