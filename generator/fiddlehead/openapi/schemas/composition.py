"""Converts an `allOf` of objects to a model: its properties, and the base classes that it inherits
from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from ... import ir
from ...diagnostics import Span
from ...frontend_kit.name_context import NameContext
from ...frozen import replace
from ...source import Node
from ..document.context import virtual
from ..document.references import place as location
from . import undeclared_properties
from .combine import union_of
from .conversion import Conversion
from .metadata import package_of
from .objects import excluded, extra, field
from .queries import Part, Property
from .required_properties import RequiredProperties, annotating_members


def model(
    schemas: Conversion,
    node: Node,
    parts: list[Part],
    place: NameContext,
    id: str,
    *,
    flat: bool = False,
) -> ir.Model:
    """A model of object parts. The target of a `$ref` is a base class, unless a class cannot
    inherit from it unchanged: then its properties are copied."""
    inner = place.inside(id)
    properties = merged_properties(schemas, node, parts)
    references = [part for part in parts if part.reference is not None]
    copied = references == parts and bool(annotating_members(schemas.context, node))
    parents = [] if flat or copied else _parents(schemas, properties, parts)
    inherited: set[str] = set()
    for parent in parents:
        inherited |= schemas.schema_queries.properties(parent).keys()
    fields: list[ir.Field] = []
    for name, prop in properties.items():
        if name in inherited or name in excluded(schemas, node):
            continue
        owner = inner if copied else _owner_place(schemas, prop, node, inner)
        fields.append(field(schemas, name, prop, owner))
    fields += undeclared_properties.fields(schemas, node, parts, parents)
    places = {location(parent) for parent in parents}
    extras = [
        extra_type
        for part in [*parts, Part(virtual(node, _own(node)))]
        if location(part.node) not in places
        and (extra_type := extra(schemas, part.node, inner)) is not None
    ]
    extends = [
        ir.Ref(schemas.target(parent), span=_span_of(parts, parent, node)) for parent in parents
    ]
    return schemas.model(
        node, id, fields, extends, extra=union_of(extras, node.span) if extras else None
    )


def _own(node: Node) -> dict[str, Node]:
    return {key: child for key, child in (node.mapping or {}).items() if key != "allOf"}


def _span_of(parts: list[Part], parent: Node, node: Node) -> Span:
    for part in parts:
        if part.reference is not None and location(part.node) == location(parent):
            return part.reference.span
    return node.span


def _owner_place(
    schemas: Conversion, property: Property, node: Node, place: NameContext
) -> NameContext:
    """The schema that declares the property, which names inline schemas.

    A property that is copied from a component is named after that component, so that all copies
    share one class.
    """
    owner = property.owner
    component = _component(schemas, owner)
    if component is None or location(component) == location(node):
        return place
    name = schemas.name(component)
    return NameContext(name.words, package_of(schemas.context, component), place.owner, name.long)


_COMPONENT = re.compile(r"(/components/schemas/[^/]+)(?:/allOf/\d+)*")
_ELSEWHERE = re.compile(
    r"((?:(?:/components/schemas|/definitions|/\$defs)?/[^/]+)?)(?:/allOf/\d+)*"
)
"""The pointer of a schema that other files can refer to, which may be the file."""


def _component(schemas: Conversion, node: Node) -> Node | None:
    """The component that a schema is, or whose `allOf` contains it."""
    own = node.file == schemas.context.root.file
    match = (_COMPONENT if own else _ELSEWHERE).fullmatch(node.pointer)
    if match is None:
        return None
    return schemas.context.sources.resolve(f"#{quote(match[1])}", node, node.span)


def _parents(
    schemas: Conversion, properties: Mapping[str, Property], parts: list[Part]
) -> list[Node]:
    """The parts that are base classes: those whose properties no other part refines."""
    schema_queries = schemas.schema_queries
    if schemas.context.importer.inline_all_of_schemas:
        return []
    result: list[Node] = []
    taken: set[str] = set()
    lineage: set[object] = set()
    for part in parts:
        target = schema_queries.model(part.node) if part.reference is not None else None
        if target is None or not schemas.is_declared(target):
            continue
        theirs = schema_queries.properties(target)
        line = {location(target)} | schema_queries.ancestors(target)
        # Two base classes with a common ancestor may have no method resolution order.
        if line & lineage or taken & theirs.keys():
            continue
        if any(_differ(theirs_prop, properties.get(name)) for name, theirs_prop in theirs.items()):
            continue
        result.append(target)
        lineage |= line
        taken |= theirs.keys()
    return result


def _differ(inherited: Property, property: Property | None) -> bool:
    """Whether a model refines an inherited property."""
    if property is None:
        return False
    same = property.node is inherited.node or property.node.value == inherited.node.value
    return not same or property.required != inherited.required


def merged_properties(schemas: Conversion, node: Node, parts: list[Part]) -> dict[str, Property]:
    """All properties of object parts; a property of several parts is their intersection."""
    schema_queries = schemas.schema_queries
    result: dict[str, Property] = {}
    required = RequiredProperties(schemas.context, schema_queries, node)
    for part in parts:
        lost: frozenset[str] = frozenset()
        again: Mapping[str, str] = {}
        if part.reference is not None:
            lost = excluded(schemas, part.node)
            required.inherit(schema_queries.properties(part.node))
            required.add(schema_queries.required(part.node))
        else:
            again = required.declare_again(result, part.node)
            required.add_part(part.node)
        for name, prop in schema_queries.properties(part.node).items():
            if name in lost or again.get(name) == "same":
                continue
            earlier = None if again.get(name) == "other" else result.get(name)
            result[name] = schema_queries.joined(node, name, earlier, prop)
    required.add_part(node)
    return {
        name: replace(prop, required=required.is_required(name, prop))
        for name, prop in result.items()
    }
