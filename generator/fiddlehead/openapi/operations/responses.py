"""Reads responses: the results and errors of an operation."""

from __future__ import annotations

import re
from typing import Literal

from ... import ir
from ...frontend_kit import bodiless
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_reader import LEFT_OUT
from ...frozen import replace
from ..document.context import Context
from ..document.extensions import is_wanted
from ..document.keys import check_keys
from ..schemas.combine import union_of
from ..schemas.converter import SchemaConverter
from . import response_headers
from .encodings import encoding_of, is_other_notation
from .groups import Operation
from .response import Response, is_unresolved, unknown
from .response_contents import is_file, preferred, stream_format


def responses(context: Context, operation: Operation) -> list[Response]:
    """The responses of an operation, in the order of the description."""
    if operation.responses is None:
        operation.responses = _responses(context, operation)
    return operation.responses


def _responses(context: Context, operation: Operation) -> list[Response]:
    result: list[Response] = []
    unresolved: list[Response] = []
    holder = context.mapping(operation.node, "responses")
    if holder is None:
        written = operation.node.get("responses")
        if written is not None and is_unresolved(context, written):
            result.append(Response("200", unknown(written), None))
        return result
    for status, response in holder.items():
        if status.startswith("x-"):
            continue
        if not re.fullmatch(r"[1-5](\d\d|XX|xx)|default", status):
            context.warning(
                "bad-status",
                f"'{status}' is not an HTTP status{LEFT_OUT}",
                holder.key_span(status),
                "write 200, 2XX or default",
            )
            continue
        node = context.follow(response, "a response")
        if node is None and status[0] == "2" and is_unresolved(context, response):
            unresolved.append(Response(status.upper(), unknown(response), None))
        if node is None or not is_wanted(context, node):
            continue
        check_keys(context, node, "a response")
        shared = None
        reference = response.get("$ref")
        if reference is not None and reference.string is not None:
            parts = reference.string.split("/")
            shared = parts[-1] if parts[-2:-1] == ["responses"] else None
            if shared is not None and "#" not in reference.string:
                # A file: its name without the suffix.
                shared = shared.rpartition(".")[0] or shared
        result.append(Response(status.upper() if status != "default" else status, node, shared))
    # Another success response describes the result better.
    has_success = any(response.status[0] == "2" for response in result)
    return result if has_success else [*result, *unresolved]


def successes(described: list[Response]) -> list[Response]:
    """The success responses: 2XX, or `default` if there are no others."""
    named = [response for response in described if response.status.startswith("2")]
    if named:
        return sorted(named, key=lambda response: response.status)
    others = [response for response in described if response.status[0] in "13"]
    return [] if others else [response for response in described if response.status == "default"]


def failures(described: list[Response]) -> list[Response]:
    """The error responses. `default` applies to every error status that is not listed."""
    failing = [response for response in described if response.status[0] in "45"]
    default = next((response for response in described if response.status == "default"), None)
    if default is not None and default not in successes(described):
        named = {response.status for response in failing}
        failing += [
            replace(default, status=status, is_default=True)
            for status in ("4XX", "5XX")
            if status not in named
        ]
    return sorted(failing, key=lambda response: (response.status.endswith("XX"), response.status))


