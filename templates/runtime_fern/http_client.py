"""The HTTP client, in the module where Fern's packages have it."""

from .connection import HttpClient as AsyncHttpClient
from .connection import HttpClient as HttpClient

__all__ = ["AsyncHttpClient", "HttpClient"]
