"""Numbers where the API description has strings, converted (`coerce_numbers_to_str`)."""

import decimal
from typing import Any

from pydantic_core import core_schema as cs


def coerced(schema: Any) -> Any:
    """``schema`` with strings that accept numbers, also in strict mode."""
    parts: Any = schema
    if isinstance(schema, list):
        return [coerced(item) for item in parts]
    if not isinstance(schema, dict):
        return parts
    if parts.get("type") == "str" and not parts.get("strict"):
        text = cs.no_info_before_validator_function(_text, parts)
        return cs.lax_or_strict_schema(text, text)
    return {name: coerced(part) for name, part in parts.items()}


def _text(value: Any) -> Any:
    return str(value) if type(value) in (int, float, decimal.Decimal) else value
