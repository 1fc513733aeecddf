"""`allOf`: one part alone, a model with parents, a union with what is common, a merged scalar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import ir
from ..diagnostics import Span
from ..json_pointer import unescape
from ..source import Node
from . import allof_of_union, undescribed
from .combine import union_of
from .context import virtual
from .intersection import ANNOTATIONS
from .name_parts import Place
from .nulls import without_null
from .objects import excluded, extra, field
from .ref_names import words_of_target
from .references import place as location
from .schema_queries import Part, Property

if TYPE_CHECKING:
    from .schema_converter import Schemas


def all_of(schemas: Schemas, node: Node, place: Place, id: str) -> ir.Type | ir.Declaration:
    """A schema with `allOf`: one part alone, a model with parents, a union, or a merged scalar."""
    shapes = schemas.shapes
    parts = shapes.parts(node)
    if not any(_is_object(schemas, each) or shapes.is_union(each.node) for each in parts):
        # Beside other objects, `type: object` alone adds nothing; here it is a contradiction.
        members = schemas.context.elements(node, "allOf")
        parts += [Part(each) for each in members if _is_any_object(each)]
    if len(parts) == 1 and not _only_requires(parts[0]):
        return _single(schemas, node, parts[0], place, id)
    objects = [part for part in parts if _is_object(schemas, part)]
    if len(objects) == len(parts):
        return model(schemas, node, parts, place, id)
    split = [part for part in parts if _is_union_of_objects(schemas, part)]
    if split and len(objects) + len(split) == len(parts):
        common = [*objects, *split[1:]]
        return allof_of_union.distribute(schemas, node, split[0], common, place, id)
    return _merged(schemas, node, parts, place, id)


def _resolved(schemas: Schemas, part: Part) -> Node:
    """The schema of a part, through `allOf`s that only point on."""
    node, depth = part.node, 0
    while "allOf" in (node.mapping or {}) and depth < 60:
        parts = schemas.shapes.parts(node)
        if len(parts) != 1:
            break
        node, depth = parts[0].node, depth + 1
    return node


def _is_union_of_objects(schemas: Schemas, part: Part) -> bool:
    found = schemas.shapes.variants(_resolved(schemas, part))
    return found is not None and any(schemas.shapes.is_object(each) for each in found[1])


def _is_object(schemas: Schemas, part: Part) -> bool:
    return schemas.shapes.is_object(part.node)


def _is_any_object(member: Node) -> bool:
    value = member.mapping or {}
    return "type" in value and value["type"].value == "object" and value.keys() <= _ANY_OBJECT


_ANY_OBJECT = ANNOTATIONS | {"type", "additionalProperties"}


def _only_requires(part: Part) -> bool:
    return part.reference is None and set(part.node.mapping or {}) <= {"required"}


def _single(
    schemas: Schemas, node: Node, part: Part, place: Place, id: str
) -> ir.Type | ir.Declaration:
    """An `allOf` of one part is that part: OpenAPI 3.0 has no other way to annotate a `$ref`."""
    if part.reference is not None:
        return schemas.convert(part.reference, place)
    value = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("title", "description", "example", "deprecated", "default", "type")
    }
    inner = virtual(part.node, {**(part.node.mapping or {}), **value})
    if "allOf" in (part.node.mapping or {}):
        inner = part.node
    return schemas.shape(inner, place, id)


def model(
    schemas: Schemas,
    node: Node,
    parts: list[Part],
    place: Place,
    id: str,
    *,
    flat: bool = False,
) -> ir.Model:
    """A model of object parts. A `$ref` is a parent, unless a class could not inherit from it as
    it is: then its properties are copied."""
    inner = place.inside(id)
    properties = merged_properties(schemas, node, parts)
    parents = [] if flat else _parents(schemas, properties, parts)
    inherited: set[str] = set()
    for parent in parents:
        inherited |= schemas.shapes.properties(parent).keys()
    fields: list[ir.Field] = []
    for name, each in properties.items():
        if name in inherited or name in excluded(schemas, node):
            continue
        fields.append(field(schemas, name, each, _owner_place(schemas, each, node, inner)))
    fields += undescribed.fields(schemas, node, parts)
    places = {location(parent) for parent in parents}
    extras = [
        found
        for part in [*parts, Part(virtual(node, _own(node)))]
        if location(part.node) not in places
        and (found := extra(schemas, part.node, inner)) is not None
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


def _owner_place(schemas: Schemas, property: Property, node: Node, place: Place) -> Place:
    """Where the name of an inline schema comes from: the schema that declares the property.

    A property that is copied from a component is named after that component, so that all copies
    are one class."""
    owner = property.owner
    component = _component(schemas, owner)
    if component is None or location(component) == location(node):
        return place
    name = words_of_target(schemas.context, component)
    return Place(name.words, schemas.package_of(component), place.owner, name.long)


def _component(schemas: Schemas, node: Node) -> Node | None:
    """The component that a schema is, or is a part of the `allOf` of."""
    match = re.fullmatch(r"/components/schemas/([^/]+)(/allOf/\d+)*", node.pointer)
    if match is None or node.file != schemas.context.root.file:
        return None
    holder = schemas.context.root.get("components")
    known = holder.get("schemas") if holder is not None else None
    return known.get(unescape(match[1])) if known is not None else None


def _parents(schemas: Schemas, properties: Mapping[str, Property], parts: list[Part]) -> list[Node]:
    """The parts that a class can inherit from, as they are: those whose properties no other part
    says more of."""
    shapes = schemas.shapes
    if schemas.context.importer.inline_all_of_schemas:
        return []
    found: list[Node] = []
    taken: set[str] = set()
    lineage: set[object] = set()
    for part in parts:
        target = shapes.model(part.node) if part.reference is not None else None
        if target is None or not schemas.is_declared(target):
            continue
        theirs = shapes.properties(target)
        line = {location(target)} | shapes.ancestors(target)
        # Two parents with a common ancestor may have no method resolution order.
        if line & lineage or taken & theirs.keys():
            continue
        if any(_differ(each, properties.get(name)) for name, each in theirs.items()):
            continue
        found.append(target)
        lineage |= line
        taken |= theirs.keys()
    return found


def _differ(inherited: Property, property: Property | None) -> bool:
    """Whether a model says more of a property than what it would inherit."""
    if property is None:
        return False
    same = property.node is inherited.node or property.node.value == inherited.node.value
    return not same or property.required != inherited.required


def merged_properties(schemas: Schemas, node: Node, parts: list[Part]) -> dict[str, Property]:
    """All properties of object parts; a property of several parts is all that they say of it."""
    shapes = schemas.shapes
    found: dict[str, Property] = {}
    required: set[str] = set()
    for part in parts:
        lost: frozenset[str] = frozenset()
        if part.reference is not None:
            lost = excluded(schemas, part.node)
        required |= shapes.required(part.node)
        for name, each in shapes.properties(part.node).items():
            if name in lost:
                continue
            found[name] = shapes.joined(node, name, found.get(name), each)
    required |= shapes.required(node)
    return {
        name: replace(each, required=each.required or name in required)
        for name, each in found.items()
    }


def _merged(
    schemas: Schemas, node: Node, parts: list[Part], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """Parts that are not all objects: what all of them admit."""
    written = [part.node if part.reference is None else part.reference for part in parts]
    merged = schemas.shapes.intersection.of_all(written)
    if "$ref" in (merged.mapping or {}):
        return schemas.convert(merged, place)
    bare, _ = without_null(schemas.context, merged)
    kept = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("title", "description", "example", "deprecated", "default", "x-fern-type-name")
    }
    return schemas.shape(virtual(bare, {**(bare.mapping or {}), **kept}), place, id)
