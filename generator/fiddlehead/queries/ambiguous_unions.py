"""Finds unions whose members cannot be distinguished, for all description languages."""

from __future__ import annotations

from .. import ir
from ..diagnostics import Diagnostics
from . import lookup


def report(api: ir.Api, diagnostics: Diagnostics) -> None:
    """Warn about each member that has the same properties as another one of its union."""
    for declaration in api.declarations.values():
        if isinstance(declaration, ir.Union) and declaration.discriminator is None:
            _report(api, declaration, diagnostics)


def _report(api: ir.Api, union: ir.Union, diagnostics: Diagnostics) -> None:
    known: dict[object, ir.Variant] = {}
    for variant in union.variants:
        model = lookup.model_of(api, variant.type) if variant.type is not None else None
        if model is None or model.extra is not None:
            continue
        fields = lookup.fields(api, model)
        properties = frozenset((field.name, field.type, field.required) for field in fields)
        other = known.setdefault(properties, variant)
        if other is not variant:
            diagnostics.warning(
                "ambiguous-union",
                f"'{' '.join(model.name.words)}' has the same properties as another variant of "
                "this union: they cannot be distinguished",
                variant.span,
                hint="add a discriminator, or a property with a constant to each",
                related=[("the other variant is here", other.span)],
            )
