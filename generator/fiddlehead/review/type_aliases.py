"""Compares enums, unions and other type aliases."""

from __future__ import annotations

from functools import partial

from .. import package as py
from .annotations import Annotations, key
from .class_uses import Uses
from .finding_collector import Collector
from .signatures import of_type


class TypeAliases:
    """Compares the enums and the type aliases of two packages.

    `annotations` has the renamed classes, `uses` the types that users send and receive.
    """

    def __init__(self, annotations: Annotations, uses: Uses, collector: Collector) -> None:
        self._annotations, self._uses, self._collector = annotations, uses, collector

    def enum_class(self, path: str, old: py.EnumClass, new: py.EnumClass) -> None:
        """Find removed and added members of an enum class."""
        before = {value.name: value for value in old.values}
        after = {value.name: value for value in new.values}
        for name, value in before.items():
            if name not in after:
                self._collector.add(
                    "python-enum-member-removed",
                    f"{path}.{name}",
                    f"{path}.{name} was removed",
                    old=value.span,
                    new=new.span,
                    before=f"{name} = {value.expression}",
                )
        for name, value in after.items():
            if name not in before:
                self._collector.add(
                    "python-type-value-added",
                    f"{path}.{name}",
                    f"{path}.{name} was added",
                    old=old.span,
                    new=value.span,
                    after=f"{name} = {value.expression}",
                )

    def type_alias(self, path: str, old: py.Alias, new: py.Alias) -> None:
        """Find changes of the target of an alias."""
        if old.kind == new.kind == "enum":
            self._values(path, old, new)
        elif old.kind == new.kind == "union":
            self._variants(path, old, new)
        elif (change := self._annotations.compare(old.value, new.value)) != "same":
            harmless = (
                change == "expected"
                or (change == "wider" and not self._uses.receives(new))
                or (change == "narrower" and not self._uses.sends(new))
            )
            rule = "python-type-member-added" if harmless else "python-type-changed"
            self._collector.add(
                rule,
                path,
                f"{path} was {old.value.display()} and is {new.value.display()}",
                old=old.span,
                new=new.span,
                before=of_type(old),
                after=of_type(new),
            )

    def _values(self, path: str, old: py.Alias, new: py.Alias) -> None:
        before = {value.expression: value for value in old.values}
        after = {value.expression: value for value in new.values}
        add = partial(self._collector.add, signatures=(of_type(old), of_type(new)))
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
                    f"The value {text} of {path} was removed",
                    old=value.span,
                    new=new.span,
                    before=text,
                )
        for text, value in after.items():
            if text not in before:
                add(
                    "python-type-value-added",
                    path,
                    f"The value {text} of {path} was added",
                    old=old.span,
                    new=value.span,
                    after=text,
                )

    def _variants(self, path: str, old: py.Alias, new: py.Alias) -> None:
        before = {
            self._annotations.old_key(variant.annotation): variant for variant in old.variants
        }
        after = {key(variant.annotation, {}): variant for variant in new.variants}
        add = partial(
            self._collector.add,
            old=old.span,
            new=new.span,
            signatures=(of_type(old), of_type(new)),
        )
        for member, variant in before.items():
            if member not in after:
                annotation = variant.annotation.display()
                rule = (
                    "python-type-member-removed"
                    if self._uses.sends(new)
                    else "python-type-member-no-longer-received"
                )
                add(rule, path, f"{path} is no longer {annotation}", before=annotation)
        for member, variant in after.items():
            if member not in before:
                expected = (
                    new.discriminator is not None
                    or not self._uses.receives(new)
                    or self._annotations.expects(old.value, variant.annotation)
                )
                rule = "python-type-member-added" if expected else "python-type-changed"
                annotation = variant.annotation.display()
                add(rule, path, f"{path} can now be {annotation}", after=annotation)
