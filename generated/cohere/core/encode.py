"""From Python values to the JSON that goes over the wire."""

import datetime as dt
import enum
import functools
import json
import typing
from collections.abc import Mapping, Set

import pydantic
from pydantic_core import to_jsonable_python

Json = dict[str, typing.Any] | list[typing.Any] | str | int | float | bool | None


def encode(value: typing.Any) -> Json:
    """``value`` as JSON types; what came from the API goes back as it came."""
    if value is None or type(value) in (str, int, float, bool):
        plain: Json = value
        return plain
    if hasattr(value, "__wire__"):
        wire: Json = value.__wire__()
        return wire
    if isinstance(value, enum.Enum):
        return encode(value.value)
    if isinstance(value, str):
        return str(value)
    items: typing.Any = value
    if isinstance(value, Mapping):
        return {_key(key): encode(item) for key, item in items.items()}
    if isinstance(value, (list, tuple, Set)):
        return [encode(item) for item in items]
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dt.datetime):
        # RFC 3339; a time without a zone is local time, as everywhere in Python.
        aware = value if value.tzinfo else value.astimezone()
        return aware.isoformat().replace("+00:00", "Z")
    other: Json = to_jsonable_python(value)
    return other


def to_json(value: typing.Any) -> bytes:
    """``value`` as JSON text."""
    dumps = functools.partial(json.dumps, separators=(",", ":"), allow_nan=False)
    try:
        return dumps(encode(value), ensure_ascii=False).encode()
    except UnicodeEncodeError:  # a lone surrogate can only travel escaped
        return dumps(encode(value)).encode()


def to_text(value: typing.Any) -> str:
    """``value`` in a URL or a header: a string, or JSON, or a list with commas."""
    encoded = encode(value)
    if isinstance(encoded, str):
        return encoded
    if isinstance(encoded, list):
        return ",".join(map(to_text, encoded))
    return to_json(encoded).decode()


@functools.cache
def wire_names(cls: type[pydantic.BaseModel]) -> Mapping[str, str]:
    """The wire name of each field."""
    return {name: field.alias or name for name, field in cls.model_fields.items()}


def _key(key: typing.Any) -> str:
    return key if type(key) is str else to_text(key)
