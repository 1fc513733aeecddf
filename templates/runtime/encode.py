"""Encoding of Python values as JSON, query values and headers."""

import datetime as dt
import functools
import json
from collections.abc import Mapping, Set
from typing import Any

import pydantic
from pydantic_core import to_jsonable_python

from .lazy import part


def encode(value: Any) -> Any:
    """``value`` as JSON types. Values from the API are sent back unchanged."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if hasattr(value, "__wire__"):
        return value.__wire__()
    items: Any = value
    if isinstance(value, Mapping):
        return {k if type(k) is str else to_text(k): encode(items[k]) for k in items}
    if isinstance(value, (list, tuple, Set)):
        return [*map(encode, items)]
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.astimezone()  # RFC 3339 has zones
        if (rules := part("datetime_rules")) and rules.MILLISECONDS:
            return aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return aware.isoformat().replace("+00:00", "Z")
    return to_jsonable_python(value)


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_json(value: Any) -> bytes:
    """``value`` as JSON text. Lone surrogates are escaped."""
    if (native := part("native")) and (text := native.dumps(value)):
        return bytes(text)
    try:
        return _JSON.encode(encode(value)).encode("utf-8", "backslashreplace")
    except RecursionError as error:
        if deep := part("deep"):
            return bytes(deep.with_more_frames(to_json, value))
        raise ValueError(f"the value is nested too deep ({error})") from None


def to_text(value: Any) -> str:
    """``value`` for a URL or header: a string, JSON, or a comma-separated list."""
    plain: list[Any] | str | float | None = encode(value)
    if isinstance(plain, list):
        return ",".join(to_text(item) for item in plain if item not in (None, []))
    return plain if isinstance(plain, str) else to_json(plain).decode()


@functools.cache
def wire_names(cls: "type[pydantic.BaseModel]") -> Mapping[str, str]:
    """The wire name of each field, after the class is complete."""
    if not cls.__pydantic_fields_complete__:  # their annotations have the names
        cls.model_rebuild()
    return {n: n if f.alias is None else f.alias for n, f in cls.model_fields.items()}
