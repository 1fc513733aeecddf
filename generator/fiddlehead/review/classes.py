"""What changed in the classes, fields and type aliases that user code names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from .. import package as py
from .annotations import Annotations, key, readable
from .finding_collector import Collector
from .renames import pair, replaced, type_shape
from .settings import alias, pin
from .signatures import of_field, of_type, type_path


@dataclass(frozen=True)
class Uses:
    """The ids of declarations that users send and receive, before or after the change."""

    sent: frozenset[str]
    received: frozenset[str]

    def sends(self, declared: py.TypeDef) -> bool:
        # The class of a variant has the id of its union with a tag.
        return declared.id.partition("#")[0] in self.sent

    def receives(self, declared: py.TypeDef) -> bool:
        # What no operation reaches may be used by hand-written code to read responses.
        return declared.id.partition("#")[0] in self.received or not self.sends(declared)


class Classes:
    """Compares the types and errors of two packages.

    `annotations` knows what was renamed; `also_renamed` are classes that are no types, such as
    clients; `moved` are the types of one schema that have another name, with their new paths.
    """

    def __init__(
        self,
        old: py.Package,
        new: py.Package,
        uses: Uses,
        found: Collector,
        also_renamed: Mapping[str, str],
        moved: Mapping[str, str],
    ) -> None:
        self._uses, self._found = uses, found
        self._old: dict[str, py.TypeDef | py.ErrorClass] = _by_path(old)
        self._new: dict[str, py.TypeDef | py.ErrorClass] = _by_path(new)
        kept = _old_names(new)
        gone = {
            path: each
            for path, each in self._old.items()
            if path in moved or path not in self._new | kept
        }
        come = {path: each for path, each in self._new.items() if path not in self._old}
        hidden = {each.name: "_" for each in (*gone.values(), *come.values())}
        self.pairs = {path: other for path, other in moved.items() if other in come}
        self.pairs = {**_same_id(gone, come), **self.pairs}
        left = {path: each for path, each in gone.items() if path not in self.pairs}
        taken = set(self.pairs.values())
        free = {path: each for path, each in come.items() if path not in taken}
        swapped = replaced(old, new)
        self.pairs |= pair(left, free, type_shape(hidden), swapped)
        # Several types can become one, which may have been there before.
        left = {path: each for path, each in gone.items() if path not in self.pairs}
        merged = {path: each for path, each in self._new.items() if path not in kept}
        self.pairs |= pair(left, merged, type_shape(hidden), swapped, shared=True)
        self._kept = kept
        self.gone = {path: each for path, each in gone.items() if path not in self.pairs}
        self.come = {
            path: each for path, each in come.items() if path not in set(self.pairs.values())
        }
        now = {path: self._new[other] for path, other in self.pairs.items()}
        now |= {path: each for path, each in kept.items() if path not in self._new}
        renamed = {
            self._old[path].name: each.name for path, each in now.items() if path in self._old
        } | dict(also_renamed)
        models = frozenset(each.name for each in new.types.values() if isinstance(each, py.Model))
        self.annotations = Annotations(renamed, _aliases(old, renamed), _aliases(new, {}), models)

        self._old_bases, self._new_bases = _bases(old), _bases(new)

    def compare(self) -> None:
        """Finds what went, came, was renamed or changed."""
        for path, declared in self.gone.items():
            self._found.add(
                "python-class-removed",
                path,
                f"{path} is gone",
                old=declared.span,
                before=of_type(declared),
            )
        for path, declared in self.come.items():
            if path not in self._kept:
                self._found.add(
                    "python-class-added",
                    path,
                    f"{path} is new",
                    new=declared.span,
                    after=of_type(declared),
                )
        for path, other in self.pairs.items():
            old, new = self._old[path], self._new[other]
            # A class that only moved is still found under its name; imports say where.
            if old.name != new.name:
                self._found.add(
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
            elif path in self._kept:
                self._changed(path, old, self._kept[path])

    def _former(self, path: str) -> list[str]:
        """The old names of everything that is this class now."""
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
            self._model(path, old, new)
        elif isinstance(old, py.Alias) and isinstance(new, py.Alias):
            self._alias(path, old, new)
        elif isinstance(old, py.EnumClass) and isinstance(new, py.EnumClass):
            self._enum_class(path, old, new)
        else:
            self._found.add(
                "python-class-kind-changed",
                path,
                f"{path} is another kind of thing",
                old=old.span,
                new=new.span,
                before=of_type(old),
                after=of_type(new),
            )

    def _error(self, path: str, old: py.ErrorClass, new: py.ErrorClass) -> None:
        add = partial(self._found.add, old=old.span, new=new.span)
        if old.status != new.status:
            text = f"{path} stood for {old.status} and stands for {new.status}"
            add("python-error-status-changed", path, text, before=old.status, after=new.status)
        if self.annotations.compare(old.body, new.body) != "same":
            text = f"The body of {path} has another type"
            add(
                "python-error-body-changed", path, text, before=old.body.shown, after=new.body.shown
            )

    # --- models ------------------------------------------------------------------------------

    def _model(self, path: str, old: py.Model, new: py.Model) -> None:
        lost = self._bases(path, old, new)
        before = {field.name: field for field in old.fields}
        after = {field.name: field for field in new.fields}
        kept = {name: field for field in new.fields for name in field.old_names}
        by_wire = {field.wire: field for field in new.fields if field.name not in before}
        renamed: set[str] = set()
        for name, field in before.items():
            where = f"{path}.{name}"
            other = after.get(name) or kept.get(name)
            if other is None and field.wire in by_wire:
                other = by_wire[field.wire]
                renamed.add(other.name)
                if not field.inherited:
                    self._found.add(
                        "python-field-renamed",
                        where,
                        f"{where} is now {path}.{other.name}",
                        old=field.span,
                        new=other.span,
                        before=of_field(field),
                        after=of_field(other),
                        setting=alias(other.key, name),
                    )
            if other is None:
                # What a parent lost is said of the parent, if it still is one.
                if lost or not field.inherited:
                    self._found.add(
                        "python-field-removed",
                        where,
                        f"{where} is gone",
                        old=field.span,
                        new=new.span,
                        before=of_field(field),
                    )
            elif not (field.inherited and other.inherited):
                self._field(where, field, other, new)
        for name, field in after.items():
            new_name = name not in before and not any(each in before for each in field.old_names)
            if new_name and name not in renamed and not field.inherited:
                self._new_field(f"{path}.{name}", field, new, old)

    def _bases(self, path: str, old: py.Model, new: py.Model) -> frozenset[str]:
        """Reports the classes that it no longer derives from, or does now; gives the former.

        What a parent lost or got is said of the parent, if it is one before and after.
        """

        def now(name: str) -> str:
            return self.annotations.renamed.get(name, name)

        parents = [each for each in old.bases if now(each) in new.bases]
        before = frozenset(map(now, _ancestors(self._old_bases, old.bases)))
        after = _ancestors(self._new_bases, new.bases)
        add = partial(
            self._found.add,
            old=old.span,
            new=new.span,
            before=", ".join(old.bases),
            after=", ".join(new.bases),
        )
        lost = before - after
        for base in sorted(lost - {now(each) for each in _ancestors(self._old_bases, parents)}):
            add("python-class-base-removed", path, f"{path} no longer derives from {base}")
        for base in sorted(after - before - _ancestors(self._new_bases, map(now, parents))):
            add("python-class-base-added", path, f"{path} derives from {base}")
        return lost

    def _new_field(self, where: str, field: py.Field, new: py.Model, old: py.Model) -> None:
        built = field.default is None
        rule = "python-field-added-required" if built else "python-field-added"
        text = f"{where} is new" + (" and must be given" if built else "")
        self._found.add(rule, where, text, old=old.span, new=field.span, after=of_field(field))

    def _field(self, where: str, old: py.Field, new: py.Field, holder: py.Model) -> None:
        add = partial(
            self._found.add, old=old.span, new=new.span, before=of_field(old), after=of_field(new)
        )
        sends, receives = self._uses.sends(holder), self._uses.receives(holder)
        change = self.annotations.compare(old.annotation, new.annotation)
        need_changed = sends and not receives and (old.default is None) != (new.default is None)
        if need_changed and self.annotations.only_none(old.annotation, new.annotation):
            # That it may be left out is said below, and None goes without saying.
            change = "same"
        text = f"{where} was {readable(old.annotation)} and is {readable(new.annotation)}"
        if change == "expected":
            add("python-type-member-added" if receives else "python-field-takes-more", where, text)
        elif change == "other":
            add("python-field-type-changed", where, text)
        elif change == "wider":
            add("python-field-type-widened" if receives else "python-field-takes-more", where, text)
        elif change == "narrower":
            add("python-field-takes-less" if sends else "python-field-type-narrowed", where, text)
        if old.default is not None and new.default is None:
            # Users also build what they only receive: in tests, in fakes, from a cache.
            add("python-field-became-required", where, f"{where} must be given now")
            return
        if not sends or old.default == new.default:
            return
        if old.default is None:
            add("python-field-became-optional", where, f"{where} may be left out now")
        else:
            text = f"{where} is {new.default} where it is left out, and was {old.default}"
            add("python-field-default-changed", where, text)

    # --- choices -----------------------------------------------------------------------------

    def _enum_class(self, path: str, old: py.EnumClass, new: py.EnumClass) -> None:
        before = {value.name: value for value in old.values}
        after = {value.name: value for value in new.values}
        for name, value in before.items():
            if name not in after:
                self._found.add(
                    "python-enum-member-removed",
                    f"{path}.{name}",
                    f"{path}.{name} is gone",
                    old=value.span,
                    new=new.span,
                    before=f"{name} = {value.expression}",
                )
        for name, value in after.items():
            if name not in before:
                self._found.add(
                    "python-type-value-added",
                    f"{path}.{name}",
                    f"{path}.{name} is new",
                    old=old.span,
                    new=value.span,
                    after=f"{name} = {value.expression}",
                )

    def _alias(self, path: str, old: py.Alias, new: py.Alias) -> None:
        if old.kind == new.kind == "enum":
            self._values(path, old, new)
        elif old.kind == new.kind == "union":
            self._variants(path, old, new)
        elif (change := self.annotations.compare(old.value, new.value)) != "same":
            harmless = (
                change == "expected"
                or (change == "wider" and not self._uses.receives(new))
                or (change == "narrower" and not self._uses.sends(new))
            )
            rule = "python-type-member-added" if harmless else "python-type-changed"
            self._found.add(
                rule,
                path,
                f"{path} was {readable(old.value)} and is {readable(new.value)}",
                old=old.span,
                new=new.span,
                before=of_type(old),
                after=of_type(new),
            )

    def _values(self, path: str, old: py.Alias, new: py.Alias) -> None:
        before = {value.expression: value for value in old.values}
        after = {value.expression: value for value in new.values}
        add = partial(self._found.add, signatures=(of_type(old), of_type(new)))
        for text, value in before.items():
            if text not in after:
                rule = (
                    "python-type-value-removed"
                    if self._uses.sends(new)
                    else "python-type-value-no-longer-received"
                )
                add(
                    rule,
                    path,
                    f"{path} lost the value {text}",
                    old=value.span,
                    new=new.span,
                    before=text,
                )
        for text, value in after.items():
            if text not in before:
                add(
                    "python-type-value-added",
                    path,
                    f"{path} has the new value {text}",
                    old=old.span,
                    new=value.span,
                    after=text,
                )

    def _variants(self, path: str, old: py.Alias, new: py.Alias) -> None:
        before = {self.annotations.old_key(each.annotation): each for each in old.variants}
        after = {key(each.annotation, {}): each for each in new.variants}
        add = partial(
            self._found.add,
            old=old.span,
            new=new.span,
            signatures=(of_type(old), of_type(new)),
        )
        for member, variant in before.items():
            if member not in after:
                shown = readable(variant.annotation)
                rule = (
                    "python-type-member-removed"
                    if self._uses.sends(new)
                    else "python-type-member-no-longer-received"
                )
                add(rule, path, f"{path} is never {shown} now", before=shown)
        for member, variant in after.items():
            if member not in before:
                expected = (
                    new.discriminator is not None
                    or not self._uses.receives(new)
                    or self.annotations.expects(old.value, variant.annotation)
                )
                rule = "python-type-member-added" if expected else "python-type-changed"
                shown = readable(variant.annotation)
                add(rule, path, f"{path} may be {shown} now", after=shown)


def _bases(package: py.Package) -> dict[str, tuple[str, ...]]:
    """What each model derives from, by class name."""
    return {each.name: each.bases for each in package.types.values() if isinstance(each, py.Model)}


def _ancestors(bases: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> frozenset[str]:
    """Classes and all that they derive from, by name."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += bases.get(name, ())
    return frozenset(found)


