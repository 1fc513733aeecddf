"""Responses with their data, in a class for each kind of client, as in Fern's packages."""

import contextlib
import datetime as dt
import functools
import inspect
import json
import uuid
from typing import Any, TypeVar, get_type_hints

import pydantic
from pydantic_core import ErrorDetails

from . import _api_error, _http_response
from ._http_response import HttpResponse as BaseHttpResponse
from ._http_response import body_text as body_text
from ._http_response import described as described
from ._http_response import json_of
from ._http_response import response_of as response_of
from .api_error import ApiError
from .lazy import part
from .parse_error import ParsingError
from .request import Call, Values

T = TypeVar("T")

# Types whose values pydantic converts when it is not strict, as in Fern's packages.
_CONVERTED: dict[str, Any] = {
    "int": int,
    "float": float,
    "bool": bool,
    "datetime": dt.datetime,
    "date": dt.date,
    "uuid": uuid.UUID,
}
_adapter = functools.cache(pydantic.TypeAdapter)


def _is_converted(problem: ErrorDetails) -> bool:
    kind = _CONVERTED.get(problem["type"].partition("_")[0])
    if kind is None:
        return False
    try:
        _adapter(kind).validate_python(problem["input"])
    except pydantic.ValidationError:
        return False
    return True


def mismatch(type_: Any, text: str) -> str | None:
    """Where JSON text does not match ``type_``, and how."""
    return _first(part("decode").problems(type_, text.encode()))


def _first(problems: list[ErrorDetails]) -> str | None:
    first = next((problem for problem in problems if not _is_converted(problem)), None)
    return first and f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def error_of(settings: Values, response: Any, call: Call) -> ApiError:
    """The error for ``response``, from the tables of the client and of the call."""
    error = _http_response.error_of(settings, response, call)
    if ApiError is not _api_error.ApiError:
        # A class that is written by hand may read the body when it is made.
        details = {
            name: getattr(error, name) for name in ("headers", "status_code", "body")
        }
        ApiError.__init__(error, **details)
    _construct(error, response)
    return error


def _construct(error: ApiError, response: Any) -> None:
    """Call the constructor of an error class that is written by hand, with the body in
    the type that the constructor has for it.

    A generated class has the type of its body as an annotation, or its body has no type.
    """
    cls = type(error)
    init = vars(cls).get("__init__")
    if init is None or cls is ApiError or "body" in inspect.get_annotations(cls):
        return
    parameters, headers = inspect.signature(init).parameters, error.headers
    with contextlib.suppress(NameError, ValueError):
        type_ = get_type_hints(init).get("body", Any)
        body = part("decode").decode(type_, json_of(response))
        status = response.status_code
        available = {"body": body, "headers": headers, "status_code": status}
        init(error, **{k: v for k, v in available.items() if k in parameters})
        error.status_code, error.headers = status, headers
        if "body" not in parameters:
            error.body = body


class _Response(BaseHttpResponse[T]):
    @property
    def response(self) -> Any:
        """The response of the HTTP library."""
        return self._response

    def check(self) -> None:
        """Raise ParsingError if the body does not match the API description."""
        problem = _first(self.problems)
        if problem is not None:
            body = json.loads(json_of(self._response))
            raise described(ParsingError(), self._response, body, problem)


class HttpResponse(_Response[T]):
    """Decoded data with the HTTP response of a synchronous client."""

    def close(self) -> None:
        """Close the response. One that was read is closed already."""
        self._response.close()


class AsyncHttpResponse(_Response[T]):
    """Decoded data with the HTTP response of an asynchronous client."""

    async def close(self) -> None:
        """Close the response. One that was read is closed already."""
        await self._response.aclose()
