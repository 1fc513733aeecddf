"""The files of an upload: which properties of a multipart body are files."""

from __future__ import annotations

from ... import ir
from ...source import Node
from ..document.context import Context
from ..schemas.combine import union_of
from ..schemas.nulls import without_null
from ..schemas.parts import ANNOTATIONS
from ..schemas.queries import SchemaQueries
from .encodings import encoding_of

_DEPTH = 5
"""The maximum depth of unions, lists and parts that are searched for files."""


def read(
    context: Context, schema_queries: SchemaQueries, content: Node, model: Node
) -> dict[str, ir.Type]:
    """The properties that are files: one file, several files, or either.

    Args:
        content: The media type object of the body.
        model: Its schema.
    """
    result: dict[str, ir.Type] = {}
    for name, prop in schema_queries.properties(model).items():
        possible = _part_forms(context, schema_queries, content, name, prop.node)
        file = ir.Primitive("bytes", span=prop.node.span)
        files = ir.ListOf(file, span=prop.node.span)
        types: list[ir.Type] = [
            type_ for form, type_ in (("file", file), ("files", files)) if form in possible
        ]
        if types:
            result[name] = union_of(types, prop.node.span)
        if types and "other" in possible:
            context.warning(
                "not-expressible",
                f"'{name}' is sent as a file; its other types are left out",
                prop.node.span,
            )
    return result


def any_file(
    context: Context, schema_queries: SchemaQueries, content: Node, model: Node, *, untyped: bool
) -> bool:
    """Whether a property of a multipart body is a file; the arguments are those of `read`.

    Without `untyped`, a property that has neither a type nor an encoding is none.
    """
    return any(
        (
            forms(context, schema_queries, prop.node) != {"other"}
            if not untyped and _encoded_as_file(content, name) is None
            else _part_forms(context, schema_queries, content, name, prop.node) != {"other"}
        )
        for name, prop in schema_queries.properties(model).items()
    )


def forms(context: Context, schema_queries: SchemaQueries, node: Node, depth: int = 0) -> set[str]:
    """The possible kinds of a schema in an upload: a `file`, a list of `files`, or `other`."""
    final = schema_queries.final(node)
    if final is None or depth > _DEPTH:
        return {"other"}
    non_null, _ = without_null(context, final)
    if _is_binary(non_null):
        return {"file"}
    variants = schema_queries.variants(non_null)
    if variants is not None:
        result = [forms(context, schema_queries, variant, depth + 1) for variant in variants[1]]
        return set[str]().union(*result)
    for element in context.elements(non_null, "allOf"):
        # The other parts add information about the same file.
        if (part := forms(context, schema_queries, element, depth + 1)) != {"other"}:
            return part
    items = non_null.get("items")
    one = items is not None and forms(context, schema_queries, items, depth + 1) == {"file"}
    return {"files"} if one else {"other"}


def _part_forms(
    context: Context, schema_queries: SchemaQueries, content: Node, name: str, node: Node
) -> set[str]:
    """The possible kinds of the property `name` of a multipart body; see `forms`."""
    final = schema_queries.final(node)
    if final is not None and _may_be_untyped_file(context, content, name, (node, final)):
        items = final.get("items")
        if _is_untyped(final):
            return {"file"}
        if items is not None and _is_untyped(schema_queries.final(items)):
            return {"files"}
    return forms(context, schema_queries, node)


def _may_be_untyped_file(
    context: Context, content: Node, name: str, schemas: tuple[Node, ...]
) -> bool:
    """Whether a part without a type in its schema is a file.

    Since OpenAPI 3.1, the content type of such a part is application/octet-stream, unless its
    encoding has another one (OpenAPI 3.1.1, section 4.8.15). TypeSpec describes files in this way.
    A schema with a title and without an encoding is a value of any type, as written by FastAPI.
    Fern treats neither as a file.
    """
    if context.settings.layout == "fern" or context.version in ("", "3.0"):
        return False
    is_file = _encoded_as_file(content, name)
    return all(schema.get("title") is None for schema in schemas) if is_file is None else is_file


def _encoded_as_file(content: Node, name: str) -> bool | None:
    """Whether the encoding of a part has the content type of a file; None if it has none."""
    encoding = content.get("encoding")
    written = encoding.get(name) if encoding is not None else None
    media = written.get("contentType") if written is not None else None
    return encoding_of(media.string) == "bytes" if media is not None and media.string else None


def _is_untyped(schema: Node | None) -> bool:
    return (
        schema is not None
        and schema.mapping is not None
        and all(key in ANNOTATIONS or key.startswith("x-") for key in schema.mapping)
    )


def _is_binary(node: Node) -> bool:
    """Whether a schema is a file, in the notation of OpenAPI 3.0 or of JSON Schema."""
    value = node.mapping or {}
    kind = value["type"].value if "type" in value else None
    if kind == "file":
        return True
    if "format" in value and value["format"].value == "binary":
        return kind in ("string", None)
    media = value.get("contentMediaType")
    return (
        media is not None
        and "contentEncoding" not in value
        and kind in ("string", None)
        and media.string is not None
        and encoding_of(media.string) == "bytes"
    )
