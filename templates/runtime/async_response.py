"""Responses of asynchronous clients; layout `fern` has a class of its own for them."""

from .http_response import HttpResponse as AsyncHttpResponse

__all__ = ["AsyncHttpResponse"]