def _by_path(package: py.Package) -> dict[str, py.TypeDef | py.ErrorClass]:
    found: dict[str, py.TypeDef | py.ErrorClass] = {}
    for declared in (*package.types.values(), *package.errors):
        found[type_path(declared)] = declared
    return dict(sorted(found.items()))


def _old_names(package: py.Package) -> dict[str, py.TypeDef | py.ErrorClass]:
    """Deprecated names that still work, by path."""
    found: dict[str, py.TypeDef | py.ErrorClass] = {}
    for declared in (*package.types.values(), *package.errors):
        group, _, _ = type_path(declared).rpartition(".")
        for name in declared.old_names:
            found[f"{group}.{name}" if group else name] = declared
    return found


def _same_id(
    gone: Mapping[str, py.TypeDef | py.ErrorClass], come: Mapping[str, py.TypeDef | py.ErrorClass]
) -> dict[str, str]:
    """What is the same schema under another name: the description or the settings renamed it."""
    by_id = {(type(each), each.id): path for path, each in come.items() if each.id}
    return {
        path: by_id[type(each), each.id]
        for path, each in gone.items()
        if (type(each), each.id) in by_id
    }


def _aliases(package: py.Package, names: Mapping[str, str]) -> dict[str, py.Annotation]:
    """What type aliases stand for, under their names of today."""
    return {
        names.get(each.name, each.name): each.value
        for each in package.types.values()
        if isinstance(each, py.Alias)
    }
