"""Types that need more than JSON has: UUIDs, dates, sets, keys, named aliases, any other."""

import datetime as dt
import enum
import sys
import types
import typing
import uuid
from collections.abc import Mapping, Set

import pydantic
from pydantic_core import core_schema as cs
from pydantic_core import to_jsonable_python

from .decode import ANY, Builder, first_of
from .encode import encode

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INT = r"^(0|-?[1-9][0-9]*)$"


class WireUUID(uuid.UUID):
    """A UUID that remembers how the API wrote it (in capitals, say)."""

    raw: str

    def __init__(self, raw: str) -> None:
        super().__init__(raw)
        object.__setattr__(self, "raw", raw)

    def __wire__(self) -> str:
        return self.raw

    def __reduce__(self) -> tuple[typing.Any, ...]:
        return type(self), (self.raw,)


class WireSet(set[typing.Any]):
    """A set that remembers the order and the repetitions of the array it came from."""

    def __init__(self, items: typing.Iterable[typing.Any] = ()) -> None:
        self._items = list(items)
        super().__init__(self._items)

    def __wire__(self) -> list[typing.Any]:
        items = self._items if self == set(self._items) else list(self)
        return [encode(item) for item in items]


def schema(builder: Builder, type_: typing.Any) -> typing.Any:
    """The schema of a type that `Builder` does not know."""
    origin, args = typing.get_origin(type_), typing.get_args(type_)
    if hasattr(type_, "__value__"):
        return builder.define(type_, lambda ref: _alias(builder, type_, ref))
    if type_ is uuid.UUID:
        return first_of(_text(_UUID, cs.uuid_schema()), _function(_to_uuid))
    if type_ is dt.date:
        return first_of(_text(_DATE, cs.date_schema()), cs.is_instance_schema(dt.date))
    if origin in (set, frozenset, Set):
        items = cs.list_schema(builder.place(args[0]))
        return cs.no_info_after_validator_function(_to_set, items)
    if origin in (dict, Mapping):
        number = _text(_INT, cs.int_schema())
        key = first_of(number, ANY) if args[0] is int else builder.place(args[0])
        return cs.dict_schema(key, builder.place(args[1]))
    if isinstance(type_, type) and issubclass(type_, enum.Enum):
        return _function(type_)
    return _function(_reversible(type_))


def _text(pattern: str, parsed: typing.Any) -> typing.Any:
    """``parsed`` for the texts that it would be written as again."""
    return cs.chain_schema([cs.str_schema(pattern=pattern), parsed])


def _function(function: typing.Any) -> typing.Any:
    return cs.no_info_plain_validator_function(function)


def _to_uuid(value: typing.Any) -> uuid.UUID:
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str):
        raise ValueError("not a UUID")
    return WireUUID(value)


def _to_set(items: list[typing.Any]) -> WireSet:
    try:
        return WireSet(items)
    except TypeError:
        raise ValueError("items of a set have to be hashable") from None


def _alias(builder: Builder, alias: typing.Any, ref: str) -> typing.Any:
    """What a named alias stands for; its forward references are of its own module."""
    holder = types.SimpleNamespace(__annotations__={"value": alias.__value__})
    names = dict(vars(sys.modules[alias.__module__]))
    hints = typing.get_type_hints(holder, names, include_extras=True)
    return cs.union_schema([builder.place(hints["value"])], ref=ref)


def _reversible(type_: typing.Any) -> typing.Callable[[typing.Any], typing.Any]:
    """Pydantic's own reading of ``type_``, where it would be written the same again."""
    adapter: pydantic.TypeAdapter[typing.Any] = pydantic.TypeAdapter(type_)

    def read(value: typing.Any) -> typing.Any:
        parsed = adapter.validate_python(value)
        if to_jsonable_python(parsed) != value:
            raise ValueError("would not be written as it was read")
        return parsed

    return read
