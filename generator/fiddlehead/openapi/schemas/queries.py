"""Queries about schemas that do not convert them: objects, unions and their parts."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator

from ...diagnostics import Span
from ...frozen import dataclass, replace
from ...source import Node
from ..document.context import Context, virtual
from ..document.extensions import is_wanted, wanted_properties
from ..document.references import place
from . import optional_variants
from .hierarchies import Hierarchies
from .intersection import Intersection
from .nulls import is_null
from .parts import same_but_for_annotations
from .required_properties import RequiredProperties, only_requires

_OBJECT_KEYS = frozenset(
    [
        "properties",
        "additionalProperties",
        "patternProperties",
        "unevaluatedProperties",
        "propertyNames",
    ]
)
_STRUCTURE = _OBJECT_KEYS | frozenset(
    [
        "items",
        "prefixItems",
        "enum",
        "const",
        "oneOf",
        "anyOf",
        "allOf",
        "required",
        "format",
        "pattern",
        "$ref",
        "x-fern-type",
    ]
)
"""Keys that restrict a value beyond its type; other keys are annotations and assertions."""

_CONSTRAINTS = frozenset(
    ["required", "not", "minProperties", "maxProperties", "if", "then", "else", "description"]
)

MAX_PARENTS = 60
"""The longest chain of schemas through `allOf`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A member of an `allOf`, including nested ones: an inline schema, or the target of a `$ref`."""

    node: Node
    reference: Node | None = None
    """The node with the `$ref`, if it is a reference; `node` is then its target."""

    @property
    def span(self) -> Span:
        return (self.reference or self.node).span


@dataclass(frozen=True, slots=True)
class Property:
    node: Node
    required: bool
    owner: Node
    """The schema that declares the property; inline schemas are named after it."""


class SchemaQueries:
    """Queries about schemas, with a cache."""

    def __init__(self, context: Context, hierarchies: Hierarchies) -> None:
        self._context = context
        self.hierarchies = hierarchies
        self.intersection = Intersection(context, self)
        # By identity. Each node is kept alive, because an id is unique only while its object lives.
        self._objects: dict[int, tuple[Node, bool]] = {}
        self._expanded: set[int] = set()
        self._ancestors: dict[int, tuple[Node, set[object]]] = {}
        self._properties: dict[int, tuple[Node, dict[str, Property]]] = {}
        self._reads: dict[tuple[str, int], set[str]] = {}
        """The components visited for a cached result, if they are recorded."""

    def final(self, node: Node) -> Node | None:
        return self._context.references.final(node)

    def parts(self, node: Node, depth: int = 0) -> list[Part]:
        """The parts of a schema with `allOf`: the members in order, then the keys next to it."""
        value = node.mapping or {}
        if "allOf" not in value:
            return [Part(node)]
        parts: list[Part] = []
        if depth <= MAX_PARENTS:
            for member in self._context.elements(node, "allOf"):
                parts += self._member(member, depth)
        own = {key: child for key, child in value.items() if key != "allOf"}
        if not parts or self.constrains_value(own):
            parts.append(Part(virtual(node, own)))
        if len(parts) > 1 and self._context.settings.layout == "fern":
            # Fern does not apply `required` to inherited properties.
            if any(part.reference is not None for part in parts):
                parts = [
                    part
                    for part in parts
                    if part.reference is not None or not only_requires(part.node)
                ]
            return [alternative for part in parts for alternative in self._alternatives(part)]
        return parts

    def _alternatives(self, part: Part) -> list[Part]:
        """A part; for a union of objects, as in Fern, objects with the properties of all variants."""
        node = part.node
        if not self.is_union(node) or id(node) in self._expanded:
            return [part]
        self._expanded.add(id(node))
        try:
            objects = optional_variants.objects(self, node)
        finally:
            self._expanded.discard(id(node))
        return [Part(node) for node in objects] if objects else [part]

    def _member(self, member: Node, depth: int) -> list[Part]:
        if isinstance(member.value, bool):
            return []
        if not self._context.is_mapping(member, "a member of 'allOf'"):
            return []
        if not is_wanted(self._context, member):
            return []
        assert member.mapping is not None
        if "$ref" in member.mapping:
            target = self.final(member)
            if target is None or not self._context.is_mapping(target, "a schema"):
                return []
            if self.hierarchies.lists_subclasses(target):
                # A subclass has the properties of its base, but not the other subclasses.
                return [Part(virtual(target, union_siblings(target)))]
            return [Part(target, member)]
        if "allOf" in member.mapping:
            return self.parts(member, depth + 1)
        return [Part(member)] if self.constrains_value(member.mapping) else []

    @staticmethod
    def constrains_value(value: dict[str, Node]) -> bool:
        """Whether a schema restricts a value by more than its type."""
        for key in value:
            if key in _STRUCTURE:
                if key == "additionalProperties" and isinstance(value[key].value, bool):
                    continue
                if key == "required" and not value[key].list:
                    continue
                return True
        return bool("type" in value and value["type"].value not in ("object", None))

    def variants(self, node: Node) -> tuple[str, list[Node]] | None:
        """The variants of `oneOf` or `anyOf`, unless they only have `required`."""
        value = node.mapping or {}
        for key in ("oneOf", "anyOf"):
            if key not in value:
                continue
            elements = self._context.elements(node, key)
            if not elements or all(_constrains(node) for node in elements):
                continue
            return key, elements
        return None

    def is_union(self, node: Node) -> bool:
        return self.variants(node) is not None

    def is_object(self, node: Node, depth: int = 0) -> bool:
        """Whether a schema can only be a JSON object that is not a union. An object that inherits
        from itself is not."""
        target = self.final(node)
        if target is None or target.mapping is None or depth > MAX_PARENTS:
            return False
        known = self._objects.get(id(target))
        if known is None:
            self._objects[id(target)] = (target, False)
            with self._noted("object", target):
                known = (target, self._is_object(target, target.mapping, depth))
            self._objects[id(target)] = known
        self._note("object", target)
        return known[1]

    @contextlib.contextmanager
    def _noted(self, what: str, node: Node) -> Generator[None, None, None]:
        """Record the components visited in the block with the cached result about a node."""
        reads = self._context.references.reads
        if reads is None:
            yield
            return
        with reads.apart() as names:
            yield
        self._reads[what, id(node)] = names

    def _note(self, what: str, node: Node) -> None:
        """Record again the components visited for a cached result."""
        reads = self._context.references.reads
        if reads is not None:
            reads.again(self._reads.get((what, id(node)), set()))

    def release(self) -> None:
        """Clear the cache, after the last query."""
        self._objects.clear()
        self._ancestors.clear()
        self._properties.clear()
        self._reads.clear()

    def _is_object(self, target: Node, value: dict[str, Node], depth: int) -> bool:
        if "x-fern-type" in value or self.is_union(target):
            return False
        if "allOf" in value:
            return all(self.is_object(part.node, depth + 1) for part in self.parts(target))
        if _OBJECT_KEYS & value.keys():
            return True
        type_ = value.get("type")
        if type_ is not None:
            names = [element.value for element in type_.elements() if element.value != "null"]
            return type_.value == "object" or names == ["object"]
        return bool("required" in value and not {"enum", "const", "items"} & value.keys())

    def model(self, node: Node, depth: int = 0) -> Node | None:
        """The schema of a class: the schema itself, or the only one that it refers to."""
        target = self.final(node)
        value = target.mapping if target is not None else None
        if target is None or value is None or depth > MAX_PARENTS or not self.is_object(target):
            return None
        if "allOf" in value:
            parts = self.parts(target)
            if self.hierarchies.is_base(target):
                return None
            if len(parts) == 1:
                return self.model(parts[0].node, depth + 1)
            return target
        return target if "properties" in value and not self.hierarchies.is_base(target) else None

    def properties(self, node: Node, depth: int = 0) -> dict[str, Property]:
        """The properties of an object schema, including those of its base classes."""
        known = self._properties.get(id(node))
        if known is None:
            known = (node, dict[str, Property]())
            self._properties[id(node)] = known
            with self._noted("properties", node):
                self._collect_properties(node, known[1], depth)
        self._note("properties", node)
        return known[1]

    def _collect_properties(self, node: Node, properties: dict[str, Property], depth: int) -> None:
        required = RequiredProperties(self._context, self, node)
        if depth <= MAX_PARENTS:
            for part in self.parts(node):
                value = part.node.mapping or {}
                if part.reference is not None:
                    inherited = self.properties(part.node, depth + 1)
                    required.inherit(inherited)
                    for name, prop in inherited.items():
                        properties[name] = self.joined(node, name, properties.get(name), prop)
                    required.add({name for name, prop in inherited.items() if prop.required})
                    continue
                named = self.required(part.node)
                required.add_part(part.node)
                again = required.declare_again(properties, part.node)
                for name, child in self.declared(value):
                    declared = Property(child, name in named, part.node)
                    if again.get(name) == "same":
                        continue
                    if name in properties and again.get(name) != "other":
                        declared = self.joined(node, name, properties[name], declared)
                    properties[name] = declared
        for name, prop in list(properties.items()):
            wanted = required.is_required(name, prop)
            if wanted is not prop.required:
                properties[name] = Property(prop.node, wanted, prop.owner)

    def joined(self, node: Node, name: str, one: Property | None, two: Property) -> Property:
        """A property of the schema `node` that several parts define."""
        if one is None:
            return two
        merged = self.intersection.of(one.node, two.node, name)
        required = one.required or two.required
        for prop in (one, two):
            if same_but_for_annotations(merged, prop.node):
                return replace(prop, node=merged, required=required)
        return Property(merged, required, node)

    def required(self, node: Node) -> set[str]:
        value = node.mapping or {}
        listed = value.get("required")
        # `required: true` on a property is a mistake carried over from parameters, and is ignored.
        if listed is None or isinstance(listed.value, bool):
            return set()
        return set(self._context.strings(node, "required"))

    def declared(self, value: dict[str, Node]) -> Iterator[tuple[str, Node]]:
        """The properties that a schema itself declares, for the audiences of this run."""
        holder = value.get("properties")
        if holder is None or holder.value is None:
            return
        if not self._context.is_mapping(holder, "'properties'"):
            return
        yield from wanted_properties(self._context, holder.items())

    def ancestors(self, node: Node, depth: int = 0) -> set[object]:
        """The keys of all schemas that a schema inherits from through `allOf`."""
        known = self._ancestors.get(id(node))
        if known is None:
            known = (node, set[object]())
            self._ancestors[id(node)] = known
            with self._noted("ancestors", node):
                self._collect_ancestors(node, known[1], depth)
        self._note("ancestors", node)
        return known[1]

    def _collect_ancestors(self, node: Node, ancestors: set[object], depth: int) -> None:
        if depth > MAX_PARENTS or "allOf" not in (node.mapping or {}):
            return
        for part in self.parts(node):
            if part.reference is not None and place(part.node) not in ancestors:
                ancestors.add(place(part.node))
                ancestors |= self.ancestors(part.node, depth + 1)


def _constrains(variant: Node) -> bool:
    """Whether a variant only restricts the schema that contains it."""
    value = variant.mapping
    return value is not None and not is_null(variant) and value.keys() <= _CONSTRAINTS


def union_siblings(node: Node) -> dict[str, Node]:
    """The keys next to a union, which apply to all its variants."""
    return {
        key: child
        for key, child in (node.mapping or {}).items()
        if key not in ("oneOf", "anyOf", "discriminator")
    }
