"""Converts declared and inline types to declarations of the IR."""

from __future__ import annotations

from typing import Literal, TypedDict

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_values import freeze
from ..frozen import replace
from ..source import Node
from . import keys
from .declared_types import TypeEntry, shape
from .examples import Examples
from .properties import Properties
from .type_uses import UNKNOWN, Scope
from .types import TypeTable
from .values import Values


class _Common(TypedDict):
    id: str
    name: ir.Name
    package: ir.Words
    owner: str | None
    doc: str | None
    availability: ir.Availability | None
    examples: tuple[ir.Example, ...]
    span: Span


class Declarations:
    """Reads types into `declarations`, by id. `defaults` are checked after all types are read."""

    def __init__(
        self, table: TypeTable, examples: Examples, values: Values, loops: set[str]
    ) -> None:
        self._table = table
        self._examples = examples
        self._values = values
        self._loops = loops
        self.properties = Properties(table, values, loops, self.declare)
        self.declarations: dict[str, ir.Declaration] = {}
        self._waiting: list[str] = []
        table.instantiated = self._instantiate

    def read_all(self) -> None:
        """Read all declared types of the audiences; generic types are read where they are used."""
        for entry in self._table.declared.by_id.values():
            if entry.included and not entry.parameters:
                place = NameContext((entry.name,), entry.file.package, exact=True)
                self._declare(entry, place, Scope(entry.file))

    def _instantiate(self, id_: str) -> None:
        """Declare an instance of a generic type, and then the instances that it uses."""
        self._waiting.append(id_)
        if len(self._waiting) > 1:
            return
        while self._waiting:
            instance = self._table.instances[self._waiting[0]]
            place = NameContext(instance.words, instance.entry.file.package, exact=False)
            self._declare(instance.entry, place, Scope(instance.entry.file, instance.bindings))
            self._waiting.pop(0)

    def _declare(self, entry: TypeEntry, place: NameContext, scope: Scope) -> None:
        if entry.id in self._loops:
            unknown = ir.Unknown(span=entry.span)
            common = self._common(entry.node, place, scope, entry.span)
            self.declarations[place.id] = ir.Alias(**common, type=unknown)
            return
        self.declare(entry.node, place, scope, entry.span)

    def declare(self, node: Node, place: NameContext, scope: Scope, span: Span) -> ir.Ref:
        """Declare one type. Two types with the same name must be equal."""
        declared = self._read(node, place, scope, span)
        first = self.declarations.setdefault(place.id, declared)
        if first != declared:
            self._values.diagnostics.error(
                "duplicate-name",
                f"two types have the name '{''.join(place.words)}'",
                span,
                hint="add a 'name' to one of them",
                related=[("the first type is defined here", first.span)],
            )
        return ir.Ref(place.id, span=span)

    def _read(self, node: Node, place: NameContext, scope: Scope, span: Span) -> ir.Declaration:
        kind = shape(node)
        what = f"the type '{place.words[-1]}'"
        inner = node.get("type") if node.mapping is not None else None
        if inner is not None and inner.mapping is not None:
            self._values.is_mapping(node, what, keys.ALIAS)
            node = inner
        common = self._common(node, place, scope, span)
        if kind == "alias":
            return self._alias(node, common, scope, place)
        if kind == "object":
            self._values.is_mapping(node, what, keys.OBJECT)
            return self._object(node, common, scope, place)
        if kind == "enum":
            self._values.is_mapping(node, what, keys.ENUM)
            return self._enum(node, common, what)
        if kind == "union":
            self._values.is_mapping(node, what, keys.UNION)
            return self._union(node, common, scope, place, what)
        self._values.is_mapping(node, what, keys.UNDISCRIMINATED)
        return self._undiscriminated(node, common, scope, what)

    def _common(self, node: Node, place: NameContext, scope: Scope, span: Span) -> _Common:
        of_mapping = node.mapping is not None
        return {
            "id": place.id,
            "name": ir.Name(place.words, place.exact),
            "package": place.package,
            "owner": place.owner,
            "doc": self._values.doc(node) if of_mapping else None,
            "availability": self._values.availability(node) if of_mapping else None,
            "examples": self._examples.of_type(node, scope.file) if of_mapping else (),
            "span": span,
        }

    # --- kinds ------------------------------------------------------------------------------

    def _alias(
        self, node: Node, common: _Common, scope: Scope, place: NameContext
    ) -> ir.Declaration:
        if node.mapping is not None:
            self._values.is_mapping(node, f"the type '{place.words[-1]}'", keys.ALIAS)
        named = node.get("type") if node.mapping is not None else node
        if named is None:
            self._values.wrong_type(node, f"the type '{place.words[-1]}'", "a type")
            return ir.Alias(**common, type=UNKNOWN.type)
        generic = self._table.generic(named, scope)
        if generic is not None:
            # An alias of a generic type with arguments sets the name of that type.
            inner = Scope(generic.entry.file, generic.bindings)
            return self._read(generic.entry.node, place, inner, common["span"])
        use = self._table.use(named, scope)
        constrained = replace(use, type=self.properties.constrained(use.type, node))
        return ir.Alias(**common, type=constrained.value)

    def _object(self, node: Node, common: _Common, scope: Scope, place: NameContext) -> ir.Model:
        return ir.Model(
            **common,
            fields=self.properties.fields(node, "properties", keys.PROPERTY, scope, place),
            extends=self.properties.extends(node, scope),
            extra=ir.Unknown() if self._values.boolean(node, "extra-properties") else None,
        )

    def _enum(self, node: Node, common: _Common, what: str) -> ir.Enum:
        values: dict[str, ir.EnumValue] = {}
        for item in self._values.elements(node, "enum"):
            value = self._enum_value(item)
            if value is None:
                continue
            if value.value in values:
                self._values.warning("bad-value", f"duplicate value {value.value!r}", value.span)
                continue
            values[str(value.value)] = value
        if not values:
            self._values.warning(
                "empty-enum",
                f"{what} is an enum that has no values",
                node.key_span("enum"),
                hint="add its values, or make it a string",
            )
        default = self._values.get(node, "default")
        if default is not None:
            self.properties.defaults.append((default, ir.Ref(common["id"])))
        return ir.Enum(
            **common,
            values=tuple(values.values()),
            default=ir.Default(freeze(default.json())) if default is not None else None,
        )

    def _enum_value(self, item: Node) -> ir.EnumValue | None:
        value, name, doc, availability = item, None, None, None
        if item.mapping is not None:
            self._values.is_mapping(item, "an enum value", keys.ENUM_VALUE)
            node = self._values.required(item, "value", "an enum value")
            if node is None:
                return None
            value, name, doc = node, self._values.string(item, "name"), self._values.doc(item)
            availability = self._values.availability(item)
            casing = self._values.mapping(item, "casing")
            for style in ("pascal", "screaming-snake", "snake", "camel"):
                if casing is not None and casing.get(style) is not None:
                    name = self._values.string(casing, style)
        if value.string is None:
            self._values.warning(
                "bad-value",
                "a value of an enum must be a string",
                value.span,
                hint="add quotes",
            )
            return None
        return ir.EnumValue(value.string, name, doc, availability, span=value.span)

    def _union(
        self, node: Node, common: _Common, scope: Scope, place: NameContext, what: str
    ) -> ir.Union:
        variants: list[ir.Variant] = []
        for tag, span, member in self._values.entries(node, "union"):
            variants.append(self._variant(tag, span, member, scope, place))
        if not variants:
            self._values.warning(
                "empty-union", f"{what} is a union without members", node.key_span("union")
            )
        return ir.Union(
            **common,
            variants=tuple(variants),
            discriminator=self._discriminator(node),
            fields=self.properties.fields(node, "base-properties", keys.REFERENCE, scope, place),
            extends=self.properties.extends(node, scope),
        )

    def _discriminator(self, node: Node) -> ir.Discriminator:
        raw_node = self._values.get(node, "discriminant")
        if raw_node is None:
            return ir.Discriminator("type", span=node.span)
        if raw_node.mapping is None:
            return ir.Discriminator(
                self._values.as_string(raw_node, "'discriminant'") or "type", span=raw_node.span
            )
        self._values.is_mapping(raw_node, "a discriminant", keys.DISCRIMINANT)
        self._values.required(raw_node, "value", "a discriminant")
        context: Literal["data", "protocol"] | None = self._values.choice(
            raw_node, "context", ("data", "protocol")
        )
        return ir.Discriminator(
            self._values.string(raw_node, "value") or "type",
            rename=self._values.string(raw_node, "name"),
            context=context or "data",
            span=raw_node.span,
        )

    def _variant(
        self, tag: str, span: Span, member: Node, scope: Scope, place: NameContext
    ) -> ir.Variant:
        named, key, name, doc = member, None, None, None
        if member.mapping is not None:
            in_place = shape(member) != "object" or member.get("properties") is not None
            if in_place and member.get("type") is None:
                ref = self.declare(member, place.part(tag), scope, span)
                return ir.Variant(ref, tag, self._key(ref, None), span=span)
            self._values.is_mapping(member, "a member of a union", keys.MEMBER)
            raw_node = self._values.get(member, "key")
            if raw_node is not None and raw_node.mapping is not None:
                self._values.is_mapping(raw_node, "a key", keys.MEMBER_KEY)
                key = self._values.string(raw_node, "value")
            else:
                key = self._values.string(member, "key")
            name, doc = self._values.string(member, "name"), self._values.doc(member)
            typed = self._values.get(member, "type")
            if typed is None:
                return ir.Variant(None, tag, None, name, doc, span=span)
            named = typed
        if named.value is None:
            return ir.Variant(None, tag, None, name, doc, span=span)
        use = self.properties.named(named, scope, place, tag)
        type_ = self.properties.constrained(use.type, member)
        type_ = replace(use, type=type_).value
        return ir.Variant(type_, tag, self._key(type_, key), name, doc, span=span)

    def _key(self, type_: ir.Type, key: str | None) -> str | None:
        return key if key is not None or self._table.is_object(type_) else "value"

    def _undiscriminated(
        self, node: Node, common: _Common, scope: Scope, what: str
    ) -> ir.Declaration:
        variants: list[ir.Variant] = []
        for item in self._values.elements(node, "union"):
            named, doc = item, None
            if item.mapping is not None:
                self._values.is_mapping(item, "a member of a union", keys.MEMBER)
                typed = self._values.required(item, "type", "a member of a union")
                if typed is None:
                    continue
                named, doc = typed, self._values.doc(item)
            use = self._table.use(named, scope)
            constrained = replace(use, type=self.properties.constrained(use.type, item))
            type_ = constrained.value
            # Two equal types are one member, as in `list<string>` and `set<string>`.
            if all(type_ != variant.type for variant in variants):
                variants.append(ir.Variant(type_, doc=doc, span=item.span))
        if not variants:
            self._values.warning(
                "empty-union", f"{what} is a union without members", node.key_span("union")
            )
        return ir.Union(**common, variants=tuple(variants))
