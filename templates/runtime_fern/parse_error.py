"""The error for unreadable responses, which can be made with its cause."""

from typing import Any

from .api_error import ApiError


class ParsingError(ApiError):
    """A response whose body does not match its status or content type."""

    cause: Exception | None = None
    reason: str | None = None

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
        text = super().__str__()
        return text if self.cause is None else f"{text}, cause: {self.cause}"
