"""Layout `fern` with `use_typeddict_requests`: a TypedDict for each class of an object, so that
arguments accept plain dicts.

They are in the package `requests` of the group of the type, and are named `CorkParams` for `Cork`.
A union of objects is a union of TypedDicts. They have separate ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ... import ir, queries
from ...frozen import replace
from ...package import Alias, Import, Model, Module, TypedDictClass, TypedDictField, TypeDef
from ...typing_.types import Type, generic, imported
from ..context import Context
from ..locations.namespace import Namespace
from ..locations.placement import TypeLocation, TypeLocations

_SUFFIX = "##params"
_NOT_REQUIRED = imported("typing_extensions", "NotRequired")
FOLDER = "requests"


def params_id(id_: str) -> str:
    """The id of the TypedDict of a declaration, or of the class of a variant."""
    return f"{id_}{_SUFFIX}"


def is_params(id_: str) -> bool:
    return id_.endswith(_SUFFIX)


def with_params(api: ir.Api, type_locations: TypeLocations) -> TypeLocations:
    """The locations of all types and of their TypedDicts."""
    named = _with_dicts(api)
    result = dict(type_locations.types)
    late = dict(type_locations.late)
    for id_, declaration in api.declarations.items():
        if id_ not in named:
            continue
        type_location = _type_location(type_locations.types[id_], type_locations.types[id_])
        result[params_id(id_)] = type_location
        if isinstance(declaration, ir.Union):
            for variant in queries.classed(declaration):
                own = queries.variant_id(declaration, variant)
                result[params_id(own)] = _type_location(
                    type_locations.types[own], type_locations.types[id_]
                )
        if isinstance(declaration, ir.Model) or _is_tagged(declaration):
            # Only type checkers use the names in a TypedDict.
            late[type_location.module] = frozenset(
                import_.module for import_ in (*result.values(),)
            )
    modules = frozenset(import_.module for import_ in result.values())
    late = {
        path: modules - {path} if path not in type_locations.late else late[path] for path in late
    }
    return replace(type_locations, types=result, late=late)


def _type_location(type_location: TypeLocation, module: TypeLocation) -> TypeLocation:
    stem = module.own_module.rpartition("/")[2]
    path = "/".join((*type_location.package, FOLDER, stem))
    name = f"{type_location.class_name}Params"
    return TypeLocation(name, type_location.package, path, path, type_location.key, folder=FOLDER)


def _is_tagged(declaration: ir.Declaration) -> bool:
    return isinstance(declaration, ir.Union) and queries.has_classes(declaration)


def _with_dicts(api: ir.Api) -> set[str]:
    """The declarations with a TypedDict: objects, unions, and aliases of them, except recursive
    aliases."""
    named = {
        id_
        for id_, declaration in api.declarations.items()
        if isinstance(declaration, ir.Model | ir.Union)
    }
    more = True
    while more:
        more = False
        for id_, declaration in api.declarations.items():
            if not isinstance(declaration, ir.Alias) or id_ in named:
                continue
            if any(ref.id in named for ref in queries.references(declaration.type)):
                named.add(id_)
                more = True
    plain = {
        id_: {
            ref.id
            for ref in queries.references(api.declarations[id_])
            if ref.id in named and not isinstance(api.declarations[ref.id], ir.Model)
        }
        for id_ in named
        if not isinstance(api.declarations[id_], ir.Model) and not _is_tagged(api.declarations[id_])
    }
    for cycle in queries.strongly_connected(plain):
        if len(cycle) > 1 or any(id_ in plain.get(id_, ()) for id_ in cycle):
            named.difference_update(cycle)
    return named


def of(context: Context, type_: ir.Type) -> ir.Type:
    """The type of an argument: each object in it may be a dict."""

    def dict_of(ref: ir.Ref) -> ir.Ref:
        own = params_id(ref.id)
        return ir.Ref(own, span=ref.span) if own in context.type_locations.types else ref

    return queries.rewritten(type_, dict_of)


def needs_names(context: Context, type_: ir.Type) -> bool:
    """Whether a dict of this type may have a key that differs from its wire name."""
    if not context.settings.python.use_typeddict_requests or not context.fern:
        return False
    ids = queries.reachable(context.api, [type_])
    return any(
        named.name != wire
        for id_ in ids
        for wire, named in context.field_names.get(id_, {}).items()
    ) or any(_is_tagged(context.api.declarations[id_]) for id_ in ids)


def build(context: Context, types: Mapping[str, TypeDef]) -> list[Module]:
    """The modules of TypedDicts."""
    result: list[Module] = []
    for id_, declaration in context.api.declarations.items():
        type_location = context.type_locations.types.get(params_id(id_))
        if type_location is None:
            continue
        own = [type_location.class_name]
        if isinstance(declaration, ir.Union):
            variants = [
                params_id(queries.variant_id(declaration, variant))
                for variant in queries.classed(declaration)
            ]
            own += [context.type_locations.types[variant].class_name for variant in variants]
        namespace = context.namespace(type_location.module, own, _used(context, declaration))
        items = tuple(_items(context, declaration, types, namespace))
        if namespace.late:
            namespace.use(Import("typing", "TYPE_CHECKING"))
        result.append(
            Module(
                path=type_location.module,
                items=items,
                imports=namespace.imports,
                typing_imports=namespace.late,
                future=isinstance(items[0], TypedDictClass),
            )
        )
    return result


def _used(context: Context, declaration: ir.Declaration) -> set[str]:
    """The types whose names the module of a declaration may print."""
    types = [*queries.types(declaration)]
    models = [declaration] if isinstance(declaration, ir.Model | ir.Union) else []
    if isinstance(declaration, ir.Union):
        variants = (context.model(variant.type) for variant in declaration.variants if variant.type)
        models += [variant for variant in variants if variant is not None]
    for model in models:
        types += (field.type for field in queries.fields(context.api, model))
    return {ref.id for type_ in types for ref in queries.references(of(context, type_))}


def _items(
    context: Context, declaration: ir.Declaration, types: Mapping[str, TypeDef], names: Namespace
) -> Iterator[TypedDictClass | Alias]:
    type_location = context.type_locations.types[params_id(declaration.id)]
    if isinstance(declaration, ir.Model):
        type_def = types[declaration.id]
        assert isinstance(type_def, Model)
        fields = queries.fields(context.api, declaration)
        yield _class(context, type_location.class_name, type_def, fields, names)
        return
    members: list[Type] = []
    params_of = partial(_params_type, context)
    if isinstance(declaration, ir.Union):
        for variant_ in declaration.variants:
            own = queries.variant_id(declaration, variant_)
            variant = types.get(own)
            if not isinstance(variant, Model):
                members += [params_of(variant_.type)] if variant_.type is not None else []
                continue
            model = queries.variant_model(context.api, declaration, variant_)
            fields = queries.fields(context.api, model)
            params = params_id(own)
            class_name = context.type_locations.types[params].class_name
            yield _class(context, class_name, variant, fields, names)
            members.append(params_of(ir.Ref(params)))
        type_ = context.types.union(*members)
    else:
        assert isinstance(declaration, ir.Alias)
        type_ = params_of(declaration.type)
    yield Alias(
        name=type_location.class_name,
        value=names.annotation(type_),
        key=type_location.key,
        id=params_id(declaration.id),
        span=declaration.span,
    )


def _params_type(context: Context, type_: ir.Type) -> Type:
    return context.types.type_of(of(context, type_), argument=True)


def _class(
    context: Context,
    name: str,
    type_def: Model,
    fields: list[ir.Field],
    names: Namespace,
) -> TypedDictClass:
    by_wire = {field.name: field for field in fields}
    result: list[TypedDictField] = []
    for field in type_def.fields:
        declared = by_wire.get(field.wire)
        if declared is None:
            continue
        type_ = _params_type(context, declared.type)
        if not declared.required:
            type_ = generic(_NOT_REQUIRED, type_)
        annotation = names.annotation(type_)
        result.append(TypedDictField(name=field.name, annotation=annotation, doc=field.doc))
    base = names.use(Import("typing_extensions", "TypedDict"))
    return TypedDictClass(name=name, base=base, fields=tuple(result), doc=type_def.doc)
