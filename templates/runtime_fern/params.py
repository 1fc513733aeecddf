"""Plain dicts as arguments, with Python names as keys."""

from typing import Any

from .decode import adapter
from .request import OMIT


def by_name(type_: Any, value: Any) -> Any:
    """``value`` with a model for each dict in it. Values that do not fit are kept."""
    if value is None or value is OMIT:
        return value
    return adapter(type_).validate_python(
        value, strict=False, by_alias=True, by_name=True
    )
