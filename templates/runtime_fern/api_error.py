"""The error for error responses, in a module that teams write by hand."""

from ._api_error import ApiError as ApiError
from ._api_error import MissingCredentialError as MissingCredentialError
<<<<<<< HEAD
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
        message = super().__str__()
        return message if self.cause is None else f"{message}, cause: {self.cause}"
=======
>>>>>>> main
