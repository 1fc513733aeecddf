"""Wire names of dicts and models, for code that was written for Fern's packages."""

# The arguments are of any type, as in Fern's packages, and tests import private names.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnusedFunction=false

import collections.abc
import functools
import types
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import pydantic
import typing_extensions
from pydantic.fields import FieldInfo

from .encode import encode

if TYPE_CHECKING:

    class FieldMetadata:
        """Marks a field of a TypedDict or of a model with its wire name."""

        alias: str

        def __init__(self, *, alias: str) -> None: ...

else:

    class FieldMetadata(FieldInfo):
        """Marks a field of a TypedDict or of a model with its wire name."""

        def __init__(self, *, alias):
            names = ("alias", "validation_alias", "serialization_alias")
            super().__init__(**dict.fromkeys(names, alias), alias_priority=2)


_ITEMS: tuple[Any, ...] = (list, tuple, set, frozenset, collections.abc.Sequence)
_Direction = Literal["read", "write"]


def convert_and_respect_annotation_metadata(
    *,
    object_: Any,
    annotation: Any,
    inner_type: Any = None,
    direction: _Direction,
) -> Any:
    """``object_`` with the keys of TypedDicts and models renamed.

    Direction ``write`` renames fields to wire names, ``read`` wire names to fields. A
    model is encoded as JSON. Other values are returned unchanged.
    """
    return _converted(
        object_, annotation if inner_type is None else inner_type, direction
    )


def _converted(value: Any, annotation: Any, direction: _Direction) -> Any:
    type_ = _remove_annotations(annotation)
    arguments = typing.get_args(type_)
    origin = typing.get_origin(type_)
    if isinstance(value, pydantic.BaseModel):
        return encode(value) if direction == "write" else value
    if origin in (typing.Union, types.UnionType):
        for member in arguments:
            value = _converted(value, member, direction)
    elif isinstance(value, Mapping):
        if _has_fields(type_):
            return _convert_mapping(value, type_, direction)
        if origin in (dict, collections.abc.Mapping) and arguments:
            pairs: Any = value.items()
            return {k: _converted(v, arguments[1], direction) for k, v in pairs}
    elif (
        origin in _ITEMS
        and arguments
        and isinstance(value, (list, tuple, set, frozenset))
    ):
        items: Any = value
        kind = set if isinstance(value, (set, frozenset)) else list
        return kind(_converted(item, arguments[0], direction) for item in items)
    return value


def _has_fields(type_: Any) -> bool:
    if typing_extensions.is_typeddict(type_):
        return True
    return isinstance(type_, type) and issubclass(type_, pydantic.BaseModel)


def _convert_mapping(
    object_: Mapping[str, Any], expected_type: Any, direction: _Direction
) -> dict[str, Any]:
    hints = _get_cached_type_hints(expected_type)
    fields = _get_alias_to_field_name(hints)
    converted: dict[str, Any] = {}
    for key, value in object_.items():
        field = fields.get(key, key) if direction == "read" else key
        hint = hints.get(field)
        name = field
        if direction == "write":
            name = _get_alias_from_type(hint) or key
        converted[name] = value if hint is None else _converted(value, hint, direction)
    return converted


@functools.cache
def _get_cached_type_hints(expected_type: Any) -> dict[str, Any]:
    try:
        return typing_extensions.get_type_hints(expected_type, include_extras=True)
    except NameError:
        # The module of a name is not imported.
        return dict(getattr(expected_type, "__annotations__", {}))


def _remove_annotations(type_: Any) -> Any:
    """The type in ``Annotated[…]``, ``NotRequired[…]``, and an alias of a type."""
    while True:
        origin = typing_extensions.get_origin(type_)
        if origin in _WRAPPERS:
            type_ = typing_extensions.get_args(type_)[0]
        elif hasattr(type_, "__value__"):
            type_ = type_.__value__
        else:
            return type_


_WRAPPERS = (
    typing_extensions.Annotated,
    typing_extensions.NotRequired,
    typing_extensions.Required,
)


def _get_annotation(type_: Any) -> Any:
    """The ``Annotated[…]`` that a type is or has in ``NotRequired[…]``, or None."""
    while (origin := typing_extensions.get_origin(type_)) in _WRAPPERS:
        if origin is typing_extensions.Annotated:
            return type_
        type_ = typing_extensions.get_args(type_)[0]
    return None


def _get_alias_from_type(type_: Any) -> str | None:
    """The wire name in the annotation of a field."""
    annotation = _get_annotation(type_)
    metadata = (
        typing_extensions.get_args(annotation)[1:] if annotation is not None else ()
    )
    # FieldMetadata is a FieldInfo, as what pydantic.Field returns.
    names = (item.alias for item in metadata if isinstance(item, FieldInfo))
    return next((name for name in names if name is not None), None)


def _get_field_to_alias_name(field_to_hint: Mapping[str, Any]) -> dict[str, str]:
    aliases = {name: _get_alias_from_type(hint) for name, hint in field_to_hint.items()}
    return {name: alias for name, alias in aliases.items() if alias is not None}


def _get_alias_to_field_name(field_to_hint: Mapping[str, Any]) -> dict[str, str]:
    return {v: k for k, v in _get_field_to_alias_name(field_to_hint).items()}


def get_field_to_alias_mapping(type_: Any) -> dict[str, str]:
    """The wire name of each field whose name differs, by the name of the field."""
    return _get_field_to_alias_name(_get_cached_type_hints(type_))


def get_alias_to_field_mapping(type_: Any) -> dict[str, str]:
    """The name of each field whose wire name differs, by wire name."""
    return _get_alias_to_field_name(_get_cached_type_hints(type_))
