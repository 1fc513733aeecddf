"""The media types of a response: which of them is read, and which are streams."""

from __future__ import annotations

import re
from typing import Literal

from ...source import Node
from ..document.context import Context
from .encodings import encoding_of

_STREAMS = {
    "text/event-stream": "sse",
    "application/x-ndjson": "json",
    "application/ndjson": "json",
    "application/jsonl": "json",
    "application/x-jsonl": "json",
    "application/json-seq": "json",
    "application/stream+json": "json",
}
"""Media types whose response is a stream of events."""


_NOTATIONS = re.compile(r"\b(protobuf|msgpack|messagepack|cbor|avro|bson|thrift)\b")
"""Media types of binary encodings of values, which servers offer in addition to JSON."""


def stream_format(media: str) -> Literal["sse", "json"] | None:
    """The stream format of a media type; None if it is not a stream."""
    known = _STREAMS.get(media.split(";")[0].strip().lower())
    return "sse" if known == "sse" else "json" if known == "json" else None


def preferred(context: Context, contents: list[tuple[str, Node]]) -> tuple[str, Node]:
    """The media type of the response that the client reads."""
    order = ["json", "text", "bytes", "form", "multipart"]
    as_json = [node for media, node in contents if encoding_of(media) == "json"]
    if all(has_no_structure(context, node) for node in as_json):
        # Some frameworks also describe a download as JSON with a string schema; reading it as JSON
        # would make every download fail.
        if any(_is_download(media) for media, _ in contents):
            order = ["bytes", *order]
        elif _is_text_first(context, contents, as_json):
            order = ["text", *order]
    return min(contents, key=lambda content: order.index(encoding_of(content[0])))


def _is_text_first(context: Context, contents: list[tuple[str, Node]], as_json: list[Node]) -> bool:
    """Whether text is offered in addition to JSON, and listed before it. (Fern reads JSON.)"""
    return (
        context.settings.layout != "fern"
        and encoding_of(contents[0][0]) == "text"
        and all("type" in (_keywords(context, node) or {}) for node in as_json)
    )


def _is_download(media: str) -> bool:
    """Whether a media type is that of a file, and not a binary encoding of JSON values."""
    return encoding_of(media) == "bytes" and _NOTATIONS.search(media.lower()) is None


def is_file(context: Context, schema: Node) -> bool:
    """Whether the schema of a response is a file."""
    with context.references.without_recording():
        final = context.references.final(schema)
    return (
        final is not None
        and (final.get("format") or final).value == "binary"
        and (final.get("type") or final).value == "string"
    )


def has_no_structure(context: Context, content: Node) -> bool:
    """Whether the schema of a media type is at most a plain string."""
    keywords = _keywords(context, content)
    if keywords is None:
        return content.get("schema") is None
    only = not keywords.keys() - {"title", "description", "type"}
    return only and ("type" not in keywords or keywords["type"].value == "string")


def _keywords(context: Context, content: Node) -> dict[str, Node] | None:
    """The keys of the schema of a media type; None if there is none."""
    schema = content.get("schema")
    with context.references.without_recording():
        final = context.references.final(schema) if schema is not None else None
    return final.mapping if final is not None else None
