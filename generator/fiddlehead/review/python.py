"""The second layer of a review: changes of the Python interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import ir
from .. import package as py
from ..diagnostics import NOWHERE, Span
from .annotations import Annotations
from .arguments import compare_arguments
from .class_uses import Uses
from .classes import Classes
from .finding_collector import Collector
from .findings import Finding
from .methods import Methods, shown_constructor
from .moved_types import moved_types
from .reachability import received, sent
from .sockets import compare_sockets


def compare_packages(
    old_api: ir.Api, new_api: ir.Api, old: py.Package, new: py.Package
) -> list[Finding]:
    """All changes between two packages, in no particular order.

    The APIs are used only to find which classes users construct and which they read.
    """
    collector = Collector()
    uses = Uses(sent(old_api, new_api), received(old_api, new_api))
    clients = {
        f"{prefix}{old.root.name}": f"{prefix}{new.root.name}"
        for prefix in ("", "Async")
        if old.root.name != new.root.name
    }
    moved = moved_types(old_api, new_api, old, new)
    classes = Classes(old, new, uses, collector, clients, moved)
    classes.compare()
    groups = Methods(old, new, classes.annotations, collector).compare()
    compare_sockets(old, new, classes.annotations, collector)
    _clients(old, new, classes.annotations, collector)
    _environment(old, new, collector)
    renamed = [path for path, other in classes.pairs.items() if _name(path) != _name(other)]
    removed = {_name(path) for path in (*classes.removed, *renamed)} | set(clients)
    elsewhere = _imports(old, new, removed, _moved_with_groups(old, new, groups), collector)
    _modules(old, new, removed | elsewhere, collector)
    return collector.findings()


def _clients(
    old: py.Package, new: py.Package, annotations: Annotations, collector: Collector
) -> None:
    if old.name != new.name:
        text = f"The import name of the package was '{old.name}' and is '{new.name}'"
        collector.add("python-package-renamed", "import", text, before=old.name, after=new.name)
    before, after = old.root, new.root
    if before.name != after.name:
        text = f"The client {before.name} is now {after.name}"
        setting = f'[python]\nclient_class_name = "{before.name}"'
        collector.add(
            "python-client-renamed",
            before.name,
            text,
            before=before.name,
            after=after.name,
            setting=setting,
        )
    if old.http_library != new.http_library:
        was, now = old.http_library, new.http_library
        text = f"The HTTP library was {_library(was)} and is {_library(now)}"
        setting = f'[python]\nhttp-library = "{was}"'
        name = after.name
        collector.add(
            "python-http-library-changed", name, text, before=was, after=now, setting=setting
        )
    signatures = shown_constructor(before), shown_constructor(after)
    compare_arguments(
        collector, before.name, before.arguments, after.arguments, annotations, signatures
    )


def _library(setting: str) -> str:
    return "httpx2 (on Python 3.10 httpx)" if setting == "auto" else setting


def _environment(old: py.Package, new: py.Package, collector: Collector) -> None:
    if old.environment is None:
        return
    before = {member.name: member.urls for member in old.environment.members}
    after = (
        {member.name: member.urls for member in new.environment.members} if new.environment else {}
    )
    for name, urls in before.items():
        where = f"{old.environment.name}.{name}"
        if name not in after:
            collector.add("python-environment-removed", where, f"{where} was removed")
        elif urls != after[name]:
            was, now = _urls(urls), _urls(after[name])
            text = f"{where} was {was} and is {now}"
            collector.add("python-environment-changed", where, text, before=was, after=now)
    for name in after:
        if name not in before:
            where = f"{old.environment.name}.{name}"
            collector.add("python-environment-added", where, f"{where} was added")


def _urls(urls: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name}={url}" if name else url for name, url in urls)


def _modules(old: py.Package, new: py.Package, reported: set[str], collector: Collector) -> None:
    """Find classes that moved to another module of the same group.

    `from acme.types.tree import Tree` and pickles depend on that module, and so does Sphinx.
    Classes that moved to another group are reported by the findings of imports.
    """
    before, after = dict(_defined(old)), dict(_defined(new))
    modules: dict[tuple[str, str], list[str]] = {}
    for module, name in after:
        modules.setdefault((module.rpartition(".")[0], name), []).append(module)
    for (module, name), span in before.items():
        others = modules.get((module.rpartition(".")[0], name))
        if name in reported or (module, name) in after or not others:
            continue
        other = _dotted(new, others[0])
        statement = f"from {_dotted(old, module)} import {name}"
        collector.add(
            "python-class-moved",
            f"module {module} {name}",
            f"{name} is now defined in {other}: `{statement}` and pickles of it fail",
            old=span,
            new=after[others[0], name],
            before=statement,
            after=f"from {other} import {name}",
        )


def _defined(package: py.Package) -> Iterator[tuple[tuple[str, str], Span]]:
    """The names that each module defines or re-exports."""
    for file in package.modules:
        module = file.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for item in file.items:
            if isinstance(item, py.Model | py.Alias | py.EnumClass | py.ErrorClass):
                yield (module, item.name), item.span
            elif isinstance(item, py.Reexport):
                yield from (((module, name), NOWHERE) for name in item.names)


def _moved_with_groups(
    old: py.Package, new: py.Package, groups: Mapping[str, str | None]
) -> set[tuple[str, str]]:
    """The imports that fail because a group was renamed or removed, as (module, name).

    They are part of that finding: the setting that keeps the group's name keeps them.
    """
    before, after = set(_importable(old)), set(_importable(new))
    clients = {
        client.name
        for resource in old.resources
        for client in (resource.sync, resource.asynchronous, resource.raw, resource.async_raw)
        if client is not None
    }
    result: set[tuple[str, str]] = set()
    for path, other in groups.items():
        parent, _, group = path.rpartition(".")
        result.add((parent, group))
        for module, name in before:
            if module == path or module.startswith(f"{path}."):
                new_module = None if other is None else other + module.removeprefix(path)
                if name in clients or (new_module, name) in after:
                    result.add((module, name))
    return result


def _imports(
    old: py.Package,
    new: py.Package,
    removed: set[str],
    with_groups: set[tuple[str, str]],
    collector: Collector,
) -> set[str]:
    """Find names that can no longer be imported from where they were; returns the names."""
    moved: set[str] = set()
    before, after = set(_importable(old)), set(_importable(new))
    modules: dict[str, list[str]] = {}
    for module, name in sorted(after):
        modules.setdefault(name, []).append(module)
    known = {name for _, name in before}
    for module, name in sorted(before - after):
        if name in removed or (module, name) in with_groups:
            continue
        statement = f"from {_dotted(old, module)} import {name}"
        others = modules.get(name)
        rest = f"; the name is now in {_dotted(new, others[0])}" if others else ""
        text = f"`{statement}` fails{rest}"
        moved.add(name)
        rule = "python-import-moved" if others else "python-import-removed"
        collector.add(rule, f"import {module or '.'} {name}", text, before=statement)
    for module, name in sorted(after - before):
        if name in known:
            statement = f"from {_dotted(new, module)} import {name}"
            where = f"import {module or '.'} {name}"
            collector.add("python-import-added", where, f"`{statement}` now works", after=statement)
    return moved


def _importable(package: py.Package) -> Iterator[tuple[str, str]]:
    for module, exports in package.exports().items():
        for name in exports:
            yield module, name
    for file in package.modules:
        for item in file.items:
            if isinstance(item, py.Reexport):
                module = file.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                for name in item.names:
                    yield module, name


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _dotted(package: py.Package, module: str) -> str:
    return f"{package.name}.{module}" if module else package.name
