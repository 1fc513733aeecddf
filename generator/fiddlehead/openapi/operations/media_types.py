"""Chooses the media type that the client sends."""

from __future__ import annotations

from ...source import Node
from ..document.context import Context
from ..schemas.nulls import without_null
from ..schemas.queries import SchemaQueries
from . import upload_files
from .encodings import (
    Encoding,
    encoding_of,
    has_same_schema,
    is_plain_json,
)

_PREFERENCE: tuple[Encoding, ...] = ("json", "multipart", "form", "bytes", "text")


def _rank(
    context: Context,
    schema_queries: SchemaQueries,
    offered: list[tuple[str, Node]],
    media: str,
    content: Node,
) -> int:
    """The rank of a media type in the order of preference. An upload with a file is first, because
    JSON cannot send files (Fern's rule).

    A property without a type is any JSON, if JSON with the same schema is offered, too (Django REST
    framework offers each body as JSON, form and multipart).
    """
    encoding, schema = encoding_of(media), content.get("schema")
    if encoding == "multipart" and schema is not None:
        model = schema_queries.model(without_null(context, schema)[0])
        untyped = not any(
            is_plain_json(other) and has_same_schema(content, node) for other, node in offered
        )
        if model is not None and upload_files.any_file(
            context, schema_queries, content, model, untyped=untyped
        ):
            return -1
    return _PREFERENCE.index(encoding)


def preferred_content(
    context: Context, schema_queries: SchemaQueries, offered: list[tuple[str, Node]]
) -> tuple[str, Node]:
    """The media type that the client sends: the best by rank, then the first one that is no range.

    In layout `compact`, `application/json` replaces another JSON type with the same schema, and an
    object is not sent as a JSON Patch. (Fern sends the first one.)
    """
    if len(offered) == 1:
        return offered[0]
    preferred = min(
        offered,
        key=lambda content: (
            _rank(context, schema_queries, offered, *content),
            "*" in content[0],
            context.settings.layout != "fern" and _is_no_patch(schema_queries, *content),
        ),
    )
    if encoding_of(preferred[0]) == "json" and context.settings.layout != "fern":
        plain = (content for content in offered if is_plain_json(content[0]))
        return next(
            (content for content in plain if has_same_schema(preferred[1], content[1])), preferred
        )
    return preferred


def _is_no_patch(schema_queries: SchemaQueries, media: str, content: Node) -> bool:
    """Whether a JSON Patch is described as an object: it is an array (RFC 6902, section 3)."""
    schema = content.get("schema")
    is_patch = media.partition(";")[0].strip().lower() == "application/json-patch+json"
    return is_patch and schema is not None and schema_queries.is_object(schema)


def concrete_type(
    context: Context, schema_queries: SchemaQueries, media: str, content: Node
) -> str:
    """The media type that is sent. A range such as `image/*` is a choice, and no value of
    Content-Type (RFC 9110, section 8.3)."""
    kind = media.partition("/")[0].strip().lower()
    if "*" not in media.partition(";")[0] or kind == "multipart":
        return media
    if kind == "text":
        return "text/plain"
    schema = content.get("schema")
    binary = schema is not None and upload_files.forms(context, schema_queries, schema) == {"file"}
    is_json = encoding_of(media) == "json" and not binary
    return "application/json" if is_json else "application/octet-stream"
