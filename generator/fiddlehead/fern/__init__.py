"""Reads Fern definitions (https://buildwithfern.com) into `ir.Api`."""

from .api import read

__all__ = ["read"]