def read(
    context: Context, schemas: SchemaConverter, operation: Operation, place: NameContext
) -> ir.Result:
    """The result of the method: the first success response with a body, and whether another one has
    none. In layout `fern`, as in Fern, other bodies are left out, and so is a body beside others that
    HTTP never sends."""
    successful = successes(responses(context, operation))
    fern = context.settings.layout == "fern"
    results: list[ir.Result] = []
    for response in successful:
        is_left_out = fern or response.status in bodiless.STATUSES
        has_body = any(result.kind != "none" for result in results)
        if is_left_out and has_body and response.contents(context):
            continue
        # The first body is the result; others are distinguished by their status.
        is_first = all(result.kind == "none" or _is_untyped(result) for result in results)
        where = place if is_first else place.add(response.status)
        result = _result(context, schemas, response, where)
        results.append(bodiless.as_sent(context, result, operation.method))
    if not results:
        return ir.Result("none", span=operation.span)
    full = [result for result in results if result.kind != "none"]
    if not full:
        return results[0]
    typed = [result for result in full if not _is_untyped(result)]
    for untyped in full:
        if typed and untyped not in typed:
            context.warning(
                "not-expressible",
                f"status {untyped.status} has no schema: the schema of status"
                f" {typed[0].status} is used",
                untyped.span,
                "add a schema",
            )
    bodies = typed or full
    if {"json", "text"} <= {result.kind for result in bodies}:
        # The runtime returns a body that is not JSON as text, if the type includes strings.
        text = ir.Primitive("string", span=bodies[0].span)
        bodies = [replace(x, kind="json", type=text) if x.kind == "text" else x for x in bodies]
    first, *others = bodies
    types = [first.type] if first.type is not None else []
    for other in others:
        if other.kind != first.kind:
            context.warning(
                "not-expressible",
                f"status {other.status} has another kind of body than status {first.status}; "
                "it is left out",
                other.span,
            )
        elif other.type is not None:
            types.append(other.type)
    if len(types) > 1:
        first = replace(first, type=union_of(types, first.span))
    empty = any(result.kind == "none" for result in results)
    if empty or any(response.status in bodiless.STATUSES for response in successful):
        first = replace(first, optional=True)
    unwrap = context.string(operation.node, "x-fern-sdk-return-value")
    if unwrap:
        path = unwrap.removeprefix("$response.")
        first = replace(first, unwrap=tuple(path.split(".")))
    return first


def _is_untyped(result: ir.Result) -> bool:
    """Whether the body of a response may be any JSON."""
    return result.kind == "json" and isinstance(result.type, ir.Unknown)


def success_headers(
    context: Context, schemas: SchemaConverter, operation: Operation, place: NameContext
) -> tuple[ir.Header, ...]:
    """The headers of the first success response, without reading its body."""
    for success in successes(responses(context, operation)):
        return response_headers.read(context, schemas, success.node, place.add("Response"))
    return ()


def _result(
    context: Context, schemas: SchemaConverter, response: Response, place: NameContext
) -> ir.Result:
    node = response.node
    where = place
    if response.shared is not None and context.settings.layout != "fern":
        where = _shared_place(response.shared, "Response", place)
    empty = ir.Result(
        "none",
        status=response.status if response.status != "default" else "200",
        doc=context.doc(node),
        headers=response_headers.read(context, schemas, node, where),
        span=node.span,
    )
    contents = [
        (media, node) for media, node in response.contents(context) if stream_format(media) is None
    ]
    if not contents:
        return empty
    media, content = preferred(context, contents)
    encoding = encoding_of(media)
    others = [
        media_type
        for media_type, other in contents
        if encoding_of(media_type) != encoding
        and not is_other_notation((media, content), (media_type, other))
    ]
    if others:
        context.warning(
            "not-expressible",
            f"the response is read as {media}; {', '.join(others)} {'are' if others[1:] else 'is'} left out",
            (node.get("content") or node).key_span(others[0]),
        )
    result = replace(empty, content_type=media)
    schema = content.get("schema")
    if encoding == "json":
        if schema is None:
            return replace(result, kind="json", type=ir.Unknown(span=content.span))
        if is_file(context, schema):
            return replace(result, kind=_binary(context))
        return replace(result, kind="json", type=schemas.convert(schema, where))
    if encoding == "text":
        return replace(result, kind="text")
    return replace(result, kind=_binary(context))


def _binary(context: Context) -> Literal["bytes", "file"]:
    return "bytes" if context.importer.use_bytes_for_binary_response else "file"


def _shared_place(key: str, suffix: str, place: NameContext) -> NameContext:
    """The context of an inline schema of a shared response: one type for all its uses."""
    words = (key,) if key.lower().endswith(suffix.lower()) else (key, suffix)
    return NameContext(words, (), None, ("components", "responses", *words))
