"""Mappings without None values, under Fern's names."""

from collections.abc import Mapping
from typing import Any

from .callable_module import make_callable


def remove_none_from_dict(original: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in original.items() if value is not None}


make_callable(__name__)
