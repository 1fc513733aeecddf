"""Model utilities with the names that Fern's packages use."""

# The arguments are of any type, as in Fern's packages.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import datetime as dt
import decimal
import ipaddress
import json
import typing
from collections.abc import Callable, Mapping
from typing import Any

import pydantic
import typing_extensions
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from .encode import encode
from .unchecked_base_model import UncheckedBaseModel, construct_type, is_union

IS_PYDANTIC_V2 = True
Model = typing.TypeVar("Model", bound=pydantic.BaseModel)
T = typing.TypeVar("T")
AnyCallable = Callable[..., Any]
PydanticField = FieldInfo
ModelField = FieldInfo
UniversalBaseModel = UncheckedBaseModel
UniversalRootModel = pydantic.RootModel
V2RootModel = pydantic.RootModel
get_args = typing.get_args
get_origin = typing.get_origin
_IP_TYPES = (
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    ipaddress.IPv4Network,
    ipaddress.IPv6Network,
)


def parse_obj_as(type_: type[T], object_: Any) -> T:
    """The value of ``type_`` in parsed JSON, validated."""
    return pydantic.TypeAdapter(type_).validate_python(object_)


def parse_datetime(value: Any) -> dt.datetime:
    """The time in ``value``, which is a datetime or text."""
    return pydantic.TypeAdapter(dt.datetime).validate_python(value)


def parse_date(value: Any) -> dt.date:
    """The date in ``value``, which is a date or text."""
    if isinstance(value, dt.datetime):
        return value.date()
    return pydantic.TypeAdapter(dt.date).validate_python(value)


def parse_sse_obj(sse: Any, type_: type[T]) -> T:
    """The value of ``type_`` in the data of an event, validated.

    Data that is not JSON is validated as a string in ``data``.
    """
    try:
        data = json.loads(sse.data)
    except ValueError:
        named = {name: getattr(sse, name) for name in ("event", "data", "id", "retry")}
        data = {name: value for name, value in named.items() if value is not None}
    return parse_obj_as(type_, data)


def deep_union_pydantic_dicts(
    source: dict[str, Any], destination: dict[str, Any]
) -> dict[str, Any]:
    """``destination`` merged with ``source``: objects and lists, item by item."""
    for key, value in source.items():
        destination[key] = _united(value, destination.get(key))
    return destination


def _union_list_of_pydantic_dicts(
    source: list[Any], destination: list[Any]
) -> list[Any]:
    """The items of ``source``, merged with those of ``destination``."""
    united: list[Any] = _united(source, destination)
    return united


def _united(one: Any, other: Any) -> Any:
    if isinstance(one, dict):
        values = typing.cast("dict[str, Any]", one)
        under: dict[str, Any] = other if isinstance(other, dict) else {}
        return deep_union_pydantic_dicts(values, under)
    if isinstance(one, list):
        items: list[Any] = one
        old: list[Any] = other if isinstance(other, list) else []
        later = old[: len(items)] + [None] * (len(items) - len(old))
        return [_united(item, later[index]) for index, item in enumerate(items)]
    return one


def to_jsonable_with_fallback(
    obj: Any, fallback_serializer: Callable[[Any], Any]
) -> Any:
    """``obj`` as JSON types; ``fallback_serializer`` converts unknown types."""
    try:
        return encode(obj)
    except (TypeError, ValueError):
        return fallback_serializer(obj)


def encode_by_type(o: Any) -> Any:
    """``o`` as JSON types, or None for types that JSON cannot express.

    A decimal is a number, and a duration a number of seconds.
    """
    if isinstance(o, decimal.Decimal):
        exponent = o.as_tuple().exponent
        return int(o) if isinstance(exponent, int) and exponent >= 0 else float(o)
    if isinstance(o, dt.timedelta):
        return o.total_seconds()
    if isinstance(o, _IP_TYPES):  # pydantic converts them from 2.13 on
        return str(o)
    try:
        return encode(o)
    except ValueError:
        return None


def is_literal_type(tp: Any) -> bool:
    """Whether ``tp`` is a ``Literal[…]``."""
    return typing.get_origin(tp) in (typing.Literal, typing_extensions.Literal)


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
    """The default of a field, or None."""
    default = None if field.is_required() else field.get_default()
    return None if default is PydanticUndefined else default


__all__ = [
    "IS_PYDANTIC_V2",
    "AnyCallable",
    "Model",
    "ModelField",
    "PydanticField",
    "UniversalBaseModel",
    "UniversalRootModel",
    "V2RootModel",
    "_get_field_default",
    "_get_model_fields",
    "_union_list_of_pydantic_dicts",
    "construct_type",
    "deep_union_pydantic_dicts",
    "encode_by_type",
    "get_args",
    "get_origin",
    "is_literal_type",
    "is_union",
    "parse_date",
    "parse_datetime",
    "parse_obj_as",
    "parse_sse_obj",
    "to_jsonable_with_fallback",
    "universal_field_validator",
    "universal_root_validator",
    "update_forward_refs",
]
