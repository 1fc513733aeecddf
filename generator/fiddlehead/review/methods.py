"""Compares the groups, methods and arguments of two packages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from .. import package as py
from ..frozen import replace
from .annotations import Annotations, key
from .arguments import compare_arguments
from .finding_collector import Collector
from .message_methods import message_methods
from .settings import alias, pin
from .signatures import method_path, of_method, renamed_in_path, without_names


class Methods:
    """Compares the methods of two packages."""

    def __init__(
        self, old: py.Package, new: py.Package, annotations: Annotations, collector: Collector
    ) -> None:
        self._annotations, self._collector = annotations, collector
        self._old_groups = {".".join(resource.attribute): resource for resource in old.resources}
        self._new_groups = {".".join(resource.attribute): resource for resource in new.resources}
        self._old = {method_path(group, method): method for group, method in old.methods()}
        self._new = {method_path(group, method): method for group, method in new.methods()}
        self._old.update(message_methods(old))
        self._new.update(message_methods(new))
        self._old_paths = self._old_names(new)
        self._pairs = self._renames()

    def _old_names(self, new: py.Package) -> set[str]:
        """The old paths of methods in groups that still have their old name as an alias."""
        names: set[str] = set()
        for group in new.resources:
            for name in group.old_names:
                before = replace(group, attribute=(*group.attribute[:-1], name))
                self._new_groups.setdefault(".".join(before.attribute), group)
                for method in group.methods:
                    names.add(method_path(before, method))
                    self._new.setdefault(method_path(before, method), method)
        return names

    def compare(self) -> dict[str, str | None]:
        """Find removed, added, renamed and changed methods; returns the groups that are gone, with
        the new names of the renamed ones."""
        removed = self._groups()
        moved = {*removed.items()}
        for path, old in self._old.items():
            new = self._new.get(path) if path not in self._pairs else None
            if path in self._pairs:
                other = self._pairs[path]
                new = self._new[other]
                if (_group(path), _group(other)) not in moved or old.name != new.name:
                    self._renamed_method(path, other, old, new)
            if new is None:
                self._collector.add(
                    "python-method-removed",
                    path,
                    f"{path}() was removed",
                    old=old.span,
                    before=_signature(old),
                )
            else:
                self._method(path, old, new)
        came = set(self._pairs.values())
        for path, new in self._new.items():
            hidden = path in came or path in self._old_paths or new.alias_of is not None
            if path not in self._old and not hidden:
                self._collector.add(
                    "python-method-added",
                    path,
                    f"{path}() was added",
                    new=new.span,
                    after=_signature(new),
                )
        return removed

    def _renames(self) -> dict[str, str]:
        """Old path to new path of methods with the same call, or else with the same signature."""
        calls = {method.id for method in self._new.values()}
        removed = {
            path: method
            for path, method in self._old.items()
            if path not in self._new or (self._new[path].id != method.id and method.id in calls)
        }
        added = {
            path: method
            for path, method in self._new.items()
            if path not in self._old and path not in self._old_paths and method.alias_of is None
        }
        renames: dict[str, str] = {}
        for same in (self._same_call, self._same_signature):
            for path, old in removed.items():
                chances = [
                    other
                    for other, new in added.items()
                    if other not in renames.values() and same(path, old, other, new)
                ]
                if path not in renames and len(chances) == 1:
                    renames[path] = chances[0]
        return renames

    def _same_call(self, path: str, old: py.Method, other: str, new: py.Method) -> bool:
        return old.id == new.id

    def _same_signature(self, path: str, old: py.Method, other: str, new: py.Method) -> bool:
        alike = old.name == new.name or _group(path) == _group(other)
        return alike and self._comparable_signature(
            old, self._annotations.renamed
        ) == self._comparable_signature(new, {})

    def _comparable_signature(
        self, method: py.Method, renamed: Mapping[str, str]
    ) -> tuple[object, ...]:
        arguments = tuple(
            (argument.name, argument.wire, argument.location, key(argument.annotation, renamed))
            for argument in method.arguments
        )
        return (method.http_method, key(method.returns, renamed), arguments)

    # --- groups ------------------------------------------------------------------------------

    def _groups(self) -> dict[str, str | None]:
        """Report removed, renamed and added groups; returns the first two, by the old path."""
        removed = [path for path in self._old_groups if path not in self._new_groups]
        added = [
            path
            for path, group in self._new_groups.items()
            if path not in self._old_groups and path == ".".join(group.attribute)
        ]
        moved: dict[str, str | None] = dict.fromkeys(removed)
        for path in removed:
            old = self._old_groups[path]
            groups = {
                _group(self._pairs.get(f"{path}.{method.name}", "")) for method in old.methods
            }
            other = next(iter(groups)) if len(groups) == 1 else ""
            if other in added:
                moved[path] = other
                new = self._new_groups[other]
                self._collector.add(
                    "python-group-renamed",
                    path,
                    f"{path} is now {other}",
                    old=old.span,
                    new=new.span,
                    before=path,
                    after=other,
                    setting=pin(new.key or other, old.attribute[-1]),
                )
            else:
                self._collector.add(
                    "python-group-removed", path, f"{path} was removed", old=old.span
                )
        renamed = {*moved.values()}
        for path in added:
            if path not in renamed:
                span = self._new_groups[path].span
                self._collector.add("python-group-added", path, f"{path} was added", new=span)
        return moved

    # --- methods -----------------------------------------------------------------------------

    def _renamed_method(self, path: str, other: str, old: py.Method, new: py.Method) -> None:
        # An alias is an attribute of a method's group, so it cannot restore a group.
        setting: str | None = None
        if _group(path) == _group(other):
            taken = path in self._new or path in self._new_groups
            setting = pin(new.key, old.name) if taken else alias(new.key, old.name)
        self._collector.add(
            "python-method-renamed",
            path,
            f"{path}() is now {other}()",
            old=old.span,
            new=new.span,
            setting=setting,
            before=_signature(old),
            after=_signature(new),
        )

    def _method(self, path: str, old: py.Method, new: py.Method) -> None:
        add = partial(
            self._collector.add,
            old=old.span,
            new=new.span,
            signatures=(_signature(old), _signature(new)),
        )
        before, after = old.returns.display(), new.returns.display()
        add_result = partial(add, before=before, after=after)
        was, now = f"{old.http_method} {old.url}", f"{new.http_method} {new.url}"
        if without_names(was) != without_names(now):
            text = f"{path}() called {was} and now calls {now}"
            add("python-method-call-changed", path, text, before=was, after=now)
        if new.deprecated is not None and old.deprecated is None:
            add("python-method-became-deprecated", path, f"{path}() is deprecated")
        if old.kind != new.kind:
            text = f"{path}() returned {_KINDS[old.kind]} and now returns {_KINDS[new.kind]}"
            add_result("python-method-stream-changed", path, text)
        else:
            change = self._annotations.compare(old.returns, new.returns)
            text = f"{path}() returned {before} and now returns {after}"
            if before == "None" and change != "same":
                add_result("python-method-return-value-added", path, text)
            elif change == "narrower":
                add_result("python-method-return-type-narrowed", path, text)
            elif change == "expected":
                add_result("python-type-member-added", path, text)
            elif change != "same":
                add_result("python-method-return-type-changed", path, text)
        compare_arguments(
            self._collector,
            path,
            old.arguments,
            new.arguments,
            self._annotations,
            (_signature(old), _signature(new)),
            renamed_in_path(old.url, new.url),
        )


_KINDS = {
    "request": "one response",
    "stream": "a stream",
    "download": "a download",
    "pages": "pages",
    "wait": "the final response",
}


def shown_constructor(client: py.RootClient) -> str:
    """The constructor of a client as a signature."""
    return of_method(client.name, client.arguments, client.name)


def _signature(method: py.Method) -> str:
    return of_method(method.name, method.arguments, method.returns)


def _group(path: str) -> str:
    return path.rpartition(".")[0]
