"""Open enums of integers."""

from typing import Any

from pydantic_core import core_schema as cs


class UnknownInt(int):
    """A number that is not in the enum of the API description."""

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        return cs.no_info_after_validator_function(cls, cs.int_schema(strict=True))
