"""Reads services and their endpoints as a tree of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from .. import ir
from ..diagnostics import Span
from ..frontend_kit import call_settings, lifecycles, stream_conditions
from ..frontend_kit.name_context import NameContext
from ..source import Node
from . import endpoint_examples, keys, pagination, paths, requests, responses
from .context import Context
from .definition_files import DefinitionFile
from .errors import Errors
from .parameters import headers, path_parameters, response_headers
from .security import Security
from .type_uses import Scope

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


@dataclass(frozen=True)
class _Described:
    """An endpoint with its location and its names."""

    file: DefinitionFile
    service: Node
    name: str
    span: Span
    node: Node
    method: str
    path: str


@dataclass
class _Group:
    doc: str | None = None
    span: Span | None = None
    endpoints: list[ir.Endpoint] = field(default_factory=lambda: list[ir.Endpoint]())
    children: dict[str, _Group] = field(default_factory=lambda: dict[str, _Group]())
    order: list[str] = field(default_factory=lambda: list[str]())


class Services:
    """Reads all services of a definition.

    `kept` and `left_out` count the endpoints that are included and excluded by the audiences.
    """

    def __init__(self, context: Context, errors: Errors, security: Security) -> None:
        self._context = context
        self._errors = errors
        self._security = security
        self._root = context.definition.root
        self._scope = Scope(self._root)
        place = NameContext((), ())
        self._common_path = path_parameters(self._root.node, context, self._scope, place)
        self._common_headers = tuple(
            headers(self._root.node, "headers", context, self._scope, place)
        )
        self._common_errors = errors.responses(self._root.node, self._root)
        self.response_headers = response_headers(self._root.node, context, self._scope, place)
        self.left_out = 0
        self.kept = 0
        described = [
            endpoint for file in context.definition.files for endpoint in self._described(file)
        ]
        count = Counter(f"{endpoint.method} {endpoint.path}" for endpoint in described)
        self._ids = {
            (endpoint.file.path, endpoint.name): self._id(
                endpoint, count[f"{endpoint.method} {endpoint.path}"] > 1
            )
            for endpoint in described
        }
        self.by_name: dict[tuple[Path, str], ir.Endpoint] = {}
        self._all = described

    def _id(self, endpoint: _Described, shared: bool) -> str:
        # In Fern, two endpoints may have the same URL; their names distinguish the ids.
        way = "#" + ".".join((*endpoint.file.package, endpoint.name)) if shared else ""
        return f"{endpoint.method} {endpoint.path}{way}"

    def endpoint_id(self, name: str, file: DefinitionFile, span: Span) -> str | None:
        """The id of an endpoint that another part of the definition refers to, as `auth.getToken`."""
        alias, _, local = name.rpartition(".")
        defining_file = file.imports.get(alias) if alias else file
        result = self._ids.get((defining_file.path, local)) if defining_file is not None else None
        if result is None and not (alias in file.imports and defining_file is None):
            self._context.values.warning(
                "unresolved-reference",
                f"unknown endpoint '{name}'",
                span,
                hint="write, for example, auth.getToken, where 'auth' is an import",
            )
        return result

    def read(self) -> ir.Resource:
        """The tree of groups with all endpoints."""
        self._check_bases()
        root = _Group()
        for file in self._context.definition.files:
            self._describe_group(root, file)
        for described in self._all:
            group = _group(root, described.file.package)
            for endpoint in self._endpoints(described):
                group.endpoints.append(endpoint)
                self.by_name.setdefault((described.file.path, described.name), endpoint)
        return _resource("", root)

    def _describe_group(self, root: _Group, file: DefinitionFile) -> None:
        service = self._context.values.get(file.node, "service")
        if service is None:
            return
        group = _group(root, file.package)
        group.doc = self._context.values.doc(file.node) or group.doc
        if service.mapping is not None:
            group.doc = group.doc or self._context.values.doc(service)
        group.span = file.node.key_span("service")

    def order(self, root: ir.Resource) -> ir.Resource:
        """The tree with the groups in the order of `navigation:`."""
        for file in self._context.definition.files:
            names = [
                Path(text).stem
                for text, _ in self._context.values.located_strings(file.node, "navigation")
            ]
            if names:
                root = _ordered(root, file.package, names)
        return root

    # --- services ---------------------------------------------------------------------------

    def _described(self, file: DefinitionFile) -> Iterator[_Described]:
        values = self._context.values
        service = values.get(file.node, "service")
        if service is None or not values.is_mapping(service, "a service", keys.SERVICE):
            return
        for name, span, node in values.entries(service, "endpoints"):
            if not values.is_mapping(node, f"the endpoint '{name}'", keys.ENDPOINT):
                continue
            if not self._context.table.kept(service) or not self._context.table.kept(node):
                self.left_out += 1
                continue
            self.kept += 1
            for raw_node in (service, node):
                if values.get(raw_node, "transport") is not None:
                    values.warning(
                        "not-expressible",
                        "gRPC is not supported: the endpoint is called over HTTP",
                        raw_node.key_span("transport"),
                    )
            method = values.choice(node, "method", _METHODS) or "POST"
            yield _Described(file, service, name, span, node, method, self._path(service, node))

    def _path(self, service: Node, node: Node) -> str:
        values = self._context.values
        if values.get(node, "path") is None and node.get("path") is None:
            values.warning("missing-key", "an endpoint requires 'path'", node.span)
        own = paths.read(node, "path", values)
        if values.get(node, "base-path") is not None:
            # In Fern, the base path of an endpoint replaces those of its service and of the API.
            return paths.joined(paths.read(node, "base-path", values), own)
        above = [paths.read(node, "base-path", values) for node in (self._root.node, service)]
        return paths.joined(*above, own)

    def _check_bases(self) -> None:
        """Check the base paths of api.yml and services against their path parameters."""
        values = self._context.values
        root = self._root.node
        spans = {name: parameter.span for name, parameter in self._common_path.items()}
        base = paths.read(root, "base-path", values)
        paths.check(base, (root.get("base-path") or root).span, spans, set(spans), values)
        for file in self._context.definition.files:
            service = values.get(file.node, "service")
            if service is None or service.mapping is None:
                continue
            own = path_parameters(
                service, self._context, Scope(file), NameContext((), file.package)
            )
            base = paths.read(service, "base-path", values)
            spans = {name: parameter.span for name, parameter in own.items()}
            span = (service.get("base-path") or service).span
            paths.check(base, span, spans, {*spans, *self._common_path}, values)

    # --- endpoints --------------------------------------------------------------------------

    def _endpoints(self, endpoint: _Described) -> Iterator[ir.Endpoint]:
        """The endpoint, or the two endpoints of a stream condition."""
        values, context, node = self._context.values, self._context, endpoint.node
        id_ = self._ids[endpoint.file.path, endpoint.name]
        scope = Scope(endpoint.file)
        place = NameContext((endpoint.name, "Request"), endpoint.file.package, id_)
        request = requests.read(node, context, scope, place)
        headers = self.response_headers
        for raw_node in (endpoint.service, node):
            more = response_headers(raw_node, context, scope, place)
            names = {header.name for header in more}
            headers = (*(header for header in headers if header.name not in names), *more)
        result = responses.result(node, context, scope, headers)
        stream = responses.stream(node, context, scope, headers)
        parameters = self._parameters(endpoint, request, scope, place)
        parts = pagination.Parts(parameters, request.body, result)
        base = ir.Endpoint(
            id_,
            (endpoint.name,),
            endpoint.method,
            endpoint.path,
            exact=True,
            other_names=((f"{endpoint.method.lower()}_{endpoint.path}",),),
            summary=values.string(node, "display-name"),
            doc=values.doc(node),
            parameters=parameters,
            body=request.body,
            result=result,
            pagination=pagination.of_endpoint(node, parts, context),
            waiter=pagination.waiter(node, parts, context),
            lifecycle=lifecycles.read(node, values.warning),
            errors=self._error_responses(endpoint),
            examples=tuple(
                endpoint_examples.read(
                    node, (*parameters, *self._common_headers), endpoint.file, context, self._errors
                )
            ),
            availability=values.availability(node) or values.availability(endpoint.service),
            auth=self._security.of_endpoint(endpoint.service, node),
            idempotent=self._flag(endpoint, "idempotent"),
            retries=not self._no_retries(node),
            calls=call_settings.read(node, values.warning),
            server=self._server(endpoint),
            request_name=request.name,
            span=endpoint.span,
        )
        condition = values.get(node, "stream-condition")
        if condition is not None:
            yield from self._pair(base, condition, stream)
        elif stream is not None:
            if values.get(node, "response") is not None:
                values.warning(
                    "missing-key",
                    "an endpoint with 'response' and 'response-stream' requires 'stream-condition'",
                    node.key_span("response-stream"),
                    hint="stream-condition: $request.stream",
                )
            yield replace(base, result=stream[0], streaming=stream[1])
        else:
            yield base

    def _pair(
        self,
        base: ir.Endpoint,
        condition: Node,
        stream: tuple[ir.Result, ir.Streaming] | None,
    ) -> Iterator[ir.Endpoint]:
        values = self._context.values
        path = stream_conditions.path(values.as_string(condition, "'stream-condition'") or "")
        if stream is None:
            values.warning(
                "missing-key",
                "an endpoint with 'stream-condition' requires 'response-stream'",
                condition.span,
            )
            yield base
            return
        # Fern does not support conditions on nested properties.
        both = [_with_literal(base, path, value) for value in (False, True) if len(path) == 1]
        plain, streamed = both or (None, None)
        if plain is None or streamed is None:
            values.warning(
                "bad-reference",
                f"the request has no property '{'.'.join(path)}'",
                condition.span,
            )
            yield base
            return
        yield plain
        yield replace(
            streamed,
            id=f"{base.id}#stream",
            name=(*base.name, "stream"),
            result=stream[0],
            streaming=stream[1],
            pagination=None,
            waiter=None,
            lifecycle=None,
        )

    def _parameters(
        self, endpoint: _Described, request: requests.Request, scope: Scope, place: NameContext
    ) -> tuple[ir.Parameter, ...]:
        """All parameters: path parameters in order, query parameters, headers."""
        context, node, service = self._context, endpoint.node, endpoint.service
        own = {
            **path_parameters(node, context, scope, place),
            **(request.path or {}),
        }
        declared = dict(own)
        base_path = context.values.get(node, "base-path")
        if base_path is None:
            above = path_parameters(service, context, scope, NameContext((), endpoint.file.package))
            declared = {**self._common_path, **above, **own}
        span = (node.get("path") or node).span
        spans = {name: parameter.span for name, parameter in own.items()}
        paths.check(self._own_path(endpoint), span, spans, set(declared), context.values)
        in_path = paths.names(endpoint.path)
        if context.settings.importer.path_parameter_order == "specOrder":
            in_path = [name for name in declared if name in in_path]
        service_headers = headers(
            service, "headers", context, scope, NameContext((), endpoint.file.package)
        )
        own_names = {header.name for header in request.headers}
        return (
            *(declared[name] for name in dict.fromkeys(in_path) if name in declared),
            *request.query,
            *(header for header in service_headers if header.name not in own_names),
            *request.headers,
        )

    def _own_path(self, endpoint: _Described) -> str:
        values = self._context.values
        own = paths.read(endpoint.node, "path", values)
        return paths.joined(paths.read(endpoint.node, "base-path", values), own)

    def _error_responses(self, endpoint: _Described) -> tuple[ir.ErrorResponse, ...]:
        own = self._errors.responses(endpoint.node, endpoint.file)
        ids = {response.error for response in own}
        return (*own, *(common for common in self._common_errors if common.error not in ids))

    def _flag(self, endpoint: _Described, key: str) -> bool:
        own = self._context.values.boolean(endpoint.node, key)
        return bool(self._context.values.boolean(endpoint.service, key) if own is None else own)

    def _no_retries(self, node: Node) -> bool:
        retries = self._context.values.mapping(node, "retries")
        if retries is None:
            return False
        self._context.values.is_mapping(retries, "retries", keys.RETRIES)
        return self._context.values.boolean(retries, "disabled") is True

    def _server(self, endpoint: _Described) -> str | None:
        return server(endpoint.node, endpoint.service, self._context)


def server(node: Node, service: Node | None, context: Context) -> str | None:
    """The name of the base URL of an endpoint or a channel (`url:`)."""
    values = context.values
    for raw_node in (node, *([service] if service is not None else [])):
        name = values.string(raw_node, "url")
        if name is not None:
            if name not in context.servers:
                values.warning(
                    "unresolved-reference",
                    f"no environment has a URL '{name}'",
                    (raw_node.get("url") or raw_node).span,
                )
            return name
    if context.servers and context.default_server is None:
        values.warning(
            "missing-key",
            "the environments have several URLs, but none of them is selected here",
            node.span,
            hint="add 'url' to the service, or 'default-url' to api.yml",
        )
    return context.default_server


def _with_literal(base: ir.Endpoint, condition: ir.Words, value: bool) -> ir.Endpoint | None:
    """One of the two endpoints of a stream condition; None if the request has no such property."""
    request_parts = stream_conditions.with_literal(base.parameters, base.body, condition, value)
    if request_parts is None:
        return None
    examples = stream_conditions.examples(base.examples, condition, value)
    return replace(base, parameters=request_parts[0], body=request_parts[1], examples=examples)


def _group(root: _Group, package: ir.Words) -> _Group:
    for word in package:
        root = root.children.setdefault(word, _Group())
    return root


def _resource(name: str, group: _Group) -> ir.Resource:
    children = tuple(_resource(key, child) for key, child in group.children.items())
    resource = ir.Resource(name, group.doc, tuple(group.endpoints), children)
    return replace(resource, span=group.span) if group.span is not None else resource


def _ordered(root: ir.Resource, package: ir.Words, names: list[str]) -> ir.Resource:
    if package:
        children = tuple(
            _ordered(child, package[1:], names) if child.name == package[0] else child
            for child in root.children
        )
        return replace(root, children=children)
    place = {name: at for at, name in enumerate(names)}
    listed = sorted(root.children, key=lambda child: place.get(child.name, len(place)))
    return replace(root, children=tuple(listed))
