"""The headers of responses, without Content-Type (OpenAPI 3.1 section 4.8.17)."""

from __future__ import annotations

from collections.abc import Iterator

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.context import Context
from ..document.extensions import is_wanted
from ..document.keys import check_unknown_keys
from ..schemas import scalars
from ..schemas.converter import SchemaConverter


def read(
    context: Context, schemas: SchemaConverter, response: Node, place: NameContext
) -> tuple[ir.Header, ...]:
    """The headers of a successful response."""
    return tuple(
        _header(
            context,
            name,
            node,
            (
                ir.Primitive("string", span=node.span)
                if schema is None
                else schemas.convert(schema, place.add(name, "Header"))
            ),
        )
        for name, node, schema in _described(context, response)
    )


def of_failure(
    context: Context, schemas: SchemaConverter, response: Node, place: NameContext
) -> tuple[ir.Header, ...]:
    """The headers of a failing response. They declare no types, since no code names them."""
    result: list[ir.Header] = []
    for name, node, schema in _described(context, response):
        type_: ir.Type = ir.Primitive("string", span=node.span)
        if schema is not None and schema.get("$ref") is not None:
            type_ = schemas.convert(schema, place.add(name, "Header"))
        elif schema is not None:
            written = schema.get("type")
            listed = [node.value for node in written.list or (written,)] if written else []
            plain = [type_name for type_name in listed if type_name != "null"]
            if len(plain) == 1 and isinstance(plain[0], str) and plain[0] in _SCALARS:
                type_ = scalars.primitive(context, schema, plain[0])
            else:
                type_ = ir.Unknown(span=schema.span)
        result.append(_header(context, name, node, type_))
    return tuple(result)


_SCALARS = ("string", "integer", "number", "boolean")


def _described(context: Context, response: Node) -> Iterator[tuple[str, Node, Node | None]]:
    """Name, node and schema of each header."""
    for name, raw_node in context.entries(response, "headers"):
        if name.lower() == "content-type":
            continue
        node = context.follow(raw_node, "a header")
        if node is None or not is_wanted(context, node):
            continue
        check_unknown_keys(context, node, "a header")
        schema = node.get("schema")
        for _, content in context.entries(node, "content"):
            schema = schema or content.get("schema")
        yield name, node, schema


def _header(context: Context, name: str, node: Node, type_: ir.Type) -> ir.Header:
    written = node.get("required")
    required = written is not None and written.value is True
    return ir.Header(name, type_, context.doc(node), required, span=node.span)
