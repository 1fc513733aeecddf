"""Converts `allOf` that is not a model: a single part, or the intersection of all parts."""

from __future__ import annotations

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...source import Node
from ..document.context import virtual
from .conversion import Conversion
from .nulls import without_null
from .parts import bounds
from .queries import Part


def single(
    schemas: Conversion, node: Node, part: Part, place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """An `allOf` with one part is that part: in OpenAPI 3.0 this is the only way to annotate a
    `$ref`."""
    if part.reference is not None:
        return schemas.convert(part.reference, place)
    value = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("title", "description", "example", "deprecated", "default", "type")
    }
    own = part.node.mapping or {}
    # Members that only limit the value are no parts of their own.
    members = [element.mapping or {} for element in schemas.context.elements(node, "allOf")]
    limits = bounds(*(x for x in members if "$ref" not in x and "allOf" not in x), own)
    inner = virtual(part.node, {**own, **limits, **value})
    if "allOf" in (part.node.mapping or {}):
        inner = part.node
    return schemas.shape(inner, place, id)


def merged(
    schemas: Conversion, node: Node, parts: list[Part], place: NameContext, id: str
) -> ir.Type | ir.Declaration:
    """Parts that are not all objects: their intersection."""
    written = [part.node if part.reference is None else part.reference for part in parts]
    merged = schemas.schema_queries.intersection.of_all(written)
    if "$ref" in (merged.mapping or {}):
        return schemas.convert(merged, place)
    non_null, _ = without_null(schemas.context, merged)
    annotations = {
        key: child
        for key, child in (node.mapping or {}).items()
        if key in ("title", "description", "example", "deprecated", "default", "x-fern-type-name")
    }
    return schemas.shape(virtual(non_null, {**(non_null.mapping or {}), **annotations}), place, id)
