"""Mappings without None values, under Fern's names."""

from collections.abc import Mapping
from typing import Any


def remove_none_from_dict(original: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in original.items() if value is not None}
