"""Model utilities with the names that Fern's packages use."""

import typing
from collections.abc import Callable, Mapping
from typing import Any

import pydantic
from pydantic.fields import FieldInfo

from .decode import construct_type
from .unchecked_base_model import UncheckedBaseModel

IS_PYDANTIC_V2 = True
Model = typing.TypeVar("Model", bound=pydantic.BaseModel)
T = typing.TypeVar("T")
UniversalBaseModel = UncheckedBaseModel
UniversalRootModel = pydantic.RootModel


def parse_obj_as(type_: type[T], object_: Any) -> T:
    """The value of ``type_`` in parsed JSON, validated."""
    return pydantic.TypeAdapter(type_).validate_python(object_)


def update_forward_refs(model: type[pydantic.BaseModel], **localns: Any) -> None:
    model.model_rebuild(raise_errors=False, _types_namespace=localns or None)


def universal_root_validator(pre: bool = False) -> Callable[[Any], Any]:
    return typing.cast("Callable[[Any], Any]", pydantic.model_validator(mode="before"))


def universal_field_validator(
    field_name: str, pre: bool = False
) -> Callable[[Any], Any]:
    mode: typing.Literal["before", "after"] = "before" if pre else "after"
    return pydantic.field_validator(field_name, mode=mode)


def _get_model_fields(model: Any) -> Mapping[str, FieldInfo]:
    """The fields of a model, given as its class or as an instance of it."""
    cls = model if isinstance(model, type) else type(model)
    return typing.cast("type[pydantic.BaseModel]", cls).model_fields


def _get_field_default(field: FieldInfo) -> Any:
    return None if field.is_required() else field.get_default()


__all__ = [
    "IS_PYDANTIC_V2",
    "Model",
    "UniversalBaseModel",
    "UniversalRootModel",
    "_get_field_default",
    "_get_model_fields",
    "construct_type",
    "parse_obj_as",
    "universal_field_validator",
    "universal_root_validator",
    "update_forward_refs",
]
