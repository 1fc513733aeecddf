"""Unions: the classes of their variants and the alias over them."""

from __future__ import annotations

from ... import ir, queries
from ...frozen import replace
from ...literals import literal
from ...package import Alias, Model, TypeDef, Variant
from ...typing_ import Type, definitions
from ...typing_.types import annotated, core
from ..context import Context
from ..locations.namespace import Namespace
from ..locations.placement import TypeLocation
from . import models
from .declared import declared


def union(
    context: Context, declaration: ir.Union, type_location: TypeLocation, namespace: Namespace
) -> list[TypeDef]:
    """The classes of the variants, if the union adds a discriminator to them, then the union
    itself."""
    discriminator = declaration.discriminator
    classes = [
        _variant(context, declaration, variant, namespace)
        for variant in queries.classed(declaration)
    ]
    alias = Alias(
        name=type_location.class_name,
        value=definitions.alias(
            declaration.id, type_location.class_name, _type(context, declaration, namespace)
        ),
        kind="union",
        variants=tuple(
            Variant(annotation=namespace.annotation(type_), tag=variant.tag)
            for variant, type_ in _members(declaration)
        ),
        discriminator=discriminator.property if discriminator else None,
        **declared(declaration, type_location),
    )
    return [*classes, alias]


def _members(declaration: ir.Union) -> list[tuple[ir.Variant, ir.Type]]:
    """The variants, each with its type: the class that adds the discriminator, if there is one."""
    own = {
        id(variant): ir.Ref(queries.variant_id(declaration, variant))
        for variant in queries.classed(declaration)
    }
    types = [(variant, own.get(id(variant), variant.type)) for variant in declaration.variants]
    return [(variant, type_) for variant, type_ in types if type_ is not None]


def _type(context: Context, declaration: ir.Union, namespace: Namespace) -> Type:
    """The type of a union: its variants, the class of unknown variants, and the discriminator."""
    members = _members(declaration)
    nullable = any(isinstance(type_, ir.Nullable) for _, type_ in members)
    types = [context.types.type_of(queries.non_null(type_)) for _, type_ in members]
    union = context.types.union(*types, *_unknown(context, declaration))
    if declaration.discriminator is not None:
        arguments = literal(declaration.discriminator.property)
        if not queries.has_classes(declaration) and not _tagged(context, declaration):
            pairs = (
                f"{literal(variant.tag or '')}: {literal(namespace.annotation(type_).text)}"
                for variant, type_ in members
                if variant.tag is not None
            )
            arguments += f", {{{', '.join(pairs)}}}"
        for variant, type_ in members:
            if variant.is_default:
                arguments += f", default={literal(namespace.annotation(type_).text)}"
        union = annotated(union, core("unions", "Discriminated"), arguments)
    return namespace.annotation(union, none=nullable)


def _unknown(context: Context, declaration: ir.Union) -> tuple[Type, ...]:
    """The class of unknown variants, for unions in which an unknown object must not be decoded as
    another variant: those with a discriminator, or with two objects (a union counts as two)."""
    types = [variant.type for variant in declaration.variants if variant.type is not None]
    resolved = [queries.resolved_non_null(context.api, type_) for type_ in types]
    objects = sum(isinstance(one, ir.Model) + 2 * isinstance(one, ir.Union) for one in resolved)
    has_default = any(variant.is_default for variant in declaration.variants)
    needed = (declaration.discriminator is not None or objects >= 2) and not has_default
    return (core("unions", "UnknownVariant"),) if needed else ()


def _tagged(context: Context, declaration: ir.Union) -> bool:
    """Whether every variant is a model with a field for its discriminator value."""
    assert declaration.discriminator is not None
    for variant in declaration.variants:
        model = context.model(variant.type or ir.Unknown())
        fields = queries.fields(context.api, model) if model is not None else ()
        types = {field.name: field.type for field in fields}
        if types.get(declaration.discriminator.property) != ir.Literal(variant.tag or ""):
            return False
    return True


def _variant(
    context: Context, declaration: ir.Union, variant: ir.Variant, namespace: Namespace
) -> Model:
    """The class of one variant, whose own fields come first, with the discriminator at the top."""
    model = queries.variant_model(context.api, declaration, variant)
    built = models.model(context, model, context.type_locations.types[model.id], namespace)
    return replace(built, fields=tuple(sorted(built.fields, key=lambda field: field.inherited)))
