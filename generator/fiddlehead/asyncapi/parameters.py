"""Reads the parameters of a handshake: path parameters, query parameters and headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from .. import ir
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_values import frozen
from ..openapi.document.context import Context, virtual
from ..openapi.document.extensions import availability, is_wanted
from ..openapi.schemas.converter import SchemaConverter
from ..source import Node

_Location: TypeAlias = Literal["path", "query", "header"]
_LOCATIONS: dict[str, _Location] = {
    "$message.header": "header",
    "$message.path": "path",
    "$message.payload": "query",
}
"""The locations for runtime expressions, as in Fern: there is no message at the handshake."""
_TYPES = frozenset({"$ref", "type", "oneOf", "anyOf", "allOf", "enum", "const", "x-fern-type"})

_ROOT_TYPES = frozenset({"properties", "oneOf", "anyOf", "allOf"})
"""The keys of inline schemas whose types are outside the group of the channel in Fern."""


def read(
    context: Context, schemas: SchemaConverter, channel: Node, names: list[str], place: NameContext
) -> Iterator[ir.Parameter]:
    """The parameters of a channel; `names` are those of its address, in order."""
    by_name: dict[str, ir.Parameter] = {}
    for name, raw_node in context.entries(channel, "parameters"):
        node = context.follow(raw_node, "a parameter")
        if node is None or not is_wanted(context, node):
            continue
        parameter = _parameter(context, schemas, name, node, names, place)
        if parameter is not None:
            by_name[name] = parameter
    for name in names:
        if name not in by_name:
            span = (channel.get("address") or channel).span
            by_name[name] = ir.Parameter(
                name, "path", ir.Primitive("string"), True, style="simple", explode=False, span=span
            )
    yield from (by_name[name] for name in names)
    yield from (parameter for name, parameter in by_name.items() if name not in names)
    bindings = _websocket(context, channel)
    if bindings is not None:
        yield from _bound(context, schemas, bindings, "query", "query", place)
        yield from _bound(context, schemas, bindings, "headers", "header", place)


def _parameter(
    context: Context,
    schemas: SchemaConverter,
    name: str,
    node: Node,
    names: list[str],
    place: NameContext,
) -> ir.Parameter | None:
    written = context.string(node, "location") or ""
    prefix, _, key = written.partition("#/")
    location: _Location | None = "path" if name in names else _LOCATIONS.get(prefix)
    if location is None:
        context.warning(
            "not-expressible",
            f"the parameter '{name}' is left out: it is not in the address, and 'location' does"
            " not give its location",
            node.span,
            "write location: $message.payload#/… for the query, or $message.header#/…",
        )
        return None
    schema = context.get(node, "schema") or _text(node)
    optional = bool(context.boolean(node, "x-fern-optional"))
    # AsyncAPI has no key for this. In Fern, a parameter is required unless `x-fern-optional` is
    # true.
    required = context.settings.layout == "fern" or bool(context.boolean(node, "required"))
    required = location == "path" or (required and not optional)
    wire = name if location == "path" else key or name
    return _parameter_of(context, schemas, (wire, location, required), schema, node, place)


def _websocket(context: Context, channel: Node) -> Node | None:
    holder = context.get(channel, "bindings")
    bindings = context.follow(holder, "bindings") if holder is not None else None
    written = context.get(bindings, "ws") if bindings is not None else None
    return context.follow(written, "a binding") if written is not None else None


def _bound(
    context: Context,
    schemas: SchemaConverter,
    bindings: Node,
    key: str,
    location: _Location,
    place: NameContext,
) -> Iterator[ir.Parameter]:
    """The properties of a schema of the WebSocket binding (version 0.1.0)."""
    written = context.get(bindings, key)
    schema = context.follow(written, "a schema") if written is not None else None
    if schema is None:
        return
    required = set(context.strings(schema, "required"))
    for name, raw_node in context.entries(schema, "properties"):
        node = context.follow(raw_node, "a schema")
        if node is None or not is_wanted(context, node):
            continue
        # A reference keeps its class; a schema without a type is a string, as all parts of a URL.
        source = raw_node if raw_node.get("$ref") is not None else _text(node)
        yield _parameter_of(
            context, schemas, (name, location, name in required), source, node, place
        )


def _text(node: Node) -> Node:
    """A schema with the default type string."""
    if node.mapping is None or not _TYPES.isdisjoint(node.mapping):
        return node
    return virtual(node, {**node.mapping, "type": Node("string", node.span, node.file, "", {})})


def _parameter_of(
    context: Context,
    schemas: SchemaConverter,
    identity: tuple[str, _Location, bool],
    schema: Node,
    node: Node,
    place: NameContext,
) -> ir.Parameter:
    name, location, required = identity
    if context.settings.layout == "fern" and not _ROOT_TYPES.isdisjoint(schema.mapping or {}):
        place = NameContext(place.words, (), place.owner, place.long)
    default = node.get("default") or schema.get("default")
    examples = context.elements(node, "examples")
    return ir.Parameter(
        name,
        location,
        schemas.convert(schema, place.add(name, "Parameter")),
        required,
        doc=context.doc(node),
        rename=context.string(node, "x-fern-parameter-name"),
        default=ir.Default(frozen(default)) if default is not None else None,
        style="form" if location == "query" else "simple",
        explode=location == "query",
        availability=availability(context, node),
        example=ir.Default(frozen(examples[0])) if examples else None,
        span=node.span,
    )
