"""Converts schemas to types, and declares models, unions, enums and aliases."""

from __future__ import annotations

from collections.abc import Iterable

from ... import ir
from ...frontend_kit.name_context import NameContext
from ...frontend_kit.node_reader import LEFT_OUT
from ...frozen import replace
from ...source import Node
from ..document.context import Context
from ..document.extensions import availability, is_for_audience, is_wanted
from ..document.references import place as location
from . import allof, allof_of_union, by_type, composition, fern_schemas, hierarchy, objects, unions
from .assertions import assertions, of_values
from .classification import (
    Alternatives,
    Choice,
    Composition,
    Constant,
    FernType,
    Hierarchy,
    Intersected,
    OnePart,
    Plain,
    UnionWithCommonParts,
    classify,
)
from .combine import with_nullable_values
from .conversion import Common
from .declared import DeclaredSchemas
from .ids import SchemaIds
from .metadata import candidate_names, examples, package_of
from .nullability import is_nullable
from .nulls import is_null, without_null
from .plain_scalars import PlainScalars
from .queries import SchemaQueries
from .ref_names import TargetName, words_of_target
from .registry import Registry
from .siblings import with_siblings
from .usage import Usage

MAX_NESTING = 60
"""The limit for nested inline schemas; the deepest known description has 25 levels of YAML."""


