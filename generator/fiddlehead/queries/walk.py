"""Walks over the types that an API uses."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ir


def declared(declaration: ir.Declaration) -> Iterator[ir.Type]:
    """The types that a declaration is made of."""
    match declaration:
        case ir.Model():
            yield from declaration.extends
            yield from (field.type for field in declaration.fields)
            if declaration.extra is not None:
                yield declaration.extra
        case ir.Union():
            yield from declaration.extends
            yield from (field.type for field in declaration.fields)
            yield from (each.type for each in declaration.variants if each.type is not None)
        case ir.Alias():
            yield declaration.type
        case ir.Enum():
            pass


def called(endpoint: ir.Endpoint) -> Iterator[ir.Type]:
    """The types that a method names."""
    yield from (each.type for each in endpoint.parameters)
    if endpoint.body is not None:
        if endpoint.body.type is not None:
            yield endpoint.body.type
        yield from (each.type for each in endpoint.body.fields)
    if endpoint.result.type is not None:
        yield endpoint.result.type
    yield from (each.type for each in endpoint.errors if each.type is not None)


def everything(api: ir.Api) -> Iterator[ir.Type]:
    """Every type that an annotation may need."""
    for declaration in api.declarations.values():
        yield from declared(declaration)
    for _, endpoint in ir.endpoints(api.root):
        yield from called(endpoint)
    yield from (each.type for each in api.errors.values() if each.type is not None)
    yield from (each.type for each in (*api.headers, *api.query, *api.idempotency_headers))
    yield from (each.type for each in api.variables)
    for webhook in api.webhooks:
        yield webhook.payload
    for channel in api.channels:
        yield from (each.type for each in channel.parameters)
        yield from (each.type for each in channel.messages)


def resolved(api: ir.Api, type_: ir.Type) -> ir.Type | ir.Declaration:
    """A type with references and aliases followed: a declaration, or a type without a name."""
    seen: set[str] = set()
    while isinstance(type_, ir.Ref):
        declaration = api.declarations.get(type_.id)
        if declaration is None or type_.id in seen:
            return ir.Unknown()
        seen.add(type_.id)
        if not isinstance(declaration, ir.Alias):
            return declaration
        type_ = declaration.type
    return type_


def model_of(api: ir.Api, type_: ir.Type) -> ir.Model | None:
    """The model that a type is, by its own name or another."""
    found = resolved(api, type_)
    return found if isinstance(found, ir.Model) else None


def fields(api: ir.Api, model: ir.Model | ir.Union) -> list[ir.Field]:
    """All fields of a model, those of what it extends first; a field that is said again replaces
    the one that is inherited, in its place."""
    found: dict[str, ir.Field] = {}
    _fields(api, model, found, set())
    return list(found.values())


def _fields(
    api: ir.Api, model: ir.Model | ir.Union, found: dict[str, ir.Field], seen: set[str]
) -> None:
    if model.id in seen:
        return
    seen.add(model.id)
    for each in model.extends:
        base = resolved(api, each)
        if isinstance(base, ir.Model | ir.Union):
            _fields(api, base, found, seen)
    for field in model.fields:
        found[field.name] = field


def property_type(api: ir.Api, type_: ir.Type, path: ir.Words) -> ir.Type | None:
    """The type at a path of properties inside a type; None where the path leads to nothing."""
    for name in path:
        while isinstance(type_, ir.Nullable):
            type_ = type_.item
        found = resolved(api, type_)
        if isinstance(found, ir.Nullable):
            found = resolved(api, found.item)
        if not isinstance(found, ir.Model):
            return None
        by_name = {field.name: field for field in fields(api, found)}
        if name not in by_name:
            return None
        type_ = by_name[name].type
    return type_
