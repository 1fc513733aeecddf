"""A server on loopback that responds to every endpoint of an API with the description's examples."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Protocol
from unittest import mock
from urllib.parse import parse_qs, unquote, urlsplit

from fiddlehead import ir
from fiddlehead.examples.example_calls import ExampleCalls, thawed

from .loopback import LoopbackServer

MANY = 50
"""The maximum number of requests of one example, to stop endless pagination."""


@dataclass(frozen=True)
class Request:
    """A received request, and its endpoint."""

    endpoint: ir.Endpoint | None
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # Any, because JSON can have any structure.
        return json.loads(self.body) if self.body else None


@dataclass(frozen=True)
class Reply:
    status: int
    content_type: str | None
    body: bytes


@dataclass
class ExampleServer:
    """Serves an API on a free port until the end of the `with` block.

    `patience` is the number of times that a polled endpoint reports that its operation is running.
    """

    api: ir.Api
    patience: int = 0
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._exchanges = ExampleCalls(self.api)
        self._endpoints = [item for _, item in ir.endpoints(self.api.root)]
        self._patterns = [(_pattern(endpoint.path), endpoint) for endpoint in self._endpoints]
        servers = [x for environment in self.api.environments for x in environment.servers.values()]
        # `{scheme}://host/base` has a base path too.
        urls = [re.sub(r"\{[^}]*\}", "x", x.default_url or x.url) for x in servers]
        self._bases = sorted({urlsplit(x).path.rstrip("/") for x in urls} - {""})
        self._asked: dict[str, int] = {}
        self._responses = 0
        self._server = LoopbackServer(_handler(self))
        self.port = self._server.server_port
        self.url = self._server.url

    def __enter__(self) -> ExampleServer:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.stop()

    def forget(self) -> None:
        """Reset the state of polled endpoints for the next example."""
        self._asked.clear()
        self._responses = 0

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """The response to a request."""
        url = urlsplit(target)
        endpoint = self._endpoint(method, url.path, headers, body)
        query = parse_qs(url.query, keep_blank_values=True)
        request = Request(endpoint, method, unquote(url.path), query, headers, body)
        self.requests.append(request)
        self._responses += 1
        if self._responses > MANY:
            built = _json(410, {"message": "no example needs that many requests"})
        else:
            built = self._made(request) if endpoint else _json(404, {"message": "no such endpoint"})
        return built

    def _endpoint(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> ir.Endpoint | None:
        paths = [path, *(path.removeprefix(base) for base in self._bases if path.startswith(base))]
        results = [
            endpoint
            for pattern, endpoint in self._patterns
            if endpoint.method == method and any(pattern.fullmatch(x) for x in paths)
        ]
        # `/users/me` takes precedence over `/users/{id}`.
        fewest = min((endpoint.path.count("{") for endpoint in results), default=0)
        results = [endpoint for endpoint in results if endpoint.path.count("{") == fewest]
        if len(results) > 1 and "json" in headers.get("content-type", ""):
            sent = json.loads(body)
            results = [item for item in results if _streams(item, sent)] or results
        return results[0] if results else None

    def _made(self, request: Request) -> Reply:
        endpoint = request.endpoint
        assert endpoint is not None
        result = endpoint.result
        status = int(result.status) if result.status.isdecimal() else 200
        if endpoint.streaming:
            return self._streamed(endpoint, status)
        if result.kind == "none":
            return Reply(status if status != 200 else 204, None, b"")
        if result.kind != "json":
            content = self._exchanges.response(endpoint)
            text = content if isinstance(content, str) else "Hello, world!"
            plain = "text/plain" if result.kind == "text" else "application/octet-stream"
            return Reply(status, result.content_type or plain, text.encode())
        value = thawed(self._exchanges.response(endpoint))
        if endpoint.pagination:
            _paged(value, endpoint.pagination, request)
        if endpoint.waiter:
            asked = self._asked[endpoint.id] = self._asked.get(endpoint.id, 0) + 1
            over = asked > self.patience
            _put(value, endpoint.waiter.property, self._state(endpoint, endpoint.waiter, over))
        return _json(status, value)

    def _state(self, endpoint: ir.Endpoint, waiter: ir.Waiter, over: bool) -> ir.Scalar:
        """The state of an operation that is finished, or not."""
        if over:
            return waiter.success[0]
        ended = {*waiter.success, *waiter.failure}
        for declaration in self.api.declarations.values():
            if isinstance(declaration, ir.Enum):
                values = [value.value for value in declaration.values]
                if ended.issubset(values):
                    return next(value for value in values if value not in ended)
        return "pending"

    def _streamed(self, endpoint: ir.Endpoint, status: int) -> Reply:
        streaming = endpoint.streaming
        assert streaming is not None
        events = self._exchanges.events(endpoint)
        if streaming.format == "text":
            return Reply(status, "text/plain", "\n".join(map(str, events)).encode())
        if streaming.format == "json":
            lines = "".join(f"{json.dumps(thawed(event))}\n" for event in events)
            return Reply(status, "application/x-ndjson", lines.encode())
        context = self._event_property(endpoint)
        blocks: list[str] = []
        for event in events:
            value = thawed(event)
            name = value.pop(context, None) if context and isinstance(value, dict) else None
            data = json.dumps(value)
            blocks.append(f"event: {name}\ndata: {data}\n\n" if name else f"data: {data}\n\n")
        if streaming.terminator:
            blocks.append(f"data: {streaming.terminator}\n\n")
        return Reply(status, "text/event-stream", "".join(blocks).encode())

    def _event_property(self, endpoint: ir.Endpoint) -> str | None:
        """The property that is sent in the `event:` line, if there is one."""
        type_ = endpoint.result.type
        union = self._exchanges.matcher.resolved(type_) if type_ else None
        result = union.discriminator if isinstance(union, ir.Union) else None
        return result.property if result and result.context == "protocol" else None


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("/?" + "[^/]*".join(re.escape(part) for part in parts).removeprefix("/"))


def _streams(endpoint: ir.Endpoint, sent: object) -> bool:
    """Whether a body has the literals that an endpoint sends."""
    fields = endpoint.body.fields if endpoint.body else ()
    fixed = {field.name: field.type.value for field in fields if isinstance(field.type, ir.Literal)}
    return isinstance(sent, dict) and all(sent.get(key) == fixed[key] for key in fixed)


def _paged(value: object, pagination: ir.Pagination, request: Request) -> None:
    """Make a response the first of two pages, or the last one."""
    name = pagination.parameter[-1] if pagination.parameter else ""
    keys = [item for item in request.query if item in (name, *pagination.parameter[:1])]
    sent = re.search(rb'"%s": ?[^n]' % re.escape(name).encode(), request.body)
    values = bool(keys or sent or any(text.endswith(f"[{name}]") for text in request.query))
    if pagination.next and (values or pagination.kind != "cursor"):
        _put(value, pagination.next, None)
    if pagination.kind == "offset" and values:
        _put(value, pagination.results, [])
    if pagination.has_next:
        _put(value, pagination.has_next, False)


def _put(value: object, path: ir.Words, new: object) -> None:
    for key in path[:-1]:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict) and path:
        value[path[-1]] = new


def _json(status: int, value: object) -> Reply:
    return Reply(status, "application/json", json.dumps(value).encode())


def _handler(server: ExampleServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            reply = server.respond(self.command, self.path, headers, self._body(headers))
            self.send_response(reply.status)
            if reply.content_type:
                self.send_header("Content-Type", reply.content_type)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        def _body(self, headers: Mapping[str, str]) -> bytes:
            if headers.get("transfer-encoding") != "chunked":
                return self.rfile.read(int(headers.get("content-length", 0)))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _serve

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing: the requests are recorded in `requests`."""

    return Handler


def http_libraries() -> list[Any]:
    """The installed HTTP libraries that generated clients support."""
    names = [name for name in ("httpx2", "httpx") if importlib.util.find_spec(name)]
    return [importlib.import_module(name) for name in names]


class OnPort(Protocol):
    """A server on loopback."""

    @property
    def port(self) -> int: ...


@contextmanager
def instead_of_every_host(server: OnPort) -> Iterator[None]:
    """Send every request of an HTTP library to the server, independent of its host, so that
    examples run unchanged."""
    with ExitStack() as stack:
        for library in http_libraries():
            for kind, name in (
                (library.HTTPTransport, "handle_request"),
                (library.AsyncHTTPTransport, "handle_async_request"),
            ):
                handle = _redirecting(getattr(kind, name), server.port)
                stack.enter_context(mock.patch.object(kind, name, handle))
        yield


def _redirecting(send: Callable[[Any, Any], Any], port: int) -> Callable[[Any, Any], Any]:
    def handle(self: Any, request: Any) -> Any:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=port)
        return send(self, request)

    return handle
