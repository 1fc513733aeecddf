"""Finds operations, and builds endpoints from their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .. import call_settings, ir, lifecycles, stream_conditions
from ..name_context import NameContext
from ..source import Node
from . import bodies, examples, pagination, parameters, responses, security, servers, streaming
from .context import Context
from .errors import Errors
from .extensions import availability, is_wanted
from .groups import Operation, base_words, long_words
from .keys import METHODS, check_keys
from .schema_converter import SchemaConverter
from .streaming import Stream


@dataclass(frozen=True)
class Found:
    """The operations of a description: included and excluded ones."""

    operations: list[Operation]
    webhooks: list[Operation]
    left_out: int


def find(context: Context) -> Found:
    """All operations for the audiences of this run."""
    wanted: list[Operation] = []
    webhooks: list[Operation] = []
    left_out = 0
    base = (context.string(context.root, "x-fern-base-path") or "").rstrip("/")
    if base and not base.startswith("/"):
        base = f"/{base}"
    for operation, is_item_wanted in _all(context, base):
        if (
            not is_item_wanted
            or not is_wanted(context, operation.node)
            or not _is_selected(context, operation)
        ):
            left_out += 1
        elif context.boolean(operation.node, "x-fern-webhook"):
            webhooks.append(operation)
        else:
            wanted.append(operation)
    return Found(wanted, webhooks, left_out)


def _all(context: Context, base: str) -> Iterator[tuple[Operation, bool]]:
    for path, each in context.entries(context.root, "paths"):
        item = context.follow(each, "a path item")
        if item is None:
            continue
        span = (context.root.get("paths") or each).key_span(path)
        if not path.startswith("/"):
            context.warning(
                "bad-path", f"the path '{path}' does not start with '/'; it is added", span
            )
            path = f"/{path}"
        check_keys(context, item, "a path item")
        if re.search(r"[{}]", re.sub(r"\{[^{}/]+\}", "", path)):
            context.warning(
                "bad-path", f"the path '{path}' has invalid braces", span, "write {name}"
            )
        for method in METHODS:
            node = item.get(method)
            if node is None or node.value is None:
                continue
            target = _operation(context, node)
            if target is not None:
                where = item.key_span(method)
                found = Operation(target, item, base + path, method.upper(), where, base)
                yield found, is_wanted(context, item)
        for method, node in context.entries(item, "additionalOperations"):
            target = _operation(context, node)
            if target is not None:
                where = node.span
                yield Operation(target, item, base + path, method.upper(), where, base), True


def _operation(context: Context, node: Node) -> Node | None:
    """An operation; a reference is resolved, although OpenAPI does not allow it here."""
    reference = node.get("$ref")
    if reference is not None:
        context.warning(
            "misplaced-reference",
            "OpenAPI allows no '$ref' for an operation; it is resolved anyway",
            reference.span,
            "refer to the whole path item, or bundle the description",
        )
    target = context.follow(node, "an operation")
    if target is not None:
        check_keys(context, target, "an operation")
    return target


def _is_selected(context: Context, operation: Operation) -> bool:
    """Whether `filter.endpoints` of the settings is empty or has an operation."""
    selected = context.importer.endpoints
    return not selected or operation.id in selected


def check_settings(context: Context, found: Found) -> None:
    """Warn about settings of the importer that are not supported."""
    known = {operation.id for operation in (*found.operations, *found.webhooks)}
    for each in context.importer.endpoints:
        if each not in known:
            context.warning(
                "unused-setting",
                f"unknown operation '{each}' in the filter",
                context.root.span,
                "write METHOD /path",
            )


@dataclass
class Builder:
    """Builds endpoints from operations."""

    context: Context
    schemas: SchemaConverter
    errors: Errors
    auth_schemes: dict[str, ir.AuthScheme]
    environments: tuple[ir.Environment, ...]

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
            operation_id=operation.operation_id,
            errors=self.errors.read(operation, place),
            waiter=pagination.waiter(context, operation),
            lifecycle=lifecycles.read(operation.node, context.warning),
            other_names=tuple((each,) for each in operation.names[1:]),
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
            other_names=tuple((each, "stream") for each in operation.names[1:]),
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
        found = parameters.read(context, self.schemas, operation, request)
        body = bodies.read(
            context,
            self.schemas,
            operation,
            request,
            flat=stream is not None,
            wrapped=any(each.location in ("query", "header") for each in found),
        )
        if stream is not None:
            found, body = self._with_literal(operation, stream, found, body, streams)
        calls = examples.read(context, operation, tuple(found), body)
        if stream is not None:
            calls = list(stream_conditions.examples(calls, stream.condition, streams))
        return replace(
            common,
            parameters=tuple(found),
            body=body,
            request_name=ir.Name(request.words, exact=chosen is not None),
            examples=tuple(calls),
        )

    def _with_literal(
        self,
        operation: Operation,
        stream: Stream,
        found: list[ir.Parameter],
        body: ir.Body | None,
        value: bool,
    ) -> tuple[list[ir.Parameter], ir.Body | None]:
        """A request whose property of the stream condition has the constant `value`."""
        result = stream_conditions.with_literal(found, body, stream.condition, value)
        if result is not None:
            return list(result[0]), result[1]
        self.context.warning(
            "bad-extension",
            f"the body of '{operation.id}' has no '{'.'.join(stream.condition)}'",
            stream.streaming.span,
            "set stream-condition to a property of the body: $request.…",
        )
        return found, body

    def _retries(self, operation: Operation) -> bool:
        written = operation.node.get("x-fern-retries")
        if written is None or written.value is None:
            return True
        if isinstance(written.value, bool):
            return written.value
        if not self.context.is_mapping(written, "'x-fern-retries'"):
            return True
        return not self.context.boolean(written, "disabled")


def tree(context: Context, found: list[tuple[Operation, ir.Endpoint]]) -> ir.Resource:
    """The endpoints in their groups, in the order of the description."""
    docs = _group_docs(context)
    endpoints: dict[ir.Words, list[ir.Endpoint]] = {(): []}
    spans: dict[ir.Words, ir.Endpoint] = {}
    for operation, endpoint in found:
        for depth in range(len(operation.group) + 1):
            endpoints.setdefault(operation.group[:depth], [])
            spans.setdefault(operation.group[:depth], endpoint)
        endpoints[operation.group].append(endpoint)

    def resource(words: ir.Words) -> ir.Resource:
        children = [
            resource(each)
            for each in endpoints
            if len(each) == len(words) + 1 and each[: len(words)] == words
        ]
        first = spans.get(words)
        return ir.Resource(
            words[-1] if words else "",
            doc=docs.get(words[-1]) if words else None,
            endpoints=tuple(endpoints[words]),
            children=tuple(children),
            span=first.span if first is not None and words else context.root.span,
        )

    return resource(())


def _group_docs(context: Context) -> dict[str, str]:
    """The descriptions of groups, from tags and `x-fern-groups`."""
    docs: dict[str, str] = {}
    for tag in context.elements(context.root, "tags"):
        if tag.mapping is not None:
            name, doc = context.string(tag, "name"), context.doc(tag)
            if name is not None and doc is not None:
                docs[name] = doc
    for name, each in context.entries(context.root, "x-fern-groups"):
        if context.is_mapping(each, "a group"):
            doc = context.doc(each) or context.doc(each, "summary")
            if doc is not None:
                docs[name] = doc
    return docs
