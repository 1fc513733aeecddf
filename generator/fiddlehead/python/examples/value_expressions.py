"""Converts JSON values to the Python expressions that a user would write."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import field

from ... import ir, queries
from ...examples.sample_values import Samples
from ...examples.size_limits import Elided
from ...frozen import dataclass
from ...line_breaks import Atom, Expression, Group
from ...literals import literal
from ...package import EnumClass, Model, TypeDef
from ...queries.value_matching import (
    ValueMatcher,
    key_value,
    mapping,
    moment,
    variant_types,
)
from ...typing_ import is_set
from ..locations.namespace import by_type


@dataclass(frozen=True)
class View:
    """The generated package: its types by id, and the package that exports each of them.

    The id of a variant's class is the id of the union, `#` and the discriminator value.
    """

    package: str
    types: Mapping[str, TypeDef]
    public: Mapping[str, str]
    dicts: bool = False
    """Whether objects are written as plain dicts."""


@dataclass(frozen=False)
class Imports:
    """The imports that expressions need."""

    modules: set[str] = field(default_factory=set[str])
    """Whole import lines of the standard library."""
    names: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Names by the module of the generated package that exports them."""

    def name(self, module: str, name: str) -> None:
        self.names.setdefault(module, set()).add(name)

    def lines(self) -> list[str]:
        """The import statements, the standard library first, in isort's order."""
        ours = [
            f"from {module} import {', '.join(sorted(names, key=by_type))}"
            for module, names in sorted(self.names.items())
        ]
        standard = sorted(self.modules, key=lambda line: (line.startswith("from "), line))
        return [*standard, *([""] if standard and ours else []), *ours]


