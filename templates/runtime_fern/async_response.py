"""Responses of asynchronous clients."""

from .http_response import AsyncHttpResponse as AsyncHttpResponse
