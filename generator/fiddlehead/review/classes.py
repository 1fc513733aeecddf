"""Compares the classes and type aliases of two packages, and detects renames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from .. import package as py
from ..typing_ import Type
from .annotations import Annotations
from .class_uses import Uses
from .finding_collector import Collector
from .models import Models
from .renames import pair, replaced, type_shape
from .settings import alias, pin
from .signatures import of_type, type_path
from .type_aliases import TypeAliases


class Classes:
    """Compares the types and errors of two packages.

    `annotations` has the renamed classes; `also_renamed` are renamed classes that are not types,
    such as clients; `moved` are types of the same schema with another name, with their new paths.
    """

    def __init__(
        self,
        old: py.Package,
        new: py.Package,
        uses: Uses,
        collector: Collector,
        also_renamed: Mapping[str, str],
        moved: Mapping[str, str],
    ) -> None:
        self._collector = collector
        self._old: dict[str, py.TypeDef | py.ErrorClass] = _by_path(old)
        self._new: dict[str, py.TypeDef | py.ErrorClass] = _by_path(new)
        old_names = _old_names(new)
        removed = {
            path: model
            for path, model in self._old.items()
            if path in moved or path not in self._new | old_names
        }
        added = {path: model for path, model in self._new.items() if path not in self._old}
        hidden = {class_.name: "_" for class_ in (*removed.values(), *added.values())}
        self.pairs = {path: other for path, other in moved.items() if other in added}
        self.pairs = {**_same_id(removed, added), **self.pairs}
        left = {path: model for path, model in removed.items() if path not in self.pairs}
        taken = set(self.pairs.values())
        free = {path: model for path, model in added.items() if path not in taken}
        swapped = replaced(old, new)
        self.pairs |= pair(left, free, type_shape(hidden), swapped)
        # Several types can become one, which may have existed before.
        left = {path: model for path, model in removed.items() if path not in self.pairs}
        merged = {path: model for path, model in self._new.items() if path not in old_names}
        self.pairs |= pair(left, merged, type_shape(hidden), swapped, shared=True)
        self._by_old_name = old_names
        self.removed = {path: model for path, model in removed.items() if path not in self.pairs}
        self.added = {
            path: model for path, model in added.items() if path not in set(self.pairs.values())
        }
        now = {path: self._new[other] for path, other in self.pairs.items()}
        now |= {path: model for path, model in old_names.items() if path not in self._new}
        renamed = {
            self._old[path].name: model.name for path, model in now.items() if path in self._old
        } | dict(also_renamed)
        models = frozenset(
            type_.name for type_ in new.types.values() if isinstance(type_, py.Model)
        )
        self.annotations = Annotations(renamed, _aliases(old, renamed), _aliases(new, {}), models)

        self._models = Models(old, new, self.annotations, uses, collector)
        self._choices = TypeAliases(self.annotations, uses, collector)

    def compare(self) -> None:
        """Find removed, added, renamed and changed classes."""
        for path, declared in self.removed.items():
            self._collector.add(
                "python-class-removed",
                path,
                f"{path} was removed",
                old=declared.span,
                before=of_type(declared),
            )
        for path, declared in self.added.items():
            if path not in self._by_old_name:
                self._collector.add(
                    "python-class-added",
                    path,
                    f"{path} was added",
                    new=declared.span,
                    after=of_type(declared),
                )
        for path, other in self.pairs.items():
            old, new = self._old[path], self._new[other]
            # A class that only moved keeps its name; the findings of imports report the module.
            if old.name != new.name:
                self._collector.add(
                    "python-class-renamed",
                    path,
                    f"{path} is now {other}",
                    old=old.span,
                    new=new.span,
                    before=old.name,
                    after=new.name,
                    setting=(
                        pin(new.key, old.name)
                        if path in self._new
                        else alias(new.key, *new.old_names, *self._former(other))
                    ),
                )
            self._changed(path, old, new)
        for path, old in self._old.items():
            if path in self.pairs:
                continue
            if path in self._new:
                self._changed(path, old, self._new[path])
            elif path in self._by_old_name:
                self._changed(path, old, self._by_old_name[path])

    def _former(self, path: str) -> list[str]:
        """The old names of all types that are now this class."""
        names = {self._old[old].name for old, new in self.pairs.items() if new == path}
        return sorted(names - {self._new[path].name})

    def _changed(
        self, path: str, old: py.TypeDef | py.ErrorClass, new: py.TypeDef | py.ErrorClass
    ) -> None:
        if isinstance(old, py.ErrorClass) or isinstance(new, py.ErrorClass):
            if isinstance(old, py.ErrorClass) and isinstance(new, py.ErrorClass):
                self._error(path, old, new)
            return
        if isinstance(old, py.Model) and isinstance(new, py.Model):
            self._models.compare(path, old, new)
        elif isinstance(old, py.Alias) and isinstance(new, py.Alias):
            self._choices.type_alias(path, old, new)
        elif isinstance(old, py.EnumClass) and isinstance(new, py.EnumClass):
            self._choices.enum_class(path, old, new)
        else:
            self._collector.add(
                "python-class-kind-changed",
                path,
                f"The kind of {path} changed",
                old=old.span,
                new=new.span,
                before=of_type(old),
                after=of_type(new),
            )

    def _error(self, path: str, old: py.ErrorClass, new: py.ErrorClass) -> None:
        add = partial(self._collector.add, old=old.span, new=new.span)
        if old.status != new.status:
            text = f"The status of {path} was {old.status} and is {new.status}"
            add("python-error-status-changed", path, text, before=old.status, after=new.status)
        if self.annotations.compare(old.body, new.body) != "same":
            text = f"The type of the body of {path} changed"
            add(
                "python-error-body-changed",
                path,
                text,
                before=old.body.display(),
                after=new.body.display(),
            )


def _by_path(package: py.Package) -> dict[str, py.TypeDef | py.ErrorClass]:
    result: dict[str, py.TypeDef | py.ErrorClass] = {}
    for declared in (*package.types.values(), *package.errors):
        result[type_path(declared)] = declared
    return dict(sorted(result.items()))


def _old_names(package: py.Package) -> dict[str, py.TypeDef | py.ErrorClass]:
    """Deprecated names that still work, by path."""
    result: dict[str, py.TypeDef | py.ErrorClass] = {}
    for declared in (*package.types.values(), *package.errors):
        group, _, _ = type_path(declared).rpartition(".")
        for name in declared.old_names:
            result[f"{group}.{name}" if group else name] = declared
    return result


def _same_id(
    removed: Mapping[str, py.TypeDef | py.ErrorClass],
    added: Mapping[str, py.TypeDef | py.ErrorClass],
) -> dict[str, str]:
    """Types of the same schema with another name, because the description or the settings renamed
    it."""
    by_id = {(type(model), model.id): path for path, model in added.items() if model.id}
    return {
        path: by_id[type(model), model.id]
        for path, model in removed.items()
        if (type(model), model.id) in by_id
    }


def _aliases(package: py.Package, names: Mapping[str, str]) -> dict[str, Type]:
    """The targets of type aliases, by their current names."""
    return {
        names.get(type_.name, type_.name): type_.value
        for type_ in package.types.values()
        if isinstance(type_, py.Alias)
    }
