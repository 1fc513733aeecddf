"""The classes of responses, in a module that teams write by hand."""

from .http_responses import AsyncHttpResponse as AsyncHttpResponse
from .http_responses import BaseHttpResponse as BaseHttpResponse
from .http_responses import HttpResponse as HttpResponse
