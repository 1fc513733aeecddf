"""Unions: the classes of their variants and the alias over them."""

from __future__ import annotations

from dataclasses import dataclass

from .. import ir, queries
from ..literals import literal
from ..naming import Named
from ..package import Alias, Annotation, Field, Model, TypeDef, Variant
from ..type_expressions import (
    ANNOTATED,
    Call,
    Expression,
    Generic,
    OneOf,
    core,
    optional,
)
from . import class_bases, field_names, models
from .context import Context
from .declared import declared
from .namespace import Namespace
from .placement import TypeLocation, classed, has_classes, variant_id


def union(
    context: Context, declaration: ir.Union, type_location: TypeLocation, namespace: Namespace
) -> list[TypeDef]:
    """The classes of the variants, if the union adds a discriminator to them, then the union
    itself."""
    discriminator = declaration.discriminator
    classes = [_variant(context, declaration, each, namespace) for each in classed(declaration)]
    alias = Alias(
        name=type_location.class_name,
        value=namespace.alias(
            declaration.id, type_location.class_name, expression(context, declaration, namespace)
        ),
        kind="union",
        variants=tuple(
            Variant(annotation=namespace.annotation(type_), tag=each.tag)
            for each, type_ in _members(declaration)
        ),
        discriminator=discriminator.property if discriminator else None,
        **declared(declaration, type_location),
    )
    return [*classes, alias]


def _members(declaration: ir.Union) -> list[tuple[ir.Variant, ir.Type]]:
    """The variants, each with its type: the class that adds the discriminator, if there is one."""
    own = {id(each): ir.Ref(variant_id(declaration, each)) for each in classed(declaration)}
    types = [(each, own.get(id(each), each.type)) for each in declaration.variants]
    return [(each, type_) for each, type_ in types if type_ is not None]


def expression(context: Context, declaration: ir.Union, namespace: Namespace) -> Expression:
    """The type of a union: its variants, the class of unknown variants, and the discriminator."""
    members = _members(declaration)
    types = [queries.non_null(type_) for _, type_ in members]
    nullable = any(isinstance(type_, ir.Nullable) for _, type_ in members)
    discriminator = declaration.discriminator
    union = OneOf((*types, *_unknown(context, declaration)))
    if discriminator is None:
        return optional(union) if nullable else union
    arguments = literal(discriminator.property)
    if not has_classes(declaration) and not _tagged(context, declaration):
        pairs = (
            f"{literal(each.tag or '')}: {literal(namespace.annotation(type_).text)}"
            for each, type_ in members
        )
        arguments += f", {{{', '.join(pairs)}}}"
    annotated = Generic(ANNOTATED, (union, Call(core("unions", "Discriminated"), arguments)))
    return optional(annotated) if nullable else annotated


def _unknown(context: Context, declaration: ir.Union) -> tuple[Expression, ...]:
    """The class of unknown variants, for unions in which an unknown object must not be decoded as
    another variant."""
    if declaration.discriminator is None and _objects(context, declaration) < 2:
        return ()
    return (core("unions", "UnknownVariant"),)


def _objects(context: Context, declaration: ir.Union) -> int:
    """The number of variants that are objects; a union counts as two."""
    found = 0
    for each in declaration.variants:
        resolved = queries.resolved(context.api, each.type) if each.type is not None else None
        if isinstance(resolved, ir.Nullable):
            resolved = queries.resolved(context.api, resolved.item)
        found += isinstance(resolved, ir.Model)
        found += 2 * isinstance(resolved, ir.Union)
    return found


def _tagged(context: Context, declaration: ir.Union) -> bool:
    """Whether every variant is a model with a field for its discriminator value."""
    assert declaration.discriminator is not None
    for each in declaration.variants:
        model = context.model(each.type) if each.type is not None else None
        if model is None:
            return False
        named = [
            field
            for field in queries.fields(context.api, model)
            if field.name == declaration.discriminator.property
        ]
        if not named or named[0].type != ir.Literal(each.tag or ""):
            return False
    return True


@dataclass(frozen=True)
class _Content:
    """The content of a variant's class besides the discriminator."""

    fields: list[ir.Field]
    """The fields that it declares: the common fields of the union, the fields of a model that it
    cannot inherit from, or the only field with the value."""
    base: ir.Model | None = None
    inherited: tuple[Field, ...] = ()
    extra: Annotation | None = None


def _content(
    context: Context, declaration: ir.Union, variant: ir.Variant, namespace: Namespace
) -> _Content:
    assert declaration.discriminator is not None
    property_ = declaration.discriminator.property
    member = context.model(variant.type) if variant.type is not None else None
    common = [*queries.fields(context.api, declaration)]
    if member is None:
        if variant.type is not None:
            key = variant.key or "value"
            common.append(ir.Field(key, variant.type, True, span=variant.span))
        return _Content(common)
    theirs = queries.fields(context.api, member)
    if not {each.name for each in theirs}.isdisjoint({property_, *(each.name for each in common)}):
        common += [each for each in theirs if each.name != property_]
        return _Content(common, extra=models.extra(context, member, namespace))
    return _Content(common, member, models.fields(context, member, set(), namespace))


def _variant(
    context: Context,
    declaration: ir.Union,
    variant: ir.Variant,
    namespace: Namespace,
) -> Model:
    """The class of one variant: its model with the discriminator added, or a value with the
    discriminator."""
    discriminator = declaration.discriminator
    assert discriminator is not None
    id_ = variant_id(declaration, variant)
    type_location = context.type_locations.types[id_]
    content = _content(context, declaration, variant, namespace)
    own = {field.name: field for field in content.fields}
    named = _names(context, [discriminator, *own.values()], content, type_location)
    tag = models.tag(
        context, discriminator, variant.tag or "", named[discriminator.property], namespace
    )
    made = tuple(models.field(context, each, named[wire], namespace) for wire, each in own.items())
    base, extra = content.base, content.extra
    if base is not None:
        bases = {namespace.ref(base.id): base.id}
    else:
        bases = {class_bases.base_class(namespace, extra is not None): ""}
    printed, references = context.classes.model(id_, type_location.class_name, bases, (tag, *made))
    return Model(
        name=type_location.class_name,
        bases=printed,
        base_ids=(base.id,) if base is not None else (),
        references=references,
        fields=(tag, *made, *content.inherited),
        config=() if base is not None else models.config(context, namespace),
        extra=extra,
        doc=variant.doc,
        old_names=type_location.old_names,
        key=type_location.key,
        id=id_,
        span=variant.span,
    )


def _names(
    context: Context,
    own: list[ir.Discriminator | ir.Field],
    content: _Content,
    type_location: TypeLocation,
) -> dict[str, Named]:
    """The attributes of a variant's class by wire name; inherited ones are those of the base class."""
    theirs = queries.fields(context.api, content.base) if content.base is not None else ()
    attributes = {each.wire: each.name for each in content.inherited}
    claims = [
        field_names.claim(context, each, type_location.key, attributes)
        for each in (*own, *(theirs if content.inherited else ()))
    ]
    assigned = context.names.assign(claims, f"the fields of {type_location.class_name}")
    return field_names.by_wire(claims, assigned)
