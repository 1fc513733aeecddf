"""Lenient decoding of types that JSON lacks: UUIDs, sets, enums and others."""

import datetime as dt
import typing
import uuid

from pydantic_core import core_schema as cs
from pydantic_core import to_jsonable_python

from .decode import ANY, first_of, place
from .encode import encode

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INT = r"^(0|-?[1-9][0-9]*)$"


class WireUUID(uuid.UUID):
    """A UUID that keeps the text the API sent, for example in capitals."""

    raw: str

    def __init__(self, raw: str) -> None:
        super().__init__(raw)
        object.__setattr__(self, "raw", raw)

    def __wire__(self) -> str:
        return self.raw

    def __reduce__(self) -> tuple[typing.Any, ...]:
        return type(self), (self.raw,)


class WireSet(set[typing.Any]):
    """A set that keeps the array it was decoded from, with order and duplicates."""

    def __init__(self, items: typing.Iterable[typing.Any] = ()) -> None:
        self._items = list(items)
        super().__init__(self._items)

    def __wire__(self) -> list[typing.Any]:
        items = self._items if self == set(self._items) else list(self)
        return [*map(encode, items)]


def opened(schema: typing.Any) -> typing.Any:
    """The lenient form of a schema that `decode` has no rule for."""
    match schema["type"]:
        case "uuid":
            return first_of(_text(_UUID, cs.uuid_schema()), _function(_to_uuid))
        case "date":
            date_schema = cs.is_instance_schema(dt.date)
            return first_of(_text(_DATE, cs.date_schema()), date_schema)
        case "set" | "frozenset":
            items = cs.list_schema(place(schema["items_schema"]))
            return cs.no_info_after_validator_function(_to_set, items)
        case "tuple":
            return cs.tuple_schema([*map(place, schema["items_schema"])])
        case "dict":
            key = schema["keys_schema"]
            number = first_of(_text(_INT, cs.int_schema()), ANY)
            keys = number if key["type"] == "int" else place(key)
            return cs.dict_schema(keys, place(schema["values_schema"]))
        case "enum":
            return _function(schema["cls"])
        case "definition-ref" | "function-after" | "lax-or-strict" | "model":
            return schema
        case _:
            return cs.no_info_wrap_validator_function(_reversible, schema)


def _text(pattern: str, parsed: typing.Any) -> typing.Any:
    """Accepts only the strings that ``parsed`` would be written as again."""
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
        raise ValueError("items of a set must be hashable") from None


def _reversible(value: typing.Any, read: typing.Any) -> typing.Any:
    """Pydantic's value, if encoding it gives the same text."""
    parsed = read(value)
    if to_jsonable_python(parsed) != value:
        raise ValueError("would not be written as it was read")
    return parsed
