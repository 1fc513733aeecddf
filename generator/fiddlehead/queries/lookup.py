"""Resolves references, and finds the fields of models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from .. import ir

Resolved: TypeAlias = (
    ir.Primitive
    | ir.Literal
    | ir.ListOf
    | ir.MapOf
    | ir.UnionOf
    | ir.Unknown
    | ir.Model
    | ir.Enum
    | ir.Union
)
"""A type without references, aliases and null."""


class Declares(Protocol):
    """An object with declarations by id: an `ir.Api`, or a frontend that builds one."""

    @property
    def declarations(self) -> Mapping[str, ir.Declaration]: ...


def resolved(api: Declares, type_: ir.Type) -> ir.Type | ir.Declaration:
    """The type after resolving references and aliases: a declaration, or a type without a name.

    An alias of a nullable type resolves to `ir.Nullable`. An unresolved or recursive reference is
    any value.
    """
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


def resolved_with_null(api: Declares, type_: ir.Type) -> tuple[Resolved, bool]:
    """The same without null, and whether the type or an alias in the chain was nullable."""
    nullable = False
    seen: set[str] = set()
    while True:
        if isinstance(type_, ir.Nullable):
            nullable, type_ = True, type_.item
        elif not isinstance(type_, ir.Ref):
            return type_, nullable
        else:
            declaration = api.declarations.get(type_.id)
            if declaration is None or type_.id in seen:
                return ir.Unknown(), nullable
            if not isinstance(declaration, ir.Alias):
                return declaration, nullable
            seen.add(type_.id)
            type_ = declaration.type


def resolved_non_null(api: Declares, type_: ir.Type) -> Resolved:
    """The type after resolving references and aliases, without null."""
    return resolved_with_null(api, type_)[0]


def non_null(type_: ir.Type) -> ir.Type:
    """A type without the null around it."""
    while isinstance(type_, ir.Nullable):
        type_ = type_.item
    return type_


def model_of(api: Declares, type_: ir.Type) -> ir.Model | None:
    """The model that a type refers to, possibly through aliases."""
    result = resolved(api, type_)
    return result if isinstance(result, ir.Model) else None


def fields(api: Declares, declaration: ir.Model | ir.Union) -> list[ir.Field]:
    """All fields of a declaration, those of its base classes first, in their order.

    A redeclared field replaces the inherited one, at its position.
    """
    result: dict[str, ir.Field] = {}
    if not declaration.extends:  # This is called often, and most have no base classes.
        result = {field.name: field for field in declaration.fields}
        return list(result.values())
    seen = {declaration.id}
    waiting = [(declaration, iter(declaration.extends))]
    # A loop instead of recursion, because the chain of base classes has no limit.
    while waiting:
        current, bases = waiting[-1]
        reference = next(bases, None)
        if reference is None:
            waiting.pop()
            result.update((field.name, field) for field in current.fields)
            continue
        base = resolved(api, reference)
        if isinstance(base, ir.Model | ir.Union) and base.id not in seen:
            seen.add(base.id)
            waiting.append((base, iter(base.extends)))
    return list(result.values())


def ancestors(api: Declares, declaration: ir.Model | ir.Union) -> list[ir.Model | ir.Union]:
    """What a declaration extends, directly or not."""
    result: dict[str, ir.Model | ir.Union] = {}
    waiting = [declaration]
    while waiting:
        for reference in waiting.pop().extends:
            base = resolved_non_null(api, reference)
            if isinstance(base, ir.Model | ir.Union) and base.id not in result:
                result[base.id] = base
                waiting.append(base)
    return list(result.values())


def discriminators(api: Declares, model: ir.Model) -> frozenset[str]:
    """The properties that a model and its base classes lack because unions add them."""
    models = [x for x in (model, *ancestors(api, model)) if isinstance(x, ir.Model)]
    return frozenset(name for x in models for name in x.discriminators)


def additional_properties(api: Declares, model: ir.Model) -> ir.Type | None:
    """The type of additional properties, own or inherited; None if they can have any type."""
    for ancestor in (model, *ancestors(api, model)):
        if isinstance(ancestor, ir.Model) and not isinstance(ancestor.extra, ir.Unknown | None):
            return ancestor.extra
    return None


def property_names(api: Declares, type_: ir.Type) -> list[str]:
    """The wire names of a type's properties, for hints; empty if it is not an object."""
    result = resolved_non_null(api, type_)
    if not isinstance(result, ir.Model | ir.Union):
        return []
    return [field.name for field in fields(api, result)]


def property_type(api: Declares, type_: ir.Type, path: ir.Words) -> ir.Type | None:
    """The type at a path of properties inside a type, including its null.

    None if there is no such property; any value if it is unknown, as inside a map or a union
    without a discriminator.
    """
    for name in path:
        owner = resolved_non_null(api, type_)
        if isinstance(owner, ir.Unknown | ir.MapOf):
            return ir.Unknown()
        if not isinstance(owner, ir.Model | ir.Union):
            return None
        if isinstance(owner, ir.Union) and owner.discriminator is None:
            return ir.Unknown()
        by_name = {field.name: field for field in fields(api, owner)}
        if name not in by_name:
            return None
        type_ = by_name[name].type
    return type_