class Expressions:
    """Converts values to expressions, and collects the needed imports in `imports`.

    The values must be valid for their types: see samples.Samples.fit.
    """

    def __init__(self, matcher: ValueMatcher, view: View, imports: Imports) -> None:
        self._matcher = matcher
        self._samples = Samples(matcher)
        self._view = view
        self._imports = imports
        self._open: set[tuple[str, str]] = set()

    def value(self, value: ir.Json, type_: ir.Type) -> Expression:
        """A value as an argument of a type."""
        if isinstance(value, Elided):
            return Atom("...")
        match type_:
            case ir.Primitive():
                return self._primitive(value, type_.kind)
            case ir.Literal():
                return plain(type_.value)
            case ir.Nullable():
                return plain(None) if value is None else self.value(value, type_.item)
            case ir.ListOf() if isinstance(value, tuple):
                return self._list(value, type_)
            case ir.MapOf() if isinstance(value, Mapping):
                return self._map(value, type_)
            case ir.UnionOf():
                return self.value(value, self._matcher.member(value, type_.members))
            case ir.Ref():
                return self._declared(value, type_.id)
            case _:
                return plain(value)

    def _primitive(self, value: ir.Json, kind: str) -> Expression:
        if isinstance(value, str):
            if kind == "date-time":
                return self._moment(moment(value))
            if kind == "date":
                day = dt.date.fromisoformat(value)
                self._imports.modules.add("import datetime as dt")
                return Atom(f"dt.date({day.year}, {day.month}, {day.day})")
            if kind == "uuid":
                self._imports.modules.add("import uuid")
                return Atom(f"uuid.UUID({literal(value)})")
            if kind == "bytes":
                return content(value)
        return plain(value)

    def _moment(self, value: dt.datetime) -> Expression:
        self._imports.modules.add("import datetime as dt")
        return Atom(f"dt.datetime.fromisoformat({literal(value.isoformat())})")

    def _list(self, value: tuple[ir.Json, ...], type_: ir.ListOf) -> Expression:
        types = map(type_.item_at, range(len(value)))
        items = tuple(("", self.value(*pair)) for pair in zip(value, types, strict=True))
        if type_.positions:
            return Group("(", items, ")")
        if is_set(type_):
            return Group("{", tuple(dict.fromkeys(items)), "}") if items else Atom("set()")
        return Group("[", items, "]")

    def _map(self, value: Mapping[str, ir.Json], type_: ir.MapOf) -> Expression:
        return Group(
            "{",
            tuple(
                (
                    f"{self.value(key_value(key, type_.key), type_.key).flat}: ",
                    self.value(member, type_.value),
                )
                for key, member in value.items()
            ),
            "}",
        )

    def _declared(self, value: ir.Json, id_: str) -> Expression:
        declaration = self._matcher.api.declarations[id_]
        match declaration:
            case ir.Alias():
                return self.value(value, declaration.type)
            case ir.Enum():
                return self._enum(value, id_)
            case ir.Model():
                return self._model(mapping(value), id_, self._matcher.fields(declaration))
            case ir.Union() if declaration.discriminator is None:
                member = self._matcher.member(value, variant_types(declaration))
                return self.value(value, member)
            case ir.Union():
                return self._variant(value, declaration)

    def _enum(self, value: ir.Json, id_: str) -> Expression:
        type_def = self._view.types.get(id_)
        if isinstance(type_def, EnumClass):
            literal = plain(value).flat
            for member in type_def.values:
                if member.expression == literal or member.expression == repr(value):
                    return Atom(f"{self._class(type_def, id_)}.{member.name}")
        return plain(value)

    def _variant(self, value: ir.Json, union: ir.Union) -> Expression:
        variant = self._matcher.variant(union, value)
        if variant is None:
            return plain(value)
        id_ = queries.variant_id(union, variant)
        if id_ not in self._view.types and variant.type is not None:
            return self.value(value, variant.type)
        fields = self._matcher.fields(queries.variant_model(self._matcher.api, union, variant))
        return self._model(mapping(value), id_, fields)

    def _model(
        self, value: Mapping[str, ir.Json], id_: str, fields: tuple[ir.Field, ...]
    ) -> Expression:
        type_def = self._view.types.get(id_)
        if not isinstance(type_def, Model):
            return plain(value)
        types = {field.name: field.type for field in fields}
        if self._view.dicts:
            pairs = [
                (
                    (f"{literal(field.name)}: ", self.value(value[field.wire], types[field.wire]))
                    if field.wire in types
                    else (f"{literal(field.name)}: ", plain(value[field.wire]))
                )
                for field in type_def.fields
                if field.wire in value
            ]
            return Group("{", tuple(pairs), "}")
        items: list[tuple[str, Expression]] = []
        for item in type_def.fields:
            if item.wire not in types:
                continue
            type_ = types[item.wire]
            if item.wire not in value and item.default is None:
                items.append((f"{item.name}=", self._omitted(id_, item.wire, type_)))
            if item.wire not in value:
                continue
            # A required constant is the default of its field.
            if isinstance(type_, ir.Literal) and item.default not in (None, "None"):
                continue
            if value[item.wire] is None and item.default == "None":
                continue
            items.append((f"{item.name}=", self.value(value[item.wire], type_)))
        return Group(f"{self._class(type_def, id_)}(", tuple(items), ")")

    def _omitted(self, id_: str, wire: str, type_: ir.Type) -> Expression:
        """A value for a field that the class requires and the value lacks, such as a read-only one
        in a request; `...` where it would contain itself without end."""
        if (id_, wire) in self._open:
            return Atom("...")
        self._open.add((id_, wire))
        atom = self.value(self._samples.value(type_, wire, "response"), type_)
        self._open.remove((id_, wire))
        return atom

    def _class(self, type_def: TypeDef, id_: str) -> str:
        exporter = self._view.public.get(id_, "")
        package = self._view.package
        self._imports.name(f"{package}.{exporter}" if exporter else package, type_def.name)
        return type_def.name


def plain(value: ir.Json) -> Expression:
    """A JSON value as a Python literal."""
    if isinstance(value, str):
        return Atom(literal(value))
    if isinstance(value, tuple):
        return Group("[", tuple(("", plain(element)) for element in value), "]")
    if isinstance(value, Mapping):
        entries = tuple((f"{literal(key)}: ", plain(member)) for key, member in value.items())
        return Group("{", entries, "}")
    if isinstance(value, float) and not math.isfinite(value):
        return Atom(f'float("{value}")')
    return Atom(repr(value))


def content(text: str) -> Expression:
    """The content of a file as a bytes literal."""
    literal = repr(text.encode())[1:]
    if literal[0] == "'" and '"' not in literal:
        literal = '"' + literal[1:-1].replace("\\'", "'") + '"'
    return Atom("b" + literal)
