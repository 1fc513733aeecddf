"""Unions whose members nothing tells apart: said aloud, whatever they are described in."""

from __future__ import annotations

from .. import ir
from . import walk
from .context import Context


def report(context: Context) -> None:
    """Warns of each member that has the same properties as another of its union."""
    for declaration in context.api.declarations.values():
        if isinstance(declaration, ir.Union) and declaration.discriminator is None:
            _report(context, declaration)


def _report(context: Context, union: ir.Union) -> None:
    shapes: dict[object, ir.Variant] = {}
    for variant in union.variants:
        model = context.model(variant.type) if variant.type is not None else None
        if model is None or model.extra is not None:
            continue
        fields = walk.fields(context.api, model)
        shape = frozenset((each.name, each.type, each.required) for each in fields)
        other = shapes.setdefault(shape, variant)
        if other is not variant:
            context.diagnostics.warning(
                "ambiguous-union",
                f"'{' '.join(model.name.words)}' has the same properties as another variant of "
                "this union: nothing tells them apart",
                variant.span,
                hint="add a discriminator, or a property with a constant to each",
                related=[("the other variant is here", other.span)],
            )
