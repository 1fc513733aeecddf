"""Classes, their fields and aliases as objects of datamodel-code-generator, with their final names."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from datamodel_code_generator.model.base import DataModel
from datamodel_code_generator.model.enum import Enum
from datamodel_code_generator.model.pydantic_v2 import BaseModel, DataModelField
from datamodel_code_generator.model.type_alias import TypeAlias, TypeAliasTypeBackport
from datamodel_code_generator.reference import Reference

from ..package import Annotation, Field
from ..type_expressions import STR, USUAL, Expression, Renamed
from .annotations import Annotations

_Kind = TypeVar("_Kind", bound=DataModel)

_MOST_FIELDS = 2_000
"""The maximum number of cached fields, which classes can share."""


class _Source(str):
    """Source code as a default: the library prints defaults with `repr`."""

    def __repr__(self) -> str:
        return str(self)


class Classes:
    """Builds classes. Equal fields of several classes are built once.

    The library drops duplicate field names and truncates names at the last dot without an error, so
    the results are compared with the input.
    """

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations
        self._fields: dict[tuple[str, Annotation, str | None], DataModelField] = {}
        """Fields by name, annotation and default."""

    def field(
        self, name: str, type_: Expression, default: str | None, renamed: Renamed = USUAL
    ) -> tuple[Annotation, str | None]:
        """The annotation and the default of a field as printed; `default` is source code, and None
        if a value is required."""
        trees = self._annotations.trees(renamed)
        annotation = trees.annotation(type_)
        key = (name, annotation, default)
        if key not in self._fields:
            self._fields[key] = DataModelField(
                name=name,
                data_type=trees.tree(type_),
                required=default is None,
                # The type already includes None.
                nullable=False,
                default=None if default in (None, "None") else _Source(default),
            )
            self._fields[key].data_type.parent = None
        field = self._fields[key]
        return annotation, None if field.required else field.represented_default

    def model(
        self, id_: str, name: str, bases: Mapping[str, str], fields: Iterable[Field]
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """The base classes of a pydantic class as printed, and all its references.

        `bases` has the local name of each base class, with its id if the API declares it; `fields`
        are those that the class prints itself, created by `field`.
        """
        expected = [self._fields[field.name, field.annotation, field.default] for field in fields]
        with _built(BaseModel, id_, name, expected, bases) as built:
            pair = (
                tuple(class_.type_hint for class_ in built.base_classes),
                built.reference_classes,
            )
        if len(self._fields) > _MOST_FIELDS:
            self._fields.clear()
        return pair

    def enum(
        self, id_: str, name: str, base: str, members: Sequence[tuple[str, str]]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The base class of an enum class and its members (name, source of the value), as printed."""
        text = self._annotations.annotation(STR)
        for member, value in members:
            self.field(member, STR, value)
        expected = [self._fields[member, text, value] for member, value in members]
        with _built(Enum, id_, name, expected, {base: ""}) as built:
            result = tuple((field.name or "", field.represented_default) for field in built.fields)
            return built.base_classes[0].type_hint, result

    def alias(
        self,
        id_: str,
        name: str,
        type_: Expression,
        renamed: Renamed = USUAL,
        *,
        recursive: bool = False,
    ) -> Annotation:
        """The target of an alias; a `recursive` one may refer to itself (`TypeAliasType`)."""
        annotation, _ = self.field(name, type_, None, renamed)
        kind = TypeAliasTypeBackport if recursive else TypeAlias
        with _built(kind, id_, name, [self._fields[name, annotation, None]]):
            return annotation

    def release(self) -> None:
        """Free the objects of the library."""
        self._fields.clear()
        self._annotations.release()


@contextmanager
def _built(
    kind: type[_Kind],
    id_: str,
    name: str,
    fields: Sequence[DataModelField],
    bases: Mapping[str, str] | None = None,
) -> Generator[_Kind, None, None]:
    """An object of the library, checked against its input."""
    # Copied references, so that the library's records about a class do not affect its users.
    built = kind(
        reference=Reference(path=id_, name=name),
        fields=[*fields],
        base_classes=[
            Reference(path=base_id or f"core:{base}", name=base)
            for base, base_id in (bases or {}).items()
        ],
    )
    expected, actual = [field.name for field in fields], [field.name for field in built.fields]
    if (built.class_name, actual) != (name, expected):
        counts = f" with {len(actual)} of {len(expected)} fields" if actual != expected else ""
        raise RuntimeError(f"datamodel-code-generator made {built.class_name} of {name}{counts}")
    yield built
    # The objects refer to each other, and would stay in memory.
    for field in built.fields:
        field.parent = None
    for base in built.base_classes:
        base.parent = None
        if base.reference is not None:
            base.reference.children.clear()
    built.reference.source = None
    built.reference.children.clear()
