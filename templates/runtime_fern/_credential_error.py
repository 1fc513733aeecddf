"""The error for missing credentials: an ``ApiError``, as in Fern's clients."""

from ._api_error import MissingCredentialError as _MissingCredentialError
from .api_error import ApiError


class MissingCredentialError(ApiError, _MissingCredentialError):
    """The client was created without a credential that the API requires."""

    def __init__(self, message: str = "") -> None:
        super().__init__(body=message)

    def __str__(self) -> str:
        return str(self.body)
