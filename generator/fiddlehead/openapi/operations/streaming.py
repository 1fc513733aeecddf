"""Streaming responses: `x-fern-streaming`, or stream media types."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ... import ir
from ...frontend_kit import stream_conditions
from ...frozen import dataclass
from ...source import Node
from ..document.context import Context, virtual
from ..document.references import place
from ..schemas.converter import SchemaConverter
from ..schemas.queries import SchemaQueries
from .encodings import encoding_of
from .groups import Operation
from .response_contents import is_file, stream_format
from .responses import responses, successes

Format = Literal["sse", "json", "text"]


@dataclass(frozen=True)
class Stream:
    """How an operation streams. `condition` is the property of the body that selects the stream:
    the operation then has two methods. `response` and `events` are schemas that replace those of
    the responses."""

    streaming: ir.Streaming
    events: Node | None
    response: Node | None = None
    condition: ir.Words = ()
    doc: str | None = None
    request_name: str | None = None


def read(context: Context, schemas: SchemaConverter, operation: Operation) -> Stream | None:
    """How an operation streams; None if it does not."""
    written = operation.node.get("x-fern-streaming")
    if written is None or written.value is None:
        return _inferred(context, schemas.schema_queries, operation)
    if written.value is False:
        return None
    events: tuple[Format | Literal["file"], Node | None] | None = _event_schema(context, operation)
    is_described = written.get("response-stream") or written.get("stream-condition")
    if events is None and is_described is None:
        events = _pieces(context, operation)
        if events is not None and events[0] == "file":
            # A binary stream is a download.
            return None
    inferred: Format = "json"
    if events is not None and events[0] != "file":
        inferred = events[0]
    if written.value is True:
        return Stream(
            ir.Streaming(inferred, span=written.span), events[1] if events is not None else None
        )
    if not context.is_mapping(written, "'x-fern-streaming'"):
        return None
    format_ = _format(context, written)
    streaming = ir.Streaming(
        format_,
        terminator=context.string(written, "terminator"),
        resumable=bool(context.boolean(written, "resumable")),
        span=written.span,
    )
    condition = context.string(written, "stream-condition")
    if condition is not None and not condition.startswith(stream_conditions.PREFIX):
        context.warning(
            "bad-extension",
            "'stream-condition' must be a property of the body: $request.stream",
            (written.get("stream-condition") or written).span,
        )
        condition = None
    path = stream_conditions.path(condition) if condition else ()
    stream = written.get("response-stream")
    if stream is None:
        stream = events[1] if events is not None else None
    return Stream(
        streaming,
        stream,
        written.get("response"),
        path,
        context.doc(written, "stream-description"),
        context.string(written, "stream-request-name"),
    )


def _format(context: Context, written: Node) -> Format:
    text = context.string(written, "format")
    if text in ("sse", "text"):
        return "sse" if text == "sse" else "text"
    if text not in (None, "json"):
        context.warning(
            "bad-extension",
            "the format of a stream must be 'sse', 'json' or 'text'",
            (written.get("format") or written).span,
        )
    return "json"


def _pieces(
    context: Context, operation: Operation
) -> tuple[Format | Literal["file"], Node | None] | None:
    """The items of a success response whose media type is not a stream: consecutive JSON values,
    text, or chunks of a file."""
    for success in successes(responses(context, operation)):
        contents = success.contents(context)
        kinds = [encoding_of(media) for media, _ in contents]
        if "json" in kinds:
            schema = contents[kinds.index("json")][1].get("schema")
            if schema is not None and is_file(context, schema):
                return "file", None
            return "json", schema
        if contents:
            return ("text" if "text" in kinds else "file"), None
    return None


def _event_schema(
    context: Context, operation: Operation, *, is_inferred: bool = False
) -> tuple[Literal["sse", "json"], Node | None] | None:
    """The format and schema of the first success response that is a stream; `itemSchema` is from
    OpenAPI 3.2.

    Without `x-fern-streaming`, an array is the whole content, so that its items are the events
    (OpenAPI 3.2 about sequential media types; Spring writes it for earlier versions).
    """
    for success in successes(responses(context, operation)):
        for media, content in success.contents(context):
            format_ = stream_format(media)
            if format_ is not None:
                if is_inferred and "itemSchema" not in (content.mapping or {}):
                    return format_, _items(context, content, format_)
                return format_, _data_schema(context, content, format_)
    return None


def _data_schema(context: Context, content: Node, format_: str) -> Node | None:
    item = content.get("itemSchema")
    if item is None:
        return content.get("schema")
    # OpenAPI 3.2 describes an event with its fields; the method returns its data.
    is_union = any(_has_fields(context, variant) for variant in _variants(context, item))
    return (_data(context, item) if format_ == "sse" and not is_union else None) or item


def _items(context: Context, content: Node, format_: str) -> Node | None:
    """The schema of the items, if the schema is a list and nothing else; otherwise the schema.

    Huma describes the events of a stream as a list of their fields.
    """
    schema = content.get("schema")
    final = context.references.final(schema) if schema is not None else None
    type_ = final.get("type") if final is not None else None
    items = final.get("items") if final is not None and type_ and type_.value == "array" else None
    if items is None or format_ != "sse":
        return items or schema
    item = context.references.final(items)
    events = [items]
    if item is not None:
        events = context.elements(item, "oneOf") or context.elements(item, "anyOf") or events
    data = [_data(context, event) for event in events if _is_event(context, event)]
    known = [node for node in data if node is not None]
    if len(known) < len(events):
        return items
    union = Node(known, items.span, items.file, items.pointer, {})
    return known[0] if len(known) == 1 else virtual(items, {"oneOf": union})


def event_data(context: Context, operations: list[Operation]) -> frozenset[tuple[Path, str]]:
    """The places of the schemas of data in all events that are described with their fields."""
    waiting: list[Node] = []
    with context.references.without_recording():
        for operation in operations:
            written = operation.node.get("x-fern-streaming")
            waiting += filter(None, [written.get("response-stream") if written else None])
            for success in successes(responses(context, operation)):
                for media, content in success.contents(context):
                    if stream_format(media) == "sse":
                        waiting += [x for key in _SCHEMAS if (x := content.get(key)) is not None]
        result: set[tuple[Path, str]] = set()
        seen: set[tuple[Path, str]] = set()
        while waiting:
            final = context.references.final(waiting.pop())
            if final is None or place(final) in seen:
                continue
            seen.add(place(final))
            data = (final.get("properties") or final).get("data")
            if data is not None and _has_fields(context, final):
                result.add(place(data))
            waiting += [*_variants(context, final), *filter(None, [final.get("items")])]
    return frozenset(result)


_SCHEMAS = ("schema", "itemSchema")


def _variants(context: Context, node: Node) -> list[Node]:
    """The variants of a union; empty for other schemas."""
    final = context.references.final(node)
    union = (final.get("oneOf") or final.get("anyOf")) if final is not None else None
    return [*union.elements()] if union is not None else []


def _has_fields(context: Context, node: Node) -> bool:
    """Whether a schema has properties, and all are fields of an event."""
    final = context.references.final(node)
    fields = final.get("properties") if final is not None else None
    names = (fields.mapping or {}).keys() if fields is not None else set[str]()
    return bool(names) and names <= _EVENT_FIELDS


_EVENT_FIELDS = frozenset({"comment", "data", "event", "id", "retry"})


def _is_event(context: Context, node: Node) -> bool:
    """Whether a schema has the fields of an event, and no others."""
    final = context.references.final(node)
    fields = final.get("properties") if final is not None else None
    return (
        fields is not None and {"data", "event"} <= (fields.mapping or {}).keys() <= _EVENT_FIELDS
    )


def _data(context: Context, event: Node) -> Node | None:
    """The schema of the data of an event."""
    final = context.references.final(event)
    fields = final.get("properties") if final is not None else None
    data = fields.get("data") if fields is not None else None
    return (data.get("contentSchema") or data) if data is not None else None


def _inferred(
    context: Context, schema_queries: SchemaQueries, operation: Operation
) -> Stream | None:
    """A stream that only the media types declare. If the operation also returns JSON, a boolean
    `stream` in the body selects the stream; without such a property, JSON is used."""
    events = _event_schema(context, operation, is_inferred=context.settings.layout != "fern")
    if events is None:
        return None
    streaming = ir.Streaming(events[0], span=operation.span)
    plain = [
        media
        for success in successes(responses(context, operation))
        for media, _ in success.contents(context)
        if stream_format(media) is None
    ]
    if not plain:
        return Stream(streaming, events[1])
    if _has_stream_property(context, schema_queries, operation):
        return Stream(streaming, events[1], condition=("stream",))
    context.warning(
        "not-expressible",
        f"'{operation.id}' returns {plain[0]} or a stream; the stream is left out",
        operation.span,
        "add the condition: x-fern-streaming: {stream-condition: $request.…}",
    )
    return None


def _has_stream_property(
    context: Context, schema_queries: SchemaQueries, operation: Operation
) -> bool:
    body = operation.node.get("requestBody")
    holder = context.references.final(body) if body is not None else None
    for _, content in context.entries(holder, "content") if holder is not None else ():
        schema = content.get("schema")
        model = schema_queries.model(schema) if schema is not None else None
        stream_property = (
            schema_queries.properties(model).get("stream") if model is not None else None
        )
        if stream_property is None:
            continue
        final = schema_queries.final(stream_property.node)
        for node in [
            final,
            *(
                member
                for key in ("anyOf", "oneOf", "allOf")
                for member in ((final.get(key) or final).elements() if final is not None else ())
            ),
        ]:
            if node is not None and (node.get("type") or node).value == "boolean":
                return True
            types = node.get("type") if node is not None else None
            if types is not None and any(one.value == "boolean" for one in types.elements()):
                return True
    return False
