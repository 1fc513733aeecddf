"""Values of an enum that the API description does not list."""

import typing


class _Unlisted:
    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: typing.Any) -> typing.Any:
        from pydantic_core import core_schema as cs

        plain = cs.str_schema if issubclass(cls, str) else cs.int_schema
        return cs.no_info_after_validator_function(cls, plain(strict=True))


class UnknownStr(_Unlisted, str):
    """A string that the API sent, or a caller chose, beyond the listed ones."""


class UnknownInt(_Unlisted, int):
    """A number that the API sent, or a caller chose, beyond the listed ones."""
