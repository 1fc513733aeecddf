"""Fiddlehead turns an API description into a Python client."""

__version__ = "0.1.0"
