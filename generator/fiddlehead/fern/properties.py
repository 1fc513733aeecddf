"""Reads properties, parameters and headers: elements with a type and further keys."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal, TypeAlias

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.name_context import NameContext
from ..frontend_kit.node_values import freeze
from ..frozen import dataclass, replace
from ..source import Node
from . import keys
from .declared_types import shape
from .type_uses import UNKNOWN, Scope, Use
from .types import TypeTable
from .values import Values

Access: TypeAlias = Literal["read-only", "write-only"]


@dataclass(frozen=True)
class Detail:
    """A typed element (a property, parameter or header) with its documentation and default."""

    type: ir.Type
    optional: bool
    doc: str | None = None
    rename: str | None = None
    default: ir.Default | None = None
    availability: ir.Availability | None = None

    def field(self, name: str, span: Span) -> ir.Field:
        """A property of an object or of a body."""
        return ir.Field(
            name,
            self.type,
            not self.optional,
            doc=self.doc,
            rename=self.rename,
            default=self.default,
            availability=self.availability,
            span=span,
        )

    def parameter(
        self, name: str, location: Literal["path", "query", "header"], span: Span
    ) -> ir.Parameter:
        """A parameter of a request, a channel or the client."""
        return ir.Parameter(
            name,
            location,
            self.type,
            not self.optional,
            doc=self.doc,
            rename=self.rename,
            default=self.default,
            availability=self.availability,
            span=span,
        )


class Properties:
    """Reads properties. `declare` declares an inline type; `defaults` are checked later."""

    def __init__(
        self,
        table: TypeTable,
        values: Values,
        loops: set[str],
        declare: Callable[[Node, NameContext, Scope, Span], ir.Ref],
    ) -> None:
        self._table = table
        self._values = values
        self._loops = loops
        self._declare = declare
        self.defaults: list[tuple[Node, ir.Type]] = []

    def extends(self, node: Node, scope: Scope) -> tuple[ir.Ref, ...]:
        """The objects that a type extends; an error if one is not an object."""
        extends: list[ir.Ref] = []
        for name, span in self._values.located_strings(node, "extends"):
            entry = self._table.declared.lookup(name, scope.file, span)
            if entry is None:
                continue
            target = self._table.declared.target(entry)
            if not self._table.declared.is_object_entry(entry) or target.parameters:
                self._values.warning(
                    "bad-value", f"'{name}' is not an object, and cannot be extended", span
                )
            elif not target.included:
                self._values.warning(
                    "missing-audience-type",
                    f"'{name}' is excluded by the audiences, but is used here",
                    span,
                )
            elif target.id not in self._loops:
                extends.append(ir.Ref(target.id, span=span))
        return tuple(extends)

    def fields(
        self, node: Node, key: str, known: Collection[str], scope: Scope, place: NameContext
    ) -> tuple[ir.Field, ...]:
        """The properties under a key, without those for other audiences."""
        fields: list[ir.Field] = []
        for name, span, value in self._values.entries(node, key):
            detail = self.detail(value, f"the property '{name}'", known, scope, place.part(name))
            if detail is None:
                continue
            access: Access | None = None
            if value.mapping is not None:
                access = self._values.choice(value, "access", ("read-only", "write-only"))
            fields.append(replace(detail.field(name, span), access=access))
        return tuple(fields)

    def detail(
        self,
        node: Node,
        what: str,
        known: Collection[str],
        scope: Scope,
        place: NameContext,
        *,
        files: bool = False,
    ) -> Detail | None:
        """Read `type`, or a mapping with `type`, `docs` and so on; None for other audiences."""
        if node.mapping is None:
            use = self._table.use(node, scope, files=files)
            return Detail(use.type, use.optional)
        if not self._table.declared.is_included(node):
            return None
        in_place = shape(node) != "object" or node.get("properties") is not None
        if in_place and node.get("type") is None:
            ref = self._declare(node, place, scope, node.span)
            return Detail(ref, False, self._values.doc(node))
        self._values.is_mapping(node, what, known)
        typed = self._values.required(node, "type", what)
        use = UNKNOWN if typed is None else self.named(typed, scope, place, None, files)
        type_ = self.constrained(use.type, node)
        default = self._values.get(node, "default")
        if default is not None:
            self.defaults.append((default, type_))
        return Detail(
            type_,
            use.optional,
            self._values.doc(node),
            self._values.string(node, "name"),
            ir.Default(freeze(default.json())) if default is not None else None,
            self._values.availability(node),
        )

    def named(
        self, node: Node, scope: Scope, place: NameContext, part: str | None, files: bool = False
    ) -> Use:
        """A use of a type, which may be an inline type."""
        if node.mapping is None:
            return self._table.use(node, scope, files=files)
        inner = place.part(part) if part is not None else place
        return Use(self._declare(node, inner, scope, node.span))

    def constrained(self, type_: ir.Type, node: Node) -> ir.Type:
        """A type with the constraints of `validation:`, which only strings and numbers have."""
        raw_node = self._values.mapping(node, "validation") if node.mapping is not None else None
        if raw_node is None:
            return type_
        self._values.is_mapping(raw_node, "a validation", keys.VALIDATION)
        constraints = ir.Constraints(
            minimum=self._values.number(raw_node, "min"),
            maximum=self._values.number(raw_node, "max"),
            exclusive_minimum=self._values.boolean(raw_node, "exclusiveMin") or False,
            exclusive_maximum=self._values.boolean(raw_node, "exclusiveMax") or False,
            multiple_of=self._values.number(raw_node, "multipleOf"),
            min_length=self._values.integer(raw_node, "minLength"),
            max_length=self._values.integer(raw_node, "maxLength"),
            pattern=self._values.string(raw_node, "pattern"),
            format=self._values.string(raw_node, "format"),
        )
        if isinstance(type_, ir.Primitive):
            return replace(type_, constraints=constraints)
        if isinstance(type_, ir.Nullable) and isinstance(type_.item, ir.Primitive):
            return replace(type_, item=replace(type_.item, constraints=constraints))
        self._values.warning(
            "not-expressible",
            "this validation has no effect: only strings and numbers can have it",
            node.key_span("validation"),
        )
        return type_
