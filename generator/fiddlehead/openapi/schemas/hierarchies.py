"""Finds the subclasses of schemas with a discriminator: components that inherit from one through
`allOf`, whose names are values of the discriminator (OpenAPI 3.1, section 4.8.25)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import quote

from ...frozen import dataclass, replace
from ...source import Node
from ...source.json_pointer import escape, unescape
from ...source.schema_names import component
from ..document.context import Context
from ..document.extensions import is_wanted
from ..document.references import place
from .constants import texts
from .discriminators import is_turned_off, mapped_reference

_GROUPS = ("/components/schemas", "/definitions", "/$defs")
"""The pointers of groups of schemas."""
_MAX_PARENTS = 60
"""The longest chain of schemas through `allOf`."""


@dataclass(frozen=True, slots=True)
class Subclass:
    """A component that inherits from a schema with a discriminator, and its discriminator value."""

    name: str
    tag: str
    node: Node
    reference: Node
    """The text of a reference to it, as in a mapping of the root file or of its own."""


class Hierarchies:
    """The subclasses of each schema with a discriminator, found on first use.

    `names` limits the search to the components that a run over the whole description found.
    """

    def __init__(self, context: Context, names: Collection[str] | None = None) -> None:
        self._context = context
        self._names = names
        self._by_base: dict[object, tuple[Node, list[Subclass]]] | None = None
        self._searched: set[tuple[Path, str]] = set()

    def is_base(self, node: Node) -> bool:
        """Whether a schema is the union of its subclasses. Fern requires a mapping."""
        value = node.mapping or {}
        fern = self._context.settings.layout == "fern"
        if "discriminator" not in value or not ("properties" in value or "allOf" in value):
            return False
        if "allOf" in value and (fern or base_property(node) is None):
            return False
        if ("oneOf" in value or "anyOf" in value) and not self.lists_subclasses(node):
            return False  # a union with common properties
        return has_mapping(node) or (not fern and bool(self.unmapped(node)))

    def unmapped(self, node: Node) -> list[Subclass]:
        """The subclasses of a schema that its mapping does not have, in the order of the components."""
        if base_property(node) is None:
            return []
        self._search_beside(node)
        hierarchy = self._all().get(place(node))
        mapped = {*map(place, self._mapped(node))}
        listed = hierarchy[1] if hierarchy is not None else []
        tags, names = Counter(x.tag for x in listed), Counter(x.name for x in listed)
        result: dict[tuple[str, str], Subclass] = {}
        for x in listed:
            # An enum that subclasses share has the values of all.
            is_shared = names[x.name] > 1 and tags[x.tag] > 1
            own = replace(x, tag=x.name) if is_shared else x
            if place(x.node) not in mapped:
                result.setdefault((own.name, own.tag), own)
        return list(result.values())

    def has_subclass(self, base: Node, node: Node) -> bool:
        """Whether a schema stands for a value of the discriminator of another one."""
        if not self.is_base(base):
            return False
        unmapped = (place(subclass.node) for subclass in self.unmapped(base))
        return place(node) in {*unmapped, *map(place, self._mapped(base))}

    def every_unmapped(self) -> Iterator[tuple[str | None, Subclass]]:
        """All these subclasses, each with the discriminator property that its union adds to it."""
        bases = (base_property(node) is not None for _, node in self._components())
        if self._searched or any(bases):
            for base, _ in self._all().values():
                property = base_property(base)
                if property is not None and self.is_base(base):
                    for subclass in self.unmapped(base):
                        yield property if has_mapping(base) else None, subclass

    def names(self) -> set[str]:
        """The names of all subclasses."""
        return {subclass.name for _, subclasses in self._all().values() for subclass in subclasses}

    def uses(self, name: str, node: Node) -> frozenset[object]:
        """What other components use of a component because they are its base or subclass."""
        with self._context.references.without_recording():
            memberships = self._memberships(name, node)
        return frozenset({base_property(node), *((place(base), tag) for base, tag in memberships)})

    def _all(self) -> dict[object, tuple[Node, list[Subclass]]]:
        if self._by_base is None:
            self._by_base, root = {}, self._context.root
            with self._context.references.without_recording():
                for name, node in self._components():
                    if self._names is None or name in self._names:
                        for base, tag in self._memberships(name, node):
                            _, subclasses = self._by_base.setdefault(place(base), (base, []))
                            written = f"#/components/schemas/{escape(name)}"
                            reference = Node(written, node.span, root.file, node.pointer, {})
                            subclasses.append(Subclass(name, tag, node, reference))
        return self._by_base

    def _search_beside(self, base: Node) -> None:
        """Add the subclasses beside a schema of another file, which the root file may not name."""
        holder = base.pointer.rpartition("/")[0]
        group = (base.file, holder)
        is_map = not holder or holder.endswith(_GROUPS)
        if base.file == self._context.root.file or not base.pointer or not is_map:
            return
        if group in self._searched:
            return
        self._searched.add(group)
        siblings = self._context.sources.resolve(f"#{quote(holder)}", base, base.span)
        by_base, final = self._all(), self._context.references.final
        with self._context.references.without_recording():
            for name, node in siblings.items() if siblings is not None else ():
                for base_node, tag in self._memberships(name, node):
                    _, listed = by_base.setdefault(place(base_node), (base_node, []))
                    known = (place(final(subclass.node) or subclass.node) for subclass in listed)
                    if place(final(node) or node) not in known:
                        written = f"#{holder}/{escape(name)}"
                        reference = Node(written, node.span, node.file, node.pointer, {})
                        listed.append(Subclass(name, tag, node, reference))

    def lists_subclasses(self, node: Node) -> bool:
        """Whether a variant of `oneOf` or `anyOf` inherits from the schema that has it."""
        value = node.mapping or {}
        union = value.get("oneOf") or value.get("anyOf")
        if union is None or "properties" not in value:
            return False
        finals = [self._context.references.final(variant) for variant in union.elements()]
        ancestors = [self._ancestors(final) for final in finals if final is not None]
        return any(place(node) in map(place, bases) for bases in ancestors)

    def _mapped(self, node: Node) -> Iterator[Node]:
        """The schemas in a mapping."""
        discriminator = node.get("discriminator")
        mapping = discriminator.get("mapping") if discriminator is not None else None
        for _, target in mapping.items() if mapping is not None else ():
            name = (target.string or "").removeprefix("#/components/schemas/")
            base = component([self._context.root], unescape(name))
            if base is not None:
                yield base
                continue
            is_own = target.file == self._context.root.file and name.startswith("#")
            reference = mapped_reference(self._context, target) if name and not is_own else None
            if reference is not None:
                final = self._context.references.final(reference)
                if final is not None:
                    yield final

    def _components(self) -> Iterator[tuple[str, Node]]:
        components = self._context.root.get("components")
        schemas = components.get("schemas") if components is not None else None
        yield from schemas.items() if schemas is not None and schemas.mapping is not None else ()

    def _memberships(self, name: str, node: Node) -> list[tuple[Node, str]]:
        """The bases of a component, each with the discriminator value of the component."""
        final = self._context.references.final(node)
        if final is None or final.mapping is None or not _adds_something(final):
            return []
        if final is not node and final.file == node.file:
            return []  # another name for a component
        if not is_wanted(self._context, final):
            return []
        memberships: list[tuple[Node, str]] = []
        for base in self._ancestors(final):
            property = base_property(base)
            if property is not None and place(base) != place(final):
                tags = self._values(final, property) or [self._id(final) or name]
                memberships += [(base, tag) for tag in tags]
        return memberships

    def _ancestors(self, node: Node) -> list[Node]:
        """The schemas that a schema inherits from through `allOf`."""
        ancestors: dict[object, Node] = {}
        waiting = [(node, 0)]
        while waiting:
            schema, depth = waiting.pop()
            for part in _parts(schema) if depth <= _MAX_PARENTS else ():
                final = self._context.references.final(part)
                if final is None or place(final) in ancestors:
                    continue
                if final is not part:
                    ancestors[place(final)] = final
                waiting.append((final, depth + 1))
        return list(ancestors.values())

    def _id(self, node: Node) -> str | None:
        """The `$id` of a schema in AsyncAPI, where it is the value of the discriminator."""
        written = node.get("$id") if self._context.root.get("asyncapi") is not None else None
        return written.string if written is not None else None

    def _values(self, node: Node, property: str) -> list[str]:
        """The values of a property that a schema, or an inline part of it, declares. In layout
        `fern`, as in Fern, a constant only."""
        for part in (node, *_parts(node)):
            properties = part.get("properties")
            declared = properties.get(property) if properties is not None else None
            final = self._context.references.final(declared) if declared is not None else None
            values = texts(final) if final is not None else []
            if len(values) == 1 or (values and self._context.settings.layout != "fern"):
                return values
        return []


def base_property(node: Node) -> str | None:
    """The discriminator of an object that is not a union by itself."""
    value = node.mapping
    if value is None or "discriminator" not in value or "oneOf" in value or "anyOf" in value:
        return None
    if is_turned_off(node):
        return None
    name = value["discriminator"].get("propertyName")
    return name.string if name is not None and ("properties" in value or "allOf" in value) else None


def has_mapping(node: Node) -> bool:
    """Whether a schema has a discriminator with a mapping."""
    discriminator = node.get("discriminator")
    mapping = discriminator.get("mapping") if discriminator is not None else None
    return mapping is not None and bool(mapping.mapping)


def _parts(node: Node) -> list[Node]:
    parts = node.get("allOf")
    return parts.list or [] if parts is not None else []


def _adds_something(node: Node) -> bool:
    """Whether a schema is more than an annotated reference, which OpenAPI 3.0 writes as `allOf`."""
    value = node.mapping or {}
    return "type" in value or "properties" in value or len(_parts(node)) > 1
