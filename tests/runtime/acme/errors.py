"""The errors of the API."""

from typing import Any

from .core.api_error import ApiError
from .types import Complaint


class BadRequestError(ApiError):
    def __init__(self, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code=400, headers=headers, body=body)


class NotFoundError(ApiError):
    body: Complaint

    def __init__(self, body: Complaint, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code=404, headers=headers, body=body)


class ServerError(ApiError):
    def __init__(self, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code=None, headers=headers, body=body)


class QuotaError(ApiError):
    def __init__(self, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code=402, headers=headers, body=body)


ERRORS: dict[int | str, type[ApiError]] = {
    400: BadRequestError,
    404: NotFoundError,
    "5XX": ServerError,
    "QuotaExceeded": QuotaError,
}
