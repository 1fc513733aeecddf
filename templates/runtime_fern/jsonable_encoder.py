"""JSON for Python values, under Fern's names."""

# The arguments are of any type, as in Fern's packages.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

import base64
import dataclasses
import urllib.parse
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import PurePath
from types import GeneratorType
from typing import Any, cast

import pydantic

from .callable_module import make_callable
from .encode import encode, to_text

SetIntStr = set[int | str]
DictIntStrAny = dict[int | str, Any]


def jsonable_encoder(
    obj: Any, custom_encoder: Mapping[Any, Callable[[Any], Any]] | None = None
) -> Any:
    """``obj`` as JSON types; ``custom_encoder`` maps types to encoding functions.

    ``...``, which marks an argument as omitted, is left out of dicts and lists, and is
    None elsewhere. Bytes are Base64. Raises ValueError for an object that is no data.
    """
    if obj is ...:
        return None
    custom = custom_encoder or {}
    own = custom.get(type(obj)) or next(
        (encoder for type_, encoder in custom.items() if isinstance(obj, type_)), None
    )
    if own is not None:
        return own(obj)
    if isinstance(obj, PurePath):
        return str(obj)
    if isinstance(obj, bytes):
        return base64.b64encode(obj).decode()
    if isinstance(obj, pydantic.BaseModel):
        if not custom:
            return encode(obj)
        obj = obj.model_dump(by_alias=True, exclude_unset=True)
    if dataclasses.is_dataclass(obj) and not isinstance(obj, type):
        obj = dataclasses.asdict(obj)
    if isinstance(obj, Mapping):
        return _encoded(obj, custom)
    if isinstance(obj, (list, tuple, Set, GeneratorType)):
        items = cast("Iterable[Any]", obj)
        return [jsonable_encoder(item, custom) for item in items if item is not ...]
    try:
        return encode(obj)
    except ValueError:
        return _encoded(_data_of(obj), custom)


def _encoded(
    values: Mapping[Any, Any], custom: Mapping[Any, Callable[[Any], Any]]
) -> dict[Any, Any]:
    return {
        jsonable_encoder(key, custom): jsonable_encoder(value, custom)
        for key, value in values.items()
        if value is not ...
    }


def _data_of(obj: Any) -> dict[Any, Any]:
    """The pairs that an object consists of, or its attributes."""
    data: dict[Any, Any]
    try:
        data = dict(obj)
    except (TypeError, ValueError):
        try:
            data = vars(obj)
        except TypeError as error:
            name = type(obj).__name__
            raise ValueError(f"no JSON for an object of {name}") from error
    return data


def encode_path_param(obj: Any) -> str:
    """``obj`` as text in a path, not yet quoted."""
    return to_text(obj)


def quote_path_param(obj: Any) -> str:
    """``obj`` as one segment of a path, quoted. Raises ValueError for ``.`` and ``..``."""
    text = to_text(obj)
    if text in (".", ".."):
        raise ValueError(f"{text!r} cannot be a segment of a path")
    return urllib.parse.quote(text, safe="")


make_callable(__name__)
