"""Classes, their fields and aliases as objects of datamodel-code-generator, built under the names
that were decided, and read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..frozen import dataclass
from ..package import Annotation, Field
from ..type_expressions import STR, Expression
from .annotations import USUAL, Annotations, Renamed
from .library import library

if TYPE_CHECKING:
    from datamodel_code_generator.model.base import DataModel
    from datamodel_code_generator.model.pydantic_v2 import DataModelField
    from datamodel_code_generator.reference import Reference


@dataclass(frozen=True, slots=True)
class Base:
    """What a class extends: its local name, and its id where the API declares it."""

    name: str
    id: str = ""


class _Source(str):
    """Source code as a default: the library prints a default with `repr`."""

    def __repr__(self) -> str:
        return str(self)


class Classes:
    """Builds classes. A field that several classes have is built once.

    The library is silent about what it changes (it drops a second field of a name, and cuts a name
    at its last dot), so what comes back is compared with what was given.
    """

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations
        self._fields: dict[tuple[str, str, str | None], tuple[DataModelField, str | None]] = {}
        """Fields by name, annotation and default, each with its default as it is printed."""
        self._members: dict[tuple[str, str], DataModelField] = {}

    def field(
        self, name: str, type_: Expression, default: str | None, renamed: Renamed = USUAL
    ) -> tuple[Annotation, str | None]:
        """The annotation and the default of a field as they are printed; `default` is source, and
        None where a value must be given."""
        annotation = self._annotations.annotation(type_, renamed)
        key = (name, annotation.text, default)
        if key not in self._fields:
            built = library().DataModelField(
                name=name,
                data_type=self._annotations.tree(type_, renamed),
                required=default is None,
                # What may be null is said by the type.
                nullable=False,
                default=None if default in (None, "None") else _Source(default),
            )
            # A type is one of many fields, and must not keep the last one.
            built.data_type.parent = None
            printed = None if built.required else built.represented_default
            self._fields[key] = (built, printed)
        return annotation, self._fields[key][1]

    def model(
        self, id_: str, name: str, bases: Iterable[Base], fields: Iterable[Field]
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """The bases of a pydantic class as they are printed, and the ids of all that it names;
        `fields` are those that it prints itself, made by `field`."""
        given = [self._fields[each.name, each.annotation.text, each.default][0] for each in fields]
        built = library().BaseModel(
            reference=_reference(id_, name),
            fields=[*given],
            base_classes=[_reference(each.id or f"core:{each.name}", each.name) for each in bases],
        )
        _check(built, name, given)
        bases_ = tuple(each.type_hint for each in built.base_classes)
        named = built.reference_classes
        _take_apart(built)
        if len(self._fields) > _MOST_FIELDS:
            self._fields.clear()
        return bases_, named

    def enum(
        self, id_: str, name: str, base: str, members: Sequence[tuple[str, str]]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The base of an enum class and its members, (name, source of the value), as printed."""
        given = [self._member(*each) for each in members]
        built = library().Enum(
            reference=_reference(id_, name),
            fields=[*given],
            base_classes=[_reference(f"core:{base}", base)],
        )
        _check(built, name, given)
        found = tuple((each.name or "", each.represented_default) for each in built.fields)
        base_ = built.base_classes[0].type_hint
        _take_apart(built)
        return base_, found

    def _member(self, name: str, value: str) -> DataModelField:
        if (name, value) not in self._members:
            text = self._annotations.tree(STR)
            self._members[name, value] = library().DataModelField(
                name=name, data_type=text, default=_Source(value), required=False, nullable=False
            )
        return self._members[name, value]

    def alias(
        self,
        id_: str,
        name: str,
        type_: Expression,
        renamed: Renamed = USUAL,
        *,
        recursive: bool = False,
    ) -> Annotation:
        """What an alias stands for; a `recursive` one may name itself (`TypeAliasType`)."""
        annotation, _ = self.field(name, type_, None, renamed)
        given, _ = self._fields[name, annotation.text, None]
        kind = library().TypeAliasType if recursive else library().TypeAlias
        built = kind(reference=_reference(id_, name), fields=[given])
        _check(built, name, [given])
        _take_apart(built)
        return annotation

    def release(self) -> None:
        """Frees the objects of the library."""
        self._fields.clear()
        self._members.clear()


_MOST_FIELDS = 2_000
"""How many fields are kept for the classes that have the same."""


def _take_apart(built: DataModel) -> None:
    """Frees a class that was read: in the library, objects refer to each other."""
    for field in built.fields:
        field.parent = None
    for base in built.base_classes:
        base.parent = None
        if base.reference is not None:
            base.reference.children.clear()
    built.reference.source = None
    built.reference.children.clear()


def _reference(id_: str, name: str) -> Reference:
    # A reference of its own: what the library knows of a class does not change those who name it.
    return library().Reference(path=id_, name=name)


def _check(built: DataModel, name: str, fields: Sequence[DataModelField]) -> None:
    given, made = ([each.name for each in some] for some in (fields, built.fields))
    if (built.class_name, made) != (name, given):
        counts = f" with {len(made)} of {len(given)} fields" if made != given else ""
        raise RuntimeError(f"datamodel-code-generator made {built.class_name} of {name}{counts}")
