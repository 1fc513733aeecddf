"""The packages of the generated code and their methods: one package for each group, with the name
of the group's attribute. Methods of the same client have different names."""

from __future__ import annotations

from collections.abc import Mapping

from ... import ir
from ...diagnostics import NOWHERE, Span
from ...frozen import dataclass
from ...naming import Claim, Named, Names


@dataclass(frozen=True)
class Folders:
    """The Python package of each group with endpoints, types or errors; () is the root.

    Attributes:
        packages: The package of each group.
        keys: The key with which settings rename a package, from its generated name.
        renamed: The packages whose name differs from their group.
        old_names: Old names of packages.
        methods: The method of each endpoint, channel and waiter, by group and by the id of the
        endpoint or channel, with `#wait` for the waiter.
        between: The package between a group and its child groups, if there is one.
    """

    packages: Mapping[ir.Words, tuple[str, ...]]
    keys: Mapping[tuple[str, ...], str]
    renamed: frozenset[tuple[str, ...]]
    old_names: Mapping[tuple[str, ...], tuple[str, ...]]
    methods: Mapping[tuple[ir.Words, str], Named]
    between: str = ""

    def attribute(self, package: tuple[str, ...]) -> tuple[str, ...]:
        """The path of attributes from the client to a group."""
        return package[1::2] if self.between else package


def folders(api: ir.Api, names: Names, between: str = "") -> Folders:
    """Assign the names of groups and methods. `between` is the package of the child groups of a
    group; by default, they are in the package of the group itself.
    """
    wanted: dict[ir.Words, Span] = {}
    resources: dict[ir.Words, ir.Resource] = {}
    _resources(api.root, (), wanted, resources)
    for declared in (*api.declarations.values(), *api.errors.values()):
        for length in range(1, len(declared.package) + 1):
            wanted.setdefault(declared.package[:length], declared.span)
    with_errors = {error.package for error in api.errors.values()}
    with_types = {declared.package for declared in api.declarations.values()}
    children: dict[ir.Words, list[ir.Words]] = {}
    for words in sorted(wanted, key=lambda folder: (len(folder), folder)):
        children.setdefault(words[:-1], []).append(words)
    packages: dict[ir.Words, tuple[str, ...]] = {(): ()}
    keys: dict[tuple[str, ...], str] = {(): ""}
    renamed: set[tuple[str, ...]] = set()
    old_names: dict[tuple[str, ...], tuple[str, ...]] = {}
    methods: dict[tuple[ir.Words, str], Named] = {}
    for words in sorted({*wanted, ()}, key=lambda folder: (len(folder), folder)):
        package_of_group = packages[words]
        parent = package_of_group[1::2] if between else package_of_group
        groups = children.get(words, [])
        # A group does not get the package `errors` if there are errors.
        nested = bool(parent) and words not in with_errors
        no_types = not words and words not in with_types
        claims = [_group(names, group, parent, wanted[group], nested, no_types) for group in groups]
        called = _methods(names, resources[words]) if words in resources else {}
        what = f"the methods of '{'.'.join(parent)}'" if parent else "the methods of the client"
        named = names.assign(
            [*claims, *called.values()],
            what,
            parent=keys[package_of_group],
            code="duplicate-operation",
        )
        for group, claim, chosen in zip(groups, claims, named[: len(groups)], strict=True):
            folder = (*package_of_group, between) if between else package_of_group
            package = packages[group] = (*folder, chosen.name)
            keys[package] = chosen.key
            if chosen.name != claim.names[0]:
                renamed.add(package)
            if chosen.old_names:
                old_names[package] = chosen.old_names
        for id_, chosen in zip(called, named[len(groups) :], strict=True):
            methods[words, id_] = chosen
    return Folders(packages, keys, frozenset(renamed), old_names, methods, between)


def member_key(parent: str, name: str) -> str:
    """The key of an element of a group, from the key of the group: "" is the client."""
    return f"{parent}.{name}" if parent else name


def _group(
    names: Names,
    words: ir.Words,
    parent: tuple[str, ...],
    span: Span,
    nested: bool,
    no_types: bool,
) -> Claim:
    """A group takes precedence over a method, because it is also a package."""
    return Claim(
        names.group_names(words[-1], nested=nested, no_types=no_types),
        ".".join(words),
        span,
        rank=(0,),
        other_keys=(".".join((*parent, words[-1])),),
        kind="group",
    )


def _methods(names: Names, resource: ir.Resource) -> dict[str, Claim]:
    """The candidate names of the methods of a group.

    Of several methods with the same name, the one with an explicit name keeps it, then the one whose
    operationId is the name, as it is or in snake case, then the first one by path and method.
    """
    result: dict[str, Claim] = {}
    nested = bool(resource.name)
    for endpoint in resource.endpoints:
        choices = names.method_names(
            (endpoint.name, *endpoint.other_names), exact=endpoint.exact, nested=nested
        )
        own = names.method((endpoint.operation_id or "",), nested=nested) == choices[0]
        same = endpoint.operation_id == choices[0]
        closeness = 0 if endpoint.exact else 1 if same else 2 if own else 3
        result[endpoint.id] = Claim(
            choices,
            f"{endpoint.method} {endpoint.path}",
            endpoint.span,
            rank=(1, closeness, endpoint.path, endpoint.method, endpoint.id),
            kind="method",
        )
        if endpoint.waiter is not None:
            waiter = endpoint.waiter
            result[f"{endpoint.id}#wait"] = Claim(
                names.method_names(((waiter.name,),), nested=nested),
                waiter.name,
                waiter.span,
                rank=(2, endpoint.path, endpoint.method, endpoint.id),
            )
    for channel in resource.channels:
        label = (*channel.name, *channel.label)
        result[channel.id] = Claim(
            names.method_names((channel.name, label), exact=channel.exact, nested=nested),
            channel.id,
            channel.span,
            rank=(1, 0 if channel.exact else 1, channel.path, "", channel.id),
            kind="method",
        )
    return result


def _resources(
    resource: ir.Resource,
    words: ir.Words,
    wanted: dict[ir.Words, Span],
    resources: dict[ir.Words, ir.Resource],
) -> None:
    resources[words] = resource
    for child in resource.children:
        path = (*words, child.name)
        wanted.setdefault(path, child.span if child.span is not NOWHERE else resource.span)
        _resources(child, path, wanted, resources)
