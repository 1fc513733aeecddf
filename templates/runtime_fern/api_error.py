"""Exceptions; a parsing error can be made with its cause, as in Fern's packages."""

from typing import Any

from ._api_error import ApiError as ApiError
from ._api_error import MissingCredentialError as MissingCredentialError
from ._api_error import ParsingError as PlainParsingError


class ParsingError(PlainParsingError):
    """A response whose body does not match its status or content type."""

    cause: Exception | None = None

    def __init__(
        self,
        *,
        headers: Any = None,
        status_code: int | None = None,
        body: Any = None,
        cause: Exception | None = None,
    ) -> None:
        super().__init__(headers=headers, status_code=status_code, body=body)
        self.cause = self.__cause__ = cause

    def __str__(self) -> str:
        said = super().__str__()
        return said if self.cause is None else f"{said}, cause: {self.cause}"
