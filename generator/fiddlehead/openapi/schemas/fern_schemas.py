"""`x-fern-type` on a schema: a type in Fern's syntax that replaces the schema."""

from __future__ import annotations

from ... import ir
from ...source import Node
from . import fern_types, scalars
from .conversion import Conversion


def override(schemas: Conversion, node: Node, id: str) -> ir.Type | ir.Declaration:
    """The result of `x-fern-type`: a type, or an object or enum with its parts."""
    written = (node.mapping or {})["x-fern-type"]
    if written.mapping is not None:
        return _declared(schemas, node, written, id)
    return fern_type(schemas, written)[0]


def fern_type(schemas: Conversion, written: Node) -> tuple[ir.Type, bool]:
    """A type in Fern's syntax, and whether it is optional."""
    if written.string is None:
        schemas.context.warning(
            "bad-extension", "a type in Fern's syntax must be a string", written.span
        )
        return ir.Unknown(span=written.span), False
    try:
        return fern_types.parse(written.string, written.span, lambda name: _named(schemas, name))
    except fern_types.FernTypeError as error:
        schemas.context.warning(
            "unknown-type", f"'{written.string}' is not a Fern type: {error}", written.span
        )
        return ir.Unknown(span=written.span), False


def _named(schemas: Conversion, name: str) -> ir.Type | None:
    """The component with a key or an x-fern-type-name."""
    holder = schemas.context.root.get("components")
    known = holder.get("schemas") if holder is not None else None
    for key, node in known.items() if known is not None else ():
        chosen = node.get("x-fern-type-name")
        if name == key or (chosen is not None and chosen.value == name):
            return ir.Ref(schemas.target(node), span=node.span)
    return None


def _declared(schemas: Conversion, node: Node, written: Node, id: str) -> ir.Type | ir.Declaration:
    """`x-fern-type: {properties: {a: string}}`, or with `enum`, in the words of Fern's language."""
    context = schemas.context
    if "enum" in (written.mapping or {}):
        values: list[Node] = []
        for element in context.elements(written, "enum"):
            value = (
                element.get("value") or element.get("name")
                if element.mapping is not None
                else element
            )
            if value is not None:
                values.append(value)
        members = scalars.enum_values(context, node, values)
        return ir.Enum(values=members, **schemas.common(node, id))
    fields: list[ir.Field] = []
    for name, raw_node in context.entries(written, "properties"):
        holder = raw_node.get("type") if raw_node.mapping is not None else raw_node
        if holder is None:
            context.warning("missing-key", f"'{name}' has no 'type'", raw_node.span)
            continue
        type_, optional = fern_type(schemas, holder)
        doc = context.doc(raw_node, "docs") if raw_node.mapping is not None else None
        fields.append(ir.Field(name, type_, not optional, doc=doc, span=raw_node.span))
    if "properties" not in (written.mapping or {}):
        context.warning(
            "bad-extension",
            "'x-fern-type' must be a string, or a mapping with 'properties' or 'enum'",
            written.span,
        )
    return schemas.model(node, id, fields)
