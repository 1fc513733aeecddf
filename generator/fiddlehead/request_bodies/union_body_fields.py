"""Inlines request bodies that are a discriminated union: the properties of all variants are
arguments."""

from __future__ import annotations

from .. import ir, queries
from ..frozen import replace


def is_flat(union: ir.Union) -> bool:
    """Whether a union has a discriminator that is a property of its variants."""
    return union.discriminator is not None and union.discriminator.context == "data"


def fields(api: ir.Api, declared: ir.Union) -> tuple[ir.Field, ...]:
    """The discriminator, then the properties of all variants; a property is required if all
    variants require it."""
    discriminator = declared.discriminator
    assert discriminator is not None
    tags = [ir.Literal(variant.tag) for variant in declared.variants if variant.tag is not None]
    tag = ir.Field(
        discriminator.property,
        _either(tags),
        True,
        rename=discriminator.rename,
        span=discriminator.span,
    )
    common = queries.fields(api, declared)
    by_name: dict[str, list[ir.Field]] = {}
    for variant in declared.variants:
        for field in _own(api, variant):
            if field.name != tag.name and field.access != "read-only":
                by_name.setdefault(field.name, []).append(field)
    for field in common:
        by_name.pop(field.name, None)
    merged = [_merged(value, len(declared.variants)) for value in by_name.values()]
    return (tag, *common, *merged)


def _own(api: ir.Api, variant: ir.Variant) -> tuple[ir.Field, ...]:
    if variant.type is None:
        return ()
    model = queries.model_of(api, variant.type)
    if model is None:
        return (ir.Field(variant.key or "value", variant.type, True, variant.doc),)
    return tuple(queries.fields(api, model))


def _merged(fields: list[ir.Field], variants: int) -> ir.Field:
    required = len(fields) == variants and all(field.required for field in fields)
    return replace(fields[0], type=_either([field.type for field in fields]), required=required)


def _either(types: list[ir.Literal] | list[ir.Type]) -> ir.Type:
    """A type that accepts the values of any of some types."""
    members: dict[ir.Type, None] = {}
    null = False
    for type_ in types:
        non_null: ir.Type = type_
        while isinstance(non_null, ir.Nullable):
            null, non_null = True, non_null.item
        members.update(
            dict.fromkeys(non_null.members if isinstance(non_null, ir.UnionOf) else (non_null,))
        )
    one = next(iter(members)) if len(members) == 1 else ir.UnionOf(tuple(members))
    return ir.Nullable(one) if null else one
