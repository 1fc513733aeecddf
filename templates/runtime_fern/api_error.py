"""The error for error responses, in a module that teams write by hand."""

from ._api_error import ApiError as ApiError
