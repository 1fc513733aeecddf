"""Reads OpenAPI 3.0, 3.1 and 3.2 with Fern's extensions into an `ir.Api`."""

from .read import read

__all__ = ["read"]
