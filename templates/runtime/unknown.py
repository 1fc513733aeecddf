"""Values of an enum that the API description does not list."""

from typing import Any

from pydantic_core import core_schema as cs


class _Unlisted:
    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        plain = cs.str_schema if issubclass(cls, str) else cs.int_schema
        return cs.no_info_after_validator_function(cls, plain(strict=True))


class UnknownStr(_Unlisted, str):
    """A string that the API sent, or a caller chose, beyond the listed ones."""


class UnknownInt(_Unlisted, int):
    """A number that the API sent, or a caller chose, beyond the listed ones."""
