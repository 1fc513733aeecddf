"""The variants of a union with a discriminator: which are objects of their own, and their fields."""

from __future__ import annotations

from .. import ir
from .lookup import Declares, additional_properties, fields, model_of, resolved_non_null


def has_classes(union: ir.Union) -> bool:
    """Whether each variant has a separate class, which adds the discriminator."""
    return union.discriminator is not None and union.discriminator.inline


def classed(union: ir.Union) -> tuple[ir.Variant, ...]:
    """The variants that have a separate class."""
    return (
        tuple(variant for variant in union.variants if not variant.untagged)
        if has_classes(union)
        else ()
    )


def variant_id(union: ir.Union, variant: ir.Variant) -> str:
    """The id of the class of a variant; `name` distinguishes variants with the same discriminator
    value."""
    return f"{union.id}#{variant.tag}" + (f"#{variant.name}" if variant.name else "")


def narrows(api: Declares, tag: ir.Field, inherited: ir.Field) -> bool:
    """Whether the discriminator of a variant is a value of the property that its model declares."""
    declared = resolved_non_null(api, inherited.type)
    if tag.rename != inherited.rename:
        return False
    if isinstance(declared, ir.Enum):
        return tag.type in [ir.Literal(value.value) for value in declared.values]
    return declared == tag.type or (
        isinstance(declared, ir.Primitive) and declared.kind == "string"
    )


def variant_model(api: Declares, union: ir.Union, variant: ir.Variant) -> ir.Model:
    """A variant as an object: the discriminator, the common fields of the union, and its value.

    The value is a model that it extends, or one field: any other type, and a model with a key. The
    field may be missing if it may be null. The variant repeats the fields of a model that declares a
    common field, too, or the discriminator with a type that its value does not narrow.
    """
    discriminator = union.discriminator
    assert discriminator is not None
    tag = ir.Field(
        discriminator.property,
        ir.Literal(variant.tag or ""),
        required=True,
        rename=discriminator.rename,
        may_be_missing=variant.tag_optional,
        span=discriminator.span,
    )
    own = {tag.name: tag} | {field.name: field for field in fields(api, union)}
    model = model_of(api, variant.type) if variant.type and variant.key is None else None
    inherited = {field.name: field for field in fields(api, model)} if model is not None else {}
    common = own.keys() & inherited.keys()
    repeats = bool(common - {tag.name}) or (
        tag.name in common and not narrows(api, tag, inherited[tag.name])
    )
    if repeats:
        own |= inherited
    elif model is None and variant.type is not None:
        name = variant.key or "value"
        required = not isinstance(variant.type, ir.Nullable)
        own[name] = ir.Field(name, variant.type, required, span=variant.span)
    return ir.Model(
        id=variant_id(union, variant),
        name=union.name,
        package=union.package,
        fields=tuple((own | {tag.name: tag}).values()),
        extends=(ir.Ref(model.id),) if model is not None and not repeats else (),
        extra=additional_properties(api, model) if model is not None else None,
        doc=variant.doc,
        span=variant.span,
    )
