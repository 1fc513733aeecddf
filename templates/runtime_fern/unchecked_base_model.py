"""The base class of generated models, with the methods that Fern's users call."""

# Tests import private names.
# pyright: reportUnusedFunction=false, reportUnknownVariableType=false

import contextlib
import sys
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any

import pydantic
from pydantic.fields import FieldInfo
from typing_extensions import Self

from . import decode
from ._unchecked_base_model import UncheckedBaseModel as LosslessModel
from ._unchecked_base_model import UnknownStr as UnknownStr
from .encode import wire_names
from .integers import UnknownInt as UnknownInt
from .model_base import with_hand_written_base, with_hand_written_methods

_Dict = dict[str, Any]
Model = typing.TypeVar("Model", bound=pydantic.BaseModel)
PydanticField = FieldInfo

if typing.TYPE_CHECKING:
    # Type checkers accept any value where an enum is expected, as in Fern's packages.
    OpenStr: typing.TypeAlias = Any
    OpenInt: typing.TypeAlias = Any
    _Base = LosslessModel
else:
    OpenStr, OpenInt = UnknownStr, UnknownInt
    _Base = with_hand_written_base(LosslessModel)


class UnionMetadata:
    """Marks a union; `unions.Discriminated` is what generated code uses."""

    def __init__(self, *, discriminant: str) -> None:
        self.discriminant = discriminant


class UncheckedBaseModel(_Base):
    """Base class of the models."""

    # These are pydantic 1's names; pydantic 2 still has them, with a deprecation warning.

    def dict(self, **kwargs: Any) -> _Dict:
        """The values by wire name: those that were sent or set, or are not None."""
        if kwargs:
            kwargs.setdefault("by_alias", True)
            kwargs.setdefault("exclude_unset", True)
            return self.model_dump(**kwargs)
        return typing.cast("_Dict", _plain(self))

    def json(self, **kwargs: Any) -> str:
        """The value as JSON, with wire names."""
        kwargs.setdefault("by_alias", True)
        return self.model_dump_json(**kwargs)

    def copy(
        self,
        *,
        include: Any = None,
        exclude: Any = None,
        update: _Dict | None = None,
        deep: bool = False,
    ) -> Self:
        """A copy with some values left out or replaced, unvalidated."""
        copy = self.model_copy(update=update, deep=deep)
        names = {*vars(copy), *(copy.model_extra or {})}
        names_ = (names if include is None else names & {*include}) - {*(exclude or ())}
        for name in names - names_ - {*(update or ())}:
            vars(copy).pop(name, None)
            (copy.__pydantic_extra__ or {}).pop(name, None)
            copy.model_fields_set.discard(name)
        return copy

    @classmethod
    def parse_obj(cls, obj: Any) -> Self:
        """A model of ``obj``, validated."""
        return cls.model_validate(obj)

    @classmethod
    def construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """A model from ``values`` by wire name, decoded as leniently as a response."""
        return typing.cast("Self", construct_type(cls, values))


if not typing.TYPE_CHECKING:
    with_hand_written_methods(UncheckedBaseModel)


def _plain(value: Any) -> Any:
    """``value`` with a dict for each model in it."""
    if isinstance(value, pydantic.BaseModel):
        names, names_set = wire_names(type(value)), value.model_fields_set
        items = {**value.__dict__, **(value.model_extra or {})}.items()
        return {
            names.get(name, name): _plain(item)
            for name, item in items
            if name in names_set or item is not None
        }
    if isinstance(value, Mapping):
        pairs = typing.cast("Iterable[tuple[Any, Any]]", value.items())
        return {key: _plain(item) for key, item in pairs}
    if isinstance(value, list):
        return [_plain(item) for item in typing.cast("Iterable[Any]", value)]
    return value


def construct_type(type_: Any, object_: Any, host: Any = None) -> Any:
    """Decode parsed JSON as ``type_``. Values that do not fit are kept unchanged.

    As in Fern's packages, text is converted to integers and booleans, except in models.
    """
    return _converted(type_, decode.construct_type(type_, object_))


def _converted(type_: Any, value: Any) -> Any:
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    members = [argument for argument in arguments if argument is not type(None)]
    if origin is typing.Annotated or (is_union(origin) and len(members) == 1):
        return _converted(members[0], value)
    items: Any = value
    if origin is list and isinstance(value, list):
        return [_converted(arguments[0], item) for item in items]
    if origin is set and isinstance(value, (set, list)):
        return {_converted(arguments[0], item) for item in items}
    if origin is dict and isinstance(value, dict):
        key, item = arguments
        return {_converted(key, k): _converted(item, v) for k, v in items.items()}
    if type_ is bool and not isinstance(value, str) and value is not None:
        with contextlib.suppress(Exception):
            return bool(value)
    if isinstance(value, str):
        if type_ is bool:
            return value.lower() in ("true", "1")
        if type_ is int:
            with contextlib.suppress(ValueError):
                return int(value)
    return value


# Tests of hand-written code call these, by Fern's names.


def is_union(tp: Any) -> bool:
    """Whether ``tp`` is what `typing.get_origin` gives for a union."""
    return tp in (typing.Union, types.UnionType)


def _maybe_resolve_forward_ref(type_: Any, host: type[Any] | None = None) -> Any:
    """The type that a `typing.ForwardRef` names in the module of ``host``."""
    if host is None or not isinstance(type_, typing.ForwardRef):
        return type_
    module = sys.modules.get(host.__module__)
    try:
        return eval(type_.__forward_arg__, vars(module) if module else {})
    except Exception:
        return type_


def _get_model_fields(model: Any) -> Mapping[str, FieldInfo]:
    fields: Mapping[str, FieldInfo] = model.model_fields
    return fields


def _get_field_default(field: FieldInfo) -> Any:
    return None if field.is_required() else field.get_default()


def _get_is_populate_by_name(model: type[pydantic.BaseModel]) -> bool:
    config = model.model_config
    return bool(config.get("populate_by_name") or config.get("validate_by_name"))
