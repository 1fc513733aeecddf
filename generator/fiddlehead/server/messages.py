"""HTTP requests and responses as plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl

from ..diagnostics import NOWHERE, Span
from ..frozen import dataclass


@dataclass(frozen=True)
class Request:
    """A request. `path` is percent-encoded; header names are in lower case."""

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """The values of each query parameter, in their order."""
        result: dict[str, list[str]] = {}
        for name, value in parse_qsl(self.query_string, keep_blank_values=True):
            result.setdefault(name, []).append(value)
        return result

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies; empty if the header is invalid."""
        try:
            parsed = SimpleCookie(self.headers.get("cookie", ""))
        except CookieError:
            return {}
        return {name: morsel.value for name, morsel in parsed.items()}


@dataclass(frozen=True)
class Response:
    """A response. A stream has several `chunks`, which are sent separately."""

    status: int
    content_type: str | None = None
    chunks: tuple[bytes, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    streamed: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)


@dataclass(frozen=True)
class Problem:
    """A problem of a request, with its location in the request and in the description."""

    place: tuple[str | int, ...]
    message: str
    span: Span = NOWHERE

    @property
    def where(self) -> str:
        """The location as a path: `body.embedding_types[1]`."""
        text = ""
        for part in self.place:
            if isinstance(part, int):
                text += f"[{part}]"
            else:
                text += f".{part}" if text else part
        return text

    def __str__(self) -> str:
        located = f"{self.where}: {self.message}" if self.place else self.message
        return located if self.span is NOWHERE or not self.span.file else f"{located} ({self.span})"


def json_response(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    """A response with a JSON body."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Response(status, "application/json", (body,), headers or {})
