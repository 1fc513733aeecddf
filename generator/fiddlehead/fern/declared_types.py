"""The declared types of a definition, by file and name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Span
from ..frontend_kit.node_reader import LEFT_OUT, nearest
from ..source import Node
from .built_in_types import BUILT_IN, FILES
from .definition_files import Definition, DefinitionFile
from .syntax import BadType, Expression, parse
from .values import Values

_DECLARED_NAME = re.compile(r"([A-Za-z_][A-Za-z0-9_]*(?:[ -]+[A-Za-z0-9_]+)*)(?:\s*<([^<>]*)>)?")
"""A definition that Fern wrote from OpenAPI also has the names of schemas with several words."""


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


class DeclaredTypes:
    """All declared types. Decides which are included by the audiences."""

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
        if name in BUILT_IN or name in FILES:
            message = f"'{name}' is a built-in type{LEFT_OUT}"
            self._values.warning("duplicate-name", message, span, "give it another name")
            return
        entry = TypeEntry(name, parameters, node, span, file, self.is_included(node))
        first = self.by_id.get(entry.id)
        if first is not None:
            self._values.diagnostics.warning(
                "duplicate-name",
                f"the type '{name}' is declared twice in one package; the first one is used",
                span,
                hint="rename one of them",
                related=[("first declared here", first.span)],
            )
            self.entries[file.path, name] = first
            return
        self.entries[file.path, name] = self.by_id[entry.id] = entry

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
            known = nearest(name, BUILT_IN)
            if name[:1].islower() and known is not None:
                self._values.warning("unknown-type", f"unknown type '{name}'", span, hint=known)
                return None
            names |= BUILT_IN
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
