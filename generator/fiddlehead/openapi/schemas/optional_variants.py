"""A union inside an `allOf`: in Fern, and so in layout `fern`, the object has the properties of all
variants, and none of them is required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ...source import Node
from ..document.context import virtual
from .parts import equal_but_for_annotations


class _Declared(Protocol):
    @property
    def node(self) -> Node: ...


class _Queries(Protocol):
    """The part of `SchemaQueries` that is used here."""

    def final(self, node: Node) -> Node | None: ...
    def variants(self, node: Node) -> tuple[str, list[Node]] | None: ...
    def is_object(self, node: Node) -> bool: ...
    def properties(self, node: Node) -> Mapping[str, _Declared]: ...


def objects(queries: _Queries, union: Node) -> list[Node]:
    """The objects that together have the properties of a union; none unless all its variants are
    objects."""
    variants = queries.variants(union)
    finals = [queries.final(variant) for variant in variants[1]] if variants else []
    inner = [final for final in finals if final is not None and queries.is_object(final)]
    if not inner or len(inner) < len(finals):
        return []
    choices: dict[str, list[Node]] = {}
    for final in inner:
        for name, prop in queries.properties(final).items():
            listed = choices.setdefault(name, [])
            if not any(equal_but_for_annotations(prop.node, other) for other in listed):
                listed.append(prop.node)
    properties = {name: _any_of(listed) for name, listed in choices.items()}
    declared = virtual(inner[0].get("properties") or inner[0], properties)
    result = [virtual(inner[0], {"properties": declared})]
    siblings = {
        key: child for key, child in (union.mapping or {}).items() if key not in ("oneOf", "anyOf")
    }
    return [virtual(union, siblings), *result] if "properties" in siblings else result


def _any_of(listed: list[Node]) -> Node:
    """A schema for any of several ones."""
    first = listed[0]
    if len(listed) == 1:
        return first
    return virtual(first, {"anyOf": Node(listed, first.span, first.file, first.pointer, {})})
