"""Enums of other values than strings."""

from typing import Any

from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as cs

from .decode import first_of


class UnknownInt(int):
    """A number that is not in the enum of the API description."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        # Lax validation would convert text to numbers.
        number = cs.no_info_before_validator_function(_number, cs.int_schema())
        return cs.no_info_after_validator_function(cls, number)


def _number(value: Any) -> Any:
    if not isinstance(value, int) or isinstance(value, bool):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


def opened(schema: Any) -> Any:
    """The lenient form of an open enum."""
    return first_of(*map(listed, schema["choices"]))


def of(*types: type) -> Any:
    """A schema for values of these types, without the conversions of lax validation."""

    def check(value: Any) -> Any:
        if type(value) not in types:
            raise ValueError("of another type")
        return value

    return cs.no_info_plain_validator_function(check)


def listed(schema: Any) -> Any:
    """``schema``; a literal 1 does not accept True, which Python considers equal."""
    types: set[Any] = {x.__class__ for x in schema.get("expected", ())} - {str}
    return cs.chain_schema([of(*types, str), schema]) if types else schema
