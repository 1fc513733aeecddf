"""Converts Swagger 2.0 to OpenAPI 3.0 node by node, so that all locations are in the user's file."""

from .document import convert, is_swagger

__all__ = ["convert", "is_swagger"]
