"""The classes of responses, in a module that teams write by hand."""

from ._http_response import HttpResponse as BaseHttpResponse
from .http_responses import AsyncHttpResponse as AsyncHttpResponse
from .http_responses import HttpResponse as HttpResponse

__all__ = ["AsyncHttpResponse", "BaseHttpResponse", "HttpResponse"]
