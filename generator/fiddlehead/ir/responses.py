"""Responses: results, headers, streams and error responses."""

from __future__ import annotations

from dataclasses import field
from typing import Literal as OneOf

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass
from .basics import Example, Words
from .types import Type


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response."""

    name: str
    type: Type
    doc: str | None = None
    required: bool = False
    """Whether every such response has it."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Result:
    """The content of a successful response.

    kind json: `type` in the body; text: the body as text; bytes: the whole body; file: the body as
    a stream of bytes; none: nothing. `unwrap` is the path of the property that the method returns
    instead of the whole response (x-fern-sdk-return-value, Fern's `property`).
    """

    kind: OneOf["json", "text", "bytes", "file", "none"]
    type: Type | None = None
    status: str = "200"
    content_type: str | None = None
    doc: str | None = None
    headers: tuple[Header, ...] = ()
    unwrap: Words = ()
    optional: bool = False
    """Another success status has no body, so the result is optional."""
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Streaming:
    """The response is a stream of events of type `Result.type` (x-fern-streaming)."""

    format: OneOf["sse", "json", "text"]
    terminator: str | None = None
    resumable: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """An error response of an endpoint. `type` is None if the body has no schema.

    `error` is the id of the declared error (`Api.errors`).
    """

    error: str
    type: Type | None = None
    doc: str | None = None
    examples: tuple[Example, ...] = ()
    headers: tuple[Header, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
