"""Groups of endpoints: their packages and client classes."""

from __future__ import annotations

from ... import ir, queries
from ...frozen import dataclass, replace
from ...naming import Named
from ...package import Child, ClientClass, Import, Method, Module, Resource
from ..context import Context
from ..locations.namespace import Namespace, in_order
from ..methods import methods
from ..methods.waiters import build as build_waiter
from . import raw_modules, sockets


@dataclass(frozen=True)
class Group:
    """A group with its Python names: `package` is the folder."""

    resource: ir.Resource
    words: ir.Words
    package: tuple[str, ...]
    class_name: str
    endpoints: tuple[tuple[ir.Endpoint, Named], ...]
    waiters: tuple[tuple[str, Named], ...]
    channels: tuple[sockets.Opened, ...]
    children: tuple[Group, ...]

    @property
    def module(self) -> str:
        return "/".join((*self.package, "client.py"))

    @property
    def members(self) -> list[str]:
        """The names of its methods and children, which annotations inside the class can see."""
        own = [named.name for _, named in (*self.endpoints, *self.waiters)]
        own += [channel.named.name for channel in self.channels]
        return own + [child.package[-1] for child in self.children]


def plan(context: Context, client_name: str) -> Group:
    """The tree of groups; the root has the name of the client."""
    return _plan(context, context.api.root, (), client_name)


def _plan(context: Context, resource: ir.Resource, words: ir.Words, class_name: str) -> Group:
    package = context.packages[words]
    children: list[Group] = []
    for child in sorted(resource.children, key=lambda child: child.name):
        child_words = (*words, child.name)
        children.append(_plan(context, child, child_words, _class_name(context, child_words)))
    endpoints: list[tuple[ir.Endpoint, Named]] = []
    waiters: list[tuple[str, Named]] = []
    methods = context.folders.methods
    base = class_name.removesuffix("Client")
    channels = [
        sockets.plan(context, resource, channel, methods[words, channel.id], base)
        for channel in resource.channels
    ]
    channels.sort(key=lambda channel: channel.named.name)
    for endpoint in resource.endpoints:
        endpoints.append((endpoint, methods[words, endpoint.id]))
        if endpoint.waiter is not None:
            waiters.append((endpoint.id, methods[words, f"{endpoint.id}#wait"]))
    endpoints.sort(key=lambda endpoint: endpoint[1].name)
    return Group(
        resource,
        words,
        package,
        class_name,
        tuple(endpoints),
        tuple(waiters),
        tuple(channels),
        tuple(children),
    )


def _class_name(context: Context, words: ir.Words) -> str:
    """The class name of a group's client, and its attribute in the parent."""
    package = context.packages[words]
    word = package[-1] if package in context.folders.renamed else words[-1]
    return f"{context.names.class_names((word,))[0]}Client"


def all_groups(group: Group) -> list[Group]:
    """A group and all below it, parents first."""
    return [group, *(below for child in group.children for below in all_groups(child))]


def namespace(context: Context, group: Group, path: str) -> Namespace:
    """The namespace of the module of a group's clients."""
    used = {ref.id for endpoint, _ in group.endpoints for ref in queries.references(endpoint)}
    used |= _items(context, group)
    used |= {
        ref.id
        for channel in group.channels
        for one in channel.channel.parameters
        for ref in queries.references(one)
    }
    raw = () if _has_raw_by_hand(context, path) else ("Raw", "AsyncRaw")
    names = [prefix + group.class_name for prefix in ("", "Async", *raw)]
    children = [
        f"{prefix}{child.class_name}" for child in group.children for prefix in ("", "Async")
    ]
    return context.namespace(path, (*names, *children), used, group.members, lazy=True)


def _items(context: Context, group: Group) -> set[str]:
    """Types that are used only as items of pagers or unwrapped properties of responses."""
    result: set[str] = set()
    for endpoint, _ in group.endpoints:
        paths = [endpoint.result.unwrap]
        if endpoint.pagination is not None:
            paths.append(endpoint.pagination.results)
        for path in paths:
            if path and endpoint.result.type is not None:
                inner = queries.property_type(context.api, endpoint.result.type, path)
                if inner is not None:
                    resolved = queries.resolved(context.api, inner)
                    result |= {ref.id for ref in queries.references(inner)}
                    if isinstance(resolved, ir.ListOf | ir.Nullable):
                        result |= {ref.id for ref in queries.references(resolved)}
    return result


