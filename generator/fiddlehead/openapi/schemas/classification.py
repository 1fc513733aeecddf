"""Classifies a schema before it is converted: its kind, with its parts.

The most specific kind is tested first: a type in Fern's syntax, constants, the parts of `allOf`, a
hierarchy, the variants of a union, and finally `type` and the keys that imply it.
"""

from __future__ import annotations

from typing import TypeAlias

from ...frozen import dataclass
from ...source import Node
from ..document.context import Context
from ..document.keys import has_values
from .discriminators import is_discriminated
from .hierarchies import has_mapping
from .parts import ANNOTATIONS
from .queries import Part, SchemaQueries


@dataclass(frozen=True, slots=True)
class FernType:
    """`x-fern-type`, which replaces everything else."""


@dataclass(frozen=True, slots=True)
class Constant:
    """`const`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`enum`."""


@dataclass(frozen=True, slots=True)
class OnePart:
    """`allOf` with one part, which is equivalent to that part."""

    part: Part


@dataclass(frozen=True, slots=True)
class Composition:
    """`allOf` of objects: a model."""

    parts: list[Part]


@dataclass(frozen=True, slots=True)
class UnionWithCommonParts:
    """`allOf` of a union of objects and of the common properties of its variants."""

    union: Part
    common: list[Part]


@dataclass(frozen=True, slots=True)
class Intersected:
    """Any other `allOf`: the intersection of all parts."""

    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """An object whose discriminator maps to schemas that inherit from it."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`oneOf` or `anyOf`, with its variants."""

    keyword: str
    variants: list[Node]


@dataclass(frozen=True, slots=True)
class Plain:
    """An object, a map, a list or a scalar, by `type` and its other keys."""


Kind: TypeAlias = (
    FernType
    | Constant
    | Choice
    | OnePart
    | Composition
    | UnionWithCommonParts
    | Intersected
    | Hierarchy
    | Alternatives
    | Plain
)


def classify(context: Context, schema_queries: SchemaQueries, node: Node) -> Kind:
    """The kind of a schema that is not a reference, after null was removed."""
    value = node.mapping or {}
    if "x-fern-type" in value:
        return FernType()
    if "const" in value:
        return Constant()
    if has_values(context, node):
        return Choice()
    if schema_queries.hierarchies.is_base(node) and (
        not has_mapping(node) or is_discriminated(context, node)
    ):
        return Hierarchy()
    if "allOf" in value and context.elements(node, "allOf"):
        return _all_of(context, schema_queries, node)
    variants = schema_queries.variants(node)
    return Alternatives(*variants) if variants is not None else Plain()


def _all_of(context: Context, schema_queries: SchemaQueries, node: Node) -> Kind:
    parts = schema_queries.parts(node)
    if not any(
        schema_queries.is_object(part.node) or schema_queries.is_union(part.node) for part in parts
    ):
        # Next to other objects, `type: object` alone adds nothing; here it is a contradiction.
        parts += [
            Part(element) for element in context.elements(node, "allOf") if _is_any_object(element)
        ]
    if len(parts) == 1 and _is_new_type(context, node, parts[0]):
        is_model = schema_queries.is_object(parts[0].node)
        return Composition(parts) if is_model else OnePart(Part(parts[0].node))
    if len(parts) == 1 and not _only_requires(parts[0]):
        if schema_queries.hierarchies.has_subclass(parts[0].node, node):
            return Composition(parts)
        return OnePart(parts[0])
    objects = [part for part in parts if schema_queries.is_object(part.node)]
    if len(objects) == len(parts):
        return Composition(parts)
    split = [part for part in parts if _is_union_of_objects(schema_queries, part)]
    if split and len(objects) + len(split) == len(parts):
        return UnionWithCommonParts(split[0], [*objects, *split[1:]])
    return Intersected(parts)


def _is_new_type(context: Context, node: Node, part: Part) -> bool:
    """Whether a `$ref` and members that only annotate it are a type of their own (layout `fern`).

    Before version 5 of Fern's CLI, only a member with `type: object` has this effect.
    """
    if context.settings.layout != "fern" or part.reference is None:
        return False
    annotations = [
        member for member in context.elements(node, "allOf") if "$ref" not in (member.mapping or {})
    ]
    if context.importer.annotated_all_of_is_type:
        return any(member.mapping for member in annotations)
    return any(_is_any_object(member) for member in annotations)


def _resolved(schema_queries: SchemaQueries, part: Part) -> Node:
    """The schema of a part, through `allOf`s with only one reference."""
    node, depth = part.node, 0
    while "allOf" in (node.mapping or {}) and depth < 60:
        parts = schema_queries.parts(node)
        if len(parts) != 1:
            break
        node, depth = parts[0].node, depth + 1
    return node


def _is_union_of_objects(schema_queries: SchemaQueries, part: Part) -> bool:
    variants = schema_queries.variants(_resolved(schema_queries, part))
    return variants is not None and any(schema_queries.is_object(node) for node in variants[1])


def _is_any_object(member: Node) -> bool:
    value = member.mapping or {}
    return "type" in value and value["type"].value == "object" and value.keys() <= _ANY_OBJECT


_ANY_OBJECT = ANNOTATIONS | {"type", "additionalProperties"}


def _only_requires(part: Part) -> bool:
    return part.reference is None and set(part.node.mapping or {}) <= {"required"}
