"""Decodes request bodies by their content type, and validates them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from .. import ir
from ..diagnostics import Span
from ..queries import lookup
from ..queries.value_matching import ValueMatcher
from .messages import Problem, Request
from .parameters import SEPARATORS, Parameters
from .property_paths import is_list, is_object
from .validation import Validator

MAX_DEPTH = 200
"""How deeply the values of a JSON body may be nested."""


class UnreadableBody(Exception):
    """The body does not match its content type, or the content type is not described."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(str(problem))
        self.status = status
        self.problem = problem


class Bodies:
    """Reads and validates the bodies of one API."""

    def __init__(self, matcher: ValueMatcher, validator: Validator, parameters: Parameters) -> None:
        self._matcher = matcher
        self._validator = validator
        self._parameters = parameters

    def decoded(self, body: ir.Body, request: Request) -> object:
        """The value of a body: JSON, or an object of form fields, or bytes.

        None if there is no body. Raises `UnreadableBody`.
        """
        if not request.body:
            return None
        sent = _content_type(request)
        media_type = sent.get_content_type() if "content-type" in sent else None
        if body.encoding == "json":
            if media_type is not None and "json" not in media_type and media_type != "text/plain":
                raise UnreadableBody(
                    415, Problem(("body",), f"{media_type} is not {body.content_type}", body.span)
                )
            return _json(request.body, body.span)
        if body.encoding == "form":
            if media_type is not None and "json" in media_type:
                return _json(request.body, body.span)
            return self._form(body, parse_qsl(_text(request.body, body), keep_blank_values=True))
        if body.encoding == "multipart":
            boundary = sent.get_param("boundary", header="content-type")
            if (
                media_type is None
                or not media_type.startswith("multipart/")
                or not isinstance(boundary, str)
            ):
                raise UnreadableBody(
                    415, Problem(("body",), "is not multipart/form-data with a boundary", body.span)
                )
            return self._multipart(body, request.body, boundary)
        return _text(request.body, body) if body.encoding == "text" else request.body

    def problems(self, body: ir.Body, value: object) -> Iterator[Problem]:
        """The problems of a decoded body."""
        if value is None:
            needed = any(field.required and field.access != "read-only" for field in body.fields)
            if body.required and (body.type is not None or needed):
                yield Problem(("body",), "is missing", body.span)
            return
        if body.encoding in ("bytes", "text"):
            return
        if body.type is not None:
            yield from self._validator.problems(value, body.type, ("body",))
        elif body.fields and not is_object(value):
            yield Problem(("body",), "is not an object", body.span)
        elif is_object(value):
            yield from self._validator.fields(value, body.fields, ("body",), body.extra)

    def _fields(self, body: ir.Body) -> dict[str, ir.Field]:
        fields = body.fields
        if not fields and body.type is not None:
            target = lookup.resolved_non_null(self._matcher.api, body.type)
            if isinstance(target, ir.Model):
                fields = self._matcher.fields(target)
        return {field.name: field for field in fields}

    def _form(self, body: ir.Body, pairs: list[tuple[str, str]]) -> dict[str, object]:
        texts: dict[str, list[str]] = {}
        for name, text in pairs:
            texts.setdefault(name, []).append(text)
        return self._values(texts, self._fields(body))

    def _values(
        self, texts: dict[str, list[str]], fields: dict[str, ir.Field]
    ) -> dict[str, object]:
        """The values of all fields, by their styles."""
        values: dict[str, object] = {}
        for field in fields.values():
            if field.style == "deepObject":
                is_sent, value = self._parameters.deep_object(field.name, texts, field.type)
                if is_sent:
                    values[field.name] = value
                    prefix = f"{field.name}["
                    texts = {key: x for key, x in texts.items() if not key.startswith(prefix)}
        for name, text in texts.items():
            known = fields.get(name)
            separator = SEPARATORS.get(known.style or "") if known is not None else None
            if known is None:
                values[name] = text[-1]
            elif separator is not None and len(text) == 1:
                values[name] = self._parameters.split(text[0], known.type, separator)
            else:
                values[name] = self._part(text, known.type)
        return values

    def _part(self, texts: list[str], type_: ir.Type) -> object:
        """The values of a field: strings, or the value of a JSON part."""
        target = lookup.resolved_non_null(self._matcher.api, type_)
        if isinstance(target, ir.ListOf):
            if len(texts) == 1 and texts[0].startswith("["):
                return _json_or_text(texts[0])
            return [self._part([text], target.item_at(i)) for i, text in enumerate(texts)]
        if isinstance(target, ir.Model | ir.MapOf | ir.Union | ir.Unknown):
            return _json_or_text(texts[-1])
        return self._parameters.typed(texts[-1], type_)

    def _multipart(self, body: ir.Body, content: bytes, boundary: str) -> dict[str, object]:
        pieces = (b"\r\n" + content).split(b"\r\n--" + boundary.encode())
        if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
            raise UnreadableBody(
                400, Problem(("body",), "does not end with its boundary: it was cut off", body.span)
            )
        fields = self._fields(body)
        texts: dict[str, list[str]] = {}
        files: dict[str, object] = {}
        for piece in pieces[1:-1]:
            head, _, data = piece.partition(b"\r\n\r\n")
            headers = HeaderParser().parsestr(head.strip().decode("utf-8", "replace"))
            name = headers.get_param("name", header="content-disposition")
            if not isinstance(name, str):
                raise UnreadableBody(
                    400, Problem(("body",), "has a part without a name", body.span)
                )
            type_ = fields[name].type if name in fields else ir.Unknown()
            if headers.get_filename() is not None or _is_bytes(self._matcher, type_):
                target = lookup.resolved_non_null(self._matcher.api, type_)
                several = isinstance(target, ir.ListOf)
                text = data.decode("utf-8", "replace")
                files[name] = [text] if several else text
            else:
                texts.setdefault(name, []).append(data.decode("utf-8", "replace"))
        return {**self._values(texts, fields), **files}


def _is_bytes(matcher: ValueMatcher, type_: ir.Type) -> bool:
    target = matcher.resolved(type_)
    return isinstance(target, ir.Primitive) and target.kind == "bytes"


def _content_type(request: Request) -> Message:
    message = Message()
    media_type = request.headers.get("content-type")
    if media_type:
        message["content-type"] = media_type
    return message


def _text(content: bytes, body: ir.Body) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableBody(400, Problem(("body",), f"is not UTF-8: {error}", body.span)) from None


def _json(content: bytes, span: Span) -> object:
    try:
        value = json.loads(content, parse_constant=_no_number)
    except RecursionError:
        raise UnreadableBody(400, Problem(("body",), "is nested too deeply", span)) from None
    except ValueError as error:
        raise UnreadableBody(400, Problem(("body",), f"is not JSON: {error}", span)) from None
    if _deeper(value, MAX_DEPTH):
        raise UnreadableBody(400, Problem(("body",), "is nested too deeply", span))
    return value


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")


def _deeper(value: object, depth: int) -> bool:
    inner: list[object]
    if is_object(value):
        inner = list(value.values())
    elif is_list(value):
        inner = value
    else:
        return False
    return depth == 0 or any(_deeper(value, depth - 1) for value in inner)


def _json_or_text(text: str) -> object:
    if not re.match(r"\s*[\[{\"0-9tfn-]", text):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
