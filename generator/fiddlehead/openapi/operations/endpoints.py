"""Builds endpoints from operations and their parts."""

from __future__ import annotations

from dataclasses import dataclass

from ... import ir
from ...frontend_kit import call_settings, lifecycles, stream_conditions
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ..document.context import Context
from ..document.extensions import availability
from ..schemas.converter import SchemaConverter
from . import (
    bodies,
    examples,
    pagination,
    path_parameters,
    responses,
    security,
    servers,
    streaming,
)
from .errors import Errors
from .groups import Operation, base_words, long_words
from .parameters import ParameterReader
from .streaming import Stream


@dataclass
class EndpointBuilder:
    """Builds endpoints from operations."""

    context: Context
    schemas: SchemaConverter
    errors: Errors
    auth_schemes: dict[str, ir.AuthScheme]
    environments: tuple[ir.Environment, ...]

    def __post_init__(self) -> None:
        self._parameters = ParameterReader(self.context, self.schemas)

    def build(self, operation: Operation) -> list[ir.Endpoint]:
        """The endpoint of an operation, or the two endpoints of a stream condition."""
        context = self.context
        place = NameContext(
            base_words(context, operation),
            operation.group,
            operation.id,
            long_words(operation),
        )
        stream = streaming.read(context, self.schemas, operation)
        common = ir.Endpoint(
            operation.id,
            (operation.name,),
            operation.method,
            operation.route,
            summary=context.doc(operation.node, "summary"),
            doc=context.doc(operation.node),
            availability=availability(context, operation.node),
            auth=security.requirements(context, operation.node, self.auth_schemes),
            idempotent=bool(context.boolean(operation.node, "x-fern-idempotent")),
            retries=self._retries(operation),
            calls=call_settings.read(operation.node, context.warning),
            server=servers.key_of(context, operation, self.environments),
            base_path=servers.base_path(context, operation),
            operation_id=operation.operation_id,
            errors=self.errors.read(operation, place),
            waiter=pagination.waiter(context, operation),
            lifecycle=lifecycles.read(operation.node, context.warning),
            other_names=tuple((name,) for name in operation.names[1:]),
            exact=operation.chosen,
            span=operation.span,
        )
        if stream is None:
            return [self._plain(operation, common, place)]
        if not stream.condition:
            endpoint = self._assemble(operation, common, place, ("Request",))
            result = self._events(operation, stream, place.add("Response"))
            return [replace(endpoint, result=result, streaming=stream.streaming)]
        return self._two(operation, common, place, stream)

    def _plain(self, operation: Operation, common: ir.Endpoint, place: NameContext) -> ir.Endpoint:
        endpoint = self._assemble(operation, common, place, ("Request",))
        result = responses.read(self.context, self.schemas, operation, place.add("Response"))
        pages = pagination.read(self.context, operation, endpoint.parameters, endpoint.body)
        return replace(endpoint, result=result, pagination=pages)

    def _two(
        self, operation: Operation, common: ir.Endpoint, place: NameContext, stream: Stream
    ) -> list[ir.Endpoint]:
        context, schemas = self.context, self.schemas
        plain = self._assemble(operation, common, place, ("Request",), stream)
        if stream.response is not None:
            result = ir.Result(
                "json",
                schemas.convert(stream.response, place.add("Response")),
                headers=responses.success_headers(context, schemas, operation, place),
                span=stream.response.span,
            )
        else:
            result = responses.read(context, schemas, operation, place.add("Response"))
        plain = replace(plain, result=result)
        streamed = self._assemble(
            operation, common, place, ("stream", "Request"), stream, streams=True
        )
        events = self._events(operation, stream, place.add("stream").add("Response"))
        streamed = replace(
            streamed,
            id=f"{operation.id}#stream",
            name=(operation.name, "stream"),
            other_names=tuple((name, "stream") for name in operation.names[1:]),
            exact=False,
            doc=stream.doc or streamed.doc,
            result=replace(events, headers=result.headers),
            streaming=stream.streaming,
            waiter=None,
            lifecycle=None,
        )
        return [plain, streamed]

    def _events(self, operation: Operation, stream: Stream, place: NameContext) -> ir.Result:
        if stream.events is None:
            type_: ir.Type = ir.Unknown(span=stream.streaming.span)
            if stream.streaming.format == "text":
                type_ = ir.Primitive("string", span=stream.streaming.span)
            else:
                self.context.warning(
                    "missing-key",
                    f"'{operation.id}' streams events without a schema",
                    stream.streaming.span,
                    "add 'response-stream' to x-fern-streaming, or a schema to the response",
                )
            return ir.Result("json", type_, span=stream.streaming.span)
        return ir.Result(
            "json", self.schemas.convert(stream.events, place), span=stream.events.span
        )

    def _assemble(
        self,
        operation: Operation,
        common: ir.Endpoint,
        place: NameContext,
        suffix: ir.Words,
        stream: Stream | None = None,
        *,
        streams: bool = False,
    ) -> ir.Endpoint:
        """An endpoint with its parameters, body and examples."""
        context = self.context
        chosen = context.string(operation.node, "x-fern-request-name")
        if streams and stream is not None:
            chosen = stream.request_name
        request = place
        for word in suffix:
            request = request.add(word)
        if chosen:
            request = NameContext((chosen,), place.package, place.owner, request.long)
        described = self._parameters.read(operation, request)
        result = [
            parameter
            for parameter in described
            if not security.is_credential(context, operation.node, self.auth_schemes, parameter)
        ]
        body = bodies.read(
            context,
            self.schemas,
            operation,
            request,
            flat=stream is not None,
            wrapped=any(parameter.location in ("query", "header") for parameter in result),
        )
        result = path_parameters.renamed(context, result, body)
        if stream is not None:
            result, body = self._with_literal(operation, stream, result, body, streams)
        calls = examples.read(context, operation, tuple(result), body)
        if stream is not None:
            calls = list(stream_conditions.examples(calls, stream.condition, streams))
        return replace(
            common,
            parameters=tuple(result),
            body=body,
            request_name=ir.Name(request.words, exact=chosen is not None),
            examples=tuple(calls),
        )

    def _with_literal(
        self,
        operation: Operation,
        stream: Stream,
        plain_parameters: list[ir.Parameter],
        body: ir.Body | None,
        value: bool,
    ) -> tuple[list[ir.Parameter], ir.Body | None]:
        """A request whose property of the stream condition has the constant `value`."""
        result = stream_conditions.with_literal(plain_parameters, body, stream.condition, value)
        if result is not None:
            return list(result[0]), result[1]
        self.context.warning(
            "bad-extension",
            f"the body of '{operation.id}' has no '{'.'.join(stream.condition)}'",
            stream.streaming.span,
            "set stream-condition to a property of the body: $request.…",
        )
        return plain_parameters, body

    def _retries(self, operation: Operation) -> bool:
        written = operation.node.get("x-fern-retries")
        if written is None or written.value is None:
            return True
        if isinstance(written.value, bool):
            return written.value
        if not self.context.is_mapping(written, "'x-fern-retries'"):
            return True
        return not self.context.boolean(written, "disabled")
