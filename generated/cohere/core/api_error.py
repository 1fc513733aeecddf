"""Exceptions: error responses, unreadable responses, missing credentials."""

from typing import Any


class MissingCredentialError(ValueError):
    """The client was created without a credential that the API requires."""


class ApiError(Exception):
    """An error response; ``body`` is the decoded JSON, or text if it is not JSON."""

    headers: dict[str, str] | None
    request_id: str | None = None
    method: str | None = None
    url: str | None = None
    reason: str | None = None

    def __init__(
        self, *, headers: Any = None, status_code: int | None = None, body: Any = None
    ) -> None:
        super().__init__(status_code, body)
        self.headers, self.status_code, self.body = headers, status_code, body

    def __str__(self) -> str:
        names = ("reason", "method", "url", "request_id", "status_code", "body")
        known = {name: getattr(self, name) for name in names}
        known["url"] = self.url and self.url.partition("?")[0]  # it may have a key
        return ", ".join(f"{k}: {v}" for k, v in known.items() if v is not None)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by attributes: a subclass may have another ``__init__`` signature."""
        return Exception.__new__, (type(self), *self.args), vars(self)


class ParsingError(ApiError):
    """A response whose body does not match its status or content type."""
