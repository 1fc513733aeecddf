"""`allOf`: one part alone, a model with parents, a union with what is common, a merged scalar."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import ir
from ..diagnostics import Span
from ..source import Node
from . import allof_of_union, undescribed
from .combine import union_of
from .context import virtual
from .name_parts import Place
from .objects import excluded, extra, field
from .ref_names import words_of_target
from .references import place as location
from .schema_queries import Part, Property

if TYPE_CHECKING:
    from .schema_converter import Schemas


def all_of(schemas: Schemas, node: Node, place: Place, id: str) -> ir.Type | ir.Declaration:
    """A schema with `allOf`: one part alone, a model with parents, a union, or a merged scalar."""
    shapes, context = schemas.shapes, schemas.context
    parts = shapes.parts(node)
    if len(parts) == 1 and not _only_requires(parts[0]):
        return _single(schemas, node, parts[0], place, id)
    objects = [part for part in parts if _is_object(schemas, part)]
    if len(objects) == len(parts):
        return model(schemas, node, parts, place, id)
    split = [part for part in parts if shapes.is_union(_resolved(schemas, part))]
    if split and len(objects) + len(split) == len(parts):
        if len(split) > 1:
            context.warning(
                "not-expressible",
                "an 'allOf' of several unions keeps the variants of the first only",
                split[1].span,
            )
        return allof_of_union.distribute(schemas, node, split[0], objects, place, id)
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


def _is_object(schemas: Schemas, part: Part) -> bool:
    return schemas.shapes.is_object(part.node)


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
    parents = [] if flat else _parents(schemas, node, parts)
    inherited: set[str] = set()
    for parent in parents:
        inherited |= schemas.shapes.properties(parent).keys()
    fields: list[ir.Field] = []
    for name, each in merged_properties(schemas, node, parts).items():
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
    return known.get(match[1].replace("~1", "/").replace("~0", "~")) if known is not None else None


def _parents(schemas: Schemas, node: Node, parts: list[Part]) -> list[Node]:
    """The parts that a class can inherit from, as they are."""
    shapes = schemas.shapes
    if schemas.context.importer.inline_all_of_schemas:
        return []
    own: dict[str, Node] = {}
    required: set[str] = set()
    for part in parts:
        required |= shapes.required(part.node) if part.reference is None else set()
        if part.reference is None:
            own.update(dict(shapes.declared(part.node.mapping or {})))
    candidates: list[tuple[Part, Node]] = []
    for part in parts:
        if part.reference is None:
            continue
        target = shapes.model(part.node)
        if target is None or not schemas.is_declared(target):
            continue
        candidates.append((part, target))
    found: list[Node] = []
    taken: dict[str, Node] = {}
    lineage: set[object] = set()
    for _, target in candidates:
        properties = shapes.properties(target)
        line = {location(target)} | shapes.ancestors(target)
        # Two parents with a common ancestor may have no method resolution order.
        if line & lineage:
            continue
        if any(name in own or name in taken for name in properties):
            continue
        if any(name in required and not each.required for name, each in properties.items()):
            continue
        found.append(target)
        lineage |= line
        taken.update({name: each.node for name, each in properties.items()})
    return found


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
            before = found.get(name)
            if before is None or location(before.node) == location(each.node):
                found[name] = each
            else:
                merged = _both(schemas, name, before, each)
                found[name] = replace(merged, required=before.required or each.required)
    required |= shapes.required(node)
    return {
        name: replace(each, required=each.required or name in required)
        for name, each in found.items()
    }


_ANNOTATIONS = (
    "description",
    "title",
    "example",
    "examples",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
)


def _both(schemas: Schemas, name: str, first: Property, second: Property) -> Property:
    """A property that two parts declare: the later one, which is the narrower in practice."""
    one, two = first.node, second.node
    if one.mapping is None or two.mapping is None:
        return second
    shapes = schemas.shapes
    says_two = shapes.says_something(two.mapping) or "type" in two.mapping
    says_one = shapes.says_something(one.mapping) or "type" in one.mapping
    if says_one and not says_two:
        if "$ref" in one.mapping:
            return replace(first, node=virtual(one, {**two.mapping, **one.mapping}))
        return replace(first, node=virtual(one, {**one.mapping, **two.mapping}))
    if not says_one:
        return second
    _check_conflict(schemas, name, first, second)
    in_place = "$ref" not in one.mapping and "$ref" not in two.mapping
    if in_place and shapes.model(one) is not None and shapes.model(two) is not None:
        both = Node([one, two], two.span, two.file, two.pointer, {})
        return replace(second, node=virtual(two, {"allOf": both}))
    kept = {
        key: one.mapping[key]
        for key in _ANNOTATIONS
        if key in one.mapping and "$ref" not in two.mapping
    }
    return replace(second, node=virtual(two, {**kept, **two.mapping}))


_SCALARS = frozenset({"string", "integer", "number", "boolean", "array", "object"})


def _check_conflict(schemas: Schemas, name: str, first: Property, second: Property) -> None:
    one = _type_name(schemas, first.node)
    two = _type_name(schemas, second.node)
    if one is None or two is None or one == two or {one, two} == {"integer", "number"}:
        return
    schemas.context.diagnostics.warning(
        "conflicting-allof",
        f"'{name}' is of type {two} here and of type {one} in another part of this 'allOf'",
        second.key_span,
        hint="no value can be both; give the property one type",
        related=[("the other part says so here", first.key_span)],
    )


def _type_name(schemas: Schemas, node: Node) -> str | None:
    target = schemas.shapes.final(node)
    written = target.get("type") if target is not None else None
    if written is None or not isinstance(written.value, str):
        return None
    return written.value if written.value in _SCALARS else None


def _merged(
    schemas: Schemas, node: Node, parts: list[Part], place: Place, id: str
) -> ir.Type | ir.Declaration:
    """Parts that are no objects: one says what the value is, the others narrow it."""
    types = {name: part for part in parts if (name := _type_name(schemas, part.node)) is not None}
    if len(types) > 1 and set(types) != {"integer", "number"}:
        names = list(types)
        schemas.context.diagnostics.warning(
            "conflicting-allof",
            f"an 'allOf' of type {names[0]} and of type {names[1]} admits nothing",
            types[names[1]].span,
            hint="no value can be both; take one of them out",
            related=[("the other one is here", types[names[0]].span)],
        )
        return ir.Unknown(span=node.span)
    for part in parts:
        if part.reference is not None and not schemas.shapes.is_object(part.node):
            return schemas.convert(part.reference, place)
    combined: dict[str, Node] = {}
    for part in parts:
        if part.reference is None:
            combined.update(part.node.mapping or {})
    combined.pop("allOf", None)
    if not combined:
        return ir.Unknown(span=node.span)
    return schemas.shape(virtual(node, combined), place, id)
