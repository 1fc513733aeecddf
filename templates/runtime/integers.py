"""Integers: those that no enum lists, and whole numbers such as 1.0."""

from typing import Any

from pydantic_core import ErrorDetails
from pydantic_core import core_schema as cs


class UnknownInt(int):
    """A number that is not in the enum of the API description."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        return cs.no_info_after_validator_function(cls, cs.int_schema(strict=True))


def is_whole(problem: ErrorDetails) -> bool:
    """Whether a number such as 1.0 was refused, which JSON Schema has for an integer."""
    value = problem["input"]
    return problem["type"] == "int_type" and type(value) is float and value.is_integer()
