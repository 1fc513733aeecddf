"""Builds one module of types, with its definitions in an order that Python can execute."""

from __future__ import annotations

from collections.abc import Iterable

from ... import ir, queries
from ...frozen import replace
from ...package import Alias, Import, Late, Model, Module, TypeDef
from ...typing_ import definitions
from ...typing_.types import annotated, core
from ..context import Context
from ..locations.placement import TypeLocation
from . import class_bases, enums, models, unions
from .declared import declared
from .definition_order import ordered


def build_module(context: Context, path: str, ids: tuple[str, ...]) -> Module:
    """One module of types, with the declarations of these ids."""
    return _Builder(context, path, ids).build()


class _Builder:
    def __init__(self, context: Context, path: str, ids: tuple[str, ...]) -> None:
        self._context = context
        self._path = path
        self._declarations = [context.api.declarations[id_] for id_ in ids]
        self._models = [
            model for declaration in self._declarations for model in self._models_of(declaration)
        ]
        own = {*ids, *(model.id for model in self._models)}
        variants = [model for model in self._models if model.id not in context.api.declarations]
        inherited = [
            field
            for model in self._models
            if model.extends
            for field in queries.fields(context.api, model)
        ]
        values = (*self._declarations, *variants, *inherited)
        used = {ref.id for value in values for ref in queries.references(value)}
        located = context.type_locations.types
        # A field with the name of a class would hide it from the fields that follow.
        attributes = self._attributes()
        classes = {located[id_].class_name for id_ in used - own} & attributes
        defined = {located[id_].class_name for id_ in own}
        # So would one with the name of a builtin; only Fern's packages have such fields.
        hidden = attributes if context.fern else ()
        self._namespace = context.namespace(path, defined | classes, used, hidden)

    def _models_of(self, declaration: ir.Declaration) -> list[ir.Model]:
        """The models whose classes a declaration has."""
        if isinstance(declaration, ir.Model):
            return [declaration]
        if not isinstance(declaration, ir.Union):
            return []
        variants = queries.classed(declaration)
        return [
            queries.variant_model(self._context.api, declaration, variant) for variant in variants
        ]

    def _attributes(self) -> set[str]:
        """The names of the fields of all classes of the module."""
        names = (class_bases.names_of(self._context, model) for model in self._models)
        return {named.name for fields in names for named in fields.values()}

    def build(self) -> Module:
        items = [item for declaration in self._declarations for item in self._items(declaration)]
        items, future = ordered(items)
        items = [self._finished(item) for item in items]
        late = self._namespace.late
        names = [(x.alias or x.name, f"{x.module}:{x.name}" if x.alias else x.module) for x in late]
        # pydantic resolves the annotations of inherited fields in the module of the subclass.
        bases = [self._namespace.relative(path) for path in self._late_bases(items)]
        names += [(f"*{module}", module) for module in bases]
        ends: list[Late] = []
        if late:
            self._namespace.use(Import("typing", "TYPE_CHECKING"))
        if names:
            later = self._namespace.core("late", "later")
            ends.append(Late(function=later, names=tuple(names)))
        return Module(
            path=self._path,
            items=(*items, *ends),
            comments=self._comments(),
            imports=self._namespace.imports,
            typing_imports=late,
            future=future or bool(late),
        )

    def _comments(self) -> tuple[str, ...]:
        """A setting of pyright, which also rejects a narrower type of a field that is not assigned."""
        api = self._context.api
        variants = [model for model in self._models if model.id not in api.declarations]
        for model in variants:
            for base in class_bases.bases_of(self._context, model):
                inherited = {field.name: field.type for field in queries.fields(api, base)}
                if any(inherited.get(x.name, x.type) != x.type for x in model.fields):
                    return ("pyright: reportIncompatibleVariableOverride=false",)
        return ()

    def _late_bases(self, items: Iterable[TypeDef]) -> list[str]:
        """The paths of other modules with base classes, whose names are imported late."""
        type_locations, api = self._context.type_locations, self._context.api
        waiting = [id_ for item in items if isinstance(item, Model) for id_ in item.base_ids]
        bases: set[str] = set()
        seen: set[str] = set()
        while waiting:
            id_ = waiting.pop()
            declaration = api.declarations.get(id_)
            if id_ in seen or not isinstance(declaration, ir.Model):
                continue
            seen.add(id_)
            module = type_locations.types[id_].module
            if type_locations.late.get(module) or self._is_in_cycle(id_, module):
                bases.add(module)
            waiting += [base.id for base in class_bases.bases_of(self._context, declaration)]
        return sorted(bases - {self._path})

    def _is_in_cycle(self, id_: str, module: str) -> bool:
        """Whether a class and others of its module refer to each other."""
        ids = {*self._context.type_locations.members[module]}
        if len(ids) == 1 or module == self._path:
            return False
        declarations = {other: self._context.api.declarations[other] for other in ids}
        uses = {
            other: {ref.id for ref in queries.references(declaration)} & ids
            for other, declaration in declarations.items()
        }
        return any(id_ in group and len(group) > 1 for group in queries.strongly_connected(uses))

    def _items(self, declaration: ir.Declaration) -> list[TypeDef]:
        type_location = self._context.type_locations.types[declaration.id]
        match declaration:
            case ir.Model():
                return [models.model(self._context, declaration, type_location, self._namespace)]
            case ir.Enum():
                return [enums.enum(self._context, declaration, type_location, self._namespace)]
            case ir.Union():
                return unions.union(self._context, declaration, type_location, self._namespace)
            case ir.Alias():
                return [self._alias(declaration, type_location)]

    def _alias(self, declaration: ir.Alias, type_location: TypeLocation) -> Alias:
        return Alias(
            name=type_location.class_name,
            value=definitions.alias(
                declaration.id,
                type_location.class_name,
                self._namespace.annotation(declaration.type),
            ),
            **declared(declaration, type_location),
        )

    def _finished(self, item: TypeDef) -> TypeDef:
        if isinstance(item, Model) and any(field.old_names for field in item.fields):
            hidden = any(field.name == "deprecated" for field in item.fields)
            wanted = Import("typing_extensions", "deprecated", "_deprecated" if hidden else "")
            local = self._namespace.use(wanted)
            item = replace(item, deprecated_by=local)
        if not isinstance(item, Alias):
            return item
        if item.recursive:
            self._namespace.use(Import("typing_extensions", "TypeAliasType"))
            lenient = annotated(item.value, core("decode", "Lenient"))
            value = self._namespace.annotation(lenient)
            return replace(item, value=definitions.alias(item.id, item.name, value, recursive=True))
        if item.value.text == "None":
            return replace(item, declared_by=self._namespace.use(Import("typing", "TypeAlias")))
        return item
