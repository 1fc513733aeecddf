"""Swagger 2.0 to OpenAPI 3.0, node by node, so that every place is one of the user's own file."""

from .document import convert, is_swagger

__all__ = ["convert", "is_swagger"]
