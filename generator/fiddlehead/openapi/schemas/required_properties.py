"""Which properties of a schema with `allOf` are required; in layout `fern` by the rules of Fern's CLI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from ...source import Node
from ..document.context import Context
from .parts import ANNOTATIONS, equal_but_for_annotations


class _Property(Protocol):
    @property
    def node(self) -> Node: ...
    @property
    def required(self) -> bool: ...


class _Queries(Protocol):
    """The part of `SchemaQueries` that is used here."""

    def required(self, node: Node) -> set[str]: ...
    def declared(self, value: dict[str, Node]) -> Iterator[tuple[str, Node]]: ...


class RequiredProperties:
    """The required properties of a schema, collected from its parts in their order."""

    def __init__(self, context: Context, queries: _Queries, node: Node) -> None:
        self._importer = context.importer
        self._is_fern = context.settings.layout == "fern"
        self._queries = queries
        self._node = node
        self._names: set[str] = set()
        self._decided: dict[str, bool] = {}
        """Whether a property is required that was inherited, or declared again."""
        self._annotated = {
            name
            for member in annotating_members(context, node)
            for name in queries.required(member)
        }

    def add(self, names: set[str]) -> None:
        """Add names that are required wherever the property is declared."""
        self._names |= names

    def add_part(self, part: Node) -> None:
        """Add the required names of an inline part, and those next to `allOf`, which in older
        versions of Fern's CLI only apply to the properties next to it."""
        self._names |= self._applied(part)

    def inherit(self, inherited: Mapping[str, _Property]) -> None:
        """Note which inherited properties are required. In layout `fern`, as in Fern, an `allOf` does
        not change this, unless it declares a property again."""
        if self._is_fern:
            for name, prop in inherited.items():
                self._decided.setdefault(name, prop.required)

    def declare_again(
        self, earlier: Mapping[str, _Property], part: Node
    ) -> dict[str, Literal["same", "other"]]:
        """Note which properties are required that an inline part declares again; the result says
        which have the inherited type, and which another one.

        In layout `fern`, as in Fern, only the `required` of the part and of the schema apply to
        them or, in newer versions of its CLI, those of the earlier parts, too. A property with the
        inherited type stays as it is; before, only if the part requires it.
        """
        if not self._is_fern:
            return {}
        own, applied = self._queries.required(part), self._applied(part)
        newer = self._importer.redeclared_properties_stay_required
        result: dict[str, Literal["same", "other"]] = {}
        for name, child in self._queries.declared(part.mapping or {}):
            if name not in earlier:
                continue
            is_inherited = name in self._decided
            kind = _inherited_type(earlier[name].node, child) if is_inherited else None
            if kind == "same" and (newer or (name in own and _is_plain(child))):
                result[name] = "same"
                continue
            if kind == "other":
                result[name] = "other"
            before = self._decided.get(name, earlier[name].required)
            self._decided[name] = name in applied or (newer and before)
        return result

    def is_required(self, name: str, prop: _Property) -> bool:
        """Whether a property is required, after all parts were added."""
        if name in self._annotated:
            return True
        return self._decided.get(name, prop.required or name in self._names)

    def _applied(self, part: Node) -> set[str]:
        own = self._queries.required(part)
        if not self._is_fern or self._importer.required_applies_to_all_of:
            return own | self._queries.required(self._node)
        if part.pointer != self._node.pointer:
            return own
        return own & {name for name, _ in self._queries.declared(part.mapping or {})}


def annotating_members(context: Context, node: Node) -> list[Node]:
    """In layout `fern`, the members of `allOf` that only annotate a `$ref`, or require some of its
    properties. Since version 5 of Fern's CLI, the properties are then copied."""
    if context.settings.layout != "fern" or not context.importer.annotated_all_of_is_type:
        return []
    members = context.elements(node, "allOf") if "allOf" in (node.mapping or {}) else []
    if not any("$ref" in (member.mapping or {}) for member in members):
        return []
    return [
        member
        for member in members
        if "$ref" not in (member.mapping or {}) and only_requires(member)
    ]


def only_requires(node: Node) -> bool:
    """Whether a schema has only `required`, and annotations."""
    return (node.mapping or {}).keys() - ANNOTATIONS <= {"required"}


def _is_plain(node: Node) -> bool:
    """Whether a schema is a reference, or a scalar without a list of values."""
    value = node.mapping or {}
    written = value.get("type")
    plain = written is not None and written.value in ("string", "integer", "number", "boolean")
    return "$ref" in value or (plain and "enum" not in value)


def _inherited_type(inherited: Node, declared: Node) -> Literal["same", "other"] | None:
    """Whether a schema has the type of an inherited property, another one, or may narrow it."""
    one, two = inherited.mapping or {}, declared.mapping or {}
    if equal_but_for_annotations(inherited, declared):
        return "same"
    nullable = ["nullable" in value and value["nullable"].value for value in (one, two)]
    types = [value["type"].value if "type" in value else None for value in (one, two)]
    other = None not in types and (types[0] != types[1] or nullable[0] != nullable[1])
    return "other" if other else None
