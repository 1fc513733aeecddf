"""Open enums of integers."""

from typing import Any

from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as cs


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
