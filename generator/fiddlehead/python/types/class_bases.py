"""The base classes of models: classes of models, or a class of the runtime."""

from __future__ import annotations

from collections.abc import Iterable

from ... import ir, queries
from ...naming import Named
from ..context import Context
from ..locations.namespace import Namespace
from . import field_names


def bases_of(context: Context, declaration: ir.Model) -> list[ir.Model]:
    """The models that a model inherits from; empty if it must repeat their fields.

    It must repeat them in three cases: it redeclares a field, or its additional properties, with
    another type, which type checkers reject; two of its base classes have the same attribute for
    two properties; or it extends something that is not a model.
    """
    if not declaration.extends:
        return []
    models: dict[str, ir.Model] = {}
    for ref in declaration.extends:
        base = context.model(ref)
        if base is None or base.id == declaration.id:
            return []
        models[base.id] = base
    # A base class of another base class is redundant, and Python rejects some orders of the two.
    ancestors = {
        ancestor.id for base in models.values() for ancestor in queries.ancestors(context.api, base)
    }
    bases = [base for id_, base in models.items() if id_ not in ancestors]
    if not bases or declaration.id in {
        ancestor.id for ancestor in queries.ancestors(context.api, declaration)
    }:
        return []
    extra = extra_of(context, declaration)
    if any(extra_of(context, base) != extra for base in bases):
        return []
    if field_names.have_clashing_attributes(names_of(context, base) for base in bases):
        return []
    types: dict[str, ir.Field] = {}
    groups: list[Iterable[ir.Field]] = [queries.fields(context.api, base) for base in bases]
    for group in (*groups, declaration.fields):
        for field in group:
            first = types.setdefault(field.name, field)
            if (first.type, first.required, first.rename) != (
                field.type,
                field.required,
                field.rename,
            ) and not narrows(context, declaration, field, first):
                return []
    return bases


def narrows(context: Context, declaration: ir.Model, field: ir.Field, inherited: ir.Field) -> bool:
    """Whether `declaration` is the variant of a union, and a field its discriminator, which the base
    class declares with a type that includes its value."""
    if declaration.id in context.api.declarations or not isinstance(field.type, ir.Literal):
        return False
    wanted = context.settings.python.pydantic.enum_type
    declared = queries.resolved_non_null(context.api, inherited.type)
    if isinstance(declared, ir.Enum) and wanted != "literals":
        return False
    return queries.narrows(context.api, field, inherited)


def extra_of(context: Context, declaration: ir.Model) -> ir.Type | None:
    """The type of additional properties, own or inherited, if it is restricted and they are kept."""
    if context.settings.python.pydantic.extra_fields != "allow":
        return None
    return queries.additional_properties(context.api, declaration)


def base_classes(context: Context, namespace: Namespace, extra: bool) -> list[str]:
    """The runtime base classes of a model without base classes; with `extra`, one has typed
    additional properties."""
    result: list[str] = []
    if context.settings.python.pydantic.positional_single_property_constructors:
        result.append(namespace.core("positional", "PositionalModel"))
    if extra:
        result.append(namespace.core("extras", "ExtraModel"))
    return result or [namespace.core("unchecked_base_model", "UncheckedBaseModel")]


def names_of(context: Context, declaration: ir.Model) -> dict[str, Named]:
    """The attribute of each field of a model, by wire name."""
    return field_names.of_model(context, declaration, bases_of(context, declaration))
