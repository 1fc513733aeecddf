"""The meaning of uses of types in a definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import ir
from ..diagnostics import Span
from ..frozen import dataclass
from ..source import Node
from .built_in_types import BUILT_IN, CONTAINERS, FILES, PRIMITIVES
from .declared_types import DeclaredTypes, TypeEntry, shape
from .definition_files import Definition
from .syntax import BadType, Expression, parse
from .type_uses import UNKNOWN, Scope, Use, name_words, nullable
from .values import Values, within

_INSTANCES = 1000
_WORDS = 50
"""The maximum number of words in the name of an instance; it stops generic types that use
themselves with ever longer arguments."""


@dataclass(frozen=True)
class Instance:
    """A generic type with its arguments."""

    entry: TypeEntry
    words: ir.Words
    bindings: Mapping[str, Use]


class TypeTable:
    """Converts type syntax to types of the IR, and collects the instances of generic types."""

    def __init__(self, definition: Definition, values: Values, audiences: tuple[str, ...]) -> None:
        self._values = values
        self.declared = DeclaredTypes(definition, values, audiences)
        self.instances: dict[str, Instance] = {}
        self.instantiated: Callable[[str], None] = lambda _: None
        """Called with the id of each new instance, which must be declared."""

    def expression(self, node: Node, what: str = "a type") -> Expression | None:
        """The type syntax in a node; an error if there is none."""
        if node.string is None:
            self._values.wrong_type(node, what, "the name of a type")
            return None
        try:
            return parse(node.string)
        except BadType as problem:
            span = within(node.span, problem.offset, problem.offset + 1)
            self._values.warning("unknown-type", f"not a type: {problem.message}", span)
            return None

    def use(self, node: Node, scope: Scope, *, files: bool = False) -> Use:
        """The type that a node refers to; `files` allows `file`, as in upload bodies."""
        expression = self.expression(node)
        return UNKNOWN if expression is None else self.convert(expression, scope, node.span, files)

    def convert(self, what: Expression, scope: Scope, full_span: Span, files: bool = False) -> Use:
        span = within(full_span, what.start, what.end)
        name, arguments = what.name, what.arguments
        if what.value is not None:
            return Use(ir.Literal(what.value, span=span))
        if name in scope.bindings and not arguments:
            return scope.bindings[name]
        if name in CONTAINERS:
            if len(arguments) != CONTAINERS[name]:
                count = "two types" if name == "map" else "one type"
                hint = "map<string, integer>" if name == "map" else f"{name}<string>"
                self._values.warning("unknown-type", f"'{name}' requires {count}", span, hint=hint)
                return UNKNOWN
            return self._container(name, arguments, scope, full_span, files)
        if arguments and name in BUILT_IN:
            self._values.warning("unknown-type", f"'{name}' has no type parameters", span)
            return UNKNOWN
        if name in PRIMITIVES:
            return Use(ir.Primitive(PRIMITIVES[name].kind, span=span))
        if name == "unknown":
            return Use(ir.Unknown(span=span))
        if name in FILES and self.declared.find(name, scope.file) is None:
            if files and name == "file":
                return Use(ir.Primitive("bytes", span=span))
            where = "a body's properties" if name == "file" else "a body or a response as a whole"
            self._values.warning("unknown-type", f"'{name}' is allowed only for {where}", span)
            return UNKNOWN
        return self._reference(what, scope, full_span, span)

    def _container(
        self,
        name: str,
        arguments: tuple[Expression, ...],
        scope: Scope,
        full_span: Span,
        files: bool,
    ) -> Use:
        uses = [self.convert(argument, scope, full_span, files) for argument in arguments]
        if name == "optional":
            return Use(uses[0].type, True)
        if name == "nullable":
            return Use(nullable(uses[0].type), uses[0].optional)
        types = [use.value for use in uses]
        if name == "map":
            return Use(ir.MapOf(types[0], types[1]))
        return Use(ir.ListOf(types[0], unique=name == "set"))

    def _reference(self, what: Expression, scope: Scope, full_span: Span, span: Span) -> Use:
        entry = self.declared.lookup(
            what.name, scope.file, within(full_span, what.start, what.start + len(what.name))
        )
        if entry is None:
            for argument in what.arguments:
                self.convert(argument, scope, full_span)
            return UNKNOWN
        if not entry.included:
            self._values.diagnostics.warning(
                "missing-audience-type",
                f"'{what.name}' is excluded by the audiences, but is used here",
                span,
                related=[("declared here", entry.span)],
            )
            return UNKNOWN
        if len(what.arguments) != len(entry.parameters):
            takes = f"<{', '.join(entry.parameters)}>" if entry.parameters else "no type arguments"
            self._values.warning("unknown-type", f"'{what.name}' requires {takes}", span)
            return UNKNOWN
        if not entry.parameters:
            optional = self.declared.is_optional(entry)
            return Use(ir.Ref(entry.id, span=span), optional, by_alias=optional)
        uses = [self.convert(argument, scope, full_span) for argument in what.arguments]
        return self._instantiate(entry, uses, span)

    def generic(self, node: Node, scope: Scope) -> Instance | None:
        """The instance, if a node is only a generic type with its arguments."""
        try:
            expression = parse(node.string) if node.string is not None else None
        except BadType:
            return None
        if expression is None or not expression.arguments:
            return None
        entry = self.declared.find(expression.name, scope.file)
        if (
            entry is None
            or not entry.included
            or len(entry.parameters) != len(expression.arguments)
        ):
            return None
        uses = [self.convert(argument, scope, node.span) for argument in expression.arguments]
        return self._instance(entry, uses)

    def _instance(self, entry: TypeEntry, uses: list[Use]) -> Instance:
        words = (entry.name, *(word for use in uses for word in name_words(use)))
        return Instance(entry, words, dict(zip(entry.parameters, uses, strict=True)))

    def _instantiate(self, entry: TypeEntry, uses: list[Use], span: Span) -> Use:
        instance = self._instance(entry, uses)
        id_ = "/".join((*entry.file.package, ".".join(instance.words)))
        if id_ not in self.instances:
            if len(self.instances) >= _INSTANCES or len(instance.words) > _WORDS:
                message = f"'{entry.name}' contains itself with ever larger type arguments"
                self._values.warning("reference-loop", message, span)
                return UNKNOWN
            self.instances[id_] = instance
            self.instantiated(id_)
        return Use(ir.Ref(id_, span=span))

    def is_object(self, type_: ir.Type) -> bool:
        """Whether a type is a declared object, possibly through an alias."""
        if not isinstance(type_, ir.Ref):
            return False
        if type_.id in self.instances:
            return shape(self.instances[type_.id].entry.node) == "object"
        entry = self.declared.by_id.get(type_.id)
        return entry is not None and self.declared.is_object_entry(entry)
