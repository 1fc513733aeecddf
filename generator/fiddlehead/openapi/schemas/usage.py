"""Counts the references in the whole description, before anything is read.

Two of Fern's rules need this. A component that is used only once, as a request body, is inlined
into the arguments of the method. And the discriminator is removed from a schema that is only ever a
variant of unions with that discriminator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...source import Node
from ..document.context import Context
from ..document.extensions import check_extension
from ..document.references import place as location
from . import unread_references
from .discriminators import discriminator_of, is_turned_off, mapped_reference
from .hierarchies import Hierarchies, base_property
from .ids import SchemaIds
from .unread_references import DATA, EXTENSIONS, NAMED, node_at


@dataclass
class Usage:
    """The uses of each target of a `$ref`, by kind. Targets are reference strings."""

    total: Counter[str] = field(default_factory=Counter[str])
    plain: Counter[str] = field(default_factory=Counter[str])
    """Uses that are neither a variant of a discriminated union nor an `allOf`."""
    tags: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The discriminators of the unions that have a target as a variant."""
    constants: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """The value of each discriminator of a target, where Fern's importer makes it a literal in the
    target (`prefer-undiscriminated-unions-with-literals`, or `x-fern-undiscriminated` of the
    union); of several, the last."""
    subclasses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The components whose `allOf` refers to a target directly."""
    parts: set[str] = field(default_factory=set[str])
    """The targets in any `allOf`."""
    complete: set[str] = field(default_factory=set[str])
    """The targets outside of any `allOf`."""
    _excluded: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def excluded(self, target: str) -> frozenset[str]:
        """The properties that a component loses because they are discriminators of unions."""
        known = self._excluded.get(target)
        if known is not None:
            return known
        # During the recursion, a component that inherits from itself adds nothing.
        self._excluded[target] = frozenset()
        result: frozenset[str] = frozenset()
        if not self.plain[target]:
            options: list[frozenset[str]] = []
            if target in self.tags:
                options.append(frozenset(self.tags[target]))
            options += [self.excluded(subclass) for subclass in sorted(self.subclasses[target])]
            if options:
                result = options[0]
                for option in options[1:]:
                    result &= option
        self._excluded[target] = result
        return result


def count(context: Context, hierarchies: Hierarchies, known: frozenset[str] = frozenset()) -> Usage:
    """Walk the root file, and all that it refers to in other files; also warns about unknown
    extensions, except those in `known`."""
    usage = Usage()
    remove = context.importer.remove_discriminants_from_schemas == "always"
    walk = _Walk(context, usage, remove, known, hierarchies)
    walk.run(context.root)
    for property, subclass in hierarchies.every_unmapped():
        target = walk.mapped(subclass.reference)
        usage.total[target] += 1
        if remove and property is not None:
            usage.tags[target].add(property)
    return usage


def count_component(context: Context, node: Node, owner: str) -> Usage:
    """The same for one component, whose reference is `owner`."""
    usage = Usage()
    remove = context.importer.remove_discriminants_from_schemas == "always"
    _Walk(context, usage, remove, frozenset()).run(node, owner)
    return usage


class _Walk:
    def __init__(
        self,
        context: Context,
        usage: Usage,
        remove_tags: bool,
        known: frozenset[str],
        hierarchies: Hierarchies | None = None,
    ) -> None:
        """`hierarchies` adds the subclasses of schemas in other files."""
        self._hierarchies = hierarchies
        self._context = context
        self._known = known
        self._usage = usage
        self._ids = SchemaIds(context)
        components = context.root.get("components")
        self._components = components.get("schemas") if components is not None else None
        self._visited: set[object] = set()
        """The visited targets in other files."""
        self._remove = remove_tags and not (
            context.importer.prefer_undiscriminated_unions_with_literals
        )

    def run(self, root: Node, owner: str | None = None) -> None:
        # A stack instead of recursion, because a file can be nested deeply.
        stack: list[tuple[Node, bool, str | None, str | None]] = [(root, False, None, owner)]
        while stack:
            node, named, role, owner = stack.pop()
            unread = node.unread if owner is None else None
            if unread is not None and self._ids.is_own(node):
                uses, parts = unread_references.references(unread, named, role)
                for use in uses:
                    self._count(*use)
                # Otherwise the value itself needs its nodes.
                if parts != [(None, role)]:
                    stack += [
                        (node_at(node, keys), False, place, None) for keys, place in parts[::-1]
                    ]
                    continue
            value = node.value
            if isinstance(value, list):
                stack += [(child, False, role, owner) for child in value]
                continue
            if not isinstance(value, dict):
                continue
            if named:
                owned = node is self._components
                stack += [
                    (child, False, None, self._ids.key(child) if owned else None)
                    for child in value.values()
                    if child.may_hold_nodes
                ]
                continue
            tag = self._tag(node, value)
            if "$ref" in value:
                target = self._elsewhere(node)
                if target is not None:
                    targets = [target, *self._subclasses(target)]
                    stack += [(node, False, None, self._ids.key(node)) for node in targets]
                if owner is None or not self._ids.is_name(node):
                    self._reference(node, role)
            for key, child in value.items():
                if key.startswith(EXTENSIONS) and key not in self._known:
                    check_extension(self._context, node, key)
                if (
                    not child.may_hold_nodes
                    or key in DATA
                    or not isinstance(child.value, (dict, list))
                ):
                    continue
                if key in ("oneOf", "anyOf"):
                    stack.append((child, False, f"tag:{tag}" if tag else None, None))
                elif key == "allOf":
                    stack.append((child, False, f"heir:{owner or ''}", None))
                else:
                    # `parameters` is a list in an operation and a map in the components.
                    is_map = key in NAMED and isinstance(child.value, dict)
                    if key == "x-fern-examples":
                        continue
                    stack.append((child, is_map, None, None))

    def _elsewhere(self, node: Node) -> Node | None:
        """The target of a reference in another file, once."""
        if self._ids.is_inside(node):
            return None
        target = self._context.references.target(node)
        if target is None or self._ids.is_own(target) or location(target) in self._visited:
            return None
        self._visited.add(location(target))
        return target

    def _subclasses(self, base: Node) -> Iterator[Node]:
        """The subclasses of a schema in another file which nothing else may refer to."""
        if self._hierarchies is None or base_property(base) is None:
            return
        for subclass in self._hierarchies.unmapped(base):
            node = subclass.node
            if not self._ids.is_own(node) and location(node) not in self._visited:
                self._visited.add(location(node))
                yield node

    def _reference(self, node: Node, role: str | None) -> None:
        target = self._ids.reference(node)
        if target is not None:
            self._count(target, role)

    def _count(self, target: str, role: str | None) -> None:
        self._usage.total[target] += 1
        if role is None or not role.startswith("heir:"):
            self._usage.complete.add(target)
        if role is not None and role.startswith("tag:"):
            self._usage.tags[target].add(role[4:])
        elif role is not None and role.startswith("heir:"):
            self._usage.parts.add(target)
            if role[5:]:
                self._usage.subclasses[target].add(role[5:])
            else:
                self._usage.plain[target] += 1
        else:
            self._usage.plain[target] += 1

    def _inline(self, value: dict[str, Node], tag: str) -> None:
        """Inline variants lose an inferred discriminator too."""
        for key in ("oneOf", "anyOf"):
            for element in (value[key].elements() if key in value else ()):
                if "$ref" not in (element.mapping or {}):
                    self._usage.tags["#" + element.pointer].add(tag)

    def _tag(self, node: Node, value: dict[str, Node]) -> str | None:
        """The discriminator of a union, and its mapped variants."""
        if "discriminator" in value and "oneOf" in value:
            self._constants(node, value["discriminator"])
        if not self._remove or not (
            "oneOf" in value or "anyOf" in value or "discriminator" in value
        ):
            return None
        discriminator = discriminator_of(self._context, node)
        name = discriminator.get("propertyName") if discriminator is not None else None
        if discriminator is None or name is None or name.string is None:
            return None
        if discriminator is not value.get("discriminator"):
            self._inline(value, name.string)
        mapping = discriminator.get("mapping")
        if mapping is not None:
            for _, target in mapping.items():
                if target.string is not None:
                    self._usage.tags[self.mapped(target)].add(name.string)
        return name.string

    def _constants(self, union: Node, discriminator: Node) -> None:
        """The constants of mapped variants. The walk goes from the end to the beginning."""
        context = self._context
        plain = union.get("x-fern-undiscriminated")
        if plain is None or plain.value is not True:
            if not context.importer.prefer_undiscriminated_unions_with_literals:
                return
            if is_turned_off(union):
                return
        if context.settings.layout != "fern":
            return
        name = (discriminator.get("propertyName") or discriminator).string
        mapping = discriminator.get("mapping")
        for key, target in reversed((mapping.mapping or {}).items() if mapping is not None else ()):
            if name is not None and target.string is not None:
                self._usage.constants[self.mapped(target)].setdefault(name, key)

    def mapped(self, target: Node) -> str:
        """The reference of an entry of a mapping."""
        if self._ids.is_own(target):
            return target.string or ""
        reference = mapped_reference(self._context, target)
        return (self._ids.reference(reference) if reference is not None else None) or ""
