"""Reads one endpoint of a service."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir
from ..frontend_kit import bodiless, call_settings, lifecycles, stream_conditions
from ..frontend_kit.name_context import NameContext
from ..frozen import replace
from ..source import Node
from . import endpoint_examples, keys, pagination, paths, requests, responses
from .context import Context
from .described_endpoints import DescribedEndpoint
from .errors import Errors
from .parameters import headers, path_parameters, response_headers
from .security import Security
from .servers import server
from .type_uses import Scope


class EndpointReader:
    """Reads endpoints, with the path parameters, headers and errors that api.yml adds to all."""

    def __init__(self, context: Context, errors: Errors, security: Security) -> None:
        self._context = context
        self._errors = errors
        self._security = security
        root = context.definition.root
        place, scope = NameContext((), ()), Scope(root)
        self._common_path = path_parameters(root.node, context, scope, place)
        self._common_headers = tuple(headers(root.node, "headers", context, scope, place))
        self._common_errors = errors.responses(root.node, root)
        self.response_headers = response_headers(root.node, context, scope, place)

    def check_base_paths(self) -> None:
        """Check the base paths of api.yml and services against their path parameters."""
        values = self._context.values
        root = self._context.definition.root.node
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

    def read(self, endpoint: DescribedEndpoint, id_: str) -> Iterator[ir.Endpoint]:
        """The endpoint, or the two endpoints of a stream condition."""
        values, context, node = self._context.values, self._context, endpoint.node
        scope = Scope(endpoint.file)
        place = NameContext((endpoint.name, "Request"), endpoint.file.package, id_)
        request = requests.read(node, context, scope, place)
        headers = self.response_headers
        for owner in (endpoint.service, node):
            own_headers = response_headers(owner, context, scope, place)
            names = {header.name for header in own_headers}
            headers = (*(header for header in headers if header.name not in names), *own_headers)
        described = responses.result(node, context, scope, headers)
        result = bodiless.as_sent(values, described, endpoint.method)
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
            server=server(node, endpoint.service, context),
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
        variants = [_with_literal(base, path, value) for value in (False, True) if len(path) == 1]
        plain, streamed = variants or (None, None)
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
        self,
        endpoint: DescribedEndpoint,
        request: requests.Request,
        scope: Scope,
        place: NameContext,
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

    def _own_path(self, endpoint: DescribedEndpoint) -> str:
        values = self._context.values
        own = paths.read(endpoint.node, "path", values)
        return paths.joined(paths.read(endpoint.node, "base-path", values), own)

    def _error_responses(self, endpoint: DescribedEndpoint) -> tuple[ir.ErrorResponse, ...]:
        own = self._errors.responses(endpoint.node, endpoint.file)
        ids = {response.error for response in own}
        return (*own, *(common for common in self._common_errors if common.error not in ids))

    def _flag(self, endpoint: DescribedEndpoint, key: str) -> bool:
        own = self._context.values.boolean(endpoint.node, key)
        return bool(self._context.values.boolean(endpoint.service, key) if own is None else own)

    def _no_retries(self, node: Node) -> bool:
        retries = self._context.values.mapping(node, "retries")
        if retries is None:
            return False
        self._context.values.is_mapping(retries, "retries", keys.RETRIES)
        return self._context.values.boolean(retries, "disabled") is True


def _with_literal(base: ir.Endpoint, condition: ir.Words, value: bool) -> ir.Endpoint | None:
    """One of the two endpoints of a stream condition; None if the request has no such property."""
    request_parts = stream_conditions.with_literal(base.parameters, base.body, condition, value)
    if request_parts is None:
        return None
    examples = stream_conditions.examples(base.examples, condition, value)
    return replace(base, parameters=request_parts[0], body=request_parts[1], examples=examples)
