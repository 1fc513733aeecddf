"""Wire names, for code that was written for Fern's packages."""

import typing
from typing import Any

from .decode import construct_type
from .encode import encode


class FieldMetadata:
    """Marks a field with its wire name; generated models use pydantic's alias."""

    def __init__(self, *, alias: str) -> None:
        self.alias = alias


def convert_and_respect_annotation_metadata(
    *,
    object_: Any,
    annotation: Any,
    inner_type: Any = None,
    direction: typing.Literal["read", "write"],
) -> Any:
    """``object_`` as JSON; with direction ``read``, the value of the type in the JSON."""
    if direction == "write" or object_ is None:
        return encode(object_)
    return construct_type(inner_type or annotation, object_)
