"""Responses, with the name that Fern has for those of an asynchronous client."""

from ._http_response import HttpResponse as HttpResponse
from ._http_response import answer_of as answer_of
from ._http_response import described as described
from ._http_response import error_of as error_of

AsyncHttpResponse = HttpResponse
