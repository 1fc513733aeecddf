"""The declared types of a definition, and the meaning of uses of types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import ir
from ..diagnostics import Span
from ..frontend_kit.node_reader import nearest
from ..source import Node
from .definition_files import Definition, DefinitionFile
from .syntax import BadType, Expression, parse
from .type_uses import UNKNOWN, Scope, Use, name_words, nullable
from .values import Values, within

_PRIMITIVES: dict[str, ir.Primitive] = {
    "string": ir.Primitive("string"),
    "integer": ir.Primitive("integer"),
    "long": ir.Primitive("long"),
    "uint": ir.Primitive("uint"),
    "uint64": ir.Primitive("uint64"),
    "bigint": ir.Primitive("bigint"),
    "float": ir.Primitive("float"),
    "double": ir.Primitive("double"),
    "boolean": ir.Primitive("boolean"),
    "date": ir.Primitive("date"),
    "datetime": ir.Primitive("date-time"),
    "date-time-rfc-2822": ir.Primitive("date-time-rfc-2822"),
    "uuid": ir.Primitive("uuid"),
    "base64": ir.Primitive("base64"),
}
_CONTAINERS = {"optional": 1, "nullable": 1, "list": 1, "set": 1, "map": 2, "literal": 1}
_BUILT_IN = frozenset({*_PRIMITIVES, *_CONTAINERS, "unknown"})
_FILES = frozenset({"file", "bytes", "text"})
_DECLARED_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\s*<([^<>]*)>)?")
_INSTANCES = 1000
_WORDS = 50
"""The maximum number of words in the name of an instance; it stops generic types that use
themselves with ever longer arguments."""


@dataclass(eq=False)
class TypeEntry:
    """A declared type: its name without type parameters, and its node."""

    name: str
    parameters: tuple[str, ...]
    node: Node
    span: Span
    file: DefinitionFile
    included: bool

    @property
    def id(self) -> str:
        return "/".join((*self.file.package, self.name))


@dataclass(frozen=True)
class Instance:
    """A generic type with its arguments."""

    entry: TypeEntry
    words: ir.Words
    bindings: Mapping[str, Use]


def shape(node: Node) -> str:
    """The form of a declaration: alias, object, enum, union or undiscriminated union."""
    if node.mapping is None:
        return "alias"
    if node.get("enum") is not None:
        return "enum"
    union = node.get("union")
    if union is not None:
        flag = node.get("discriminated")
        is_undiscriminated = flag is not None and flag.value is False
        return "undiscriminated" if is_undiscriminated or union.list is not None else "union"
    named = node.get("type")
    if named is not None:
        return shape(named) if named.mapping is not None else "alias"
    return "object"


class TypeTable:
    """All declared types by file and name; converts type syntax to types of the IR."""

    def __init__(self, definition: Definition, values: Values, audiences: tuple[str, ...]) -> None:
        self._definition = definition
        self._values = values
        self._audiences = frozenset(audiences)
        self._known_audiences = dict(values.located_strings(definition.root.node, "audiences"))
        for audience in audiences:
            if self._known_audiences and audience not in self._known_audiences:
                values.warning(
                    "unused-setting",
                    f"the audience '{audience}' of the settings is not in api.yml",
                    definition.root.node.key_span("audiences"),
                    hint=nearest(audience, self._known_audiences),
                )
        self.entries: dict[tuple[Path, str], TypeEntry] = {}
        self.by_id: dict[str, TypeEntry] = {}
        self.instances: dict[str, Instance] = {}
        self.instantiated: Callable[[str], None] = lambda _: None
        """Called with the id of each new instance, which must be declared."""
        for file in definition.files:
            for key, span, node in values.entries(file.node, "types"):
                self._declare(file, key, span, node)

    def is_included(self, node: Node) -> bool:
        """Whether an element is included by the audiences (an element without audiences always is)."""
        names = self._values.located_strings(node, "audiences") if node.mapping is not None else []
        for name, span in names:
            if self._known_audiences and name not in self._known_audiences:
                self._values.warning(
                    "bad-value",
                    f"unknown audience '{name}': it is not in api.yml",
                    span,
                    hint=nearest(name, self._known_audiences),
                )
        return not self._audiences or not names or any(n in self._audiences for n, _ in names)

    def _declare(self, file: DefinitionFile, key: str, span: Span, node: Node) -> None:
        match = _DECLARED_NAME.fullmatch(key)
        if match is None:
            self._values.warning(
                "bad-value",
                f"'{key}' is not a valid type name",
                span,
                hint="use letters, digits and underscores, and start with a letter",
            )
            return
        name = match[1]
        parameters = tuple(
            argument.strip() for argument in (match[2] or "").split(",") if argument.strip()
        )
        if name in _BUILT_IN or name in _FILES:
            self._values.diagnostics.error("duplicate-name", f"'{name}' is a built-in type", span)
            return
        entry = TypeEntry(name, parameters, node, span, file, self.is_included(node))
        first = self.by_id.get(entry.id)
        if first is not None:
            self._values.diagnostics.error(
                "duplicate-name",
                f"the type '{name}' is declared twice in one package",
                span,
                hint="rename one of them",
                related=[("first declared here", first.span)],
            )
            return
        self.entries[file.path, name] = self.by_id[entry.id] = entry

    # --- names ------------------------------------------------------------------------------

    def lookup(self, name: str, file: DefinitionFile, span: Span) -> TypeEntry | None:
        """The type for a name such as `Tag` or `commons.Tag`; an error if there is none."""
        alias, _, local = name.rpartition(".")
        defining_file: DefinitionFile | None = file
        if alias:
            if alias not in file.imports:
                self._values.warning(
                    "undefined-type",
                    f"'{name}' is not defined: there is no import '{alias}'",
                    span,
                    hint=nearest(alias, file.imports.keys())
                    or f"add it to 'imports' of {file.path.name}",
                )
                return None
            defining_file = file.imports[alias]
            if defining_file is None:
                return None
        assert defining_file is not None
        entry = self.entries.get((defining_file.path, local))
        if entry is not None:
            return entry
        names = {name for path, name in self.entries if path == defining_file.path}
        if not alias:
            known = nearest(name, _BUILT_IN)
            if name[:1].islower() and known is not None:
                self._values.warning("unknown-type", f"unknown type '{name}'", span, hint=known)
                return None
            names |= _BUILT_IN
        elsewhere = sorted(e.file.path.name for e in self.entries.values() if e.name == local)
        hint = nearest(local, names)
        if hint is None and elsewhere:
            hint = f"'{local}' is defined in {elsewhere[0]}: import that file"
        hint = (
            hint
            or f"declare it under 'types' of {defining_file.path.name}, or import the file that declares it"
        )
        where = defining_file.path.name
        self._values.warning(
            "undefined-type", f"'{name}' is not defined in {where}", span, hint=hint
        )
        return None

    def target(self, entry: TypeEntry) -> TypeEntry:
        """The final target type of an alias."""
        seen = {entry.id}
        while shape(entry.node) == "alias":
            type_entry = self.aliased(entry)
            if type_entry is None or type_entry.id in seen or type_entry.parameters:
                break
            seen.add(type_entry.id)
            entry = type_entry
        return entry

    def aliased(self, entry: TypeEntry) -> TypeEntry | None:
        """The declared type that is the target of an alias; for a generic type, without its
        arguments."""
        expression = self.quiet(entry) if shape(entry.node) == "alias" else None
        if expression is None or expression.value is not None:
            return None
        type_entry = self.find(expression.name, entry.file)
        if type_entry is None or len(type_entry.parameters) != len(expression.arguments):
            return None
        return type_entry

    def is_object_entry(self, entry: TypeEntry) -> bool:
        """Whether a declared type is an object or an alias of one."""
        entry = self.target(entry)
        generic = self.aliased(entry)
        return shape((generic or entry).node) == "object"

    def find(self, name: str, file: DefinitionFile) -> TypeEntry | None:
        """Like `lookup`, but reports no errors."""
        alias, _, local = name.rpartition(".")
        defining_file = file.imports.get(alias) if alias else file
        return self.entries.get((defining_file.path, local)) if defining_file is not None else None

    def quiet(self, entry: TypeEntry) -> Expression | None:
        """The target of an alias, without reporting errors."""
        node = entry.node.get("type") if entry.node.mapping is not None else entry.node
        try:
            return parse(node.string) if node is not None and node.string is not None else None
        except BadType:
            return None

    def is_object(self, type_: ir.Type) -> bool:
        """Whether a type is a declared object, possibly through an alias."""
        if not isinstance(type_, ir.Ref):
            return False
        if type_.id in self.instances:
            return shape(self.instances[type_.id].entry.node) == "object"
        entry = self.by_id.get(type_.id)
        return entry is not None and self.is_object_entry(entry)

    # --- uses -------------------------------------------------------------------------------

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
        if name in _CONTAINERS:
            if len(arguments) != _CONTAINERS[name]:
                count = "two types" if name == "map" else "one type"
                hint = "map<string, integer>" if name == "map" else f"{name}<string>"
                self._values.warning("unknown-type", f"'{name}' requires {count}", span, hint=hint)
                return UNKNOWN
            return self._container(name, arguments, scope, full_span, files)
        if arguments and name in _BUILT_IN:
            self._values.warning("unknown-type", f"'{name}' has no type parameters", span)
            return UNKNOWN
        if name in _PRIMITIVES:
            return Use(ir.Primitive(_PRIMITIVES[name].kind, span=span))
        if name == "unknown":
            return Use(ir.Unknown(span=span))
        if name in _FILES and self.find(name, scope.file) is None:
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
        entry = self.lookup(
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
            optional = self.is_optional(entry)
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
        entry = self.find(expression.name, scope.file)
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

    def is_optional(self, entry: TypeEntry) -> bool:
        """Whether an alias resolves to `optional<…>`."""
        seen: set[str] = set()
        while entry.id not in seen and shape(entry.node) == "alias":
            seen.add(entry.id)
            expression = self.quiet(entry)
            if expression is None:
                return False
            if expression.name == "optional":
                return True
            type_entry = (
                self.find(expression.name, entry.file) if not expression.arguments else None
            )
            if type_entry is None:
                return False
            entry = type_entry
        return False
