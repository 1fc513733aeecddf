"""Responses of asynchronous clients; layout `fern` replaces this module."""

from .http_response import HttpResponse as AsyncHttpResponse

__all__ = ["AsyncHttpResponse"]
