"""Unions: the classes of their variants and the alias over them."""

from __future__ import annotations

from .. import ir
from ..package import Alias, Field, Import, Model, TypeDef, Variant
from ..typing_ import literal
from . import docs, field_names, models, walk
from .context import Context, deprecation
from .namespace import Namespace
from .placement import Home, has_classes, variant_id


def union(
    context: Context, declaration: ir.Union, home: Home, namespace: Namespace
) -> list[TypeDef]:
    """The classes of the variants, where the union adds a tag to them, then the union itself."""
    if has_classes(declaration):
        classes = [
            _variant(context, declaration, each, home, namespace) for each in declaration.variants
        ]
        members = [
            Variant(annotation=built.name, tag=variant.tag)
            for built, variant in zip(classes, declaration.variants, strict=True)
        ]
        return [*classes, _alias(declaration, home, namespace, members, mapping=False)]
    members = [
        Variant(annotation=context.annotation(each.type, namespace), tag=each.tag)
        for each in declaration.variants
        if each.type is not None
    ]
    mapping = declaration.discriminator is not None and not _tagged(context, declaration)
    return [_alias(declaration, home, namespace, members, mapping, _objects(context, declaration))]


def _alias(
    declaration: ir.Union,
    home: Home,
    namespace: Namespace,
    members: list[Variant],
    mapping: bool,
    objects: int = 2,
) -> Alias:
    texts = list(dict.fromkeys(each.annotation for each in members))
    nullable = any(text.endswith(" | None") for text in texts)
    texts = list(dict.fromkeys(text.removesuffix(" | None") for text in texts))
    discriminator = declaration.discriminator
    if discriminator is not None or objects > 1:
        texts.append(namespace.core("unions", "UnknownVariant"))
    value = " | ".join(texts)
    if discriminator is not None:
        function = namespace.core("unions", "Discriminated")
        arguments = literal(discriminator.property)
        if mapping:
            pairs = (f"{literal(each.tag or '')}: {literal(each.annotation)}" for each in members)
            arguments += f", {{{', '.join(pairs)}}}"
        value = f"{namespace.use(Import('typing', 'Annotated'))}[{value}, {function}({arguments})]"
    return Alias(
        name=home.class_name,
        value=f"{value} | None" if nullable else value,
        kind="union",
        variants=tuple(members),
        discriminator=discriminator.property if discriminator else None,
        doc=docs.with_note(declaration.doc, deprecation(declaration.availability)) or None,
        deprecated=deprecation(declaration.availability),
        old_names=home.old_names,
        key=home.key,
        id=declaration.id,
        span=declaration.span,
    )


def _objects(context: Context, declaration: ir.Union) -> int:
    """How many variants are objects: an unknown object must not be forced into one of them."""
    found = 0
    for each in declaration.variants:
        resolved = walk.resolved(context.api, each.type) if each.type is not None else None
        if isinstance(resolved, ir.Nullable):
            resolved = walk.resolved(context.api, resolved.item)
        found += isinstance(resolved, ir.Model)
        found += 2 * isinstance(resolved, ir.Union)
    return found


def _tagged(context: Context, declaration: ir.Union) -> bool:
    """Whether every variant is a model that says its tag itself."""
    assert declaration.discriminator is not None
    for each in declaration.variants:
        model = context.model(each.type) if each.type is not None else None
        if model is None:
            return False
        named = [
            field
            for field in walk.fields(context.api, model)
            if field.name == declaration.discriminator.property
        ]
        if not named or named[0].type != ir.Literal(each.tag or ""):
            return False
    return True


def _variant(
    context: Context,
    declaration: ir.Union,
    variant: ir.Variant,
    union_home: Home,
    namespace: Namespace,
) -> Model:
    """The class of one variant: its model with the tag added, or a value beside the tag."""
    discriminator = declaration.discriminator
    assert discriminator is not None
    id_ = variant_id(declaration, variant)
    home = context.homes.types[id_]
    member = context.model(variant.type) if variant.type is not None else None
    common = walk.fields(context.api, declaration)
    fields = [*common]
    bases: tuple[str, ...] = ()
    inherited: tuple[Field, ...] = ()
    extra: str | None = None
    theirs: list[ir.Field] = []
    if member is not None:
        theirs = [*walk.fields(context.api, member)]
        names = {each.name for each in theirs}
        hidden = names & ({each.name for each in common} | {discriminator.property})
        if hidden:
            fields += [each for each in theirs if each.name != discriminator.property]
            extra = models.extra(context, member, namespace)
        else:
            bases = (namespace.ref(member.id),)
            inherited = models.fields(
                context, member, set(), context.homes.types[member.id], namespace
            )
    elif variant.type is not None:
        key = variant.key or "value"
        fields.append(ir.Field(key, variant.type, True, span=variant.span))
    own = {field.name: field for field in fields}
    attributes = {each.wire: each.name for each in inherited}
    declared = [discriminator, *own.values(), *(theirs if inherited else ())]
    claims = [field_names.claim(context, each, home.key, attributes) for each in declared]
    settled = context.names.settle(claims, f"the fields of {home.class_name}")
    named = field_names.by_wire(claims, settled)
    tag_name = named[discriminator.property]
    tag = models.tag(discriminator, variant.tag or "", tag_name.name, tag_name.key, namespace)
    made = tuple(models.field(context, each, named[wire], namespace) for wire, each in own.items())
    return Model(
        name=home.class_name,
        bases=bases or (models.base_class(namespace, extra),),
        fields=(tag, *made, *inherited),
        config=() if bases else models.config(context, namespace),
        extra=extra,
        doc=variant.doc,
        old_names=home.old_names,
        variant_of=union_home.key,
        key=home.key,
        id=id_,
        span=variant.span,
    )
