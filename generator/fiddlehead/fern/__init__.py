"""Fern Definition (https://buildwithfern.com) to `ir.Api`."""

from .api import read

__all__ = ["read"]
