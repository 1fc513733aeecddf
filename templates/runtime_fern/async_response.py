"""Responses of asynchronous clients."""

from .http_responses import AsyncHttpResponse as AsyncHttpResponse