def resource(context: Context, group: Group, namespace: Namespace, path: str) -> Resource:
    """The classes of a group, without docstrings and examples."""
    built: list[Method] = []
    waiters = dict(group.waiters)
    for endpoint, named in group.endpoints:
        method = methods.build(context, namespace, endpoint, named)
        built.append(method)
        built += _old(method, named, namespace)
        if endpoint.waiter is not None and endpoint.id in waiters:
            waiting = build_waiter(
                context, namespace, endpoint, endpoint.waiter, method, waiters[endpoint.id]
            )
            built += [waiting] if waiting is not None else []
    path_of_sockets = sockets.module_path(group.package)
    for opened in group.channels:
        method = sockets.method(context, namespace, opened, path_of_sockets)
        built.append(method)
        built += _old(method, opened.named, namespace)
    raw_by_hand = _has_raw_by_hand(context, path)
    built.sort(key=lambda method: method.name)
    if not raw_by_hand:
        built = [_with_raw(method, namespace) for method in built]
    if any(method.renamed for method in built):
        decorator = namespace.core("renamed", "renamed")
        built = [replace(method, renamed_by=decorator) for method in built]
    kinds = [kind for kind in (*_MIXINS, "wait") if any(method.kind == kind for method in built)]
    children = tuple(
        Child(
            attribute=child.package[-1],
            class_name=child.class_name,
            module=namespace.relative(child.module),
            alias_prefix="_" if _alike(group, child) else "",
            doc=child.resource.doc,
            old_names=context.folders.old_names.get(child.package, ()),
            key=context.folders.keys[child.package],
        )
        for child in group.children
    )
    has_raw = context.fern or any(method.raw for method in built)
    classes = {
        (prefix, raw): (
            _class_by_hand(namespace, group, path, f"{prefix}{raw}")
            if raw and raw_by_hand
            else _class(context, namespace, group, kinds, prefix, raw)
        )
        for prefix in ("", "Async")
        for raw in (("", "Raw") if has_raw else ("",))
    }
    if raw_by_hand:
        calling = namespace.core("hand_raw", "CallsRawClient")
        for prefix in ("", "Async"):
            cls = classes[prefix, ""]
            classes[prefix, ""] = replace(cls, bases=(calling, *cls.bases))
    deprecated = "deprecated"
    if any(child.old_names for child in children) or any(method.deprecated for method in built):
        deprecated = namespace.use(Import("typing_extensions", "deprecated"))
    return Resource(
        attribute=context.folders.attribute(group.package),
        module=path,
        sync=classes["", ""],
        asynchronous=classes["Async", ""],
        raw=classes["", "Raw"] if has_raw else None,
        async_raw=classes["Async", "Raw"] if has_raw else None,
        prints_raw=not raw_by_hand,
        methods=tuple(built),
        children=children,
        init=namespace.core("resource", "Resource") if context.fern else None,
        async_init=namespace.core("resource", "AsyncResource") if context.fern else None,
        doc=group.resource.doc,
        old_names=context.folders.old_names.get(group.package, ()),
        cached=child_decorator(context, namespace) if children else "",
        deprecated_by=deprecated,
        key=context.folders.keys[group.package],
        span=group.resource.span,
    )


def child_decorator(context: Context, namespace: Namespace) -> str:
    """The decorator of an attribute whose value is a child group."""
    if context.fern:
        return namespace.core("resource", "sub_client")
    return f"{namespace.use(Import('functools'))}.cached_property"


def _alike(group: Group, child: Group) -> bool:
    """Whether a class of a group and one of a child group have the same name."""
    one, other = group.class_name, child.class_name
    return one == other or one == f"Async{other}" or other == f"Async{one}"


