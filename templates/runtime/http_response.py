"""Responses with their data, and the errors for error responses."""

import functools
from collections.abc import Mapping
from contextlib import suppress
from json import dumps
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic_core import ErrorDetails

from .api_error import ApiError, ParsingError
from .http_library import Response
from .lazy import part
from .request import Call, Values

T = TypeVar("T")


class HttpResponse(Generic[T]):
    """Decoded data with its HTTP response."""

    def __init__(self, response: Response, data: T, type_: Any = None) -> None:
        self._response, self._type, self.data = response, type_, data
        self.status_code = response.status_code

    @functools.cached_property
    def headers(self) -> dict[str, str]:
        return dict(self._response.headers)

    @property
    def problems(self) -> list[ErrorDetails]:
        """The places where the JSON does not match the API description."""
        problems = part("decode").problems
        return [*problems(self._type, json_of(self._response))] if self._type else []


def response_of(returns: Any, response: Response, call: Call) -> HttpResponse[Any]:
    """The decoded body. Raises ParsingError if it does not match the API description."""
    if "result" in call:
        is_text = call["result"] == "text"
        return HttpResponse(
            response, body_text(response) if is_text else response.content
        )
    empty = not response.content.strip()
    if returns is None or (empty and not part("decode").problems(returns, b"null")):
        return HttpResponse(response, None)
    if texts := part("texts"):
        text = texts.text_of(returns, response)
        if text is not None:
            return HttpResponse(response, text)
    try:
        data = part("decode").decode(returns, json_of(response))
    except (ValueError, RecursionError) as error:
        text = body_text(response)
        raise described(ParsingError(), response, text, str(error)) from error
    if "unwrap" in call:
        data = functools.reduce(getattr, call["unwrap"].split("."), data)
    return HttpResponse(response, data, returns)


def json_of(response: Any) -> bytes:
    """The body. JSON is UTF-8 (RFC 8259), but some servers use the charset of its type."""
    content: bytes = response.content  # the charset is only looked up if it matters
    if not content.isascii() and not response.encoding.lower().startswith("utf"):
        try:
            content.decode()
        except UnicodeDecodeError:
            return body_text(response, "strict").encode()
    return content


def body_text(response: Any, errors: str = "replace") -> str:
    """The body in its charset, or in UTF-8 if Python has no text codec for it."""
    try:
        return str(response.content, response.encoding, errors)
    except (LookupError, UnicodeError):  # ``hex`` is a codec, but not one of text
        return str(response.content, "utf-8", errors)


def error_of(settings: Values, response: Response, call: Call) -> ApiError:
    """The error for ``response``, from the tables of the client and of the call."""
    classes: Mapping[Any, type[ApiError]] = settings.get("errors", {})
    if "error_property" in settings:
        # The name of the error is a key, too; its body is in ``content``.
        envelope = _body(object, response)
        name = str(getattr(envelope, "get", str)(settings["error_property"]))
        if name in classes:
            body = envelope.get("content", envelope)
            error = classes[name].__new__(classes[name])
            declared = get_type_hints(classes[name]).get("body", Any)
            with suppress(ValueError, RecursionError):
                body = part("decode").decode(declared, dumps(body).encode())
            return described(error, response, body)
    keys: list[Any] = [response.status_code, f"{response.status_code // 100}XX"]
    cls = next((classes[key] for key in keys if key in classes), ApiError)
    if "errors" in call:
        known: Mapping[Any, Any] = call["errors"]
        error_class = next((known[key] for key in keys if key in known), cls)
        if not isinstance(error_class, type) or not issubclass(error_class, ApiError):
            return described(cls.__new__(cls), response, _body(error_class, response))
        cls = error_class
    declared = get_type_hints(cls).get("body", Any)  # ``__init__`` may take no body
    return described(cls.__new__(cls), response, _body(declared, response))


def described(error: ApiError, response: Any, body: Any, reason: str = "") -> ApiError:
    """``error`` with its body, and the details of the response and its request."""
    request, headers, error.body = response.request, response.headers, body
    error.reason = reason or None
    error.status_code, error.headers = response.status_code, dict(headers)
    error.request_id = headers.get("x-request-id") or headers.get("request-id")
    error.method, error.url = request.method, str(request.url.copy_with(userinfo=b""))
    error.args = (error.status_code, error.body)
    return error


def _body(type_: Any, response: Response) -> Any:
    try:
        return part("decode").decode(type_, json_of(response))
    except (ValueError, RecursionError):
        return body_text(response)
