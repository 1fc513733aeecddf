"""The intersection of two schemas, for `allOf` that is not a model.

In JSON Schema, a value must be valid for all parts, in any order. If one of two schemas is
narrower, it is returned unchanged, so that a reference stays a reference; otherwise both are
merged. A contradiction is a warning: the narrower schema is used, or any value is allowed if
neither is narrower.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Protocol

from ...diagnostics import Span
from ...source import Node
from ..document.context import Context, virtual
from ..document.keys import has_values
from ..document.references import place
from .nulls import without_null
from .parts import (
    ANNOTATIONS,
    TYPE_NAMES,
    TYPED_FORMATS,
    Side,
    annotated,
    bounds,
    common_constants,
    common_types,
    is_equivalent,
    narrower_format,
    widened,
)

_MAX_DEPTH = 60


class Queries(Protocol):
    """The queries about schemas that this module needs."""

    def final(self, node: Node) -> Node | None: ...
    def is_object(self, node: Node, depth: int = 0) -> bool: ...
    def variants(self, node: Node) -> tuple[str, list[Node]] | None: ...
    def ancestors(self, node: Node, depth: int = 0) -> set[object]: ...
    def constrains_value(self, value: dict[str, Node]) -> bool: ...


class Intersection:
    """Merges schemas; see the module."""

    def __init__(self, context: Context, queries: Queries) -> None:
        self._context = context
        self._queries = queries

    def of(self, one: Node, two: Node, name: str | None = None, depth: int = 0) -> Node:
        """The intersection of `one` and `two`. `name` is their property, for messages. The result
        may be either of them, with the annotations of both."""
        if one.mapping is None or two.mapping is None or depth > _MAX_DEPTH:
            return two if one.mapping is None else one
        first, second = self._side(one), self._side(two)
        if first is None or second is None:
            return one if first is not None else two
        if place(first.non_null) == place(second.non_null):
            return annotated(one, two)
        for narrow, wide in ((second, first), (first, second)):
            if self._is_within(narrow, wide):
                return annotated(narrow.written, wide.written)
        if self._is_structure(first) and self._is_structure(second):
            return self._structures(first, second)
        for union, other in ((first, second), (second, first)):
            variants = self._queries.variants(union.non_null)
            if variants is not None:
                return self._of_union(union, other, variants, name, depth)
        return self._of_values(first, second, name, depth)

    def of_all(self, nodes: Iterable[Node]) -> Node:
        """The intersection of all schemas; there must be at least one."""
        first, *others = nodes
        for other in others:
            first = self.of(first, other)
        return first

    def _side(self, node: Node) -> Side | None:
        final = self._queries.final(node)
        if final is None or final.mapping is None:
            return None
        non_null, nullable = without_null(self._context, final)
        if "enum" in (non_null.mapping or {}) and not has_values(self._context, non_null):
            rest = {key: node for key, node in (non_null.mapping or {}).items() if key != "enum"}
            non_null = virtual(non_null, rest)
            node = non_null if node is final else node
        return Side(node, non_null, nullable)

    def _is_within(self, narrow: Side, wide: Side) -> bool:
        """Whether `wide` is known to accept all values of `narrow`."""
        if not (wide.value.keys() - ANNOTATIONS - {"nullable", "x-nullable"}):
            return True
        if place(wide.non_null) in self._queries.ancestors(narrow.non_null):
            return True
        variants = self._queries.variants(wide.non_null)
        if variants is not None:
            finals = [self._queries.final(node) for node in variants[1]]
            return any(
                node is not None and place(node) == place(narrow.non_null) for node in finals
            )
        any_object = set(wide.value) - ANNOTATIONS == {"type"} and wide.types == ("object",)
        return any_object and self._is_structure(narrow)

    def _is_structure(self, side: Side) -> bool:
        """Whether it is an object, or a union of objects, which `allOf` converts to models."""
        if self._queries.is_object(side.non_null):
            return True
        variants = self._queries.variants(side.non_null)
        return variants is not None and all(self._queries.is_object(node) for node in variants[1])

    def _structures(self, first: Side, second: Side) -> Node:
        """An `allOf` of both: models and unions of them are combined when they are converted."""
        sides = (first, second)
        if all(set(side.value) - ANNOTATIONS <= {"type", "additionalProperties"} for side in sides):
            extras = [side.value.get("additionalProperties") for side in sides]
            typed = [extra for extra in extras if extra is not None and extra.mapping]
            if len(typed) < 2:
                narrow = second if typed and typed[0] is extras[1] else first
                return annotated(narrow.written, (first if narrow is second else second).written)
            return virtual(
                second.written,
                {
                    **first.value,
                    **second.value,
                    "additionalProperties": self.of(typed[0], typed[1]),
                },
            )
        nodes = [
            side.written if "$ref" in (side.written.mapping or {}) else side.non_null
            for side in sides
        ]
        combined = Node(nodes, second.written.span, second.written.file, second.written.pointer, {})
        return self._nullable(virtual(second.written, {"allOf": combined}), first, second)

    def _of_union(
        self,
        union: Side,
        other: Side,
        keyword_variants: tuple[str, list[Node]],
        name: str | None,
        depth: int,
    ) -> Node:
        """The variants that are compatible with the other schema, each with its additions."""
        keyword, variants = keyword_variants
        theirs = self._queries.variants(other.non_null)
        choices = theirs[1] if theirs is not None else [other.written]
        matching: list[Node] = []
        for variant in variants:
            for choice in choices:
                first, second = self._side(variant), self._side(choice)
                if first is not None and second is not None and self._can_meet(first, second):
                    matching.append(self.of(variant, choice, name, depth + 1))
        if not matching:
            return self._conflict(union, other, name)
        if len(matching) == 1:
            return self._nullable(annotated(matching[0], other.written), union, other)
        if len(matching) == len(variants) and all(
            a is b for a, b in zip(matching, variants, strict=True)
        ):
            return annotated(union.written, other.written)
        listed = Node(
            matching, union.non_null.span, union.non_null.file, union.non_null.pointer, {}
        )
        siblings = {
            key: child for key, child in union.value.items() if key not in ("oneOf", "anyOf")
        }
        return self._nullable(virtual(union.written, {**siblings, keyword: listed}), union, other)

    def _can_meet(self, first: Side, second: Side) -> bool:
        """Whether a value of both is possible, judging by types and constants."""
        if self._is_structure(first) or self._is_structure(second):
            return self._is_structure(first) and self._is_structure(second)
        one, two = first.types, second.types
        if one and two and not common_types(one, two):
            return False
        if first.choices is not None and second.choices is not None:
            return bool(common_constants(first.choices, second.choices))
        written = {
            str(side.value["format"].value) for side in (first, second) if "format" in side.value
        }
        return len(written & TYPED_FORMATS) < 2

    def _of_values(self, first: Side, second: Side, name: str | None, depth: int) -> Node:
        """The intersection of scalars, enums and lists."""
        if self._is_structure(first) or self._is_structure(second):
            return self._conflict(first, second, name)
        merged = {**first.value, **second.value}
        types = common_types(first.types, second.types)
        if first.types and second.types and not types:
            return self._conflict(first, second, name)
        if types:
            holder = second.value.get("type") or first.value.get("type") or second.non_null
            texts = [Node(type_, holder.span, holder.file, holder.pointer, {}) for type_ in types]
            listed = Node(texts, holder.span, holder.file, holder.pointer, {})
            merged["type"] = texts[0] if len(texts) == 1 else listed
        chosen = self._choices(first, second, types)
        if chosen is not None:
            if not chosen:
                return self._conflict(first, second, name)
            merged.pop("const", None)
            holder = chosen[0]
            merged["enum"] = Node(chosen, holder.span, holder.file, holder.pointer, {})
        format_ = narrower_format(first, second)
        if format_ is None:
            return self._conflict(first, second, name)
        merged.update(format_)
        if "items" in first.value and "items" in second.value:
            merged["items"] = self.of(first.value["items"], second.value["items"], name, depth + 1)
        merged.update(bounds(first.value, second.value))
        for side, other in ((second, first), (first, second)):
            if side.nullable <= other.nullable and is_equivalent(merged, side):
                return annotated(side.written, other.written)
        return self._nullable(virtual(second.written, merged), first, second)

    def _choices(self, first: Side, second: Side, types: tuple[str, ...]) -> list[Node] | None:
        """The constants that both accept; None if neither has constants."""
        one, two = first.choices, second.choices
        if one is not None and two is not None:
            common = common_constants(two, one)
            if not common and 1 in (len(one), len(two)) and len(one) != len(two):
                # A list with fewer values is narrower.
                self._warn(first, second, None)
                return one if len(one) == 1 else two
            return common
        nodes = one if one is not None else two
        if nodes is None or not types:
            return nodes
        return [node for node in nodes if TYPE_NAMES.get(type(node.value)) in widened(types)]

    def _nullable(self, node: Node, first: Side, second: Side) -> Node:
        """The schema with null, if both accept it."""
        if not (first.nullable and second.nullable):
            return node
        flag = Node(True, node.span, node.file, node.pointer, {})
        return virtual(node, {**(node.mapping or {}), "nullable": flag})

    def _conflict(self, first: Side, second: Side, name: str | None) -> Node:
        """Any value, and a warning."""
        self._warn(first, second, name)
        merged = {**first.value, **second.value}
        annotations = {
            key: child for key, child in merged.items() if key in ANNOTATIONS - {"default"}
        }
        return virtual(second.written, annotations)

    def _warn(self, first: Side, second: Side, name: str | None) -> None:
        one, two = (self._type_names(side) for side in (first, second))
        what = (
            f"'{name}' is {two} here and {one}" if name is not None else f"this is {two}, and {one}"
        )
        self._context.diagnostics.warning(
            "conflicting-allof",
            f"{what} in another part of this 'allOf': no value matches both",
            _span(second),
            hint="use the same type in both parts",
            related=[("the other part is here", _span(first))],
        )

    def _type_names(self, side: Side) -> str:
        if self._is_structure(side):
            return "an object"
        if side.choices is not None:
            values = [json.dumps(choice.json(), ensure_ascii=False) for choice in side.choices[:5]]
            return f"one of {', '.join(values)}" if len(side.choices) > 1 else values[0]
        format_ = side.value["format"].string if "format" in side.value else None
        description = f"of type {' or '.join(side.types)}" if side.types else "of another type"
        return description + (f" and format {format_}" if format_ is not None else "")


def _span(side: Side) -> Span:
    written = side.written.get("$ref")
    return written.span if written is not None else side.written.span