# The base class for each kind of method.
_MIXINS = {
    "stream": ("streaming", "StreamingResource"),
    "download": ("downloads", "DownloadResource"),
    "pages": ("pagination", "PagingResource"),
    "socket": ("sockets", "SocketResource"),
    "custom_pages": ("custom_pages", "CustomPagingResource"),
}
_RAW = {
    "request": ("resource", "raw", "async_raw"),
    "stream": ("streaming", "raw_stream", "async_raw_stream"),
    "download": ("downloads", "raw_download", "async_raw_download"),
    "pages": ("pagination", "raw_pager", "raw_pager"),
    "socket": ("sockets", "raw_socket", "raw_socket"),
}


def _class(
    context: Context, namespace: Namespace, group: Group, kinds: list[str], prefix: str, raw: str
) -> ClientClass:
    bases = [namespace.core("resource", "Raw")] if raw else []
    if "wait" in kinds and not raw:
        bases.append(namespace.core("waiter", "Waiting"))
    mixins = [_MIXINS[kind] for kind in kinds if kind != "wait"]
    for module, name in mixins or [("resource", "Resource")]:
        bases.append(namespace.core(module, f"{prefix}{name}"))
    wrapper = f"{prefix or 'Sync'}ClientWrapper"
    # The constructor of a group's client has it as an argument; the root client creates its own.
    if context.fern and group.package:
        wrapper = namespace.core("client_wrapper", wrapper)
    return ClientClass(name=f"{prefix}{raw}{group.class_name}", bases=tuple(bases), wrapper=wrapper)


def _has_raw_by_hand(context: Context, path: str) -> bool:
    return context.fern and raw_modules.has_raw_by_hand(context.settings, path)


def _class_by_hand(namespace: Namespace, group: Group, path: str, prefix: str) -> ClientClass:
    """A raw class that is written by hand."""
    name = f"{prefix}{group.class_name}"
    module = raw_modules.raw_path(path).rpartition("/")[2].removesuffix(".py")
    namespace.use(Import(f".{module}", name))
    return ClientClass(name=name, bases=(), wrapper="")


def _with_raw(method: Method, namespace: Namespace) -> Method:
    if method.kind not in _RAW:
        return method
    module, name, async_name = _RAW[method.kind]
    return replace(
        method, raw=namespace.core(module, name), async_raw=namespace.core(module, async_name)
    )


def _old(method: Method, named: Named, namespace: Namespace) -> list[Method]:
    """The method under its old names, deprecated."""
    if named.old_names:
        namespace.use(Import("typing_extensions", "deprecated"))
    return [
        replace(
            method,
            name=old,
            alias_of=method.name,
            deprecated=f"Use `{method.name}`.",
            description=None,
        )
        for old in named.old_names
    ]


def module(context: Context, resource: Resource, namespace: Namespace) -> Module:
    """The file of a group's clients."""
    if resource.children:
        namespace.use(Import("typing", "TYPE_CHECKING"))
    # Raw resources refer to deprecated methods without using them.
    silenced = any(method.deprecated and method.raw for method in resource.methods)
    return Module(
        path=context.written_to(resource.module),
        items=(resource,),
        comments=("pyright: reportDeprecated=false",) if silenced else (),
        imports=namespace.imports,
        future=True,
        typing_imports=in_order(
            Import(child.module, name, f"_{name}" if child.alias_prefix else "")
            for child in resource.children
            for name in (f"Async{child.class_name}", child.class_name)
        ),
    )


def socket_modules(context: Context, root: Group) -> list[Module]:
    """The modules of WebSocket clients, of every group that has some."""
    modules = [
        sockets.module(context, sockets.module_path(group.package), group.channels)
        for group in all_groups(root)
    ]
    return [item for item in modules if item is not None]


def socket_names(root: Group) -> dict[tuple[str, ...], list[str]]:
    """The WebSocket clients of each group, by its package."""
    return {
        group.package: [
            name
            for channel in group.channels
            for name in (f"Async{channel.client}", channel.client)
        ]
        for group in all_groups(root)
    }