class SchemaConverter:
    """Converts schemas, and declares named types; names are assigned by `registry`."""

    def __init__(
        self,
        context: Context,
        schema_queries: SchemaQueries,
        registry: Registry,
        usage: Usage,
        bodies: frozenset[str] = frozenset(),
        *,
        single_file: bool = False,
    ) -> None:
        """`bodies` are the references to components that are inlined into arguments and have no
        class; `single_file`: no reference to another file exists."""
        self.context = context
        self.registry = registry
        self.usage = usage
        self.schema_queries = schema_queries
        self._scalars = PlainScalars(context)
        self._nesting = 0
        self._open: dict[str, bool] = {}
        self._combinations: dict[frozenset[object], str] = {}
        """The open schemas that combine components, by these."""
        self.ids = SchemaIds(context, single_file=single_file)
        self.declared = DeclaredSchemas(context, registry, self.ids, self._declare)
        self.bodies = bodies

    # --- entry points -------------------------------------------------------------------------

    def convert(self, node: Node, place: NameContext) -> ir.Type:
        """The type of a schema; types that need a class are declared at `place`."""
        content = self._event_content(node)
        if content is not None:
            return self.convert(content, place)
        scalar = self.scalar(node)
        if scalar is not None:
            return scalar
        if isinstance(node.value, bool):
            if not node.value:
                self.context.warning(
                    "not-expressible", "the schema allows no value; the type is Any", node.span
                )
            return ir.Unknown(span=node.span)
        if not self.context.is_mapping(node, "a schema"):
            return ir.Unknown(span=node.span)
        if self._nesting >= MAX_NESTING:
            self.context.warning(
                "schema-too-deep",
                f"schemas are nested more than {MAX_NESTING} levels deep",
                node.span,
            )
            return ir.Unknown(span=node.span)
        self._nesting += 1
        try:
            return self._convert(node, place)
        finally:
            self._nesting -= 1

    def scalar(self, node: Node) -> ir.Type | None:
        """The type of a schema that only names a scalar type; None for any other schema."""
        return self._scalars.of(node) if self._nesting < MAX_NESTING else None

    def _event_content(self, node: Node) -> Node | None:
        """The schema of the JSON in the data of an event: the reader of streams decodes it."""
        known = self.context.event_data
        return node.get("contentSchema") if known and location(node) in known else None

    def open_all(self) -> None:
        """Opens the declaration of every component schema of the root file."""
        holder = self.context.mapping(self.context.root, "components")
        for name, node in self.context.entries(holder, "schemas") if holder else ():
            if is_wanted(self.context, node) and f"#/components/schemas/{name}" not in self.bodies:
                self.target(node)

    def declaration(self, id: str) -> ir.Declaration | None:
        """The declaration of a schema, which is converted now if it waits."""
        self.declared.fill_now(id)
        return self.registry.get(id)

    def work(self) -> None:
        """Read the referenced components until none is left."""
        self.declared.work()

    def resolve(self, name: str, targets: list[Node]) -> None:
        """Declare several schemas as one, with the name `name` (x-fern-resolutions)."""
        self.declared.resolve(name, targets)

    def declare(self, node: Node) -> None:
        """Declare one component, without the components that it refers to."""
        self.declared.declare(node)

    def target(self, target: Node) -> str:
        """The provisional id of the declaration of a reference's target."""
        return self.declared.id_of(target)

    def name(self, target: Node) -> TargetName:
        """The name of a reference's target."""
        return words_of_target(self.ids, target)

    # --- references ---------------------------------------------------------------------------

    def _reference(self, node: Node) -> ir.Type:
        with self.context.references.without_recording():
            return self._referred(node)

    def _referred(self, node: Node) -> ir.Type:
        target = self.context.references.target(node)
        # The whole chain is resolved to find cycles; the type is that of the first step.
        final = self.context.references.final(node)
        if target is None or final is None:
            return ir.Unknown(span=node.span)
        if self.context.importer.resolve_aliases:
            target = final
        if isinstance(final.value, bool):
            return ir.Unknown(span=node.span)
        if not self.context.is_mapping(target, "a schema"):
            return ir.Unknown(span=node.span)
        fern = self.context.settings.layout == "fern"
        if not fern and not is_for_audience(self.context, final):
            self.context.diagnostics.warning(
                "missing-audience-type",
                f"{(node.get('$ref') or node).value} is excluded by the audiences "
                f"{', '.join(self.context.settings.audiences)}, but is used here",
                node.span,
                hint="add one of the audiences to its x-fern-audiences, or exclude this element too",
                related=[("it is declared here", final.span)],
            )
            return ir.Unknown(span=node.span)
        reference = ir.Ref(self.target(target), span=node.span)
        nullable = is_nullable(self.context, self.schema_queries, node)
        return ir.Nullable(reference, span=node.span) if nullable else reference

    def _declare(self, id: str, target: Node, place: NameContext) -> None:
        entry = self.registry.entries[id]
        non_null, nullable = without_null(self.context, target)
        shaped: ir.Type | ir.Declaration
        if target.mapping is None:
            shaped = self.convert(target, place)
        elif "$ref" in target.mapping:
            joined = with_siblings(self.context, self.schema_queries, target)
            if joined is None:
                shaped = self._reference(target)
            else:
                shaped = self.shape(without_null(self.context, joined)[0], place, id)
        elif is_null(target):
            shaped = ir.Literal(None, span=target.span)
        else:
            shaped = self.shape(non_null, place, id)
        if not isinstance(shaped, (ir.Model, ir.Enum, ir.Union, ir.Alias)):
            if isinstance(shaped, ir.Nullable):
                # Each use is nullable instead.
                shaped = shaped.item
            if nullable and self.context.settings.layout == "fern":
                shaped = ir.Nullable(with_nullable_values(shaped), span=target.span)
            shaped = ir.Alias(type=shaped, **self.common(target, id))
        entry.declaration = shaped

    # --- one schema ---------------------------------------------------------------------------

    def _convert(self, node: Node, place: NameContext) -> ir.Type:
        assert node.mapping is not None
        if "$ref" in node.mapping:
            joined = with_siblings(self.context, self.schema_queries, node)
            return self._reference(node) if joined is None else self.convert(joined, place)
        if is_null(node):
            return ir.Literal(None, span=node.span)
        non_null, nullable = without_null(self.context, node)
        type_ = self._inline(node, non_null, place)
        # `Any` includes None. In layout `fern`, null also makes a required property optional.
        fern = self.context.settings.layout == "fern"
        any_value = isinstance(type_, ir.Unknown) and not fern
        if nullable and not any_value and not isinstance(type_, ir.Nullable):
            return ir.Nullable(with_nullable_values(type_) if fern else type_, span=node.span)
        return type_

    def _inline(self, node: Node, non_null: Node, place: NameContext) -> ir.Type:
        """The type of an inline schema; `non_null` is the schema without its null."""
        id = f"{self.ids.of(node)}@{'/'.join(place.package)}:{'.'.join(place.words)}"
        if id in self._open:
            # An `allOf` copied a property into the schema that contains this one.
            self._open[id] = True
            return ir.Ref(id, span=node.span)
        if self.registry.get(id) is not None:
            return ir.Ref(id, span=node.span)
        combined = self._combined(non_null)
        outer = self._combinations.setdefault(combined, id) if combined else id
        if outer != id:
            # Two properties of one name are combined, and so are those of the result, without end.
            self._open[outer] = True
            return ir.Ref(outer, span=node.span)
        self._open[id] = False
        shaped = self.shape(non_null, place, id)
        self._combinations.pop(combined, None)
        if self._open.pop(id) and not isinstance(shaped, (ir.Model, ir.Enum, ir.Union, ir.Alias)):
            shaped = ir.Alias(type=shaped, **self.common(node, id))
        if not isinstance(shaped, (ir.Model, ir.Enum, ir.Union, ir.Alias)):
            return shaped
        entry = self.registry.open(
            id,
            candidate_names(self.context, node, place),
            package_of(self.context, node) or place.package,
            node.span,
            component=False,
            owner=place.owner,
        )
        assert entry is not None
        entry.declaration = shaped
        if self.context.references.reads is not None:
            self.context.references.reads.declares(id)
        return ir.Ref(id, span=node.span)

    def _combined(self, node: Node) -> frozenset[object]:
        """The components of an `allOf` with several references and nothing else; empty for other
        schemas."""
        waiting, result = [node], set[object]()
        while waiting and "allOf" in (node.mapping or {}):
            part = waiting.pop()
            target = self.context.references.target(part)
            if target is not None:
                result.add(location(target))
            elif (part.mapping or {}).keys() == {"allOf"}:
                waiting += self.context.elements(part, "allOf")
            else:
                return frozenset()
        return frozenset(result if len(result) > 1 else ())

    def shape(self, node: Node, place: NameContext, id: str) -> ir.Type | ir.Declaration:
        """The result for a schema without null: a type, or a declaration that needs a name."""
        shaped = self._shape(node, place, id)
        result = assertions(self.schema_queries, node)
        if isinstance(shaped, ir.MapOf | ir.Unknown):
            result = tuple(sorted({*result, *of_values(node, shaped)}))
        if isinstance(shaped, ir.ListOf) and shaped.positions:
            # The type expresses these keywords.
            items = ("items", "prefixItems")
            result = tuple(entry for entry in result if entry[0] not in items)
        if not result or isinstance(shaped, (ir.Ref, ir.Literal, ir.Nullable)):
            return shaped
        return replace(shaped, assertions=result)

    def _shape(self, node: Node, place: NameContext, id: str) -> ir.Type | ir.Declaration:
        value = node.mapping
        assert value is not None
        by_type.warn_about_unsupported_keywords(self, node)
        for keyword in ("oneOf", "anyOf"):
            if keyword in value and value[keyword].list == []:
                self.context.warning(
                    "empty-union", f"'{keyword}' has no members{LEFT_OUT}", node.key_span(keyword)
                )
        kind = classify(self.context, self.schema_queries, node)
        match kind:
            case FernType():
                return fern_schemas.override(self, node, id)
            case Constant():
                return by_type.const(self, node, id)
            case Choice():
                return by_type.enum(self, node, id)
            case OnePart():
                return allof.single(self, node, kind.part, place, id)
            case Composition():
                return composition.model(self, node, kind.parts, place, id)
            case UnionWithCommonParts():
                return allof_of_union.distribute(self, node, kind.union, kind.common, place, id)
            case Intersected():
                return allof.merged(self, node, kind.parts, place, id)
            case Hierarchy():
                return hierarchy.union(self, node, place.inside(id), id)
            case Alternatives():
                return unions.union(self, node, (kind.keyword, kind.variants), place, id)
            case Plain():
                return by_type.by_type(self, node, place, id)

    # --- what all declarations have -----------------------------------------------------------

    def model(
        self,
        node: Node,
        id: str,
        fields: Iterable[ir.Field],
        extends: Iterable[ir.Ref] = (),
        extra: ir.Type | None = None,
    ) -> ir.Model:
        return ir.Model(
            fields=objects.with_tags(self, node, fields),
            extends=tuple(extends),
            extra=extra,
            discriminators=tuple(sorted(objects.excluded(self, node))),
            **self.common(node, id),
        )

    def common(self, node: Node, id: str) -> Common:
        """The attributes that all declarations share. The registry assigns name and package."""
        return {
            "id": id,
            "name": ir.Name(()),
            "doc": self.context.doc(node),
            "availability": availability(self.context, node),
            "examples": tuple(examples(self.context, node)),
            "span": node.span,
        }

    def is_declared(self, node: Node) -> bool:
        """Whether the target of a reference has a class; inlined bodies have none."""
        return not self.bodies or self.key(node) not in self.bodies

    def key(self, node: Node) -> str:
        """The reference to a schema from the root file, as `usage` has it."""
        return self.ids.key(node)
