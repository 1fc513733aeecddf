"""Classes, their fields and aliases as objects of datamodel-code-generator, with their final names.

Each object is read and freed at once, except fields, which classes share. The library truncates
names at the last dot without an error, so its objects are compared with what they were created from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from datamodel_code_generator.model.base import DataModel, DataModelFieldBase
from datamodel_code_generator.model.enum import Enum
from datamodel_code_generator.model.pydantic_v2 import BaseModel, DataModelField
from datamodel_code_generator.model.type_alias import TypeAlias, TypeAliasTypeBackport
from datamodel_code_generator.reference import Reference

from .types import STR, Type

_Kind = TypeVar("_Kind", bound=DataModel)

_MOST_FIELDS = 2_000
"""The maximum number of fields that are kept to be used again."""


class _Source(str):
    """Source code as a default: the library prints defaults with `repr`."""

    def __repr__(self) -> str:
        return str(self)


@lru_cache(_MOST_FIELDS)
def _field(name: str, type_: Type, default: str | None) -> tuple[DataModelField, str | None]:
    """A field, and its default as printed."""
    field = DataModelField(
        name=name,
        data_type=type_,
        required=default is None,
        # The type already includes None.
        nullable=False,
        default=None if default in (None, "None") else _Source(default),
    )
    type_.parent = None
    return field, None if default is None else field.represented_default


def field_default(name: str, type_: Type, default: str | None) -> str | None:
    """The default of a field as printed; `default` is source code, and None if a value is
    required."""
    return _field(name, type_, default)[1]


def model(
    id_: str,
    name: str,
    bases: Mapping[str, str],
    fields: Iterable[tuple[str, Type, str | None]],
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The base classes of a pydantic class as printed, and the ids that it refers to.

    `bases` has the local name of each base class, with its id if the API declares it; `fields` are
    the name, the type and the default of those that the class prints itself.
    """
    fields = [*fields]
    built = _built(BaseModel, id_, name, [_field(*field)[0] for field in fields], bases)
    printed = tuple(base.type_hint for base in built.base_classes)
    _free(built)
    # The types know what they refer to: the library would search each again for each of its classes.
    references = {id_ for _, type_, _ in fields for id_ in type_.references}
    return printed, frozenset(references.union(filter(None, bases.values())))


def enum(
    id_: str, name: str, base: str, members: Iterable[tuple[str, str]]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The base class of an enum class and its members (name, source of the value), as printed."""
    fields = [_field(member, STR, value)[0] for member, value in members]
    built = _built(Enum, id_, name, fields, {base: ""})
    printed = tuple((field.name or "", field.represented_default) for field in built.fields)
    base = built.base_classes[0].type_hint
    _free(built)
    return base, printed


def alias(id_: str, name: str, type_: Type, *, recursive: bool = False) -> Type:
    """The target of an alias; a `recursive` one may refer to itself (`TypeAliasType`)."""
    kind = TypeAliasTypeBackport if recursive else TypeAlias
    _free(_built(kind, id_, name, [_field(name, type_, None)[0]]))
    return type_


def release() -> None:
    """Free the fields that are kept."""
    _field.cache_clear()


def _built(
    kind: type[_Kind],
    id_: str,
    name: str,
    fields: Sequence[DataModelFieldBase],
    bases: Mapping[str, str] | None = None,
) -> _Kind:
    """An object of the library, checked against its input."""
    # Copied references, so that the library's records about a class do not affect its users.
    built = kind(
        reference=Reference(path=id_, name=name),
        fields=[],
        base_classes=[
            Reference(path=base_id or f"core:{base}", name=base)
            for base, base_id in (bases or {}).items()
        ],
    )
    # As an argument, it would record the class in each field, and search all types for patterns.
    built.fields = [*fields]
    if built.class_name != name:
        raise RuntimeError(f"datamodel-code-generator made {built.class_name} of {name}")
    names = {field.name for field in fields}
    if len(names) < len(fields):
        raise RuntimeError(f"{name} would have {len(names)} of {len(fields)} fields")
    return built


def _free(built: DataModel) -> None:
    """Free an object: it and its parts refer to each other, and would stay in memory."""
    for base in built.base_classes:
        base.parent = None
        if base.reference is not None:
            base.reference.children.clear()
    built.reference.source = None
    built.reference.children.clear()
