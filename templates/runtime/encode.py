"""Encoding of Python values as JSON, query values and headers."""

import datetime as dt
import functools
import json
import sys
from collections.abc import Mapping, Set
from typing import Any

import pydantic
from pydantic_core import to_jsonable_python

from .lazy import part


def encode(value: Any) -> Any:
    """``value`` as JSON types. Values from the API are sent back unchanged."""
    return _with_stack(encoded, value)


def encoded(value: Any) -> Any:
    """The same, for the parts of a value: it uses as few frames as possible."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if hasattr(value, "__wire__"):
        return value.__wire__()
    items: Any = value
    if isinstance(value, Mapping):
        names = (name if type(name) is str else to_text(name) for name in items)
        return dict(zip(names, map(encoded, items.values()), strict=True))
    if isinstance(value, (list, tuple, Set)):
        return [*map(encoded, items)]
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dt.datetime):
        # RFC 3339; a time without a zone is local time, as everywhere in Python.
        aware = value if value.tzinfo else value.astimezone()
        return aware.isoformat().replace("+00:00", "Z")
    return to_jsonable_python(value)


def _with_stack(function: Any, value: Any) -> Any:
    """``function(value)``; a value that is nested deep needs a stack of its own."""
    try:
        return function(value)
    except RecursionError:
        limit = f"Python's recursion limit of {sys.getrecursionlimit()}"
        if deep := part("deep"):
            return deep.limited(function, value)
    raise ValueError(f"the value is nested too deep for {limit}")


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_json(value: Any) -> bytes:
    """``value`` as JSON text. Lone surrogates are escaped."""
    if (native := part("native")) and (text := native.dumps(value)):
        return bytes(text)
    text = _with_stack(lambda it: _JSON.encode(encoded(it)), value)
    return bytes(text.encode("utf-8", "backslashreplace"))


def to_text(value: Any) -> str:
    """``value`` for a URL or header: a string, JSON, or a comma-separated list."""
    if type(value) is str:
        return value
    plain: list[Any] | str | float | None = encode(value)
    if isinstance(plain, list):
        return ",".join(to_text(item) for item in plain if item is not None)
    return plain if isinstance(plain, str) else to_json(plain).decode()


@functools.cache
def wire_names(cls: "type[pydantic.BaseModel]") -> Mapping[str, str]:
    """The wire name of each field, after the class is complete."""
    if not cls.__pydantic_fields_complete__:  # their annotations have the names
        cls.model_rebuild()
    return {n: n if f.alias is None else f.alias for n, f in cls.model_fields.items()}
