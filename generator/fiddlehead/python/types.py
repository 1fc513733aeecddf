"""The modules of types: what is in each, in an order that Python can run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .. import ir, typing_
from ..package import Alias, EnumClass, Import, Model, Module, TypeDef
from . import docs, enums, models, unions, walk
from .context import Context, deprecation
from .namespace import Namespace
from .placement import Home, circles, classed, variant_id


@dataclass(frozen=True)
class Types:
    """All modules of types, and their content by id."""

    modules: tuple[Module, ...]
    by_id: Mapping[str, TypeDef]


def build(context: Context) -> Types:
    modules: list[Module] = []
    by_id: dict[str, TypeDef] = {}
    for path, ids in context.homes.members.items():
        module = _Builder(context, path, ids).build()
        modules.append(module)
        by_id.update({item.id: item for item in module.items if isinstance(item, _TYPES)})
    return Types(tuple(modules), by_id)


_TYPES = (Model, Alias, EnumClass)


class _Builder:
    def __init__(self, context: Context, path: str, ids: tuple[str, ...]) -> None:
        self._context = context
        self._path = path
        self._declarations = [context.api.declarations[id_] for id_ in ids]
        own = set(ids)
        for declaration in self._declarations:
            if isinstance(declaration, ir.Union):
                own |= {variant_id(declaration, each) for each in classed(declaration)}
        used = {
            ref.id
            for declaration in self._declarations
            for type_ in self._mentioned(declaration)
            for ref in ir.references(type_)
        }
        defined = [context.homes.types[id_].class_name for id_ in own]
        self._namespace = Namespace(path, context.homes, defined, used)

    def _mentioned(self, declaration: ir.Declaration) -> list[ir.Type]:
        """The types whose names may be printed, with those of fields that are copied."""
        found = list(walk.declared(declaration))
        if isinstance(declaration, ir.Model | ir.Union):
            found += (field.type for field in walk.fields(self._context.api, declaration))
        if isinstance(declaration, ir.Union):
            for each in declaration.variants:
                member = self._context.model(each.type) if each.type is not None else None
                if member is not None:
                    found.append(ir.Ref(member.id))
                    found += (field.type for field in walk.fields(self._context.api, member))
        return found

    def build(self) -> Module:
        items = [item for declaration in self._declarations for item in self._items(declaration)]
        items, future = _ordered(items)
        items = [self._finished(item) for item in items]
        return Module(
            path=self._path,
            items=tuple(items),
            imports=self._namespace.imports,
            future=future,
        )

    def _items(self, declaration: ir.Declaration) -> list[TypeDef]:
        home = self._context.homes.types[declaration.id]
        match declaration:
            case ir.Model():
                return [models.model(self._context, declaration, home, self._namespace)]
            case ir.Enum():
                return [enums.enum(self._context, declaration, home, self._namespace)]
            case ir.Union():
                return unions.union(self._context, declaration, home, self._namespace)
            case ir.Alias():
                return [self._alias(declaration, home)]

    def _alias(self, declaration: ir.Alias, home: Home) -> Alias:
        return Alias(
            name=home.class_name,
            value=self._context.annotation(declaration.type, self._namespace),
            doc=docs.with_note(declaration.doc, deprecation(declaration.availability)) or None,
            deprecated=deprecation(declaration.availability),
            old_names=home.old_names,
            key=home.key,
            id=declaration.id,
            span=declaration.span,
        )

    def _finished(self, item: TypeDef) -> TypeDef:
        if isinstance(item, Model) and any(each.old_names for each in item.fields):
            self._namespace.use(Import("typing_extensions", "deprecated"))
        if not isinstance(item, Alias):
            return item
        if item.recursive:
            self._namespace.use(Import("typing_extensions", "TypeAliasType"))
            annotated = self._namespace.use(Import("typing", "Annotated"))
            lenient = self._namespace.core("decode", "Lenient")
            return replace(item, value=typing_.literal(f"{annotated}[{item.value}, {lenient}()]"))
        return item


_NAME = re.compile(r"[^\W\d]\w*")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')


def _ordered(items: list[TypeDef]) -> tuple[list[TypeDef], bool]:
    """Items so that each comes after what it needs; and whether annotations have to wait, since
    classes refer to each other in a circle."""
    by_name = {item.name: item for item in sorted(items, key=lambda item: item.name)}
    names = frozenset(by_name)
    full = {name: _needs(item, names, annotations=True) for name, item in by_name.items()}
    order = _topological(full)
    if order is not None:
        return [by_name[name] for name in order], False
    needed = {name: _needs(item, names, annotations=False) for name, item in by_name.items()}
    for circle in circles(needed):
        for name in circle:
            item = by_name[name]
            if isinstance(item, Alias) and (len(circle) > 1 or name in needed[name]):
                by_name[name] = replace(item, recursive=True)
                needed[name] = frozenset()
    order = _topological(needed)
    assert order is not None, "classes that are each other's bases"
    return [by_name[name] for name in order], True


def _needs(item: TypeDef, names: frozenset[str], *, annotations: bool) -> frozenset[str]:
    """The names of the module that have to be there when an item is run."""
    match item:
        case Model():
            texts = list(item.bases)
            if annotations:
                texts += (each.annotation for each in item.fields if not each.inherited)
                texts += [item.extra or ""]
        case Alias():
            texts = [item.value]
        case EnumClass():
            texts = []
    found = {name for text in texts for name in _NAME.findall(_TEXT.sub("", text))}
    return names & found


def _topological(needs: Mapping[str, frozenset[str]]) -> list[str] | None:
    """Names after what they need, by name where there is a choice; None where there is a circle."""
    waiting = dict(needs)
    order: list[str] = []
    while waiting:
        ready = [name for name, needed in waiting.items() if needed.isdisjoint(waiting)]
        if not ready:
            return None
        order += sorted(ready)
        for name in ready:
            del waiting[name]
    return order
