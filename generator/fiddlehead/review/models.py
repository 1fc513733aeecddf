"""Compares models: their base classes and fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from .. import package as py
from .annotations import Annotations
from .class_uses import Uses
from .finding_collector import Collector
from .settings import alias, pin
from .signatures import of_field


class Models:
    """Compares the models of two packages.

    `annotations` has the renamed classes, `uses` the types that users send and receive.
    """

    def __init__(
        self,
        old: py.Package,
        new: py.Package,
        annotations: Annotations,
        uses: Uses,
        collector: Collector,
    ) -> None:
        self._annotations, self._uses, self._collector = annotations, uses, collector
        self._old_bases, self._new_bases = _bases(old), _bases(new)

    def compare(self, path: str, old: py.Model, new: py.Model) -> None:
        """Find changes of the model at `path`."""
        lost = self._bases(path, old, new)
        before = {field.name: field for field in old.fields}
        after = {field.name: field for field in new.fields}
        by_old_name = {name: field for field in new.fields for name in field.old_names}
        by_wire = {field.wire: field for field in new.fields if field.name not in before}
        renamed: dict[str, str] = {}
        for name, field in before.items():
            where = f"{path}.{name}"
            other = after.get(name) or by_old_name.get(name)
            if (other is None or other.wire != field.wire) and field.wire in by_wire:
                other = by_wire[field.wire]
                renamed[name] = other.name
                if not field.inherited:
                    self._collector.add(
                        "python-field-renamed",
                        where,
                        f"{where} is now {path}.{other.name}",
                        old=field.span,
                        new=other.span,
                        before=of_field(field),
                        after=of_field(other),
                        setting=pin(other.key, name) if name in after else alias(other.key, name),
                    )
            if other is None:
                # A field that a base class lost is reported for the base class, if it still is one.
                if lost or not field.inherited:
                    self._collector.add(
                        "python-field-removed",
                        where,
                        f"{where} was removed",
                        old=field.span,
                        new=new.span,
                        before=of_field(field),
                    )
            elif not (field.inherited and other.inherited):
                self._field(where, field, other, new)
        for name, field in after.items():
            names = (name, *field.old_names)
            new_name = not any(name in before and name not in renamed for name in names)
            if new_name and name not in renamed.values() and not field.inherited:
                self._new_field(f"{path}.{name}", field, old)

    def _bases(self, path: str, old: py.Model, new: py.Model) -> frozenset[str]:
        """Report removed and added base classes; returns the removed ones.

        Fields that a base class lost or got are reported for it, if it is a base class before and
        after.
        """

        def now(name: str) -> str:
            return self._annotations.renamed.get(name, name)

        parents = [base for base in old.bases if now(base) in new.bases]
        before = frozenset(map(now, _ancestors(self._old_bases, old.bases)))
        after = _ancestors(self._new_bases, new.bases)
        add = partial(
            self._collector.add,
            old=old.span,
            new=new.span,
            before=", ".join(old.bases),
            after=", ".join(new.bases),
        )
        lost = before - after
        for base in sorted(
            lost - {now(ancestor) for ancestor in _ancestors(self._old_bases, parents)}
        ):
            add("python-class-base-removed", path, f"{path} no longer derives from {base}")
        for base in sorted(after - before - _ancestors(self._new_bases, map(now, parents))):
            add("python-class-base-added", path, f"{path} now derives from {base}")
        return lost

    def _new_field(self, where: str, field: py.Field, old: py.Model) -> None:
        built = field.default is None
        rule = "python-field-added-required" if built else "python-field-added"
        text = f"{where} was added" + (" and is required" if built else "")
        self._collector.add(rule, where, text, old=old.span, new=field.span, after=of_field(field))

    def _field(self, where: str, old: py.Field, new: py.Field, holder: py.Model) -> None:
        add = partial(
            self._collector.add,
            old=old.span,
            new=new.span,
            before=of_field(old),
            after=of_field(new),
        )
        sends, receives = self._uses.sends(holder), self._uses.receives(holder)
        change = self._annotations.compare(old.annotation, new.annotation)
        need_changed = sends and not receives and (old.default is None) != (new.default is None)
        if need_changed and self._annotations.only_none(old.annotation, new.annotation):
            # Optional is reported below, so a change by None only is ignored.
            change = "same"
        text = f"{where} was {old.annotation.display()} and is {new.annotation.display()}"
        if change == "expected":
            add("python-type-member-added" if receives else "python-field-takes-more", where, text)
        elif change == "other":
            add("python-field-type-changed", where, text)
        elif change == "wider":
            add("python-field-type-widened" if receives else "python-field-takes-more", where, text)
        elif change == "narrower":
            add("python-field-takes-less" if sends else "python-field-type-narrowed", where, text)
        if old.default is not None and new.default is None:
            # Users also construct types that they only receive: in tests, in fakes, from a cache.
            add("python-field-became-required", where, f"{where} is now required")
            return
        if not sends or old.default == new.default:
            return
        if old.default is None:
            add("python-field-became-optional", where, f"{where} is now optional")
        else:
            text = f"The default of {where} was {old.default} and is {new.default}"
            add("python-field-default-changed", where, text)


_RUNTIME = {"ExtraModel": ("UncheckedBaseModel",)}


def _bases(package: py.Package) -> dict[str, tuple[str, ...]]:
    """The base classes of each model and of the runtime, by class name."""
    return _RUNTIME | {
        type_.name: type_.bases for type_ in package.types.values() if isinstance(type_, py.Model)
    }


def _ancestors(bases: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> frozenset[str]:
    """Classes with all their direct and indirect base classes, by name."""
    result: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in result:
            result.add(name)
            todo += bases.get(name, ())
    return frozenset(result)
